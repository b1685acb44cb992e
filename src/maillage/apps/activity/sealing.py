"""The sheet of a closed meeting: what it says, its document, its fingerprint."""

import datetime
import hashlib
from typing import Any

from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Attendance, AttendanceSheet, Concertation, Meeting
from maillage.apps.structures.metiers import name_of
from maillage.core.activity.themes import themes
from maillage.core.documents.meeting_files import sheet_pdf
from maillage.core.kernel import french
from maillage.core.projet.elaboration import structure_code

Content = dict[str, Any]


def seal(meeting: Meeting, *, by: User, at: datetime.datetime) -> AttendanceSheet:
    """Write the sheet of a meeting, numbered after the former ones. Call it in the transaction that closes it."""
    former = meeting.sheets.first()
    number = former.number + 1 if former else 1
    content = content_of(meeting, number=number, by=by, at=at, reason=former.reopened_reason if former else "")
    pdf = sheet_pdf(content, today=timezone.localdate(at))
    return AttendanceSheet.objects.create(
        meeting=meeting, number=number, content=content, pdf=pdf, fingerprint=fingerprint_of(pdf), at=at, by=by
    )


def is_intact(sheet: AttendanceSheet) -> bool:
    """Whether the document is still the one that was sealed."""
    return fingerprint_of(bytes(sheet.pdf)) == sheet.fingerprint


def fingerprint_of(pdf: bytes) -> str:
    """The SHA-256 of a document, in 64 hexadecimal digits."""
    return hashlib.sha256(pdf).hexdigest()


def content_of(meeting: Meeting, *, number: int, by: User, at: datetime.datetime, reason: str) -> Content:
    """What a sheet says: plain JSON values, in French. ``reason``: why the former sheet was opened again."""
    start = timezone.localtime(meeting.starts_at)
    return {
        "structure": meeting.structure.nom,
        "sujet": meeting.title,
        "nature": meeting.get_kind_display(),
        "jour": french.day(start.date()),
        "horaire": f"de {clock(start)} à {clock(start + datetime.timedelta(minutes=meeting.minutes))}",
        "lieu": meeting.place,
        "numero": number,
        "raison": reason,
        "close_par": by.full_name,
        "close_le": f"{french.day(timezone.localdate(at))} à {clock(timezone.localtime(at))}",
        "invites": [{"qui": str(each), "nombre": each.count} for each in meeting.guests.all()],
        "concertation": _studied(meeting),
        "presences": [_line(each) for each in meeting.attendances.select_related("member")],
    }


def clock(moment: datetime.datetime) -> str:
    """An hour as people say it.

    >>> clock(datetime.datetime(2026, 12, 1, 18, 5, tzinfo=datetime.UTC))
    '18\\xa0h\\xa005'
    """
    minutes = f"{moment.minute:02d}" if moment.minute else ""
    return french.NO_BREAK_SPACE.join(part for part in (str(moment.hour), "h", minutes) if part)


def _line(row: Attendance) -> Content:
    return {
        "membre": str(row.member_id),
        "nom": str(row.member),
        "metier": name_of(row.member.metier),
        "presence": row.presence,
        "minutes": row.minutes,
        "preparation": row.preparation,
        "organisme": row.mandated_by,
        "arrivee": clock(datetime.datetime.combine(datetime.date.min, row.arrived_at)) if row.arrived_at else "",
        "depart": clock(datetime.datetime.combine(datetime.date.min, row.left_at)) if row.left_at else "",
        "source": row.source,
    }


def _studied(meeting: Meeting) -> Content:
    """What a concertation studied, in counts; empty for another kind of meeting, or when nothing was counted."""
    found = Concertation.objects.filter(meeting=meeting).first()
    if found is None or meeting.kind != Meeting.Kind.CONCERTATION:
        return {}
    known = themes(structure_code(meeting.structure.kind), "protocole", timezone.localdate(meeting.starts_at))
    names = {each.code: each.title for each in known}
    told = [names.get(code, code) for code in found.themes]
    return {"dossiers": found.files, "ald_ou_75_ans": found.eligible, "themes": told}
