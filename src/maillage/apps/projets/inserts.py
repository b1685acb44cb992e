"""What a text shows by reference: figures, tables, charts and maps of the diagnosis, and what other screens hold.

All is read from the content of a project (:mod:`maillage.apps.projets.contents`), gathered just now or frozen: the
same reference shows the same thing in a page and in a document. What is not found is said, never guessed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from maillage.apps.structures.metiers import name_of
from maillage.core.kernel import french
from maillage.core.kernel.spelling import spelled
from maillage.core.text import INSERTS

Told = Mapping[str, Any]
WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
EMPTY = "Rien n'est encore saisi."
NO_DIAGNOSIS = "Le projet n'a pas encore de diagnostic."
NOT_FOUND = "Cet élément n'est pas dans le diagnostic du projet."
MAP = "carte"
STATES = {
    "prevu": "prévu", "en_cours": "en cours", "a_valider": "à valider", "applique": "appliqué",
    "prevue": "prévue", "finie": "finie", "abandonnee": "abandonnée",
    "envisagee": "envisagée", "constituee": "constituée",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure of the diagnosis: its value in French, its unit, what it is, its vintage."""

    ref: str
    label: str
    text: str
    unit: str
    vintage: str

    def as_dict(self) -> dict[str, str]:
        """What the editor shows."""
        return {"libelle": self.label, "texte": self.text, "unite": self.unit, "millesime": self.vintage}


@dataclass(frozen=True)
class Inserted:
    """What is inserted: a table, or drawings (SVG); ``missing`` says why there is nothing to show."""

    kind: str
    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    drawings: Sequence[str] = ()
    numbers: frozenset[int] = field(default_factory=frozenset)
    note: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Choice:
    """Something that an author can insert: its kind (of ``INSERTS``), its reference, its title."""

    kind: str
    ref: str
    title: str


def figures_of(content: Told) -> dict[str, Figure]:
    """The figures of the diagnosis of a project, by reference; a figure without a value says « à confirmer »."""
    return {
        each["code"]: Figure(each["code"], each["libelle"], each["texte"], each["unite"], each["millesime"])
        for section in _sections(content)
        for each in section["chiffres"]
    }


def choices_of(content: Told) -> tuple[Choice, ...]:
    """Every block that can be inserted: those of the diagnosis, then those of the other screens."""
    return (*_of_diagnosis(content), *(Choice(kind, "", INSERTS[kind]) for kind in SCREENS))


def inserted(content: Told, kind: str, ref: str) -> Inserted:
    """What a reference shows. Raises ``KeyError`` on an unknown kind."""
    if kind in SCREENS:
        return SCREENS[kind](content)
    if not content["diagnostic"]:
        return Inserted(kind, INSERTS[kind], missing=NO_DIAGNOSIS)
    return {"table": _table, "chart": _chart, "map": _map}[kind](content, ref)


def _sections(content: Told) -> Sequence[Told]:
    found: Sequence[Told] = content["diagnostic"]["sections"] if content["diagnostic"] else ()
    return found


def _of_diagnosis(content: Told) -> Iterator[Choice]:
    told = content["diagnostic"]
    if not told:
        return
    yield Choice("map", MAP, "Carte du territoire")
    for section in told["sections"]:
        yield from (Choice("table", each["code"], each["titre"]) for each in section["tableaux"])
        yield from (Choice("chart", _ref(code), _caption(told, code)) for code in section["graphiques"])


def _ref(code: str) -> str:
    """The reference of a chart: « comparaison:apl.x » is written « comparaison.apl.x »."""
    return code.replace(":", ".", 1)


def _caption(told: Told, code: str) -> str:
    from maillage.core.documents.diagnosis_charts import caption

    return caption(told, code)


def _table(content: Told, ref: str) -> Inserted:
    tables = {each["code"]: each for section in _sections(content) for each in section["tableaux"]}
    if ref not in tables:
        return Inserted("table", INSERTS["table"], missing=NOT_FOUND)
    told = tables[ref]
    return Inserted(
        "table",
        told["titre"],
        [each["titre"] for each in told["colonnes"]],
        [each["textes"] for each in told["lignes"]],
        numbers=frozenset(rank for rank, each in enumerate(told["colonnes"]) if each["numerique"]),
        note=" ".join(filter(None, (told["source"], told["note"]))),
    )


def _chart(content: Told, ref: str) -> Inserted:
    from maillage.core.documents.diagnosis_charts import chart

    told = content["diagnostic"]
    codes = {_ref(code): code for section in told["sections"] for code in section["graphiques"]}
    if ref not in codes:
        return Inserted("chart", INSERTS["chart"], missing=NOT_FOUND)
    drawing = chart(told, codes[ref])
    title = _caption(told, codes[ref])
    return Inserted("chart", title, drawings=[drawing] if drawing else [], missing="" if drawing else NOT_FOUND)


