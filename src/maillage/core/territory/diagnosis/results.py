"""What a diagnosis of a territory says, and its JSON: the one shape that pages, documents, API and files read.

``Diagnosis.as_dict()`` is::

    {"format": 1, "titre": "Redon Agglomération", "jour": "2026-11-22",
     "territoire": {"nom", "choix": a sentence (how it was chosen), "communes": 31,
                    "departements": [{"code", "nom"}], "regions": [{"code", "nom"}], "notes": [sentence…],
                   "compare_a": [{"niveau": "departement"|"region"|"france", "code", "nom"}] (columns of comparators),
                    "comparaison": why these places (a sentence),
                    "epci": [{"code", "nom", "communes": here, "sur": of the whole EPCI}]},
     "chiffres_cles": ["population.totale", …] (codes of figures, five at most),
     "avertissements": [{"code", "structure": "CPTS", "etat": "alerte"|"a_verifier"|"respecte"|"information",
                         "titre", "texte", "parametre": its path or null (page « regles/parametres/<path>/ »),
                         "regle": slug of a rule or null (page « regles/<slug>/ »), "textes": [{"titre", "url"|null}]}],
     "sections": [{"code": "territoire"|"population"|"revenus"|"offre"|"accessibilite"|"zonage"|…, "titre", "texte",
                   "chiffres": [FIGURE…], "tableaux": [TABLE…],
                   "aides": [{"profession", "metier": in words, "classe", "zone": in words, "communes": how many,
                              "aides": [{"code": of the page « aides/<code>/ », "libelle", "montant": in words}],
                              "note": ""}] (zonage only),
                   "graphiques": [codes for maillage.core.documents.diagnosis_charts.chart(diagnosis, code)]}],
     "manques": [{"objet", "pourquoi", "comment": in words, "commande": that who runs the installation types, or ""}],
     "communes": [{"code", "nom", "departement", "epci": code or null, "latitude", "longitude",
                   "valeurs": {code of a figure: number or null}, "zonages": {profession: class in words}}],
     "sources": [{"cle", "libelle", "producteur", "millesime", "licence", "url", "chargee_le"}],
     "recette": {"format": 1, "version": of Maillage, "jour", "selection": {…}, "structure",
                 "millesimes": {key of a source: {"millesime", "empreinte"}}, "parametres": {path: value}}}

A FIGURE is::

    {"code", "libelle", "valeur": number or null, "texte": « 12 345 » in French (« à confirmer » when null, a range
     « de 1,2 à 4,5 » when the figure does not add up), "unite", "decimales", "millesime", "producteur", "methode",
     "secret": "" or what the producer hides, "sens": "haut"|"bas"|"neutre" (what is more favourable),
     "comparaisons": [{"niveau": "departement"|"region"|"france", "code", "nom", "valeur", "texte" (« non additif » for
                      what does not add up and is not published there), "millesime": "" or another than that of the
                      figure, then written in the text too}],
     "evolution": [{"millesime", "valeur", "texte"}] (oldest first, the last one is the value; empty with one vintage),
     "couverture": "" or « 83 communes sur 100 », "etendue": null or {"min", "max"} by commune,
     "pourquoi": "" or why there is no value}

A TABLE is::

    {"code", "titre", "colonnes": [{"titre", "numerique": bool}],
     "lignes": [{"textes": [one text per column], "valeurs": [the same as numbers or texts, null when unknown]}],
     "source": one line, "note": ""}
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from maillage.core.kernel import french

FORMAT = 1
NOT_ADDITIVE = "non additif"
"""What stands for the figure of a larger place, that its communes cannot give."""
Direction = Literal["haut", "bas", "neutre"]
Level = Literal["departement", "region", "france"]
State = Literal["alerte", "a_verifier", "respecte", "information"]
Cell = str | float | int | None


@dataclass(frozen=True)
class Comparator:
    """The same figure elsewhere; ``value`` is ``None`` when it is not known there.

    ``vintage`` is empty when it is that of the figure; without ``additive`` it cannot be made from the communes.
    """

    level: Level
    code: str
    name: str
    value: float | None
    vintage: str = ""
    additive: bool = True

    def as_dict(self, decimals: int) -> dict[str, Any]:
        """JSON of the comparator (see the module)."""
        told = written(self.value, decimals) if self.value is not None or self.additive else NOT_ADDITIVE
        return {
            "niveau": self.level,
            "code": self.code,
            "nom": self.name,
            "valeur": self.value,
            "texte": f"{told} ({self.vintage})" if self.vintage else told,
            "millesime": self.vintage,
        }


@dataclass(frozen=True)
class Point:
    """The figure of the territory for one vintage."""

    vintage: str
    value: float | None


@dataclass(frozen=True)
class Spread:
    """The least and the greatest value by commune, for what does not add up (a median)."""

    least: float
    greatest: float


@dataclass(frozen=True)
class Figure:
    """A figure of the territory, with all that lets a person cite it.

    ``known`` communes out of ``total`` have a value; ``why`` says why there is none, or why it is not for the whole
    territory. An unknown value is ``None``, never 0.
    """

    code: str
    label: str
    value: float | None
    unit: str
    decimals: int
    vintage: str
    producer: str
    method: str = ""
    secrecy: str = ""
    direction: Direction = "neutre"
    comparators: tuple[Comparator, ...] = ()
    trend: tuple[Point, ...] = ()
    known: int = 0
    total: int = 0
    spread: Spread | None = None
    why: str = ""

    @property
    def text(self) -> str:
        """The value in French."""
        if self.value is None and self.spread is not None:
            low, high = (french.number(each, self.decimals) for each in (self.spread.least, self.spread.greatest))
            return low if low == high else f"de {low} à {high}"
        return written(self.value, self.decimals)

    @property
    def coverage(self) -> str:
        """How many communes have a value, empty when all do or when it does not come from communes."""
        if self.known >= self.total:
            return ""
        communes = french.plural(self.known, "commune")
        return f"{french.number(self.known)} {communes} sur {french.number(self.total)}"

    def as_dict(self) -> dict[str, Any]:
        """JSON of the figure (see the module)."""
        return {
            "code": self.code,
            "libelle": self.label,
            "valeur": self.value,
            "texte": self.text,
            "unite": self.unit,
            "decimales": self.decimals,
            "millesime": self.vintage,
            "producteur": self.producer,
            "methode": self.method,
            "secret": self.secrecy,
            "sens": self.direction,
            "comparaisons": [each.as_dict(self.decimals) for each in self.comparators],
            "evolution": [
                {"millesime": point.vintage, "valeur": point.value, "texte": written(point.value, self.decimals)}
                for point in self.trend
            ],
            "couverture": self.coverage,
            "etendue": self.spread and {"min": self.spread.least, "max": self.spread.greatest},
            "pourquoi": self.why,
        }


@dataclass(frozen=True)
class Column:
    """A column of a table; ``decimals`` of its numbers, ``None`` for texts."""

    title: str
    decimals: int | None = None

    def written(self, cell: Cell) -> str:
        """A cell in French."""
        if cell is None:
            return french.UNKNOWN
        if isinstance(cell, str):
            return cell
        return french.number(cell, self.decimals or 0)


@dataclass(frozen=True)
class Table:
    """A list behind the figures: rows of texts and numbers, one per column."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """JSON of the table (see the module)."""
        return {
            "code": self.code,
            "titre": self.title,
            "colonnes": [{"titre": each.title, "numerique": each.decimals is not None} for each in self.columns],
            "lignes": [
                {
                    "textes": [column.written(cell) for column, cell in zip(self.columns, row, strict=True)],
                    "valeurs": list(row),
                }
                for row in self.rows
            ],
            "source": self.source,
            "note": self.note,
        }


@dataclass(frozen=True)
class ZoneAid:
    """An aid that a zone opens: its code in the list of the aids, its name, its amount in words."""

    code: str
    label: str
    amount: str


@dataclass(frozen=True)
class ZoneAids:
    """The aids that a class of the zonage of a profession opens, and in how many communes of the territory."""

    profession: str
    name: str
    zone_code: str
    zone: str
    communes: int
    aids: tuple[ZoneAid, ...]
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """JSON of the aids of a zone (see the module)."""
        return {
            "profession": self.profession,
            "metier": self.name,
            "classe": self.zone_code,
            "zone": self.zone,
            "communes": self.communes,
            "aides": [{"code": aid.code, "libelle": aid.label, "montant": aid.amount} for aid in self.aids],
            "note": self.note,
        }


@dataclass(frozen=True)
class Section:
    """A heading of the diagnosis; ``charts`` are codes that :mod:`maillage.core.documents` draws."""

    code: str
    title: str
    text: str = ""
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[str, ...] = ()
    aids: tuple[ZoneAids, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON of the section (see the module)."""
        return {
            "code": self.code,
            "titre": self.title,
            "texte": self.text,
            "chiffres": [figure.as_dict() for figure in self.figures],
            "tableaux": [table.as_dict() for table in self.tables],
            "aides": [zone.as_dict() for zone in self.aids],
            "graphiques": list(self.charts),
        }


