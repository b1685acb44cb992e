"""Visits and meetings about a dossier: planned with an invitation for agendas, then reported."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.exchanging import may_note
from maillage.apps.dossiers.models import Dossier, Visit
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.reviewing import reviewers_of
from maillage.apps.dossiers.telling import deciders_of, filers_of, named_as
from maillage.core.documents.invitations import Appointment, appointment, cancellation, invitation
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel import french

LONGEST = 20_000
MOST_MINUTES = 24 * 60
TITLES = {Visit.Kind.VISITE: "Visite sur place", Visit.Kind.REUNION: "Réunion"}
TEXT = """Bonjour,

{title} au sujet du dossier {dossier}.

Quand : {day}, à {hour} ({length} minutes).
Où : {place}.

L'invitation jointe s'ajoute à votre agenda.
Le dossier : {address}
"""
CANCELLED = """Bonjour,

{title} du {day} à {hour}, au sujet du dossier {dossier}, est annulée.
Le fichier joint la retire de votre agenda.
"""


@dataclass(frozen=True)
class Planned:
    """What is asked of a visit: its nature, its moment, how long, where, with whom. ``internal``: who files never
    learns of it, and is not invited."""

    kind: str
    at: datetime.datetime
    minutes_long: int = 60
    place: str = ""
    people: str = ""
    guests: tuple[User, ...] = ()
    internal: bool = False


def visits_of(person: User, dossier: Dossier) -> QuerySet[Visit]:
    """The visits and meetings that a person may read: internal ones for the authority only."""
    rows = dossier.visits.select_related("by").prefetch_related("guests")
    if may_read_inside(person, dossier):
        return rows
    return rows.filter(is_internal=False) if is_of_the_filer(person, dossier) else rows.none()


def may_be_invited(dossier: Dossier) -> QuerySet[User]:
    """Who can be sent an invitation: who reviews, who decides, who runs what files."""
    inside = [each.pk for each in deciders_of(dossier)]
    who = Q(pk__in=reviewers_of(dossier).values("pk")) | Q(pk__in=inside) | Q(pk__in=filers_of(dossier).values("pk"))
    return User.objects.filter(who, is_active=True).order_by("nom", "prenom", "pk").distinct()


@transaction.atomic
def plan(dossier: Dossier, wanted: Planned, *, by: User, at: datetime.datetime) -> Visit:
    """Plan a visit or a meeting. Raises :class:`BadInput`, :class:`NotAllowed`. Then :func:`invite` its guests."""
    dossier = _reviewed(dossier, by)
    if dossier.phase in (Dossier.Phase.BROUILLON, Dossier.Phase.CLOS):
        raise refused("", "Ce dossier n'est plus en cours : une visite ne s'y prévoit plus.")
    _check_visit(dossier, wanted)
    row = Visit.objects.create(dossier=dossier, by=by, **_columns(wanted))
    row.guests.set(wanted.guests)
    write_event(
        dossier, f"prévoir une {row.get_kind_display()}", by=by, at=at, after=_told(row), internal=row.is_internal
    )
    return row


@transaction.atomic
def change(visit: Visit, wanted: Planned, *, by: User, at: datetime.datetime) -> Visit:
    """Change a visit that is to come; who files learns of it as it was planned. Then :func:`invite` its guests."""
    dossier = _reviewed(visit.dossier, by)
    row = _open_row(visit)
    _check_visit(dossier, wanted)
    before = _told(row)
    for name, value in _columns(wanted).items():
        setattr(row, name, value)
    row.sequence += 1
    row.save()
    row.guests.set(wanted.guests)
    verb = f"déplacer une {row.get_kind_display()}"
    write_event(dossier, verb, by=by, at=at, before=before, after=_told(row), internal=row.is_internal)
    return row


@transaction.atomic
def cancel(visit: Visit, *, by: User, at: datetime.datetime) -> Visit:
    """Cancel a visit. Then :func:`invite` its guests: they are told that it is cancelled."""
    dossier = _reviewed(visit.dossier, by)
    row = _open_row(visit)
    row.cancelled_at = at
    row.sequence += 1
    row.save(update_fields=["cancelled_at", "sequence"])
    verb = f"annuler une {row.get_kind_display()}"
    write_event(dossier, verb, by=by, at=at, before=_told(row), internal=row.is_internal)
    return row


@transaction.atomic
def report(visit: Visit, text: str, *, seen: str | None = None, by: User, at: datetime.datetime) -> Visit:
    """Write the report of a visit that has begun. ``seen``: the report as it was read; changed since, it is refused."""
    dossier = _reviewed(visit.dossier, by)
    row = _open_row(visit)
    if row.at > at:
        raise refused("compte_rendu", "Cette rencontre n'a pas encore eu lieu : le compte rendu s'écrit après.")
    if seen is not None and _lines(row.report) != _lines(seen):
        raise refused("compte_rendu", "Quelqu'un vient d'écrire ce compte rendu : relisez-le, puis recommencez.")
    if len(text) > LONGEST:
        raise refused("compte_rendu", f"Un compte rendu a {LONGEST} caractères au plus.")
    screened({"compte_rendu": text})
    row.report = text.strip()
    row.save(update_fields=["report"])
    write_event(dossier, "écrire un compte rendu", by=by, at=at, after=_told(row), internal=row.is_internal)
    return row


def invite(visit: Visit, *, address: str, sender: str, by: User, at: datetime.datetime) -> tuple[User, ...]:
    """Send their invitation, or its cancellation, to the guests of a visit but who acts; give those not reached.

    Call it once the act is written. Raises :class:`TooMuchMail`, then nothing leaves.
    """
    guests = [each for each in visit.guests.all() if each != by and each.is_active]
    mail_quota.reserve(len(guests), by=str(by.pk), scope=str(visit.dossier.authority_id), at=at)
    mails = {each: _mail(visit, each, address, sender, at) for each in guests}
    lost = deliver(mails.values())
    return tuple(each for each, mail in mails.items() if mail in lost)


def agenda(visit: Visit, *, address: str, at: datetime.datetime) -> bytes:
    """The visit as a file for one's own agenda."""
    return appointment(_appointment(visit, address, ""), at=at, cancelled=visit.cancelled_at is not None)


