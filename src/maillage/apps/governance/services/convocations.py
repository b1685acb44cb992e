"""The verbs on convocations: send one to each voter, with its document and its date for agendas; note another way."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.sealing import clock, fingerprint_of
from maillage.apps.activity.services.invitations import address_of, appointment_of
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Attachment, Mail, deliver
from maillage.apps.governance.content import convocation_content
from maillage.apps.governance.models import Assembly, Convocation, Dispatch
from maillage.apps.governance.services.assemblies import CALL, opened
from maillage.apps.structures.models import Member
from maillage.core.documents.assembly_files import assembly_convocation_pdf
from maillage.core.documents.invitations import invitation
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

TEXT = """Bonjour,

{entity} vous convoque : {title}.

Quand : {day}, à {hour}.
Où : {place}.

La convocation, avec l'ordre du jour, est jointe. L'autre fichier s'ajoute à votre agenda.
Vous ne pouvez pas venir ? Donnez votre pouvoir ici, avec votre compte : {address}
Sans compte, remplissez le pouvoir qui suit la convocation et rendez-le avant l'assemblée.
"""
CHANGED = "L'assemblée a changé depuis cette convocation : envoyez-la à nouveau à tous."
NOBODY_WAITS = "Personne n'attend cette convocation."
NOBODY = "Personne n'est appelé à voter : dites d'abord qui vote."
PAST = "Cette assemblée a déjà commencé : il est trop tard pour la convoquer."


@dataclass(frozen=True)
class Sent:
    """What happened: who was written to, whose message did not leave, who has no address, who waits for another day."""

    told: tuple[Member, ...]
    failed: tuple[Member, ...]
    without: tuple[Member, ...]
    waiting: tuple[Member, ...] = ()


def send_convocation(
    assembly: Assembly, *, address: str, sender: str, by: User, at: datetime.datetime
) -> tuple[Convocation, Sent]:
    """Send the convocation to every voter. ``address``: the page of the assembly; ``sender``: where mails come from.

    The messages leave once the act is written; what did not leave is written after. Beyond what a day allows, the
    others wait for :func:`carry_on`. Raises :class:`NotNow`, :class:`TooMuchMail` when none may leave today.
    """
    with transaction.atomic():
        row = opened(assembly, by=by, act=CALL)
        members = _called(row)
        _check(row, members, at)
        reached = _with_address(members)
        today = _allowed(row, reached, by, at)
        convocation = _sealed(row, by, at)
        _dispatched(convocation, today, Dispatch.Way.COURRIEL, at)
        told = {"numéro": convocation.number, "empreinte": convocation.fingerprint, "membres": len(today)}
        tell(row.body.structure, by=by, at=at, verb="convoquer", subject=row, after=told)
    without = tuple(member for member in members if member not in reached)
    return convocation, _delivered(row, convocation, today, reached, without, address, sender, at)


def carry_on(
    assembly: Assembly, *, address: str, sender: str, by: User, at: datetime.datetime
) -> tuple[Convocation, Sent]:
    """Send the last convocation to those who wait for it, as it is sealed. Raises the same as the first sending."""
    with transaction.atomic():
        row = opened(assembly, by=by, act=CALL)
        convocation, waiting = awaiting(row)
        if convocation is None or not waiting:
            raise NotNow(NOBODY_WAITS)
        _check(row, waiting, at)
        if _document(row, timezone.localdate(convocation.at))[1] != convocation.fingerprint:
            raise NotNow(CHANGED)
        today = _allowed(row, waiting, by, at)
        convocation.dispatches.filter(member__in=list(today)).delete()
        _dispatched(convocation, today, Dispatch.Way.COURRIEL, at)
        told = {"numéro": convocation.number, "membres": len(today)}
        tell(row.body.structure, by=by, at=at, verb="continuer l'envoi", subject=row, after=told)
    return convocation, _delivered(row, convocation, today, waiting, (), address, sender, at)


def awaiting(assembly: Assembly) -> tuple[Convocation | None, dict[Member, str]]:
    """The last convocation, and who has an address but was not reached by it."""
    convocation = assembly.convocations.first()
    if convocation is None:
        return None, {}
    sent = set(convocation.dispatches.filter(state=Dispatch.State.ENVOYE).values_list("member", flat=True))
    return convocation, {each: to for each, to in _with_address(_called(assembly)).items() if each.pk not in sent}


@transaction.atomic
def note_dispatch(
    convocation: Convocation, member: uuid.UUID, way: str, *, by: User, at: datetime.datetime
) -> Dispatch:
    """Note that a convocation went to a voter by post or by hand."""
    row = opened(convocation.assembly, by=by, act=CALL)
    if way not in (Dispatch.Way.COURRIER, Dispatch.Way.MAIN_PROPRE):
        raise BadInput([Problem("way", None, "« courrier » ou « remise en main propre »")])
    voter = row.voters.filter(member=member).first()
    if voter is None:
        raise BadInput([Problem("member", None, "un membre appelé à voter")])
    told = {"way": way, "state": Dispatch.State.ENVOYE, "at": at}
    dispatch, _ = Dispatch.objects.update_or_create(convocation=convocation, member_id=voter.member_id, defaults=told)
    tell(row.body.structure, by=by, at=at, verb="noter un envoi", subject=row, after={"moyen": way})
    return dispatch


@transaction.atomic
def note_dispatches(convocation: Convocation, way: str, *, by: User, at: datetime.datetime) -> None:
    """Note that a convocation went by post or by hand to each voter whom no message can reach."""
    row = opened(convocation.assembly, by=by, act=CALL)
    sent = set(convocation.dispatches.filter(state=Dispatch.State.ENVOYE).values_list("member", flat=True))
    members = _called(row)
    reached = _with_address(members)
    for each in members:
        if each.pk not in sent and each not in reached:
            note_dispatch(convocation, each.pk, way, by=by, at=at)


def _check(assembly: Assembly, members: Collection[Member], at: datetime.datetime) -> None:
    if not members:
        raise NotNow(NOBODY)
    if assembly.meeting.starts_at <= at:
        raise NotNow(PAST)


def _called(assembly: Assembly) -> list[Member]:
    return [each.member for each in assembly.voters.select_related("member__user")]


def _with_address(members: Collection[Member]) -> dict[Member, str]:
    return {member: to for member in members if (to := address_of(member))}


def _allowed(assembly: Assembly, reached: dict[Member, str], by: User, at: datetime.datetime) -> dict[Member, str]:
    """Those to whom a message may leave today, counted as sent. Raises :class:`TooMuchMail` when there is none."""
    key, scope = str(by.pk), str(assembly.body.structure.organisation_id)
    room = mail_quota.left(by=key, scope=scope, at=at)
    today = dict(list(reached.items())[:room]) if room else reached
    mail_quota.reserve(len(today), by=key, scope=scope, at=at)
    return today


def _document(assembly: Assembly, day: datetime.date) -> tuple[bytes, str]:
    """The convocation as it would be written on a day, and its fingerprint."""
    pdf = assembly_convocation_pdf(convocation_content(assembly), today=day)
    return pdf, fingerprint_of(pdf)


def _sealed(assembly: Assembly, by: User, at: datetime.datetime) -> Convocation:
    last = assembly.convocations.first()
    pdf, fingerprint = _document(assembly, timezone.localdate(at))
    number = last.number + 1 if last else 1
    return Convocation.objects.create(assembly=assembly, number=number, pdf=pdf, fingerprint=fingerprint, at=at, by=by)


def _delivered(
    assembly: Assembly,
    convocation: Convocation,
    today: dict[Member, str],
    reached: Collection[Member],
    without: tuple[Member, ...],
    address: str,
    sender: str,
    at: datetime.datetime,
) -> Sent:
    """Send to those of today; what did not leave is written."""
    mails = {member: _mail(assembly, convocation, member, to, address, sender, at) for member, to in today.items()}
    lost = deliver(mails.values())
    failed = tuple(member for member, mail in mails.items() if mail in lost)
    convocation.dispatches.filter(member__in=failed).update(state=Dispatch.State.ECHEC)
    told = tuple(member for member in mails if member not in failed)
    return Sent(told, failed, without, tuple(member for member in reached if member not in mails))


def _dispatched(convocation: Convocation, members: Collection[Member], way: str, at: datetime.datetime) -> None:
    sent = Dispatch.State.ENVOYE
    Dispatch.objects.bulk_create(
        [Dispatch(convocation=convocation, member=member, way=way, state=sent, at=at) for member in members]
    )


def _mail(
    assembly: Assembly,
    convocation: Convocation,
    member: Member,
    to: str,
    address: str,
    sender: str,
    at: datetime.datetime,
) -> Mail:
    meeting, start = assembly.meeting, timezone.localtime(assembly.meeting.starts_at)
    planned = appointment_of(meeting, address=address, sender=sender)
    told = {
        "entity": assembly.body.entity or assembly.body.structure,
        "title": meeting.title,
        "day": french.day(start.date()),
        "hour": clock(start),
        "place": meeting.place or "à préciser",
        "address": address,
    }
    return Mail(
        to,
        f"Convocation : {french.day(start.date())} à {clock(start)}",
        TEXT.format(**told),
        invitation(planned, at=at, guest=(str(member), to)),
        (Attachment("convocation.pdf", bytes(convocation.pdf), "application/pdf"),),
    )
