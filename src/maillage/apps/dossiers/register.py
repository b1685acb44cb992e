"""The public register: the recognised structures, as the decisions that were notified say. No personal data."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.apps.dossiers.models import Perimeter, Recognition
from maillage.apps.territories.models import Commune
from maillage.apps.territories.queries import names_of


@dataclass(frozen=True)
class Entry:
    """A line of the register: a recognition and its communes (code, name), as they are or were when it ended."""

    recognition: Recognition
    communes: tuple[tuple[str, str], ...]

    @property
    def departement(self) -> str:
        """The département of the dossier."""
        return self.recognition.decision.dossier.departement


def published() -> QuerySet[Recognition]:
    """Every recognition that was published, in force or ended."""
    rows = Recognition.objects.filter(is_published=True).exclude(decision__notified_at=None)
    return rows.select_related("decision__dossier", "structure", "replaces")


def current() -> QuerySet[Recognition]:
    """One line by recognised structure: what a modification replaced is in its history only."""
    newer = Recognition.objects.filter(replaces=OuterRef("pk"), is_published=True, decision__withdrawn_at=None).exclude(
        decision__notified_at=None
    )
    return published().filter(~Exists(newer)).order_by("nom", "pk")


def matching(rows: QuerySet[Recognition], words: str) -> QuerySet[Recognition]:
    """Those whose name, decision, FINESS or commune answers these words."""
    named = Commune.objects.filter(nom__iexact=words).values("code")
    places = Perimeter.objects.filter(Q(commune=words) | Q(commune__in=named))
    return rows.filter(
        Q(nom__icontains=words)
        | Q(decision__number__iexact=words)
        | Q(finess_ej=words)
        | Q(finess_et=words)
        | Q(pk__in=places.values("recognition"))
    )


def history(structure: uuid.UUID) -> list[Entry]:
    """What the register says of a structure, the latest first; empty when it was never published."""
    rows = published().filter(structure=structure)
    return entries(rows.order_by("-since", "-decision__at", "pk"))


def entries(rows: Iterable[Recognition]) -> list[Entry]:
    """These recognitions with the names of their communes, in three queries."""
    read = list(rows)
    held: dict[uuid.UUID, list[str]] = {each.pk: [] for each in read}
    ends = {each.pk: each.until for each in read}
    for row in Perimeter.objects.filter(recognition__in=read).order_by("commune"):
        if row.until == ends[row.recognition_id]:
            held[row.recognition_id].append(row.commune)
    names = names_of({code for codes in held.values() for code in codes})
    return [Entry(each, _named(held[each.pk], names)) for each in read]


def _named(codes: Sequence[str], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, names.get(code, code)) for code in codes)
