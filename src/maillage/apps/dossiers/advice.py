"""The avis asked of experts on a dossier: asked of several at once, given each on its own, closed by who reviews."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES
from maillage.apps.common.mail_quota import TOO_SOON, may_remind
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.exchanging import GivenFile, kept_file
from maillage.apps.dossiers.models import AvisRequest, Consultation, Dossier
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.permissions import GIVERS, is_of_the_filer, may_give, may_read_inside, may_review
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.telling import tell
from maillage.core.kernel.french import day as day_in_words

EXPERT_KINDS = (
    Organisation.Kind.CPAM, Organisation.Kind.URPS, Organisation.Kind.FEDERATION, Organisation.Kind.COLLECTIVITE,
    Organisation.Kind.DELEGATION, Organisation.Kind.ARS,
)  # fmt: skip
OPEN_PHASES = (
    Dossier.Phase.INSTRUCTION, Dossier.Phase.ATTENTE, Dossier.Phase.COMMISSION, Dossier.Phase.DECISION,
)  # fmt: skip
MOST_EXPERTS = 30
LONGEST = 20_000
"""Letters of a question or of an avis."""


@dataclass(frozen=True)
class Expert:
    """Whose avis is asked: an organisation, or one person of it."""

    organisation: Organisation
    person: User | None = None

    def __str__(self) -> str:
        return f"{self.person.full_name} ({self.organisation})" if self.person else str(self.organisation)


def experts_for(dossier: Dossier) -> tuple[Expert, ...]:
    """Who can be asked: the bodies of the region that have someone to answer, and these people one by one.

    Nobody of the structure, nor of what files.
    """
    near = Organisation.objects.filter(kind__in=EXPERT_KINDS, closed_at=None, region__in=(dossier.region, ""))
    near = near.exclude(pk__in=[dossier.filer_id, dossier.structure.organisation_id, dossier.authority_id])
    roles = Role.objects.filter(organisation__in=near, until=None, name__in=GIVERS, user__is_active=True).exclude(
        user__in=_own_people(dossier)
    )
    found: dict[Organisation, list[User]] = {}
    for role in roles.select_related("user", "organisation").order_by("organisation__nom", "user__nom", "user__prenom"):
        people = found.setdefault(role.organisation, [])
        if role.user not in people:
            people.append(role.user)
    return tuple(Expert(body, person) for body, people in found.items() for person in (None, *people))


@transaction.atomic
def ask(
    dossier: Dossier,
    experts: Sequence[Expert],
    *,
    question: str,
    answer_by: datetime.date,
    file: GivenFile | None = None,
    independent: bool = True,
    by: User,
    at: datetime.datetime,
) -> Consultation:
    """Ask these experts one question; each is told. Raises :class:`BadInput`, :class:`NotAllowed`."""
    dossier = _reviewed(dossier.pk, by, "demander un avis sur ce dossier")
    if dossier.phase not in OPEN_PHASES:
        raise refused("experts", "Un avis se demande sur un dossier déposé, tant qu'il n'est pas décidé.")
    _check_question(question, answer_by, day_of(dossier, at))
    _check_experts(dossier, experts)
    stored = kept_file(dossier, file, internal=True, by=by, at=at) if file else None
    row = Consultation.objects.create(
        dossier=dossier, question=question.strip(), file=stored, answer_by=answer_by, is_independent=independent,
        at=at, by=by,
    )  # fmt: skip
    for each in experts:
        asked = AvisRequest.objects.create(consultation=row, organisation=each.organisation, expert=each.person)
        _tell_expert(asked, "Votre avis est demandé", by=by, at=at)
    told = {"experts": [_key(each.organisation, each.person) for each in experts], "à rendre le": answer_by}
    write_event(dossier, "demander des avis", by=by, at=at, after=told, internal=True)
    return row


@transaction.atomic
def give(
    asked: AvisRequest,
    *,
    sense: str,
    text: str,
    file: GivenFile | None = None,
    by: User,
    at: datetime.datetime,
) -> AvisRequest:
    """Give an avis, or correct the one given as long as who reviews has not closed the request.

    Raises :class:`BadInput`, :class:`NotAllowed`.
    """
    dossier, row = _locked_request(asked)
    if not may_give(by, row):
        raise NotAllowed("rendre cet avis")
    _check_open(dossier, row)
    _check_avis(sense, text)
    is_correction, open_ = bool(row.sense), not row.consultation.is_independent
    before = {"sens": row.get_sense_display()} if is_correction and open_ else None
    if file is not None:
        row.file = kept_file(dossier, file, internal=True, by=by, at=at)
    row.sense, row.text, row.given_at, row.given_by = sense, text.strip(), at, by
    row.save()
    told = {"expert": _key(row.organisation, row.expert)}
    if open_:  # The log is read by experts who have not answered yet: an independent avis says nothing there.
        told["sens"] = str(AvisRequest.Sense(sense).label)
    verb = "corriger un avis" if is_correction else "rendre un avis"
    write_event(dossier, verb, by=by, at=at, before=before, after=told, internal=True)
    tell(dossier, "avis_rendu", by=by, at=at)
    return row


@transaction.atomic
def withdraw(asked: AvisRequest, *, by: User, at: datetime.datetime) -> AvisRequest:
    """Take back a request that was not answered. Raises :class:`BadInput`, :class:`NotAllowed`."""
    dossier, row = _locked_request(asked)
    _check_reviews(by, dossier)
    if row.withdrawn_at is not None:
        return row
    if row.given_at is not None:
        raise refused("", "Cet avis est rendu : il reste au dossier.")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    told = {"expert": _key(row.organisation, row.expert)}
    write_event(dossier, "retirer une demande d'avis", by=by, at=at, before=told, internal=True)
    return row


@transaction.atomic
def remind(asked: AvisRequest, *, by: User, at: datetime.datetime) -> AvisRequest:
    """Tell again who has not given their avis. Raises :class:`BadInput` when it was told a moment ago."""
    dossier, row = _locked_request(asked)
    _check_reviews(by, dossier)
    _check_open(dossier, row)
    if row.given_at is not None:
        raise refused("", "Cet avis est déjà rendu.")
    if not may_remind(f"avis:{row.pk}"):
        raise refused("", TOO_SOON)
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    _tell_expert(row, "Votre avis est attendu", by=by, at=at)
    told = {"expert": _key(row.organisation, row.expert)}
    write_event(dossier, "relancer un expert", by=by, at=at, after=told, internal=True)
    return row


@transaction.atomic
def close(consultation: Consultation, *, by: User, at: datetime.datetime) -> Consultation:
    """Close a request: avis given no longer change, the others are no longer awaited. Raises :class:`NotAllowed`."""
    dossier = _reviewed(consultation.dossier_id, by, "clore cette demande d'avis")
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if row.closed_at is not None:
        return row
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    given = row.requests.exclude(given_at=None).count()
    write_event(dossier, "clore une demande d'avis", by=by, at=at, after={"avis rendus": given}, internal=True)
    return row


def requests_of(dossier: Dossier) -> QuerySet[Consultation]:
    """The requests of a dossier, the latest first, with their experts."""
    return dossier.consultations.select_related("by", "file").prefetch_related(
        "requests__organisation", "requests__expert", "requests__given_by", "requests__file"
    )


def is_shown(person: User, asked: AvisRequest) -> bool:
    """Whether a person reads an avis that was given: its author; the authority; the other experts of the request.

    Of an independent request, an expert (were they of the authority too) reads the others once each has given theirs,
    or once it is closed.
    """
    if asked.given_at is None:
        return False
    if may_give(person, asked):
        return True
    consultation = asked.consultation
    others = list(consultation.requests.filter(withdrawn_at=None))
    own = [each for each in others if may_give(person, each)]
    if not own:
        return may_read_inside(person, consultation.dossier)
    if not consultation.is_independent or consultation.closed_at is not None:
        return True
    return all(each.given_at is not None for each in others)


def others_of(person: User, asked: AvisRequest) -> tuple[AvisRequest, ...]:
    """The other avis of the same request that an expert may read now."""
    rows = asked.consultation.requests.filter(withdrawn_at=None).exclude(pk=asked.pk)
    rows = rows.select_related("organisation", "expert", "file", "consultation__dossier")
    return tuple(each for each in rows if is_shown(person, each))


def is_late(asked: AvisRequest, today: datetime.date) -> bool:
    """Whether an avis is awaited beyond its day."""
    consultation = asked.consultation
    return (
        asked.given_at is None
        and asked.withdrawn_at is None
        and consultation.closed_at is None
        and consultation.answer_by < today
    )


def people_of(asked: AvisRequest) -> list[User]:
    """Who may answer: the expert named, else who speaks for the organisation; nobody of the structure."""
    if asked.expert is not None:
        return [asked.expert] if may_give(asked.expert, asked) else []
    rows = User.objects.filter(
        is_active=True,
        pk__in=Role.objects.filter(organisation=asked.organisation, until=None, name__in=GIVERS).values("user"),
    )
    return list(rows.exclude(pk__in=_own_people(asked.consultation.dossier)))


def _tell_expert(asked: AvisRequest, title: str, *, by: User, at: datetime.datetime) -> None:
    people: Iterable[User] = people_of(asked)
    tell(
        asked.consultation.dossier, "avis_demande", by=by, at=at, people=people, title=title,
        address=f"/avis/{asked.pk}/",
    )  # fmt: skip


def _locked_request(asked: AvisRequest) -> tuple[Dossier, AvisRequest]:
    dossier = locked(asked.consultation.dossier_id)
    rows = AvisRequest.objects.select_for_update(of=("self",)).select_related("consultation", "organisation", "expert")
    row = rows.get(pk=asked.pk)
    row.consultation.dossier = dossier
    return dossier, row


def _reviewed(identifier: uuid.UUID, by: User, act: str) -> Dossier:
    dossier = locked(identifier)
    if not may_review(by, dossier):
        raise NotAllowed(act)
    return dossier


def _check_reviews(by: User, dossier: Dossier) -> None:
    if not may_review(by, dossier):
        raise NotAllowed("gérer les avis de ce dossier")


def _check_open(dossier: Dossier, row: AvisRequest) -> None:
    if row.withdrawn_at is not None:
        raise refused("", "Cette demande d'avis a été retirée.")
    if row.consultation.closed_at is not None:
        raise refused("", "Cette demande d'avis est close : les avis rendus ne changent plus.")
    if dossier.phase not in OPEN_PHASES:
        raise refused("", "Ce dossier n'est plus en instruction : les avis ne se rendent plus.")


def _check_question(question: str, answer_by: datetime.date, today: datetime.date) -> None:
    if not question.strip():
        raise refused("question", "Écrivez la question que vous posez.")
    if len(question) > LONGEST:
        raise refused("question", f"Une question a {LONGEST} caractères au plus : joignez plutôt un fichier.")
    if answer_by <= today:
        raise refused("reponse_avant", f"Donnez un jour à venir : nous sommes le {day_in_words(today)}.")
    screened({"question": question})


def _check_experts(dossier: Dossier, experts: Sequence[Expert]) -> None:
    if not experts:
        raise refused("experts", "Choisissez au moins une organisation ou une personne.")
    if len(experts) > MOST_EXPERTS:
        raise refused("experts", f"Demandez {MOST_EXPERTS} avis au plus à la fois.")
    if len({each.person or each.organisation for each in experts}) < len(experts):
        raise refused("experts", "Le même avis est demandé deux fois : ne cochez qu'une fois chaque expert.")
    own = {dossier.filer_id, dossier.structure.organisation_id}
    possible = set(experts_for(dossier))
    for each in experts:
        if each.organisation.pk in own or (each.person and is_of_the_filer(each.person, dossier)):
            raise refused("experts", f"{each} est de la structure qui dépose : son avis ne se demande pas.")
        if each not in possible:
            raise refused("experts", f"{each} ne peut pas rendre cet avis sur ce site : personne n'y a le rôle voulu.")


def _check_avis(sense: str, text: str) -> None:
    if sense not in AvisRequest.Sense.values:
        raise refused("sens", "Choisissez le sens de votre avis.")
    if sense != AvisRequest.Sense.SANS and not text.strip():
        raise refused("texte", "Dites pourquoi : un avis est motivé.")
    if len(text) > LONGEST:
        raise refused("texte", f"Un avis a {LONGEST} caractères au plus : joignez plutôt un fichier.")
    screened({"texte": text})


def _own_people(dossier: Dossier) -> QuerySet[Role]:
    own = Role.objects.filter(name__in=STRUCTURE_ROLES, until=None)
    of_it = Q(organisation=dossier.structure.organisation_id) | Q(organisation=dossier.filer_id)
    return own.filter(of_it).values("user")  # type: ignore[return-value]  # used as a subquery only


def _key(organisation: Organisation, person: User | None) -> str:
    return person.event_actor if person else str(organisation.pk)
