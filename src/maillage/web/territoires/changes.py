"""What the page « Et si… » shows: the lines in words, and the communes whose accessibility changes."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from maillage.apps.territories import figures
from maillage.apps.territories.accessibility import WhatIf
from maillage.apps.territories.models import Commune, Epci
from maillage.apps.territories.published import age_told
from maillage.apps.territories.published import reference as reference_of
from maillage.core.kernel import french
from maillage.core.kernel.typed_numbers import plain_number
from maillage.core.rules.orientation.situation import PROFESSIONS as NAMES
from maillage.core.territory.method import GP
from maillage.web.territoires.moves import Moves

SHOWN = 50
"""Communes shown at once, those that change most."""
HEADER = (
    "code_commune", "commune", "habitants", "apl_publiee", "millesime_publie", "modele_avant", "modele_apres",
    "difference", "unite",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A commune whose accessibility changes, in the unit of the DREES; ``published`` is ``None`` when not known."""

    code: str
    name: str
    inhabitants: int | None
    published: float | None
    before: float
    after: float
    decimals: int

    @property
    def difference(self) -> float:
        """What the lines change."""
        return self.after - self.before

    @property
    def rises(self) -> bool:
        """Whether the access is better after."""
        return self.difference > 0

    @property
    def told(self) -> str:
        """The difference, with its sign; « + (moins de 0,01) » rather than a zero that is not one."""
        least = 10.0**-self.decimals
        if abs(self.difference) < least / 2:
            return f"{'+' if self.rises else french.MINUS} (moins de {french.number(least, self.decimals)})"
        return ("+" if self.rises else "") + french.number(self.difference, self.decimals)

    def written(self, value: float | None) -> str:
        """A value of this commune in French."""
        return french.UNKNOWN if value is None else french.number(value, self.decimals)

    @property
    def shown(self) -> dict[str, str]:
        """The values in French, for the table."""
        return {
            "publiee": self.written(self.published),
            "avant": self.written(self.before),
            "apres": self.written(self.after),
            "ecart": self.told,
            "habitants": french.UNKNOWN if self.inhabitants is None else french.number(self.inhabitants),
        }


@dataclass(frozen=True)
class Published:
    """The series of the DREES shown beside the model, its limit of age in words; empty when none is loaded."""

    label: str
    age: str
    vintage: str
    values: dict[str, float | None]


def changes(found: WhatIf, profession: str, day: datetime.date) -> tuple[list[Change], Published]:
    """The communes that change, the most changed first, and the published series that is their reference."""
    reference = published(profession, day, found.codes)
    known = {row.code: row for row in Commune.objects.all()} if len(found.codes) > figures.MANY else _named(found.codes)
    decimals = 2 if profession == GP else 1
    rows = [
        Change(code, place.nom, place.population, reference.values.get(code), before, after, decimals)
        for code, before, after in zip(found.codes, found.before.tolist(), found.after.tolist(), strict=True)
        if (place := known.get(code))
    ]
    return sorted(rows, key=lambda row: (-abs(row.difference), row.name)), reference


def published(profession: str, day: datetime.date, codes: Sequence[str]) -> Published:
    """The latest accessibility that the DREES published for a profession."""
    series = reference_of(profession, day)
    if series is None:
        return Published("", "", "", {})
    return Published(series.indicator.label, age_told(series), series.vintage, figures.values(series, codes))


def lines_in_words(asked: Moves) -> list[dict[str, str]]:
    """Each line in words, with the address of the page without it."""
    rows = []
    for rank, (name, text) in enumerate(asked.lines):
        left = [pair for at, pair in enumerate(asked.lines) if at != rank]
        query = urlencode([("profession", asked.profession), *left], safe=":@")
        rows.append({"nom": name, "texte": text, "phrase": in_words(asked.profession, name, text),
                     "sans": f"{reverse('web:et_si')}?{query}"})  # fmt: skip
    return rows


def in_words(profession: str, name: str, text: str) -> str:
    """« 1 infirmier s'installe : Redon (35236) »."""
    names = NAMES.get(profession, ("professionnel", "professionnels"))
    if name == "partants":
        age, _, place = text.partition("@")
        return f"Les {names[1]} de plus de {age.removeprefix('plus_de_')} ans partent : {place_in_words(place)}"
    *places, count = text.split(":") if ":" in text else (text, "1")
    noun = french.plural(_number(count), *names)
    verb = {"ajouter": ("s'installe", "s'installent"), "retirer": ("s'en va", "s'en vont")}.get(
        name, ("passe", "passent")
    )
    said = f"{french.number(_number(count))} {noun} {french.plural(_number(count), *verb)} : "
    return said + " → ".join(place_in_words(place) for place in places)


def export_rows(rows: Iterable[Change], reference: Published, unit: str) -> Iterator[tuple[Any, ...]]:
    """The list as a table; what is not published is empty."""
    for row in rows:
        yield (
            row.code, row.name, row.inhabitants, row.published, reference.vintage, row.before, row.after,
            row.difference, unit,
        )  # fmt: skip


def _named(codes: Sequence[str]) -> dict[str, Commune]:
    return {row.code: row for row in Commune.objects.filter(code__in=codes)}


def place_in_words(code: str) -> str:
    """« Redon (35236) »; the code alone of a place that is not known."""
    place = Commune.objects.filter(code=code).first() or Epci.objects.filter(code=code).first()
    return f"{place.nom} ({code})" if place else code


def _number(text: str) -> float:
    try:
        return plain_number(text)
    except ValueError:
        return 0.0
