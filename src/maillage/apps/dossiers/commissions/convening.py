"""Convoking a session: a letter and an invitation to each person, separately; who was not reached is known."""

import datetime
import io
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common import mail_quota
from maillage.apps.common.files.services import deposit
from maillage.apps.common.mail import Attachment, Mail, deliver
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.commissions.base import State, check_runs, held, tell
from maillage.apps.dossiers.commissions.content import agenda_of, head_of
from maillage.apps.dossiers.commissions.holding import Person, away_from, day_of_session, people_of, seats_of
from maillage.apps.dossiers.commissions.recorded import convoked_on, day_there
from maillage.apps.dossiers.commissions.rights import closed_items
from maillage.apps.dossiers.models import Convocation, Session
from maillage.apps.dossiers.refusals import refused
from maillage.apps.notifications.models import Notification
from maillage.apps.notifications.services import notify
from maillage.core.documents.commission_files import convocation_pdf
from maillage.core.documents.invitations import Appointment, cancellation, invitation

TEXT = """Bonjour,

{organisation} vous convoque à une séance : {commission}.

Quand : {jour}, {horaire}.
Où : {lieu}.

La convocation et son ordre du jour sont joints, avec le fichier pour votre agenda.
Les documents de la séance : {address}

Un des dossiers vous concerne de près ? Déclarez-le avant la séance, sur cette page ou auprès de {organisation}.
"""
CANCELLED = """Bonjour,

La séance « {commission} » du {jour}, {horaire}, est annulée.
Le fichier joint la retire de votre agenda.
"""


@dataclass(frozen=True)
class Sent:
    """What happened: those who were written to, those whose message did not leave, those without an address."""

    told: tuple[Person, ...]
    failed: tuple[Person, ...]
    without: tuple[Person, ...]


@dataclass(frozen=True)
class Reached:
    """Where a person stands: « prévenu », « a_prevenir » (of a change), « echec », « sans_adresse », « attente »."""

    person: Person
    state: str
    at: datetime.datetime | None = None


def convoke(session: Session, *, address: str, sender: str, by: User, at: datetime.datetime) -> Sent:
    """Convoke a session, or send again to who was not told of what it is now: each separately, with the letter (PDF)
    and the invitation (ICS). ``address`` is its page, ``sender`` the e-mail that invitations come from.

    The messages leave once the act is written. Raises :class:`BadInput`, :class:`TooMuchMail`.
    """
    with transaction.atomic():
        row = held(session.pk, State.PREPAREE, State.CONVOQUEE)
        check_runs(by, row.commission, "convoquer une séance")
        if not row.items.exists():
            raise refused("", "L'ordre du jour est vide : inscrivez d'abord un dossier.")
        people = _people(row)
        if not any(each.email for each in people):
            raise refused("", "Aucun membre n'a d'adresse électronique : complétez les sièges.")
        waited = to_tell(row, people)
        mail_quota.reserve(len(waited), by=str(by.pk), scope=str(row.commission.organisation_id), at=at)
        row.state, row.convoked_at = State.CONVOQUEE, row.convoked_at or at
        row.convocation = _letter(row, by, at)
        row.save()
        told = {"rang": row.sequence, "destinataires": len(waited)}
        tell(row.commission, "convoquer la séance", row, by=by, at=at, after=told)
        _tell_in_the_site(row, waited, by, at)
    return _send(row, waited, people, address, sender, at)


def tell_cancelled(session: Session, *, address: str, sender: str, by: User, at: datetime.datetime) -> Sent:
    """Tell those who were convoked that a session is cancelled."""
    with transaction.atomic():
        row = held(session.pk, State.ANNULEE)
        check_runs(by, row.commission, "prévenir d'une annulation")
        people = [each for each in _people(row) if each.part in _ever_reached(row)]
        waited = to_tell(row, people)
        mail_quota.reserve(len(waited), by=str(by.pk), scope=str(row.commission.organisation_id), at=at)
        tell(row.commission, "prévenir de l'annulation", row, by=by, at=at, after={"destinataires": len(waited)})
    return _send(row, waited, people, address, sender, at)


def reached(session: Session) -> list[Reached]:
    """Where each person of a session stands with its convocation, as it is now."""
    last = {(each.seat_id, each.holder): each for each in session.convocations.order_by("at", "pk")}
    return [_reached(each, last.get(each.part), session.sequence) for each in _people(session)]


