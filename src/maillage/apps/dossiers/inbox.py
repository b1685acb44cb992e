"""« À traiter »: the filed dossiers that wait for someone who reviews, and what each waits for."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.models import AvisRequest, Decision, Dossier, Message, PieceRequest, Seen
from maillage.apps.dossiers.permissions import DECIDERS, REVIEWERS, without_holder
from maillage.apps.dossiers.queries import to_review
from maillage.core.dossiers import kinds
from maillage.core.dossiers.path import moves

NEAR = datetime.timedelta(days=15)
"""How long before its end a delay is near."""
RUNNING = (
    Dossier.Phase.INSTRUCTION, Dossier.Phase.ATTENTE, Dossier.Phase.COMMISSION, Dossier.Phase.DECISION,
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why a dossier waits: its code in addresses, its words, which dossiers it holds for."""

    code: str
    title: str
    holds: Callable[[User, datetime.date], Q]


def _new(_person: User, _today: datetime.date) -> Q:
    return _to_complete() & ~Q(Exists(_answered()))


def _completed(_person: User, _today: datetime.date) -> Q:
    return _to_complete() & Q(Exists(_answered()))


def _late(_person: User, today: datetime.date) -> Q:
    return Q(due_on__lt=today) | Q(Exists(_open_request().filter(answer_by__lt=today)))


def _near(_person: User, today: datetime.date) -> Q:
    return Q(due_on__gte=today, due_on__lte=today + NEAR)


def _to_decide(person: User, _today: datetime.date) -> Q:
    if not person.roles.filter(until=None, name__in=DECIDERS).exists():
        return Q(pk__in=[])
    return Q(phase=Dossier.Phase.DECISION) & ~_decided()


def _to_notify(_person: User, _today: datetime.date) -> Q:
    return _decided()


def _given(_person: User, _today: datetime.date) -> Q:
    return Q(Exists(_requests().exclude(given_at=None)))


def _late_avis(_person: User, today: datetime.date) -> Q:
    return Q(Exists(_requests().filter(given_at=None, consultation__answer_by__lt=today)))


def _unread(person: User, _today: datetime.date) -> Q:
    seen = Seen.objects.filter(dossier=OuterRef("dossier"), user=person, at__gte=OuterRef("at"))
    rows = Message.objects.filter(dossier=OuterRef("pk")).exclude(author=person)
    return Q(Exists(rows.filter(~Exists(seen))))


def _complete(_person: User, _today: datetime.date) -> Q:
    return Q(phase__in=(Dossier.Phase.INSTRUCTION, Dossier.Phase.COMMISSION)) & ~_to_complete() & ~_decided()


REASONS = (
    Reason("depots", "Nouveaux dépôts", _new),
    Reason("complements", "Compléments reçus", _completed),
    Reason("messages", "Messages non lus", _unread),
    Reason("avis", "Avis rendus", _given),
    Reason("avis_en_retard", "Avis en retard", _late_avis),
    Reason("retards", "Délais dépassés", _late),
    Reason("echeances", "Échéances à moins de 15 jours", _near),
    Reason("decisions", "À décider", _to_decide),
    Reason("notifications", "À notifier", _to_notify),
    Reason("instruction", "À instruire", _complete),
)
"""In the order in which they are shown; a dossier may have several."""
CODES = tuple(each.code for each in REASONS)


def mine_or_nobodys(person: User) -> QuerySet[Dossier]:
    """The running dossiers that a person reviews and holds, or that nobody holds (any more); for who decides, those to
    decide and to notify."""
    rows = to_review(person).filter(phase__in=RUNNING)
    held = person.roles.filter(until=None)
    free = Q(holder=person)
    if held.filter(name__in=REVIEWERS).exists():
        free |= without_holder()
    if held.filter(name__in=DECIDERS).exists():
        free |= Q(phase=Dossier.Phase.DECISION) | _decided()
    return rows.filter(free)


def waiting(person: User, today: datetime.date, *, rows: QuerySet[Dossier] | None = None) -> QuerySet[Dossier]:
    """What awaits this person or nobody yet, for one reason at least; each reason is a column (``motif_depots``…)."""
    found = annotated(mine_or_nobodys(person) if rows is None else rows, person, today)
    some = Q()
    for code in CODES:
        some |= Q(**{f"motif_{code}": True})
    return found.filter(some)


def annotated(rows: QuerySet[Dossier], person: User, today: datetime.date) -> QuerySet[Dossier]:
    """The same dossiers with a column by reason, true when it holds."""
    marked = Dossier.objects.filter(pk__in=rows.values("pk")).select_related(
        "structure__organisation", "filer", "authority", "holder"
    )
    columns = {f"motif_{each.code}": Exists(_itself(each.holds(person, today))) for each in REASONS}
    return marked.annotate(**columns)


def counts(rows: QuerySet[Dossier]) -> dict[str, int]:
    """How many of these (from :func:`waiting`) wait for each reason."""
    columns = [f"motif_{code}" for code in CODES]
    found = list(rows.order_by().values_list(*columns))
    return {code: sum(bool(row[rank]) for row in found) for rank, code in enumerate(CODES)}


def reasons_of(dossier: Dossier) -> tuple[Reason, ...]:
    """Why a dossier from :func:`waiting` waits."""
    return tuple(each for each in REASONS if getattr(dossier, f"motif_{each.code}", False))


def _itself(condition: Q) -> QuerySet[Dossier]:
    return Dossier.objects.filter(condition, pk=OuterRef("pk"))


def _to_complete() -> Q:
    """Those of which somebody is to say whether the file is complete; kinds without that verb: those just filed."""
    found = Q(pk__in=[])
    for code, states in _states_to_complete().items():
        found |= Q(kind=code, state__in=states)
    return found


def _states_to_complete() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for definition in kinds.every_kind():
        every = moves(definition)
        states = {each.source for each in every if each.verb == "declarer_complet"}
        states = states or {each.target for each in every if each.verb == "deposer"}
        found.setdefault(definition.code, set()).update(states)
    return found


def _decided() -> Q:
    """Those whose decision is taken, and not notified yet."""
    return Q(Exists(Decision.objects.filter(dossier=OuterRef("pk"), withdrawn_at=None, notified_at=None)))


def _answered() -> QuerySet[PieceRequest]:
    return PieceRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=False, withdrawn_at=None)


def _open_request() -> QuerySet[PieceRequest]:
    return PieceRequest.objects.filter(dossier=OuterRef("pk"), answered_at=None)


def _requests() -> QuerySet[AvisRequest]:
    return AvisRequest.objects.filter(
        consultation__dossier=OuterRef("pk"), consultation__closed_at=None, withdrawn_at=None
    )


NEAREST = (F("due_on").asc(nulls_last=True), F("submitted_at").asc(nulls_last=True), "pk")
"""The order of the inbox."""
