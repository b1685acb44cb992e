"""The legal forms for a project: its team and its territory given to the advisor of the core."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.apps.orientation.queries import territory_of
from maillage.apps.projets.models import Projet
from maillage.apps.projets.situations import situation_of
from maillage.core.kernel.problems import BadInput

if TYPE_CHECKING:
    from maillage.core.projet.legal_forms import Advice


@dataclass(frozen=True)
class ProjectAdvice:
    """What the advisor says. ``known``: the funds of the structure; ``funds``: those aimed at.

    ``advice`` is ``None`` while the project has no territory to read the rules of.
    """

    known: dict[str, str]
    funds: tuple[str, ...]
    advice: "Advice | None"
    team_known: bool


def advice_of(projet: Projet, *, funds: Sequence[str] | None, today: datetime.date) -> ProjectAdvice:
    """The forms for a project and the funds aimed at; ``None`` aims at all those that its structure may receive."""
    from maillage.core.projet.legal_forms import advise, funds_of  # OpenFisca costs a second to import.

    kind = projet.structure.kind
    known = funds_of(kind)
    aimed = tuple(code for code in known if funds is None or code in funds)
    try:
        situation = situation_of(projet, today=today)
        territory = territory_of(situation)
    except BadInput:
        return ProjectAdvice(known, aimed, None, team_known=False)
    advice = advise(kind, situation, territory, funds=aimed)
    return ProjectAdvice(known, aimed, advice, team_known=bool(situation.professionnels))