def _map(content: Told, _ref: str) -> Inserted:
    from maillage.apps.diagnostics.documents import maps

    drawn = maps(content["diagnostic"])
    if not drawn:
        return Inserted("map", "Carte du territoire", missing="La carte n'est pas disponible pour ce territoire.")
    return Inserted("map", drawn[0][1], drawings=[svg for svg, _ in drawn])


def _members(content: Told) -> Inserted:
    rows = [
        [
            f"{each['prenom']} {each['nom']}".strip(),
            name_of(each["metier"]),
            each["fonction"],
            _mode(each["mode"]),
            each["rpps"] or french.UNKNOWN,
            each["site"] or _commune(content, each["commune"]),
        ]
        for each in content["membres"]
    ]
    columns = ("Membre", "Métier", "Fonction", "Mode d'exercice", "RPPS", "Lieu")
    return _screen("members", columns, rows)


def _mode(mode: str) -> str:
    return {"liberal": "libéral", "salarie": "salarié", "remplacant": "remplaçant", "benevole": "partenaire"}.get(
        mode, mode
    )


def _hours(content: Told) -> Inserted:
    rows = [
        [site["nom"], *(_spans(site["horaires"], day) for day in range(len(WEEK)))]
        for site in content["sites"]
        if site["horaires"]
    ]
    return _screen("hours", ("Lieu", *(day.capitalize() for day in WEEK)), rows)


def _spans(hours: Sequence[Told], day: int) -> str:
    spans = [f"{_hour(each['ouvre'])}–{_hour(each['ferme'])}" for each in hours if each["jour"] == day]
    return ", ".join(spans) or "fermé"


def _hour(text: str) -> str:
    """« 08:30 » as « 8 h 30 »."""
    hour, minutes = text.split(":")
    return f"{int(hour)} h {minutes}" if minutes != "00" else f"{int(hour)} h"


def _sites(content: Told) -> Inserted:
    rows = [
        [each["nom"], each["adresse"] or french.UNKNOWN, _commune(content, each["commune"])]
        for each in content["sites"]
    ]
    return _screen("sites", ("Lieu", "Adresse", "Commune"), rows)


def _commune(content: Told, code: str) -> str:
    """The name of a commune, else its code; « à confirmer » when no commune is told."""
    names: Mapping[str, str] = content.get("communes", {})
    return names.get(code, code) or french.UNKNOWN


def _protocols(content: Told) -> Inserted:
    rows = [
        [each["intitule"], each["theme"], ", ".join(map(name_of, each["metiers"])), each["pilote"], _state(each)]
        for each in content["protocoles"]
    ]
    return _screen("protocols", ("Protocole", "Thème", "Métiers", "Pilote", "État"), rows)


def _actions(content: Told) -> Inserted:
    rows = [
        [each["intitule"], each["objectif"], each["pilote"], _period(each), _euros(each["budget"]), _state(each)]
        for each in content["actions"]
    ]
    return _screen("actions", ("Action", "Objectif", "Pilote", "Calendrier", "Budget", "État"), rows, {4})


def _period(action: Told) -> str:
    start, end = (french.iso_day(action[name]) if action[name] else "" for name in ("debut", "fin"))
    if start and end:
        return f"du {start} au {end}"
    return f"à partir du {start}" if start else f"jusqu'au {end}" if end else french.UNKNOWN


def _budget(content: Told) -> Inserted:
    rows = [
        [
            str(each["annee"]),
            {"depense": "dépense", "ressource": "ressource"}[each["nature"]],
            each["libelle"],
            each["enveloppe"],
            _euros(each["montant"]),
            "acquis" if each["acquis"] else "demandé" if each["nature"] == "ressource" else "",
        ]
        for each in content["budget"]
    ]
    return _screen("budget", ("Année", "Nature", "Libellé", "Financeur", "Montant", "État"), rows, {4})


def _legal(content: Told) -> Inserted:
    rows = [
        [
            spelled(each["forme"]),
            each["nom"] or french.UNKNOWN,
            _state(each),
            french.iso_day(each["constituee_le"]) if each["constituee_le"] else "",
            each["siren"] or each["rna"],
        ]
        for each in content["personnes_morales"]
    ]
    return _screen("legal", ("Forme", "Dénomination", "État", "Constituée le", "SIREN ou RNA"), rows)


def _screen(
    kind: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int] | None = None
) -> Inserted:
    found = frozenset(numbers or ())
    return Inserted(kind, INSERTS[kind], columns, rows, numbers=found, missing="" if rows else EMPTY)


def _state(each: Told) -> str:
    code: str = each["etat"]
    return STATES.get(code, code)


def _euros(amount: str | None) -> str:
    return french.UNKNOWN if amount is None else french.euros(Decimal(amount))


SCREENS: Mapping[str, Callable[[Told], Inserted]] = {
    "members": _members,
    "hours": _hours,
    "sites": _sites,
    "protocols": _protocols,
    "actions": _actions,
    "budget": _budget,
    "legal": _legal,
}
"""What other screens hold, shown in the text without being typed twice."""
