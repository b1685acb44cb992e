"""The life of a protocol: asking the members, their answers, publication, revision, withdrawal."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.inputs import PublicationFields
from maillage.apps.activity.models import Protocol, ProtocolOpinion, ProtocolVersion
from maillage.apps.activity.permissions import check_writes, may_write
from maillage.apps.activity.protocol_sealing import TOLD, publish
from maillage.apps.activity.services.protocols import locked
from maillage.apps.activity.writing import NotNow, changes, tell, values
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.notifications.services import notify
from maillage.apps.structures.models import Member, Structure
from maillage.core.activity import protocol_life as life
from maillage.core.activity.themes import code_of
from maillage.core.kernel.problems import BadInput, Problem

NOTHING_TO_JUDGE = "Écrivez d'abord ce que fait chacun."
NOBODY = "Choisissez au moins un membre de l'équipe."
NOT_ASKED = "Ce texte n'attend plus votre avis."
HOW = "comment l'équipe l'a validé (par exemple : en réunion du 3 mars), puisque tous n'ont pas approuvé"
WHY = "la raison, en quelques mots"
MOST_WORDS = {"retired_reason": 300, "comment": 1000}


def concerned(protocol: Protocol) -> list[Member]:
    """The members of today whose métier the protocol engages; the whole team when it names none."""
    rows = protocol.structure.members.filter(left_on=None)
    return list(rows.filter(metier__in=protocol.metiers) if protocol.metiers else rows)


@transaction.atomic
def submit(
    protocol: Protocol, members: Collection[Member], *, address: str, by: User, at: datetime.datetime
) -> list[ProtocolOpinion]:
    """Ask these members what they think of the text; those who have an account are told. ``address``: its page."""
    row = _at(protocol, "soumettre", by)
    if not row.content:
        raise NotNow(NOTHING_TO_JUDGE)
    asked = [each for each in members if each.structure_id == row.structure_id and each.left_on is None]
    if not asked:
        raise NotNow(NOBODY)
    row.round += 1
    _turn(row, "soumettre", by=by, at=at, asked=[str(each) for each in asked])
    rows = [ProtocolOpinion(protocol=row, round=row.round, member=each) for each in asked]
    notify(
        [each.user for each in asked if each.user is not None],
        kind="protocole_a_valider",
        group=f"protocole:{row.pk}",
        about=row.structure.nom,
        title=f"Votre avis est attendu sur le protocole « {row.title} ».",
        address=address,
        at=at,
        by=by,
    )
    return ProtocolOpinion.objects.bulk_create(rows)


@transaction.atomic
def resume(protocol: Protocol, *, by: User, at: datetime.datetime) -> Protocol:
    """Write again; the opinions given on the former text stay, and no longer count."""
    return _turn(_at(protocol, "reprendre", by), "reprendre", by=by, at=at)


@transaction.atomic
def revise(protocol: Protocol, *, by: User, at: datetime.datetime) -> Protocol:
    """Write the next version; the published one still applies."""
    return _turn(_at(protocol, "reviser", by), "réviser", by=by, at=at, target=Protocol.State.EN_COURS)


@transaction.atomic
def give_up(protocol: Protocol, *, by: User, at: datetime.datetime) -> Protocol:
    """Stop a revision: the protocol says again what its published version says."""
    row = _at(protocol, "abandonner", by)
    kept = row.versions.filter(number=row.version).values_list("content", flat=True).get()
    for name, told in TOLD.items():
        if told in kept:
            setattr(row, name, kept[told])
    row.theme_code = code_of("protocole", row.theme)
    return _turn(row, "abandonner la révision", by=by, at=at, target=Protocol.State.APPLIQUE)


@transaction.atomic
def retire(protocol: Protocol, reason: str, *, by: User, at: datetime.datetime) -> Protocol:
    """The team applies it no more; its versions and its uses stay."""
    row, why = _at(protocol, "retirer", by), _words("retired_reason", reason)
    row.retired_on, row.retired_reason = timezone.localdate(at), why
    return _turn(row, "retirer de l'usage", by=by, at=at, target=Protocol.State.RETIRE)


@transaction.atomic
def put_in_force(protocol: Protocol, *, by: User, at: datetime.datetime) -> Protocol:
    """Undo a withdrawal: the last version applies again."""
    row = _at(protocol, "remettre", by)
    row.retired_on, row.retired_reason = None, ""
    return _turn(row, "remettre en vigueur", by=by, at=at, target=Protocol.State.APPLIQUE)


@transaction.atomic
def publish_protocol(
    protocol: Protocol, fields: PublicationFields, *, by: User, at: datetime.datetime
) -> ProtocolVersion:
    """Seal the text as the next version. Raises :class:`BadInput` when nothing says how the team validated it."""
    row = _at(protocol, "publier", by)
    if not row.content:
        raise NotNow(NOTHING_TO_JUDGE)
    screened({"how": fields.how})
    given = list(opinions_of(row)) if row.state == Protocol.State.A_VALIDER else []
    if not life.is_approved([each.answer for each in given]) and not fields.how:
        raise BadInput([Problem("how", None, HOW)])
    row.version += 1
    row.review_on = fields.review_on
    version = publish(row, fields, given, by=by, at=at)
    _turn(row, "publier", by=by, at=at, asked=[version.fingerprint])
    return version


@transaction.atomic
def answer(opinion: ProtocolOpinion, reply: str, comment: str, *, by: User, at: datetime.datetime) -> ProtocolOpinion:
    """Note what a member says: themself, or who may write for them (the page says so)."""
    protocol = opinion.protocol
    if not may_answer(by, opinion):
        raise NotAllowed("donner un avis sur ce protocole")
    row = locked(protocol)
    kept = ProtocolOpinion.objects.select_for_update(of=("self",)).select_related("member").get(pk=opinion.pk)
    if row.state != Protocol.State.A_VALIDER or kept.round != row.round:
        raise NotNow(NOT_ASKED)
    if reply not in (life.APPROVED, life.TO_CHANGE):
        raise BadInput([Problem("answer", None, "« j'approuve » ou « je demande un changement »")])
    before = values(kept)
    kept.comment = _words("comment", comment) if reply == life.TO_CHANGE else ""
    kept.answer, kept.answered_at, kept.noted_by = reply, at, by
    kept.save()
    changed = changes(before, values(kept))
    tell(row.structure, by=by, at=at, verb="donner un avis", subject=kept, before=changed[0], after=changed[1])
    return kept


def opinions_of(protocol: Protocol) -> list[ProtocolOpinion]:
    """The opinions asked on the text as it stands."""
    rows = protocol.opinions.filter(round=protocol.round) if protocol.round else protocol.opinions.none()
    return list(rows.select_related("member", "noted_by"))


def may_answer(person: Person, opinion: ProtocolOpinion) -> bool:
    """Whether a person may note this opinion: theirs, or any for who may write in the structure."""
    own = opinion.member.user_id is not None and opinion.member.user_id == person.pk
    return own or may_write(person, opinion.protocol.structure)


def awaiting(person: User, structure: Structure) -> list[ProtocolOpinion]:
    """The opinions that a structure awaits from this person, the oldest text first."""
    rows = ProtocolOpinion.objects.filter(
        protocol__structure=structure,
        protocol__state=Protocol.State.A_VALIDER,
        member__user=person,
        member__left_on=None,
        answer=life.AWAITED,
    )
    rows = rows.select_related("protocol__structure__organisation", "member").order_by("protocol__position", "pk")
    return [each for each in rows if each.round == each.protocol.round]


def _at(protocol: Protocol, act: str, by: User) -> Protocol:
    """The row, locked, that this person may act on. Raises :class:`NotNow` in a state that forbids it."""
    check_writes(by, protocol.structure, f"{life.ACTS[act].words.lower()} un protocole")
    row = locked(protocol)
    if not life.allowed(act, row.state, row.version):
        raise NotNow(life.ACTS[act].refused)
    return row


TARGETS = {"soumettre": Protocol.State.A_VALIDER, "reprendre": Protocol.State.EN_COURS, "publier": "applique"}


def _turn(
    row: Protocol,
    verb: str,
    *,
    by: User,
    at: datetime.datetime,
    target: str = "",
    asked: list[str] | None = None,
) -> Protocol:
    """Bring a protocol to the state of this act, and tell it."""
    kept = values(Protocol.objects.get(pk=row.pk))
    row.state = target or TARGETS[verb]
    row.save()
    before, after = changes(kept, values(row))
    tell(row.structure, by=by, at=at, verb=verb, subject=row, before=before, after={**after, "avec": asked or []})
    return row


def _words(name: str, text: str) -> str:
    """A reason in one line. Raises :class:`BadInput` when there is none, :class:`PatientData`."""
    line = " ".join(text.split())
    if not line or len(line) > MOST_WORDS[name]:
        raise BadInput([Problem(name, None, f"{WHY} ({MOST_WORDS[name]} caractères au plus)")])
    screened({name: line})
    return line
