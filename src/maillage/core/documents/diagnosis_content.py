"""What the document of a diagnosis says: texts ready to be laid out, the same for PDF, DOCX and ODT."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.core.documents import wording
from maillage.core.documents.diagnosis_charts import caption, chart
from maillage.core.documents.svg import alternative
from maillage.core.kernel import french

Told = Mapping[str, Any]
LEVELS = ("departement", "region", "france")
STATES = {
    "alerte": ("non", "alerte"),
    "a_verifier": ("inconnu", "à vérifier"),
    "respecte": ("ok", "respecté"),
    "information": ("avenir", "information"),
}
"""Tone and word of the state of a warning."""
MOST_ROWS = 200
"""Rows of a table in a document to read; a spreadsheet holds them all."""
LONGEST_LIST = 15
"""Rows above which a table stands at the end of the document."""
NARROW = 10
"""Letters up to which a column is as narrow as its texts."""
MOST_TEXTS = 2
"""Texts cited under a warning; the page of the rule has them all."""
DENSITY = ".densite"
MAINLAND = "métropole"
MORE = "Les {count} lignes suivantes sont dans le tableur (XLSX) du même diagnostic."


def diagnosis_content(
    told: Told, *, today: datetime.date, address: str = "", maps: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Data of ``diagnostic.typ``. ``told`` is ``Diagnosis.as_dict()``; ``maps`` are (SVG, caption)."""
    territory, compared = told["territoire"], told["territoire"]["compare_a"]
    figures = {figure["code"]: figure for section in told["sections"] for figure in section["chiffres"]}
    return {
        "titre": f"Diagnostic territorial : {told['titre']}",
        "sous_titre": _subtitle(told),
        "resume_metadonnees": f"Population, offre, accessibilité et zonage de {territory['communes']} communes.",
        "jour": french.day(today),
        "jour_du_diagnostic": french.iso_day(told["jour"]),
        "adresse": wording.printed(address),
        "choix": territory["choix"],
        "notes": [*territory["notes"], *filter(None, [territory.get("comparaison")])],
        "epci": [_epci(each) for each in territory["epci"]],
        "cles": [_key(figures[code], compared) for code in told["chiffres_cles"]],
        "cartes": [_image(svg, words) for svg, words in maps if svg],
        "avertissements": [_warning(each) for each in told["avertissements"]],
        "lieux": [each["nom"] for each in compared],
        "sections": [_section(told, section, compared) for section in told["sections"]],
        "annexes": [_table(table) for section in told["sections"] for table in section["tableaux"] if _is_long(table)],
        "manques": [{**each, "commande": ""} for each in told["manques"]],
        "methodes": _methods(figures.values()),
        "sources": [_source(each) for each in told["sources"]],
        "recette": _recipe(told["recette"]),
    }


def _subtitle(told: Told) -> str:
    territory = told["territoire"]
    count = territory["communes"]
    places = ", ".join(each["nom"] for each in territory["departements"])
    return f"{french.number(count)} {french.plural(count, 'commune')} · {places}"


def _epci(each: Told) -> str:
    whole = "en entier" if each["communes"] == each["sur"] else f"{each['communes']} communes sur {each['sur']}"
    return f"{each['nom']} ({whole})"


def _key(figure: Told, compared: Sequence[Told]) -> dict[str, Any]:
    known = _by_level(figure)
    others = [
        f"{known[each['niveau']]['nom']} {known[each['niveau']]['texte']}"
        for each in compared
        if known.get(each["niveau"], {}).get("valeur") is not None
    ]
    return {
        "libelle": figure["libelle"],
        "valeur": figure["texte"],
        "unite": figure["unite"],
        "ailleurs": " · ".join(others),
        "millesime": figure["millesime"],
    }


def _warning(each: Told) -> dict[str, Any]:
    tone, word = STATES[each["etat"]]
    texts = [{"titre": text["titre"], "url": wording.link(text["url"])} for text in each["textes"][:MOST_TEXTS]]
    return {"ton": tone, "mot": word, "titre": each["titre"], "texte": each["texte"], "textes": texts}


def _section(told: Told, section: Told, compared: Sequence[Told]) -> dict[str, Any]:
    drawings = ((code, chart(told, code)) for code in section["graphiques"])
    return {
        "code": section["code"],
        "titre": section["titre"],
        "texte": section["texte"],
        "chiffres": _figures(section["chiffres"], compared),
        "remarques": list(_remarks(section["chiffres"])),
        "graphiques": [_image(svg, caption(told, code)) for code, svg in drawings if svg],
        "tableaux": [_table(table) for table in section["tableaux"] if not _is_long(table)],
        "listes": [table["titre"] for table in section["tableaux"] if _is_long(table)],
        "aides": [_aids(each) for each in section["aides"]],
    }


