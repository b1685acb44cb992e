"""What the page of a diagnosis shows, from its JSON (:mod:`maillage.core.territory.diagnosis.results`).

The same JSON comes from a territory just asked and from a diagnosis that was kept: both pages read it here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from maillage.core.kernel import french
from maillage.core.territory.diagnosis.changes import Change

Told = Mapping[str, Any]
LEVELS = {"departement": "Département", "region": "Région", "france": "France"}
FRANCE, MAINLAND = "france", "métropole"
STATES = {
    "alerte": ("no", "manquante", "à revoir"),
    "a_verifier": ("warn", "en_cours", "à vérifier"),
    "respecte": ("ok", "remplie", "respecté"),
    "information": ("todo", "inconnue", "à savoir"),
}
"""Tag, icon and word of a warning of the rules."""
ORDER = tuple(STATES)
TO_SEE = ("alerte", "a_verifier")
"""What asks something of the reader."""
DENSITY = ".densite"
SHARE = "%"
"""How the unit of a share begins: it moves by points."""
COUNTED = ("professionnels", "établissements", "équipements", "habitants", "communes")
"""How the unit of what is counted begins."""
PLURAL = 2
"""French is plural from two."""
NATURES = {
    "millesime": "Données",
    "chiffre": "Chiffres",
    "avertissement": "Règles",
    "commune": "Communes du territoire",
    "parametre": "Paramètres de calcul",
}
"""What may change between two diagnoses, in the order in which it is told."""


def page(told: Told) -> dict[str, Any]:
    """The context of the page of a diagnosis."""
    shown = [section(each, told["titre"]) for each in told["sections"]]
    figures = {each["code"]: each for part in told["sections"] for each in part["chiffres"]}
    return {
        "diagnostic": told,
        "cles": [figure(figures[code], told["titre"]) for code in told["chiffres_cles"] if code in figures],
        "sections": shown,
        "avertissements": warnings(told["avertissements"]),
        "lieux": ", ".join(place["nom"] for place in told["territoire"]["departements"]),
        "vide": not any(figure["valeur"] is not None for figure in figures.values()),
    }


def section(told: Told, place: str) -> dict[str, Any]:
    """A section, its figures with one column of comparators per level that one of them has."""
    levels = [level for level in LEVELS if any(_at(figure, level) for figure in told["chiffres"])]
    return {
        **told,
        "ancre": f"section-{told['code'].replace('_', '-')}",
        "chiffres": list(_rows(told["chiffres"], place, levels)),
        "tableaux": [table(each) for each in told["tableaux"]],
        "colonnes": [_heading(told["chiffres"], level) for level in levels],
        "niveaux": levels,
    }


def _rows(figures: Sequence[Told], place: str, levels: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One row a figure; a count and its density are one row, whose places compared with show the density."""
    by_code = {each["code"]: each for each in figures}
    for each in figures:
        density = by_code.get(f"{each['code']}{DENSITY}")
        shown = figure(each, place, levels)
        if density is not None:
            beside = figure(density, place, levels)
            yield {**shown, "densite": beside, "reperes": beside["reperes"]}
        elif not each["code"].endswith(DENSITY) or each["code"].removesuffix(DENSITY) not in by_code:
            yield shown


def figure(told: Told, place: str, levels: Sequence[str] = tuple(LEVELS)) -> dict[str, Any]:
    """A figure with its comparators by level, its trend in words and the sentence that cites it."""
    return {
        **told,
        "ancre": "chiffre-" + told["code"].replace(".", "-").replace("_", "-"),
        "unite_courte": _agreed(told["valeur"], _short(told["unite"])),
        "reperes": [{"niveau": LEVELS[level], "lieux": _at(told, level)} for level in levels],
        "citation": citation(told, place),
        "tendance": trend(told),
    }


