"""Everything that awaits a structure: each subject tells its own days, here they are gathered.

In any app, a module named « deadlines », one of a package of this name, or one whose name begins with « due_ » is a
source as soon as it has a function ``deadlines(structure, *, since, until)``.
"""

import datetime
import functools
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from django.apps import apps

from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure

Source = Callable[..., Iterable[Due]]
OURS = "maillage.apps."
NAME, PREFIX = "deadlines", "due_"
LATE_FOR = datetime.timedelta(days=730)
"""How far back what is late is looked for."""
NATURES = {
    "reunion": "réunion",
    "sondage": "sondage de dates",
    "suite": "suite à donner",
    "contrat": "contrat",
    "avenant": "avenant",
    "document": "document",
    "mandat": "mandat",
    "assemblee": "assemblée générale",
    "cotisation": "cotisation",
    "protocole": "protocole",
    "action": "action",
    "enquete": "enquête",
    "qualite": "démarche qualité",
    "crise": "plan de crise",
    "stage": "stage",
    "numerique": "outil numérique",
    "fermeture": "fermeture",
    "cooperation": "protocole de coopération",
    "etape": "étape de la feuille de route",
    "tache": "tâche du projet",
    "delai": "délai légal",
    "pieces": "pièces demandées",
    "condition": "condition d’une décision",
}
"""The natures, in words; one that is not here is told as it is written."""


@dataclass(frozen=True)
class Entry:
    """A day of a structure: what it awaits, where to see it, whether it is late."""

    structure: Structure
    due: Due
    is_late: bool

    @property
    def day(self) -> datetime.date:
        """Its day."""
        return self.due.day

    @property
    def key(self) -> str:
        """What tells it from every other, the same from one reading to the next."""
        return f"{self.structure.pk}-{self.due.subject}"

    @property
    def address(self) -> str:
        """The path of its page."""
        return self.due.page if self.due.page.startswith("/") else f"/structures/{self.structure.pk}/{self.due.page}"

    @property
    def nature_told(self) -> str:
        """Its nature, in words."""
        return nature_told(self.due.nature)


def nature_told(nature: str) -> str:
    """A nature, in words."""
    return NATURES.get(nature, nature.replace("_", " "))


@functools.cache
def sources() -> tuple[Source, ...]:
    """The functions that tell days, in the order of the apps."""
    return tuple(
        found
        for config in apps.get_app_configs()
        if config.name.startswith(OURS)
        for module in _modules(import_module(config.name))
        if callable(found := getattr(module, NAME, None))
    )


def gathered(structure: Structure, *, since: datetime.date, until: datetime.date, today: datetime.date) -> list[Entry]:
    """What awaits a structure between two days, both included, the nearest first; what has an hour after the rest."""
    found = [
        Entry(structure, due, due.is_late_after and due.day < today)
        for source in sources()
        for due in source(structure, since=since, until=until)
        if since <= due.day <= until
    ]
    return sorted(found, key=_order)


def late(structure: Structure, *, today: datetime.date) -> list[Entry]:
    """What is late, the oldest first."""
    found = gathered(structure, since=today - LATE_FOR, until=today - datetime.timedelta(days=1), today=today)
    return [each for each in found if each.is_late]


def late_and_coming(
    structure: Structure, *, since: datetime.date, until: datetime.date, today: datetime.date
) -> tuple[list[Entry], list[Entry]]:
    """:func:`late` and :func:`gathered`, each source asked once for both."""
    first = today - LATE_FOR
    found = gathered(structure, since=min(first, since), until=max(until, today), today=today)
    overdue = [each for each in found if each.is_late and first <= each.day < today]
    return overdue, [each for each in found if since <= each.day <= until]


def _order(entry: Entry) -> tuple[datetime.date, str, str, str]:
    start = entry.due.starts_at
    return entry.day, start.isoformat() if start else "", entry.due.what, entry.due.subject


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(package.__path__):
        if info.name != NAME and not info.name.startswith(PREFIX):
            continue
        module = import_module(f"{package.__name__}.{info.name}")
        yield module
        if info.ispkg:
            for each in pkgutil.iter_modules(module.__path__):
                yield import_module(f"{module.__name__}.{each.name}")