def _figures(figures: Sequence[Told], compared: Sequence[Told]) -> list[dict[str, Any]]:
    """One row a figure; a count and its density are one row, compared by the density."""
    by_code = {figure["code"]: figure for figure in figures}
    counts = [
        figure for figure in figures if figure["code"].removesuffix(DENSITY) not in by_code or not _is_density(figure)
    ]
    return [_figure(figure, by_code.get(f"{figure['code']}{DENSITY}"), compared) for figure in counts]


def _is_density(figure: Told) -> bool:
    return str(figure["code"]).endswith(DENSITY)


def _figure(figure: Told, density: Told | None, compared: Sequence[Told]) -> dict[str, Any]:
    known = _by_level(density or figure)
    return {
        "libelle": figure["libelle"],
        "unite": f"nombre, et densité {density['unite']}" if density else figure["unite"],
        "valeur": figure["texte"],
        "densite": density["texte"] if density else _covered(figure),
        "ailleurs": [_elsewhere(known.get(each["niveau"]), each) for each in compared],
        "millesime": (density or figure)["millesime"],
        "evolution": " ; ".join(f"{point['millesime']} : {point['texte']}" for point in figure["evolution"]),
    }


def _covered(figure: Told) -> str:
    """How many communes a figure stands on, when some have none: it stands beside it."""
    is_known = figure["valeur"] is not None or figure["etendue"]
    return str(figure["couverture"]) if is_known else ""


def _elsewhere(found: Told | None, asked: Told) -> str:
    """The figure of a place compared with; mainland France, that stands for France, is named under it."""
    if found is None:
        return french.UNKNOWN
    return str(found["texte"]) if found["nom"] == asked["nom"] else f"{found['texte']}\n({MAINLAND})"


def _remarks(figures: Iterable[Told]) -> Iterable[str]:
    """What limits some figures, each reason once with the figures that it limits and how many communes they have."""
    reasons: dict[str, list[str]] = {}
    for figure in figures:
        reason, covered = figure["pourquoi"], figure["couverture"]
        if reason:
            reasons.setdefault(reason, []).append(f"{figure['libelle']} ({covered})" if covered else figure["libelle"])
        elif covered:
            reasons.setdefault(f"{covered}.", []).append(figure["libelle"])
    return (f"{' ; '.join(labels)} : {reason[:1].lower()}{reason[1:]}" for reason, labels in reasons.items())


def _image(svg: str, words: str) -> dict[str, str]:
    return {"svg": svg, "legende": words, "alternative": alternative(svg)}


def _table(table: Told) -> dict[str, Any]:
    rows = [line["textes"] for line in table["lignes"]]
    more = len(rows) - MOST_ROWS
    notes = [table["note"], MORE.format(count=french.number(more)) if more > 0 else ""]
    return {
        "titre": table["titre"],
        "colonnes": [column["titre"] for column in table["colonnes"]],
        "etroites": [rank for rank in range(len(table["colonnes"])) if _is_narrow(table, rank)],
        "nombres": [rank for rank, column in enumerate(table["colonnes"]) if column["numerique"]],
        "lignes": rows[:MOST_ROWS],
        "source": table["source"],
        "note": " ".join(filter(None, notes)),
    }


def _is_long(table: Told) -> bool:
    return len(table["lignes"]) > LONGEST_LIST


def _is_narrow(table: Told, rank: int) -> bool:
    return max((len(line["textes"][rank]) for line in table["lignes"]), default=0) <= NARROW


def _aids(each: Told) -> dict[str, Any]:
    count = each["communes"]
    return {
        "titre": f"{each['metier'].capitalize()}, {each['zone']} ({count} {french.plural(count, 'commune')})",
        "aides": [{"libelle": aid["libelle"], "montant": aid["montant"]} for aid in each["aides"]],
        "note": each["note"],
    }


def _methods(figures: Iterable[Told]) -> list[dict[str, str]]:
    """Who produced what and how, each once with the figures made so."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for figure in figures:
        secrecy = f"Secret : {figure['secret']}" if figure["secret"] else ""
        said = " ".join(filter(None, (figure["methode"], secrecy)))
        groups.setdefault((figure["producteur"], figure["millesime"], said), []).append(figure["libelle"])
    return [
        {"libelle": " ; ".join(labels), "producteur": producer, "millesime": vintage, "methode": said}
        for (producer, vintage, said), labels in groups.items()
    ]


def _source(each: Told) -> dict[str, str]:
    loaded = f"chargée le {french.iso_day(each['chargee_le'])}" if each["chargee_le"] else ""
    return {
        "libelle": each["libelle"],
        "producteur": each["producteur"],
        "millesime": each["millesime"],
        "licence": each["licence"],
        "chargee": loaded,
        "url": wording.link(each["url"]),
    }


def _recipe(recipe: Told) -> str:
    return (
        f"Maillage {recipe['version']}. Avec la recette (fichier JSON), les mêmes fichiers chargés et la même date, le "
        "même rapport se refait : maillage territoire diagnostic RECETTE.json --sortie RAPPORT.pdf"
    )


def _by_level(figure: Told) -> dict[str, Told]:
    return {each["niveau"]: each for each in figure["comparaisons"]}
