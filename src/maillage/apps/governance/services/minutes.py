"""The verb that ends an assembly: its meeting is closed, its minutes are sealed, who was elected has a mandate."""

import datetime

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.sealing import fingerprint_of
from maillage.apps.activity.services.meetings import close_meeting
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.common.screening import screened
from maillage.apps.governance.content import minutes_content
from maillage.apps.governance.models import Assembly, Minutes, Resolution
from maillage.apps.governance.services.mandates import elected
from maillage.core.documents.assembly_files import assembly_minutes_pdf
from maillage.core.kernel.problems import BadInput, Problem

LEFT = "Il reste à voter : {titles}. Comptez les voix ou retirez ces points."
SEALED = (
    "Le procès-verbal est déjà scellé. Pour le corriger, rouvrez la réunion avec une raison, puis scellez à nouveau."
)


@transaction.atomic
def seal_minutes(assembly: Assembly, reason: str = "", *, by: User, at: datetime.datetime) -> Minutes:
    """Close the assembly and seal its minutes. A second time needs the meeting open again, and a reason.

    Raises :class:`NotNow` while something is left to vote; the refusals of :func:`close_meeting`.
    """
    check_writes(by, assembly.body.structure, "sceller un procès-verbal")
    row = _locked(assembly)
    last = row.minutes.first()
    if last is not None and row.meeting.state == Meeting.State.CLOSE:
        raise NotNow(SEALED)
    said = _reason(reason, is_needed=last is not None)
    _check_voted(row)
    if row.meeting.state != Meeting.State.CLOSE:
        close_meeting(row.meeting, absent=True, by=by, at=at)
    minutes = _written(row, last.number + 1 if last else 1, said, by, at)
    told = {"numéro": minutes.number, "empreinte": minutes.fingerprint, **({"raison": said} if said else {})}
    tell(row.body.structure, by=by, at=at, verb="sceller le procès-verbal", subject=row, after=told)
    _installed(row, by, at)
    return minutes


def is_intact(minutes: Minutes) -> bool:
    """Whether the document is still the one that was sealed."""
    return fingerprint_of(bytes(minutes.pdf)) == minutes.fingerprint


def _written(row: Assembly, number: int, reason: str, by: User, at: datetime.datetime) -> Minutes:
    content = minutes_content(row, number=number, reason=reason, by=by, at=at)
    pdf = assembly_minutes_pdf(content, today=timezone.localdate(at))
    told = {"content": content, "pdf": pdf, "fingerprint": fingerprint_of(pdf), "reason": reason}
    return Minutes.objects.create(assembly=row, number=number, at=at, by=by, **told)


def _locked(assembly: Assembly) -> Assembly:
    rows = Assembly.objects.select_for_update(of=("self",)).select_related("body__structure__organisation", "rules")
    return rows.get(pk=assembly.pk)


def _reason(reason: str, *, is_needed: bool) -> str:
    said = " ".join(reason.split())[:300] if is_needed else ""
    if is_needed and not said:
        raise BadInput([Problem("reason", None, "une raison : elle reste sur le procès-verbal")])
    screened({"reason": said})
    return said


def _check_voted(assembly: Assembly) -> None:
    left = list(assembly.resolutions.filter(state=Resolution.State.A_VOTER))
    if left:
        raise NotNow(LEFT.format(titles=", ".join(f"« {each} »" for each in left)))


def _installed(assembly: Assembly, by: User, at: datetime.datetime) -> None:
    """Give their mandates to the elected, once: a correction of the minutes gives none again."""
    day = timezone.localdate(assembly.meeting.starts_at)
    rows = assembly.resolutions.filter(kind=Resolution.Kind.ELECTION, state=Resolution.State.VOTEE, mandates=None)
    for election in rows.select_related("elects"):
        elected(election, on=day, by=by, at=at)
