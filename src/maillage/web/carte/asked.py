"""What the address of the map asks: an indicator, a level, a vintage, a département, an order, a category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from maillage.apps.territories.cartes.marks import Marks, marks_of
from maillage.apps.territories.cartes.points import Box
from maillage.apps.territories.cartes.subjects import COMMUNE, DEPARTEMENT, LEVELS, Subject, subject_of
from maillage.apps.territories.cartes.values import Coloured, coloured
from maillage.apps.territories.models import Departement
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.kernel.typed_numbers import plain_number

ORDERS = ("nom", "valeur")
ZONAGE = "zonage"
"""The classes of the zonage, in the address."""


@dataclass(frozen=True)
class Asked:
    """What is asked, checked. ``departement`` limits the table and the view; classes stay those of the country.

    ``classes``: « zonage » for the thresholds of the zonage, empty for classes that hold as many places each.
    ``note``: what was changed to what was asked, in French.
    """

    subject: Subject
    level: str
    vintage: str = ""
    departement: str = ""
    order: str = "valeur"
    descending: bool = True
    category: str = ""
    qpv: bool = False
    classes: str = ""
    note: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], *, adapts: bool = False) -> "Asked":
        """Raises :class:`BadInput`, with the problem of each field.

        ``adapts``: a level that the subject does not have gives its usual one, as when one chooses another subject.
        """
        subject = subject_of(query.get("indicateur", "").strip())
        department = query.get("departement", "").strip().upper()
        level = query.get("niveau", "").strip() or _usual_level(subject, department)
        if level not in LEVELS:
            raise BadInput([Problem("niveau", level, f"l'un de : {', '.join(LEVELS)}")])
        note = ""
        if adapts and level not in subject.levels:
            note = f"« {subject.label} » n'existe pas par {LEVELS[level]} : "
            level = _usual_level(subject, department)
            note += f"la carte est par {LEVELS[level]}."
        if department and not Departement.objects.filter(code=department).exists():
            raise BadInput([Problem("departement", department, "le code d'un département (35, 2A, 974)")])
        order = query.get("tri", "")
        return cls(
            subject=subject,
            level=level,
            vintage=query.get("millesime", "").strip(),
            departement=department if level in (COMMUNE, "epci") else "",
            order=order if order in ORDERS else "valeur",
            descending=query.get("sens", "desc") != "asc",
            category=query.get("categorie", "").strip(),
            qpv=query.get("qpv") == "oui",
            classes=ZONAGE if query.get("classes") == ZONAGE else "",
            note=note,
        )

    @cached_property
    def marks(self) -> Marks | None:
        """The thresholds of a rule that the classes may follow."""
        return marks_of(self.subject)

    def coloured(self) -> Coloured:
        """The values asked. Raises :class:`BadInput` when there are none at this level or vintage."""
        found = coloured(self.subject, self.level, self.vintage)
        if self.classes and self.marks:
            return replace(found, scale=self.marks.scale(self.subject.unit))
        return found

    def query(self, **changes: Any) -> str:
        """The address of the same page with some changes."""
        pairs = {
            "indicateur": self.subject.code,
            "niveau": self.level,
            "millesime": self.vintage,
            "departement": self.departement,
            "classes": self.classes,
            "categorie": self.category,
            "qpv": "oui" if self.qpv else "",
            "tri": self.order,
            "sens": "desc" if self.descending else "asc",
        }
        return urlencode({name: value for name, value in {**pairs, **changes}.items() if value})


def _usual_level(subject: Subject, department: str) -> str:
    """Communes when they are what the subject has, or when a département is chosen; else the départements."""
    if COMMUNE in subject.levels and (department or DEPARTEMENT not in subject.levels):
        return COMMUNE
    return DEPARTEMENT if DEPARTEMENT in subject.levels else subject.levels[0]


def read_box(text: str) -> Box:
    """A box « west,south,east,north » in degrees. Raises :class:`BadInput`."""
    parts: Sequence[str] = text.split(",")
    try:
        west, south, east, north = (plain_number(part) for part in parts)
    except ValueError:
        raise BadInput([Problem("bbox", text, "quatre nombres : ouest, sud, est, nord, en degrés")]) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadInput([Problem("bbox", text, "ouest ≤ est et sud ≤ nord, en degrés")])
    return west, south, east, north