def to_tell(session: Session, people: Collection[Person]) -> list[Person]:
    """Those who have an address and were not told of a session as it is now."""
    told = session.convocations.filter(sequence=session.sequence, reached=True).values_list("seat", "holder")
    done = set(told)
    return [each for each in people if each.email and each.part not in done]


def letter_for(session: Session, person: User, *, at: datetime.datetime) -> bytes:
    """The convocation as a person may read it: the items from which they are kept away are closed. It bears the day of
    its convocation, else that of ``at``."""
    return _pdf(session, closed_items(person, session), convoked_on(session) or at)


def appointment_of(session: Session, *, address: str = "", sender: str = "") -> Appointment:
    """The session as agendas read it: it names no dossier."""
    return Appointment(
        key=f"seance-{session.pk}",
        title=session.commission.nom,
        starts_at=session.starts_at,
        minutes=session.minutes_long,
        place=session.place,
        address=address,
        sequence=session.sequence,
        organiser=(session.commission.organisation.nom, sender) if sender else ("", ""),
    )


def _people(session: Session) -> list[Person]:
    return [each for seat in seats_of(session) for each in people_of(seat)]


def _reached(person: Person, last: Convocation | None, sequence: int) -> Reached:
    if last is None:
        return Reached(person, "attente" if person.email else "sans_adresse")
    if not last.reached:
        return Reached(person, "echec", last.at)
    return Reached(person, "prevenu" if last.sequence == sequence else "a_prevenir", last.at)


def _ever_reached(session: Session) -> set[tuple[object, str]]:
    return set(session.convocations.filter(reached=True).values_list("seat", "holder"))


def _letter(session: Session, by: User, at: datetime.datetime) -> StoredFile:
    name = f"convocation-{day_of_session(session).isoformat()}.pdf"
    return deposit(
        by=by, at=at, name=name, content=io.BytesIO(_pdf(session, (), at)), kinds=("pdf",), declared_harmless=True,
        scope=str(session.commission.organisation_id),
    )  # fmt: skip


def _pdf(session: Session, hidden: Collection[object], at: datetime.datetime) -> bytes:
    """``at``: when the commission is convoked, the day that the letter bears."""
    content = {**head_of(session), "points": agenda_of(session, hidden)}  # type: ignore[arg-type]
    return convocation_pdf(content, today=day_there(session, at))


def _hidden_from(session: Session, person: Person) -> set[object]:
    rows = session.items.select_related("dossier__structure", "dossier__filer")
    return {item.pk for item in rows if person.part in away_from(item.dossier, [person.seat])}


def _tell_in_the_site(session: Session, people: Collection[Person], by: User, at: datetime.datetime) -> None:
    """Members who have an account see it in the site; the convocation is their mail."""
    users = [each.user for each in people if each.user is not None]
    words = "Vous êtes convoqué à une séance" if session.sequence == 0 else "La convocation d’une séance a changé"
    rows = notify(
        users, kind="seance", group=f"seance:{session.pk}", title=words, about=session.commission.nom,
        address=f"/commissions/seances/{session.pk}/", at=at, by=by,
    )  # fmt: skip
    Notification.objects.filter(pk__in=[each.pk for each in rows]).update(mail_due_at=None)


def _send(
    session: Session,
    waited: Collection[Person],
    people: Collection[Person],
    address: str,
    sender: str,
    at: datetime.datetime,
) -> Sent:
    mails = {each: _mail(session, each, address, sender, at) for each in waited}
    lost = deliver(mails.values())
    failed = tuple(each for each, mail in mails.items() if mail in lost)
    Convocation.objects.bulk_create(
        Convocation(
            session=session, seat=each.seat, holder=each.holder, sequence=session.sequence, reached=each not in failed,
            at=at,
        )
        for each in mails
    )  # fmt: skip
    done = tuple(each for each in mails if each not in failed)
    return Sent(done, failed, tuple(each for each in people if not each.email))


def _mail(session: Session, person: Person, address: str, sender: str, at: datetime.datetime) -> Mail:
    told = head_of(session)
    planned = appointment_of(session, address=address, sender=sender)
    guest = (person.name, person.email)
    if session.state == State.ANNULEE:
        calendar = cancellation(planned, at=at, guest=guest)
        return Mail(person.email, f"Séance annulée : {told['jour']}", CANCELLED.format(**told), calendar)
    letter = Attachment("convocation.pdf", _pdf(session, _hidden_from(session, person), at), "application/pdf")
    subject = f"Convocation : séance du {told['jour']}"
    words = TEXT.format(**told, address=address)
    return Mail(person.email, subject, words, invitation(planned, at=at, guest=guest), (letter,))
