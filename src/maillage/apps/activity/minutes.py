"""The minutes of a meeting, as a document for its members: who was there, what was said, what was decided."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.between_meetings import agenda_of, follow_ups_of
from maillage.apps.activity.models import Attendance, FollowUp, Meeting
from maillage.apps.activity.sealing import clock
from maillage.apps.structures.metiers import name_of
from maillage.core.documents.minutes_file import minutes_pdf
from maillage.core.kernel import french

PRESENCES = {"present": "Présents", "distance": "À distance", "excuse": "Excusés", "absent": "Absents"}


def document_of(meeting: Meeting, *, by: User, at: datetime.datetime) -> bytes:
    """The minutes as a PDF, for the team only."""
    start = timezone.localtime(meeting.starts_at)
    end = clock(start + datetime.timedelta(minutes=meeting.minutes))
    content = {
        "structure": meeting.structure.nom,
        "sujet": meeting.title,
        "faits": [
            ("Nature", meeting.get_kind_display()),
            ("Date", f"{french.dated(start.date())}, de {clock(start)} à {end}"),
            ("Lieu", meeting.place),
            *_people(meeting.attendances.select_related("member")),
            ("Personnes invitées", ", ".join(str(each) for each in meeting.guests.all())),
        ],
        "ordre": agenda_of(meeting),
        "texte": meeting.report,
        "est_close": meeting.state == Meeting.State.CLOSE,
    }
    rows = [_line(each) for each in follow_ups_of(meeting.structure).filter(meeting=meeting)]
    return minutes_pdf(content, rows, today=timezone.localdate(at), by=by.full_name)


def _people(rows: Iterable[Attendance]) -> list[tuple[str, str]]:
    found = list(rows)
    told = {code: [f"{each.member} ({name_of(each.member.metier)})" for each in found if each.presence == code]
            for code in PRESENCES}  # fmt: skip
    return [(PRESENCES[code], ", ".join(names)) for code, names in told.items()]


def _line(row: FollowUp) -> tuple[str, str, str, str]:
    due = french.day(row.due_on) if row.due_on else ""
    return row.get_kind_display(), row.what, str(row.owner or ""), due
