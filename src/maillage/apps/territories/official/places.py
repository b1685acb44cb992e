"""From the codes of a file, of its own year, to the places of today."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.apps.territories.models import Commune, Departement, Epci, FormerCommune, Grouping, Region, Series
from maillage.apps.territories.reading.decoupage import is_collectivite
from maillage.apps.territories.reading.rows import LoadError

FRANCE, METROPOLE = "FRANCE", "METROPOLE"
"""Codes of the whole country and of its European part, which no official code names."""
COMMUNE = re.compile(r"([0-9]{2}|2A|2B)[0-9]{3}")
NO_COMMUNES = "Aucune commune n'est chargée. Lancez d'abord : maillage donnees importer communes"
GROUPINGS = {Series.Level.TVS: Grouping.Kind.TVS, Series.Level.BASSIN: Grouping.Kind.BASSIN}

Values = dict[str, float | None]


def commune_code(written: str) -> str:
    """A code as files write it (« 1001 » where a workbook lost the zero, « 2a004 »), in full."""
    return written.zfill(5) if len(written) == 4 and written.isdigit() else written.upper()


@dataclass
class Places:
    """The places known. ``parents``: city of each arrondissement; ``former``: commune of today by code of the past."""

    communes: frozenset[str]
    parents: dict[str, str]
    former: dict[str, str]
    levels: dict[str, frozenset[str]] = field(default_factory=dict)
    populations: dict[str, float | None] = field(default_factory=dict)

    def commune(self, code: str) -> str | None:
        """The code today, ``None`` when nothing is known of it."""
        return code if code in self.communes else self.former.get(code)

    def problem(self, code: str, level: str = Series.Level.COMMUNE) -> str:
        """Why a code cannot be used, in French; empty when it can."""
        if level == Series.Level.COMMUNE:
            return "" if self.commune(code) else _commune_problem(code)
        known = self.levels.get(level)
        if known is None or code in known:
            return ""
        return f"le code « {code} » n'est pas connu aujourd'hui ({Series.Level(level).label})"


def load_places() -> Places:
    """Today's places, read once a loading. Raises :class:`LoadError` when no commune is loaded."""
    pairs = dict(Commune.objects.values_list("code", "parent_id"))
    if not pairs:
        raise LoadError(NO_COMMUNES)
    return Places(
        communes=frozenset(pairs),
        parents={code: parent for code, parent in pairs.items() if parent},
        former=_successors(),
        populations=dict(Commune.objects.values_list("code", "population")),
        levels={
            Series.Level.EPCI: frozenset(Epci.objects.values_list("code", flat=True)),
            Series.Level.DEPARTEMENT: frozenset(Departement.objects.values_list("code", flat=True)),
            Series.Level.REGION: frozenset(Region.objects.values_list("code", flat=True)),
            Series.Level.FRANCE: frozenset((FRANCE, METROPOLE)),
        },
    )


def _successors() -> dict[str, str]:
    """Former codes that lead to one commune only."""
    found: dict[str, set[str]] = {}
    for code, commune in FormerCommune.objects.values_list("code", "commune_id"):
        found.setdefault(code, set()).add(commune)
    return {code: communes.pop() for code, communes in found.items() if len(communes) == 1}


def _commune_problem(code: str) -> str:
    if is_collectivite(code):
        return f"« {code} » est dans une collectivité d'outre-mer, hors des 18 régions"
    if COMMUNE.fullmatch(code):
        return f"la commune « {code} » n'est connue ni aujourd'hui ni parmi les anciennes"
    return f"« {code} » n'est pas le code INSEE d'une commune (cinq caractères)"


@dataclass(frozen=True)
class Moved:
    """Figures of the communes of today, and how many were merged, computed for a city, or left out."""

    values: Values
    merged: int = 0
    cities: int = 0
    unknown: int = 0


def to_today(
    values: Mapping[str, float | None], how: str, places: Places, weights: Mapping[str, float | None]
) -> Moved:
    """The figures by commune of today, from those by commune of the file.

    Several communes that became one: their sum (``how`` « somme »), their mean by ``weights`` (« moyenne »), or
    nothing, since a median does not add up (« aucune »). A city without a figure has that of its arrondissements.
    ``None`` (not given) among several makes the result ``None``: unknown is not 0.
    """
    groups: dict[str, list[str]] = {}
    for code in values:
        groups.setdefault(places.commune(code) or code, []).append(code)
    merged = {code: _together(codes, values, how, weights) for code, codes in groups.items()}
    several = [code for code, codes in groups.items() if len(codes) > 1]
    unknown = [
        code for code in several if how == "aucune" or (how == "moyenne" and not _weighed(groups[code], weights))
    ]
    kept = {code: value for code, value in merged.items() if code not in set(unknown)}
    cities = _cities(values, how, places, weights) if how != "aucune" else {}
    added = {code: value for code, value in cities.items() if code not in kept}
    return Moved({**kept, **added}, len(several) - len(unknown), len(added), len(unknown))


def _weighed(codes: list[str], weights: Mapping[str, float | None]) -> bool:
    return all(weights.get(code) is not None for code in codes)


def _cities(
    values: Mapping[str, float | None], how: str, places: Places, weights: Mapping[str, float | None]
) -> Values:
    groups: dict[str, list[str]] = {}
    for code in values:
        if city := places.parents.get(code):
            groups.setdefault(city, []).append(code)
    return {city: _together(codes, values, how, weights) for city, codes in groups.items()}


def _together(
    codes: list[str], values: Mapping[str, float | None], how: str, weights: Mapping[str, float | None]
) -> float | None:
    if len(codes) == 1:
        return values[codes[0]]
    known = [(value, weights.get(code)) for code in codes if (value := values[code]) is not None]
    if len(known) < len(codes):
        return None
    if how == "somme":
        return sum(value for value, _weight in known)
    weighed = [(value, weight) for value, weight in known if weight is not None]
    total = sum(weight for _value, weight in weighed) if len(weighed) == len(codes) else 0
    return sum(value * weight for value, weight in weighed) / total if total else None
