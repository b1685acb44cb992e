"""What changed between two contents of a project, said so that a person can read it.

A content is what ``apps/projets/contents.py`` gathers: plain values, texts as rich text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from maillage.core.text import Difference, diff, empty, read

Kind = Literal["ajout", "retrait", "changement"]
Row = Mapping[str, Any]
UNKNOWN = "à confirmer"


@dataclass(frozen=True)
class SectionChange:
    """A heading whose text, title or state changed; ``states`` are those before and after, alike when unchanged."""

    code: str
    title: str
    kind: Kind
    text: Difference
    states: tuple[str, str]


@dataclass(frozen=True)
class FieldChange:
    """A value before and after, as a person reads it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A row that came, went, or of which some values changed."""

    name: str
    kind: Kind
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class TableChange:
    """The changes of one screen: team, sites, protocols, actions, budget…"""

    title: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class Comparison:
    """All that changed. ``diagnosis`` says whether the diagnosis is another one."""

    sections: tuple[SectionChange, ...]
    tables: tuple[TableChange, ...]
    diagnosis: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.sections or self.tables or self.diagnosis)


@dataclass(frozen=True)
class _Table:
    title: str
    names: tuple[str, ...]
    labels: Mapping[str, str]


TABLES: Mapping[str, _Table] = {
    "personnes_morales": _Table(
        "Personnes morales",
        ("forme",),
        {"nom": "dénomination", "etat": "état", "siren": "SIREN", "rna": "RNA", "constituee_le": "constituée le"},
    ),
    "membres": _Table(
        "Équipe",
        ("prenom", "nom"),
        {
            "metier": "métier",
            "fonction": "fonction",
            "mode": "mode d'exercice",
            "rpps": "RPPS",
            "etp": "équivalent temps plein",
            "site": "site",
            "commune": "commune",
            "signataire": "signe le projet",
            "entre_le": "entré le",
        },
    ),
    "sites": _Table("Sites", ("nom",), {"adresse": "adresse", "commune": "commune", "horaires": "horaires"}),
    "protocoles": _Table(
        "Protocoles",
        ("intitule",),
        {
            "theme": "thème",
            "besoin": "besoin",
            "contenu": "ce que fait chacun",
            "metiers": "métiers",
            "pilote": "pilote",
            "prevu_le": "prévu le",
            "etat": "état",
        },
    ),
    "actions": _Table(
        "Actions",
        ("intitule",),
        {
            "objectif": "objectif",
            "besoin": "besoin du diagnostic",
            "besoin_en_mots": "besoin",
            "population": "population",
            "partenaires": "partenaires",
            "pilote": "pilote",
            "debut": "début",
            "fin": "fin",
            "etapes": "étapes",
            "moyens": "moyens",
            "budget": "budget (€)",
            "financements": "financements",
            "indicateurs": "indicateurs",
            "evaluation": "évaluation",
            "missions": "missions de l'accord",
            "etat": "état",
        },
    ),
    "budget": _Table(
        "Budget",
        ("annee", "libelle"),
        {"nature": "nature", "enveloppe": "enveloppe", "montant": "montant (€)", "acquis": "acquis", "note": "note"},
    ),
}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def compare(old: Row, new: Row) -> Comparison:
    """What changed from one content to another; nothing when they say the same."""
    return Comparison(
        sections=tuple(_sections(old["rubriques"], new["rubriques"])),
        tables=tuple(_tables(old, new)),
        diagnosis=old["diagnostic"] != new["diagnostic"],
    )


def _sections(old: Sequence[Row], new: Sequence[Row]) -> Iterator[SectionChange]:
    before = {each["code"]: each for each in old}
    after = {each["code"]: each for each in new}
    for code in [*after, *(code for code in before if code not in after)]:
        was, now = before.get(code), after.get(code)
        if was == now:
            continue
        told = diff(read(was["texte"]) if was else empty(), read(now["texte"]) if now else empty())
        states = (was["etat"] if was else "", now["etat"] if now else "")
        some = now or was or {}
        yield SectionChange(code, some["titre"], _kind(was, now), told, states)


def _tables(old: Row, new: Row) -> Iterator[TableChange]:
    for key, table in TABLES.items():
        rows = tuple(_rows(table, old[key], new[key]))
        if rows:
            yield TableChange(table.title, rows)


def _rows(table: _Table, old: Sequence[Row], new: Sequence[Row]) -> Iterator[RowChange]:
    before, after = _keyed(table, old), _keyed(table, new)
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        fields = tuple(_fields(table, was, now)) if was and now else ()
        yield RowChange(_name(table, now or was or {}), _kind(was, now), fields)


def _keyed(table: _Table, rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """Rows by identifier, else by name; a name told twice is told apart by its rank."""
    keyed: dict[tuple[str, int], Row] = {}
    for row in rows:
        key, rank = str(row.get("id") or _name(table, row)), 0
        while (key, rank) in keyed:
            rank += 1
        keyed[key, rank] = row
    return keyed


def _fields(table: _Table, was: Row, now: Row) -> Iterator[FieldChange]:
    if _name(table, was) != _name(table, now):
        yield FieldChange("nom", _name(table, was), _name(table, now))
    for key, label in table.labels.items():
        if was.get(key) != now.get(key):
            yield FieldChange(label, told(was.get(key)), told(now.get(key)))


def _name(table: _Table, row: Row) -> str:
    return " ".join(str(row.get(key, "")) for key in table.names).strip()


def _kind(was: Row | None, now: Row | None) -> Kind:
    if was is None:
        return "ajout"
    return "retrait" if now is None else "changement"


def told(value: Any) -> str:
    """A value of a content in words; ``None`` is « à confirmer », an empty text a dash."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return " ; ".join(told(each) for each in value) or "—"
    return str(value) or "—"


def _mapping(value: Row) -> str:
    if {"jour", "ouvre", "ferme"} <= value.keys():
        return f"{DAYS[value['jour']]} {value['ouvre']}–{value['ferme']}"
    return ", ".join(f"{key} : {told(each)}" for key, each in value.items() if each not in ("", None)) or "—"
