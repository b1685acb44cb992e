"""The parameters that the checks name, read on a day with the policy of a region."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from maillage.core.dossiers.checks.facts import Figure
from maillage.core.rules.orientation import packs

if TYPE_CHECKING:
    from maillage.core.rules.texts import ParameterText


def figures_on(paths: Iterable[str], region: str, day: datetime.date) -> dict[str, Figure]:
    """The value of each parameter on a day; nothing established, or weak, is told. Raises ``KeyError`` for a path that
    does not exist."""
    wanted = tuple(paths)
    if not wanted:
        return {}
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    engine = system(packs.pack_of_region(region) or "")
    return {path: _figure(engine.text(path), day) for path in wanted}


def _figure(text: "ParameterText", day: datetime.date) -> Figure:
    dated = text.in_force(day)
    if dated is not None and dated.value is None and dated.reason:
        return Figure(None, dated.reason, text.label)
    if dated is None:
        return Figure(None, text.doubt_at(day), text.label)
    return Figure(dated.value, text.doubt_at(day), text.label, dated.since)