def _appointment(visit: Visit, address: str, sender: str) -> Appointment:
    return Appointment(
        key=str(visit.pk),
        title=f"{TITLES[Visit.Kind(visit.kind)]} : {named_as(visit.dossier)}",
        starts_at=visit.at,
        minutes=visit.minutes_long,
        place=visit.place,
        description=f"Avec : {visit.people}" if visit.people else "",
        address=address,
        sequence=visit.sequence,
        organiser=(str(visit.dossier.authority or "Maillage"), sender) if sender else ("", ""),
    )


def _mail(visit: Visit, guest: User, address: str, sender: str, at: datetime.datetime) -> Mail:
    start = visit.at.astimezone(zone_of(visit.dossier.region))
    told = {
        "title": TITLES[Visit.Kind(visit.kind)],
        "dossier": named_as(visit.dossier),
        "day": french.day(start.date()),
        "hour": f"{start:%H} h {start:%M}",
        "length": visit.minutes_long,
        "place": visit.place or "à préciser",
        "address": address,
    }
    planned = _appointment(visit, address, sender)
    named = (guest.full_name, guest.email)
    if visit.cancelled_at is not None:
        subject = f"Rencontre annulée : {told['day']}"
        return Mail(guest.email, subject, CANCELLED.format(**told), cancellation(planned, at=at, guest=named))
    subject = f"Invitation : {TITLES[Visit.Kind(visit.kind)].lower()} du {told['day']} à {told['hour']}"
    return Mail(guest.email, subject, TEXT.format(**told), invitation(planned, at=at, guest=named))


def _reviewed(dossier: Dossier, by: User) -> Dossier:
    found = locked(dossier.pk)
    if not may_note(by, found):
        raise NotAllowed("prévoir une rencontre sur ce dossier")
    return found


def _open_row(visit: Visit) -> Visit:
    row = Visit.objects.select_for_update(of=("self",)).select_related("dossier__structure", "dossier__authority")
    found = row.get(pk=visit.pk)
    if found.cancelled_at is not None:
        raise refused("", "Cette rencontre est annulée.")
    return found


def _check_visit(dossier: Dossier, wanted: Planned) -> None:
    if wanted.kind not in Visit.Kind.values:
        raise refused("nature", "Choisissez une visite ou une réunion.")
    if not 1 <= wanted.minutes_long <= MOST_MINUTES:
        raise refused("duree", "Donnez une durée en minutes, d'un jour au plus.")
    screened({"lieu": wanted.place, "avec": wanted.people})
    _check_guests(dossier, wanted.guests, internal=wanted.internal)


def _check_guests(dossier: Dossier, guests: Iterable[User], *, internal: bool) -> None:
    possible = set(may_be_invited(dossier))
    for each in guests:
        if each not in possible:
            raise refused("invites", f"{each.full_name} ne peut pas être invité sur ce dossier.")
        if internal and is_of_the_filer(each, dossier):
            raise refused("invites", f"{each.full_name} est de la structure : cette rencontre est pour l'instruction.")


def _columns(wanted: Planned) -> dict[str, object]:
    return {
        "kind": wanted.kind,
        "at": wanted.at,
        "minutes_long": wanted.minutes_long,
        "place": wanted.place.strip(),
        "people": wanted.people.strip(),
        "is_internal": wanted.internal,
    }


def _told(row: Visit) -> dict[str, object]:
    start = row.at.astimezone(zone_of(row.dossier.region))
    return {"le": start.date(), "heure": f"{start:%H:%M}", "lieu": row.place}


def _lines(text: str) -> list[str]:
    """The lines of a text, however a browser ended them."""
    return text.strip().splitlines()