@dataclass(frozen=True)
class RuleWarning:
    """What a rule says of the territory. ``texts`` are (title, address or ``None``); ``value`` is that of the parameter
    on the day, for the recipe."""

    code: str
    structure: str
    state: State
    title: str
    text: str
    parameter: str | None = None
    rule: str | None = None
    texts: tuple[tuple[str, str | None], ...] = ()
    value: Any = None

    def as_dict(self) -> dict[str, Any]:
        """JSON of the warning (see the module)."""
        return {
            "code": self.code,
            "structure": self.structure,
            "etat": self.state,
            "titre": self.title,
            "texte": self.text,
            "parametre": self.parameter,
            "regle": self.rule,
            "textes": [{"titre": title, "url": url} for title, url in self.texts],
        }


@dataclass(frozen=True)
class Missing:
    """What the diagnosis lacks, why, how to get it, and the command of who runs the installation, if any."""

    subject: str
    why: str
    how: str
    command: str = ""

    def as_dict(self) -> dict[str, str]:
        """JSON of the gap."""
        return {"objet": self.subject, "pourquoi": self.why, "comment": self.how, "commande": self.command}


@dataclass(frozen=True)
class CommuneRow:
    """The figures of one commune; ``zonings`` maps a profession to its class in words."""

    code: str
    name: str
    department: str
    epci: str | None
    latitude: float | None
    longitude: float | None
    values: Mapping[str, float | None] = field(default_factory=dict)
    zonings: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """JSON of the commune (see the module)."""
        return {
            "code": self.code,
            "nom": self.name,
            "departement": self.department,
            "epci": self.epci,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "valeurs": dict(self.values),
            "zonages": dict(self.zonings),
        }


