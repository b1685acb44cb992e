"""The automatic checks of a dossier: what its rules say of what was filed, and of what the project says since.

Before the deposit, the checks read the draft and the project as they are. Once filed, they read the last deposit; when
the project no longer says the same, both are told. A check that is not met forbids the verbs that it names, unless who
reviews holds it met (see appraising.py); one whose answer is not known forbids nothing.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from maillage.apps.common.models import Event
from maillage.apps.dossiers.facts import facts_of, said_now, said_then
from maillage.apps.dossiers.models import Appraisal, Dossier
from maillage.core.dossiers.checks import Checked, Finding, evaluate

FILING = ("deposer", "amender", "completer")
"""The verbs that send what is written now: they look at the draft, and what forbids the first forbids the others."""
KEPT = "verifications"
"""Where the Event of a decision keeps what the checks said."""

__all__ = ["KEPT", "Checked", "Kept", "appraisals_of", "are_told", "checked", "forbidding", "kept", "snapshot"]


@dataclass(frozen=True)
class Kept:
    """What the checks said when a decision was taken."""

    at: datetime.datetime
    verb: str
    checks: tuple[Checked, ...]


def checked(dossier: Dossier, *, today: datetime.date) -> tuple[Checked, ...]:
    """Every check of a dossier on a day of its territory, in the order of its definition."""
    now = said_now(dossier, today=today)
    latest = evaluate(facts_of(dossier, now, today=today))
    deposit = dossier.deposits.order_by("-number").first()
    if deposit is None:
        return latest
    filed = evaluate(facts_of(dossier, said_then(dossier, deposit, now), today=today))
    since = {each.code: each for each in latest}
    return tuple(_compared(each, since.get(each.code)) for each in filed)


def forbidding(dossier: Dossier, verb: str, *, today: datetime.date) -> tuple[Checked, ...]:
    """The checks that are not met and forbid a verb: of the draft for a deposit, of what was filed for the rest."""
    if verb in FILING:
        found = evaluate(facts_of(dossier, said_now(dossier, today=today), today=today))
        return tuple(each for each in found if each.state == "manque" and {verb, "deposer"} & set(each.blocks))
    held = {code for code, each in appraisals_of(dossier).items() if each.verdict == Appraisal.Verdict.ACCEPTE}
    unmet = (each for each in checked(dossier, today=today) if each.state == "manque" and each.code not in held)
    return tuple(each for each in unmet if verb in each.blocks)


def snapshot(found: Iterable[Checked]) -> list[dict[str, Any]]:
    """What the checks say, to be kept in the Event of a decision under ``KEPT``; what is internal is left out."""
    return [each.as_dict() for each in found]


def kept(dossier: Dossier) -> Kept | None:
    """What the checks said at the last decision; ``None`` before."""
    rows = Event.objects.filter(subject_type=dossier._meta.label_lower, subject_id=str(dossier.pk))
    for event in rows.filter(**{f"after__{KEPT}__isnull": False}).order_by("-at", "-pk"):
        found = (event.after or {}).get(KEPT)
        if isinstance(found, list):
            return Kept(event.at, event.verb, tuple(Checked.from_dict(each) for each in found))
    return None


def appraisals_of(dossier: Dossier) -> dict[str, Appraisal]:
    """The appraisal that stands for each check, by code."""
    found: dict[str, Appraisal] = {}
    for each in dossier.appraisals.select_related("by").order_by("-at", "-pk"):
        found.setdefault(each.code, each)
    return found


def are_told(dossier: Dossier) -> bool:
    """Whether who files may read the appraisals: once the decision is notified."""
    return dossier.decisions.filter(withdrawn_at=None).exclude(notified_at=None).exists()


def _compared(filed: Checked, latest: Checked | None) -> Checked:
    """A check of what was filed, with what the project says since when it is something else."""
    if latest is None or (latest.state, latest.found, latest.missing) == (filed.state, filed.found, filed.missing):
        return filed
    return replace(filed, since_filed=Finding(latest.state, latest.found, latest.missing, to_confirm=latest.to_confirm))
