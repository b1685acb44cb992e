"""What goes with a meeting that is not closed: who is expected, its guests, the files that a concertation studied."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.meeting_inputs import BaseFields, ConcertationFields, GuestFields
from maillage.apps.activity.models import Concertation, ConcertationYear, Expected, Meeting, MeetingGuest
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.queries import team_of
from maillage.apps.activity.services.meetings import locked
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Structure
from maillage.core.activity.themes import themes
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.elaboration import structure_code


@transaction.atomic
def expect(meeting: Meeting, members: Collection[uuid.UUID], *, by: User, at: datetime.datetime) -> Meeting:
    """Say who is expected; nobody named means the whole team. Raises :class:`BadInput` for who is not of the team."""
    check_writes(by, meeting.structure, "choisir les personnes attendues")
    row = locked(meeting, "noter")
    team = {each.pk for each in team_of(row)}
    if strangers := set(members) - team:
        raise BadInput([Problem("membre", str(next(iter(strangers))), "un membre de l'équipe")])
    before = sorted(str(member) for member in row.expected.values_list("member_id", flat=True))
    after = sorted(map(str, members)) if set(members) != team else []
    if before != after:
        row.expected.all().delete()
        Expected.objects.bulk_create([Expected(meeting=row, member_id=uuid.UUID(member)) for member in after])
        told = {"before": {"attendus": before}, "after": {"attendus": after}}
        tell(row.structure, by=by, at=at, verb="choisir les attendus", subject=row, **told)
    return row


@transaction.atomic
def add_guests(meeting: Meeting, fields: GuestFields, *, by: User, at: datetime.datetime) -> MeetingGuest:
    """Count people from outside. Raises :class:`PatientData`."""
    check_writes(by, meeting.structure, "compter des personnes invitées")
    row = locked(meeting, "noter")
    screened({"organisation": fields.organisation, "profession": fields.profession})
    guest = MeetingGuest.objects.create(
        meeting=row, organisation=fields.organisation, profession=fields.profession, count=fields.count
    )
    tell(row.structure, by=by, at=at, verb="compter des invités", subject=guest, after=values(guest))
    return guest


@transaction.atomic
def remove_guests(meeting: Meeting, guest: MeetingGuest, *, by: User, at: datetime.datetime) -> None:
    """Count them no more; :func:`put_guests_back` undoes it."""
    check_writes(by, meeting.structure, "retirer des personnes invitées")
    row = locked(meeting, "noter")
    found = MeetingGuest.objects.select_for_update().get(pk=guest.pk, meeting=row)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=found, before=values(found))
    found.delete()


@transaction.atomic
def put_guests_back(meeting: Meeting, key: str, *, by: User, at: datetime.datetime) -> MeetingGuest:
    """Undo a removal. Raises :class:`NotNow` when there is none to undo."""
    check_writes(by, meeting.structure, "rétablir des personnes invitées")
    row = locked(meeting, "noter")
    told = removed(MeetingGuest, key)
    if told is None or told["meeting_id"] != str(row.pk):
        raise NotNow("Il n'y a rien à rétablir.")
    names = ("organisation", "profession", "count")
    guest = MeetingGuest.objects.create(pk=uuid.UUID(key), meeting=row, **{name: told[name] for name in names})
    tell(row.structure, by=by, at=at, verb=RESTORED, subject=guest, after=values(guest))
    return guest


@transaction.atomic
def count_files(meeting: Meeting, fields: ConcertationFields, *, by: User, at: datetime.datetime) -> Concertation:
    """Write what a concertation studied. Raises :class:`NotNow` for another kind of meeting, :class:`BadInput`."""
    check_writes(by, meeting.structure, "compter les dossiers d'une concertation")
    row = locked(meeting, "noter")
    if row.kind != Meeting.Kind.CONCERTATION:
        raise NotNow("Les dossiers étudiés se comptent dans une concertation : changez la nature de la réunion.")
    _check_themes(row, fields)
    found = Concertation.objects.select_for_update().filter(meeting=row).first()
    before = values(found) if found else {}
    found = found or Concertation(meeting=row)
    found.files, found.eligible, found.themes = fields.files, fields.eligible, list(fields.themes)
    changed = changes(before, values(found))
    if changed[1]:
        found.save()
        tell(row.structure, by=by, at=at, verb="compter", subject=row, before=changed[0], after=changed[1])
    return found


@transaction.atomic
def tell_base(structure: Structure, fields: BaseFields, *, by: User, at: datetime.datetime) -> ConcertationYear:
    """Write how many patients the files of a year are compared with."""
    check_writes(by, structure, "écrire la base de la concertation")
    rows = ConcertationYear.objects.select_for_update().filter(structure=structure, year=fields.year)
    found = rows.first()
    before = values(found) if found else None
    found = found or ConcertationYear(structure=structure, year=fields.year)
    found.patients = fields.patients
    found.save()
    tell(structure, by=by, at=at, verb="écrire la base", subject=found, before=before, after=values(found))
    return found


def _check_themes(meeting: Meeting, fields: ConcertationFields) -> None:
    code = structure_code(meeting.structure.kind)
    known = {each.code for each in themes(code, "protocole", timezone.localdate(meeting.starts_at))}
    if strange := set(fields.themes) - known:
        raise BadInput([Problem("themes", min(strange), "un thème de la liste")])
