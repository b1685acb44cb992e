"""The days of governance: mandates that end, convocations to send before an assembly."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from maillage.apps.activity.models import Meeting
from maillage.apps.governance.models import Assembly, Mandate
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """What governance awaits between two days, both included."""
    yield from _mandates(structure, since, until)
    yield from _convocations(structure, since, until)


def _mandates(structure: Structure, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    rows = Mandate.objects.filter(body__structure=structure, body__closed_on=None, ended_on=None)
    for each in rows.filter(until__gte=since, until__lte=until).select_related("body", "member").order_by("until"):
        if each.until is not None:
            what = f"Fin de mandat : {each.member}, {each.function} ({each.body.nom})"
            yield Due(each.until, "mandat", f"mandat-{each.pk}", what, f"gouvernance/organes/{each.body_id}/")


def _convocations(structure: Structure, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The last day to send each convocation, when the statutes were typed; sent ones await nothing."""
    rows = Assembly.objects.filter(
        body__structure=structure,
        meeting__state=Meeting.State.PREVUE,
        rules__notice_days__isnull=False,
        convocations=None,
    )
    for each in rows.select_related("meeting", "rules"):
        if each.rules is None or each.rules.notice_days is None:
            continue
        day = timezone.localdate(each.meeting.starts_at) - datetime.timedelta(days=each.rules.notice_days)
        if since <= day <= until:
            what = f"Dernier jour pour convoquer : {each.meeting.title}"
            yield Due(day, "convocation", f"convocation-{each.pk}", what, f"gouvernance/assemblees/{each.pk}/")