def table(told: Told) -> dict[str, Any]:
    """A table whose cells know the title of their column, which a phone shows beside them."""
    columns = told["colonnes"]
    rows = [
        [{**column, "texte": text} for column, text in zip(columns, row["textes"], strict=True)]
        for row in told["lignes"]
    ]
    return {**told, "lignes": rows}


def citation(told: Told, place: str) -> str:
    """The figure with all that lets a reader trust it: value, unit, place, vintage, producer."""
    unit = _agreed(told["valeur"], told["unite"])
    value = f"{told['texte']} {unit}".strip() if told["valeur"] is not None else told["texte"]
    compared = "; ".join(
        f"{each['nom']} : {each['texte']}" for each in told["comparaisons"] if each["valeur"] is not None
    )
    parts = [f"{told['libelle']} ({place}) : {value}"]
    parts += [f"({compared.replace(';', ' ;')})"] if compared else []
    source = ", ".join(filter(None, (told["producteur"], told["millesime"])))
    covered = f" Valeur connue pour {told['couverture']}." if told["couverture"] and told["valeur"] is not None else ""
    return f"{' '.join(parts)}. Source : {source or french.UNKNOWN}.{covered}"


def trend(told: Told) -> str:
    """How the figure moved between the first vintage known and the last: « +12 % depuis 2016 »; empty without two."""
    known = [point for point in told["evolution"] if point["valeur"] is not None]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    gap = last["valeur"] - first["valeur"]
    since = f"depuis {first['millesime']} ({first['texte']})"
    if not gap or first["texte"] == last["texte"]:
        return f"inchangé {since}"
    sign = "+" if gap > 0 else ""
    if told["unite"].startswith(SHARE):
        points = french.number(gap, max(told["decimales"], 1))
        return f"{sign}{points} {french.plural(gap, 'point')} {since}"
    if first["valeur"] <= 0:
        return f"{sign}{french.number(gap, told['decimales'])} {since}"
    return f"{sign}{french.percent(gap / first['valeur'], 1)} {since}"


def warnings(told: Iterable[Told]) -> dict[str, list[dict[str, Any]]]:
    """The warnings with tag, icon and word, the gravest first: what to see at once, then the others."""
    ranked = sorted(told, key=lambda each: ORDER.index(each["etat"]))
    shown = [{**each, **dict(zip(("tag", "icone", "mot"), STATES[each["etat"]], strict=True))} for each in ranked]
    return {
        "a_voir": [each for each in shown if each["etat"] in TO_SEE],
        "autres": [each for each in shown if each["etat"] not in TO_SEE],
    }


def changes(found: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """What changed, under one heading per nature."""
    rows = list(found)
    groups = [(title, [each for each in rows if each.kind == nature]) for nature, title in NATURES.items()]
    return [(title, members) for title, members in groups if members]


def _at(told: Told, level: str) -> list[Told]:
    """The places of a level; mainland France, that stands for France, is said beside its figure."""
    found = [each for each in told["comparaisons"] if each["niveau"] == level]
    return [
        {**each, "precision": MAINLAND if level == FRANCE and each["nom"] != LEVELS[FRANCE] else ""} for each in found
    ]


def _heading(figures: Sequence[Told], level: str) -> str:
    """The name of the place when all figures compare to one only (« Ille-et-Vilaine »), else that of the level."""
    if level == FRANCE:
        return LEVELS[FRANCE]
    names = {each["nom"] for figure in figures for each in _at(figure, level)}
    return names.pop() if len(names) == 1 else f"{LEVELS[level]}s"


def _agreed(value: float | None, unit: str) -> str:
    """The unit that agrees with what it counts: « 1 établissement »."""
    if value is None or not unit.startswith(COUNTED) or abs(value) >= PLURAL:
        return unit
    head, _, rest = unit.partition(" ")
    return f"{head.removesuffix('s')} {rest}".strip()


def _short(unit: str) -> str:
    """The unit beside a big figure: what stands before its comma."""
    return unit.split(",")[0]
