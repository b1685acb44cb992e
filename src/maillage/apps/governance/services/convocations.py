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
Vous ne pouvez pas venir ? Donnez votre pouvoir ici : {address}
"""
NOBODY = "Personne n'est appelé à voter : dites d'abord qui vote."
PAST = "Cette assemblée a déjà commencé : il est trop tard pour la convoquer."


@dataclass(frozen=True)
class Sent:
    """What happened: who was written to, whose message did not leave, who has no address."""

    told: tuple[Member, ...]
    failed: tuple[Member, ...]
    without: tuple[Member, ...]


def send_convocation(
    assembly: Assembly, *, address: str, sender: str, by: User, at: datetime.datetime
) -> tuple[Convocation, Sent]:
    """Send the convocation to every voter. ``address``: the page of the assembly; ``sender``: where mails come from.

    The messages leave once the act is written; what did not leave is written after. Raises :class:`NotNow`,
    :class:`TooMuchMail`.
    """
    with transaction.atomic():
        row = opened(assembly, by=by, act=CALL)
        members = [each.member for each in row.voters.select_related("member__user")]
        _check(row, members, at)
        reached = {member: to for member in members if (to := address_of(member))}
        mail_quota.reserve(len(reached), by=str(by.pk), scope=str(row.body.structure.organisation_id), at=at)
        convocation = _sealed(row, by, at)
        _dispatched(convocation, reached, Dispatch.Way.COURRIEL, at)
        told = {"numéro": convocation.number, "empreinte": convocation.fingerprint, "membres": len(reached)}
        tell(row.body.structure, by=by, at=at, verb="convoquer", subject=row, after=told)
    mails = {member: _mail(row, convocation, member, to, address, sender, at) for member, to in reached.items()}
    lost = deliver(mails.values())
    failed = tuple(member for member, mail in mails.items() if mail in lost)
    convocation.dispatches.filter(member__in=failed).update(state=Dispatch.State.ECHEC)
    done = tuple(member for member in mails if member not in failed)
    return convocation, Sent(done, failed, tuple(member for member in members if member not in reached))


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


def _check(assembly: Assembly, members: Collection[Member], at: datetime.datetime) -> None:
    if not members:
        raise NotNow(NOBODY)
    if assembly.meeting.starts_at <= at:
        raise NotNow(PAST)


def _sealed(assembly: Assembly, by: User, at: datetime.datetime) -> Convocation:
    last = assembly.convocations.first()
    pdf = assembly_convocation_pdf(convocation_content(assembly), today=timezone.localdate(at))
    return Convocation.objects.create(
        assembly=assembly,
        number=last.number + 1 if last else 1,
        pdf=pdf,
        fingerprint=fingerprint_of(pdf),
        at=at,
        by=by,
    )


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
