"""Which tables belong to a structure, how each reaches it, and in which order they are written.

Found by walking the models, so that a new table is never forgotten: it reaches its structure by foreign keys, or it is
named in :data:`LEFT_OUT` with the reason.
"""

import functools
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.models import StoredFile
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.quality.models import Survey
from maillage.apps.structures.models import Structure
from maillage.core.quality.surveys import FEWEST

OWN = (
    "structures", "activity", "governance", "contracts", "quality", "crisis", "digital", "opening", "projets",
    "calendar",
)  # fmt: skip
"""The apps whose tables hold what a structure is and does."""
SHARED: tuple[type[models.Model], ...] = (StoredFile, KeptDiagnosis)
"""Tables of everyone, of which the rows that a structure points to go with it."""
LEFT_OUT: Mapping[str, str] = {
    "calendar.weeklyletter": "the letters that an account was sent",
    "quality.maturityscore": "the level that each gives alone is nobody else's; the consensus goes",
}
"""Tables of :data:`OWN` that do not go with a structure, by label, and why."""
ANSWERS = {"quality.surveyanswer": "survey", "quality.surveytext": "question__survey"}
"""The tables that hold what people answered, and the way to their survey."""
LINKS_LEFT_OUT = frozenset({"structures.member.user", "diagnostics.keptdiagnosis.previous"})
"""Links that are not carried: an account belongs to an installation, its person is invited again elsewhere."""
TOO_FAR = "{label} holds no chain of foreign keys to a structure: give it one, or say in LEFT_OUT why it stays behind"


@dataclass(frozen=True)
class Table:
    """A table and the path of lookups from it to its structure (empty for the structure itself)."""

    model: type[models.Model]
    path: str

    @property
    def label(self) -> str:
        """Its name in the archive."""
        return self.model._meta.label_lower

    @property
    def fields(self) -> "list[models.Field[Any, Any]]":
        """Its columns, key included."""
        return list(self.model._meta.concrete_fields)

    def rows(self, structure: Structure) -> models.QuerySet[models.Model]:
        """The rows of a structure, always in the same order."""
        found = self.model._default_manager.all()
        wanted = found.filter(**{self.path: structure}) if self.path else found.filter(pk=structure.pk)
        if self.label in ANSWERS:
            wanted = wanted.filter(**{f"{ANSWERS[self.label]}__in": told_surveys().values("pk")})
        return wanted.order_by("pk").distinct() if "__" in self.path else wanted.order_by("pk")


def told_surveys() -> models.QuerySet[Survey]:
    """The surveys that are over, with answers enough: what their pages do not show, the archive does not tell."""
    over = Q(closed_on__isnull=False) | Q(closes_on__lt=timezone.localdate())
    rows = Survey.objects.filter(over).annotate(given=Count("answers")).filter(given__gte=FEWEST)
    return rows.order_by()


@functools.cache
def tables() -> tuple[Table, ...]:
    """Every table of a structure, each after those that it points to. Raises ``LookupError`` if one reaches none."""
    own = [model for label in OWN for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    kept = [model for model in own if model._meta.label_lower not in LEFT_OUT]
    found = {model: path_of(model) for model in kept}
    return tuple(Table(model, found[model]) for model in _ordered(kept))


def path_of(model: type[models.Model]) -> str:
    """The shortest lookup from a table to a structure, by links that are always filled rather than by others."""
    if model is Structure:
        return ""
    for only_filled in (True, False):
        path = _nearest(model, only_filled=only_filled)
        if path:
            return path
    raise LookupError(TOO_FAR.format(label=model._meta.label_lower))


def links(model: type[models.Model]) -> "Iterator[models.ForeignKey[Any, Any]]":
    """The foreign keys of a table."""
    return (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))


def is_carried(field: "models.Field[Any, Any]") -> bool:
    """Whether a column goes with its row."""
    return f"{field.model._meta.label_lower}.{field.name}" not in LINKS_LEFT_OUT


def is_person(field: "models.Field[Any, Any]") -> bool:
    """Whether a column names an account."""
    return field.related_model is User


def _nearest(model: type[models.Model], *, only_filled: bool) -> str:
    waiting: deque[tuple[type[models.Model], str]] = deque([(model, "")])
    seen = {model}
    while waiting:
        here, path = waiting.popleft()
        for link in links(here):
            target = link.related_model
            if (link.null and only_filled) or not isinstance(target, type) or target in seen:
                continue
            name = f"{path}__{link.name}" if path else link.name
            if target is Structure:
                return name
            if target._meta.app_label in OWN:
                seen.add(target)
                waiting.append((target, name))
    return ""


def _ordered(wanted: Sequence[type[models.Model]]) -> list[type[models.Model]]:
    """Each table after those that it cannot do without; links that may be empty are filled at the end."""
    done: list[type[models.Model]] = []
    left = list(wanted)
    while left:
        ready = [each for each in left if not (_needed(each) & set(left)) - {each}]
        if not ready:
            raise LookupError(f"tables that each need another: {', '.join(each._meta.label for each in left)}")
        done += ready
        left = [each for each in left if each not in ready]
    return done


def _needed(model: type[models.Model]) -> set[object]:
    return {link.related_model for link in links(model) if not link.null}
