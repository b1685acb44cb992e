"""The deadlines of dossiers: the legal delay, the pieces asked for, the avis awaited, the conditions to meet."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from maillage.apps.dossiers.models import AvisRequest, Condition, Dossier, PieceRequest
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers import kinds

Nature = Literal["delai", "pieces", "avis", "condition"]
BEFORE: dict[Nature, tuple[int, ...]] = {"pieces": (5,), "avis": (3,), "condition": (30, 7)}
"""Days left at which each is told, when no definition says it: a choice of Maillage, not of a text."""
ENDED = (Dossier.Phase.BROUILLON, Dossier.Phase.CLOS)
MOST_OF_A_CONDITION = 80


@dataclass(frozen=True)
class Deadline:
    """Something that a dossier awaits until its last day (of the territory). ``subject`` tells it from the others of
    the dossier; ``row`` is what sets it."""

    dossier: Dossier
    nature: Nature
    subject: str
    last_day: datetime.date
    what: str
    page: str
    row: Dossier | PieceRequest | AvisRequest | Condition

    @property
    def address(self) -> str:
        """The page of the dossier that shows it."""
        return f"/dossiers/{self.dossier.pk}/{self.page}"

    @property
    def before(self) -> tuple[int, ...]:
        """Days left at which it is told, before its last day."""
        delay = definition_of(self.dossier).delai if self.nature == "delai" else None
        return delay.alertes_jours if delay is not None else BEFORE.get(self.nature, ())


def horizon() -> datetime.timedelta:
    """No deadline is told sooner, wherever it is."""
    told = [days for each in kinds.every_kind() if each.delai is not None for days in each.delai.alertes_jours]
    return datetime.timedelta(days=max(*told, *(days for each in BEFORE.values() for days in each)) + 1)


def awaited(dossiers: QuerySet[Dossier], *, until: datetime.date | None = None) -> list[Deadline]:
    """What these dossiers await, the nearest first; ``until`` leaves out what ends after a day."""
    opened = dossiers.exclude(phase__in=ENDED).defer("answers", "touched")
    found = (*_legal(opened, until), *_pieces(opened, until), *_avis(opened, until), *_conditions(opened, until))
    return sorted(found, key=lambda each: (each.last_day, each.dossier.number, each.subject))


def _legal(dossiers: QuerySet[Dossier], until: datetime.date | None) -> Iterator[Deadline]:
    rows = dossiers.filter(due_on__lte=until) if until else dossiers.filter(due_on__isnull=False)
    for each in rows.exclude(phase=Dossier.Phase.SUIVI):
        if each.due_on is not None:
            yield Deadline(each, "delai", "delai", each.due_on, "Délai légal de décision", "", each)


def _pieces(dossiers: QuerySet[Dossier], until: datetime.date | None) -> Iterator[Deadline]:
    rows = PieceRequest.objects.filter(dossier__in=dossiers.values("pk"), answered_at=None)
    rows = rows.filter(answer_by__lte=until) if until else rows
    for each in rows.select_related("dossier__structure__organisation", "dossier__filer", "dossier__holder"):
        yield Deadline(each.dossier, "pieces", f"pieces:{each.pk}", each.answer_by, "Pièces demandées", "pieces/", each)


def _avis(dossiers: QuerySet[Dossier], until: datetime.date | None) -> Iterator[Deadline]:
    rows = AvisRequest.objects.filter(
        consultation__dossier__in=dossiers.values("pk"), consultation__closed_at=None, given_at=None, withdrawn_at=None
    )
    rows = rows.filter(consultation__answer_by__lte=until) if until else rows
    related = "consultation__dossier"
    rows = rows.select_related(
        f"{related}__structure__organisation", f"{related}__filer", f"{related}__holder", "organisation", "expert"
    )
    for each in rows:
        asked = each.consultation
        yield Deadline(
            asked.dossier, "avis", f"avis:{each.pk}", asked.answer_by, f"Avis de {each.organisation.nom}", "avis/", each
        )


def _conditions(dossiers: QuerySet[Dossier], until: datetime.date | None) -> Iterator[Deadline]:
    rows = Condition.objects.filter(
        decision__dossier__in=dossiers.values("pk"), decision__withdrawn_at=None, met_on=None, due_on__isnull=False
    ).exclude(decision__notified_at=None)
    rows = rows.filter(due_on__lte=until) if until else rows
    related = "decision__dossier"
    rows = rows.select_related(f"{related}__structure__organisation", f"{related}__filer", f"{related}__holder")
    for each in rows:
        if each.due_on is not None:
            what = f"Condition « {each.text[:MOST_OF_A_CONDITION]} »"
            yield Deadline(
                each.decision.dossier, "condition", f"condition:{each.pk}", each.due_on, what, "decision/", each
            )
