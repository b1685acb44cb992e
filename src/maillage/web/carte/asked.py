"""What the address of the map asks: an indicator, a level, a vintage, a département, an order, a category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from maillage.apps.territories.cartes.points import Box
from maillage.apps.territories.cartes.subjects import COMMUNE, DEPARTEMENT, LEVELS, Subject, subject_of
from maillage.apps.territories.cartes.values import Coloured, coloured
from maillage.apps.territories.models import Departement
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.kernel.typed_numbers import plain_number

ORDERS = ("nom", "valeur")


@dataclass(frozen=True)
class Asked:
    """What is asked, checked. ``departement`` limits the table and the view; classes stay those of the country."""

    subject: Subject
    level: str
    vintage: str = ""
    departement: str = ""
    order: str = "valeur"
    descending: bool = True
    category: str = ""
    qpv: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """Raises :class:`BadInput`, with the problem of each field."""
        subject = subject_of(query.get("indicateur", "").strip())
        department = query.get("departement", "").strip().upper()
        level = query.get("niveau", "").strip() or _usual_level(subject, department)
        if level not in LEVELS:
            raise BadInput([Problem("niveau", level, f"l'un de : {', '.join(LEVELS)}")])
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
        )

    def coloured(self) -> Coloured:
        """The values asked. Raises :class:`BadInput` when there are none at this level or vintage."""
        return coloured(self.subject, self.level, self.vintage)

    def query(self, **changes: Any) -> str:
        """The address of the same page with some changes."""
        pairs = {
            "indicateur": self.subject.code,
            "niveau": self.level,
            "millesime": self.vintage,
            "departement": self.departement,
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