@dataclass(frozen=True)
class SourceRow:
    """A source that the diagnosis read; ``loaded`` is an ISO day or empty, ``checksum`` that of its file."""

    key: str
    label: str
    producer: str
    vintage: str
    licence: str
    url: str = ""
    loaded: str = ""
    checksum: str = ""

    def as_dict(self) -> dict[str, str]:
        """JSON of the source (see the module)."""
        return {
            "cle": self.key,
            "libelle": self.label,
            "producteur": self.producer,
            "millesime": self.vintage,
            "licence": self.licence,
            "url": self.url,
            "chargee_le": self.loaded,
        }


@dataclass(frozen=True)
class Diagnosis:
    """The diagnosis of a territory on a day. ``territory`` and ``recipe`` are JSON values (see the module)."""

    title: str
    day: datetime.date
    territory: Mapping[str, Any]
    key_figures: tuple[str, ...]
    sections: tuple[Section, ...]
    warnings: tuple[RuleWarning, ...]
    missing: tuple[Missing, ...]
    communes: tuple[CommuneRow, ...]
    sources: tuple[SourceRow, ...]
    recipe: Mapping[str, Any]

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure, by its code."""
        return {figure.code: figure for section in self.sections for figure in section.figures}

    def as_dict(self) -> dict[str, Any]:
        """JSON of the diagnosis (see the module)."""
        return {
            "format": FORMAT,
            "titre": self.title,
            "jour": self.day.isoformat(),
            "territoire": dict(self.territory),
            "chiffres_cles": list(self.key_figures),
            "avertissements": [warning.as_dict() for warning in self.warnings],
            "sections": [section.as_dict() for section in self.sections],
            "manques": [gap.as_dict() for gap in self.missing],
            "communes": [commune.as_dict() for commune in self.communes],
            "sources": [source.as_dict() for source in self.sources],
            "recette": dict(self.recipe),
        }


def written(value: float | None, decimals: int) -> str:
    """A number in French; « à confirmer » when it is not known.

    >>> written(1234.56, 1), written(None, 0)
    ('1\\u202f234,6', 'à confirmer')
    """
    return french.UNKNOWN if value is None else french.number(value, decimals)
