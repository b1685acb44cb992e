"""What the document of an orientation says: texts ready to be laid out, from the orientation's answer."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.core.documents import wording
from maillage.core.documents.orientation_declared import declared, team
from maillage.core.documents.orientation_words import (
    AID_STATES,
    STATES,
    condition_word,
    doubt_beside,
    first_aid,
    is_doubtful,
    shown_state,
    strongest_first,
)
from maillage.core.kernel import french

STEP_WORDS = {"faite": "Faite", "en_cours": "En cours", "a_venir": "À venir"}
MISSING_SHOWN = 3
APPLIED_WORDS = {"manquante": "À faire", "inconnue": "À vérifier", "remplie": "Rempli", "suite": "Ensuite"}
"""A condition of an aid that is not excluded, by its state."""
AID_TONES = {
    "certain": wording.icon_state("possible"),
    "possible": wording.icon_state("pas_encore"),
    "exclu": wording.icon_state("impossible"),
}

Row = Mapping[str, Any]


def orientation_content(orientation: Row, *, situation: Row, today: datetime.date, address: str = "") -> dict[str, Any]:
    """Data of ``orientation.typ``: French text only, amounts and dates already written."""
    place = orientation["commune"]
    structures: Mapping[str, Row] = orientation["structures"]
    ordered = [(code, structures[code]) for code in orientation["ordre"]]
    texts = _texts(answer for _, answer in ordered)
    return {
        "titre": f"Quelle structure à {place['nom']} ?",
        "sous_titre": _team(situation),
        "lieu": _place(place),
        "resume_metadonnees": f"Les structures d'exercice coordonné à {place['nom']} : conditions, étapes, aides.",
        "jour": french.day(today),
        "date_des_regles": french.day(datetime.date.fromisoformat(orientation["date"])),
        "adresse": wording.printed(address),
        "politique": orientation["pack"]["libelle"],
        "structures": [_structure(code, answer, texts) for code, answer in ordered],
        "declare": declared(situation),
        "textes": [
            {"titre": title, "url": url, "adresse": wording.breakable(url), "precision": precision}
            for title, url, precision in texts
        ],
        "question": orientation["prochaine_question"],
        "a_confirmer": _left_to_confirm(orientation["a_confirmer"], ordered),
        "avertissements": list(orientation["avertissements"]),
        "contacts": _contacts(ordered),
        "guides": _guides(ordered),
    }


def _place(place: Row) -> str:
    name = f"{place['nom']} ({place['code']})"
    region = f", {place['nom_region']}" if place["nom_region"] else ""
    if place["population"] is None:
        return f"{name}{region}, population {wording.UNKNOWN}"
    told = (place["millesime"] or "").replace(" (", ", ").replace(")", "")
    vintage = f" ({told})" if told else ""
    return f"{name}{region}, {french.number(place['population'])} habitants{vintage}"


def _team(situation: Row) -> str:
    """The team in words: « 2 médecins généralistes en libéral, 1 infirmier en salariat »."""
    groups = situation.get("professionnels")
    if groups is None:
        return "Équipe non précisée"
    return team(groups) or "Aucun professionnel dans l'équipe"


def _texts(structures: Iterable[Row]) -> list[tuple[str, str, str]]:
    """The texts cited, each once, in the order of their first mention: title, address, since when and confidence."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in (row for answer in structures for row in _printed(answer) if row["texte"]):
        title, url, precision = _text(row)
        found.setdefault((title, url), []).append(precision)
    return [(title, url, _together(precisions)) for (title, url), precisions in found.items()]


def _together(precisions: Iterable[str]) -> str:
    """Since when a text holds, for each of what it founds, each once."""
    return " ; ".join(dict.fromkeys(precision for precision in precisions if precision))


def _printed(answer: Row) -> list[Row]:
    """Conditions and aids that the document details; of a structure that is closed, only what closes it."""
    if answer["etat"] == "impossible":
        return [row for row in answer["conditions"] if row["etat"] == "manquante"]
    return [*answer["conditions"], *strongest_first(answer["financements"])]


def _text(row: Row) -> tuple[str, str, str]:
    found = wording.source(row["texte"])
    return found["titre"], found["url"], found["precision"].replace(" ; ", ", ")


def _cited(row: Row, texts: list[tuple[str, str, str]]) -> str:
    """The number of the text of a row, in the list at the end."""
    if not row["texte"]:
        return "aucun texte trouvé"
    numbers = {(title, url): rank for rank, (title, url, _) in enumerate(texts, 1)}
    return f"texte {numbers[_text(row)[:2]]}"


def _structure(code: str, answer: Row, texts: list[tuple[str, str, str]]) -> dict[str, Any]:
    conditions: Sequence[Row] = answer["conditions"]
    closed = answer["etat"] == "impossible"
    state = shown_state(answer)
    return {
        "code": code,
        "nom": answer["nom"].removesuffix(f" ({code})"),
        "mot": STATES[state],
        "etat": wording.icon_state(state),
        "fermee": closed,
        "resume": answer["resume"],
        "compte": _count(conditions),
        "manque": _missing(conditions),
        "argent": [] if closed else _money(answer["financements"]),
        "conditions": [_condition(row, texts) for row in conditions if not closed or row["etat"] == "manquante"],
        "etapes": [_step(row) for row in answer["etapes"]],
        "financements": [] if closed else [_aid(row, texts) for row in strongest_first(answer["financements"])],
    }


def _count(conditions: Sequence[Row]) -> str:
    met = sum(row["etat"] == "remplie" for row in conditions)
    return f"{met} {french.plural(met, 'remplie')} sur {len(conditions)}" if conditions else wording.UNKNOWN


def _missing(conditions: Sequence[Row]) -> list[str]:
    """What is missing, in a few lines, for the comparison: the first conditions not met, then how many others."""
    missing = [row["libelle"] for row in conditions if row["etat"] == "manquante"]
    more, unknown = len(missing[MISSING_SHOWN:]), sum(row["etat"] == "inconnue" for row in conditions)
    lines = missing[:MISSING_SHOWN]
    lines += [f"{more} {french.plural(more, 'autre condition', 'autres conditions')}"] if more else []
    lines += [f"{unknown} {french.plural(unknown, 'condition')} à préciser"] if unknown else []
    return lines or ["Rien"]


def _money(aids: Sequence[Row]) -> list[str]:
    """The aid that the page shows first, for the comparison."""
    aid = first_aid(aids)
    return [f"{aid['libelle']} : {_short_amount(aid)}"] if aid else []


def _short_amount(aid: Row) -> str:
    return f"{_amount(aid)} ({wording.UNKNOWN})" if is_doubtful(aid) else _amount(aid)


def _amount(aid: Row) -> str:
    text = wording.interval(aid["montant_min"], aid["montant_max"])
    period = aid["unite"].removeprefix("euros").strip()
    return text if text == wording.UNKNOWN else f"{text} {period}".strip()


def _condition(row: Row, texts: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "etat": _tone(row),
        "mot": condition_word(row),
        "libelle": row["libelle"],
        "manque": row["manque"] or _doubt(row),
        "a_confirmer": row.get("a_confirmer", False),
        "texte": _cited(row, texts),
    }


def _tone(row: Row) -> str:
    """A step that is not done is not a refusal."""
    to_do = row["etat"] == "manquante" and row["nature"] == "demarche"
    return wording.icon_state("a_venir" if to_do else row["etat"])


def _doubt(row: Row) -> str | None:
    """What is uncertain in the text of a condition that is met."""
    return f"À confirmer : {row['motif']}." if row.get("motif") else None


def _step(row: Row) -> dict[str, Any]:
    return {
        "titre": row["titre"],
        "description": row["description"],
        "etat": wording.icon_state(row["etat"]),
        "mot": STEP_WORDS[row["etat"]],
        "aide": list(row["aide"]),
        "documents": list(row["documents"]),
        "source": row["source"],
    }


def _aid(row: Row, texts: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "libelle": row["libelle"],
        "payeur": row["payeur"],
        "nature": row["nature"],
        "montant": _amount(row),
        "a_confirmer": is_doubtful(row),
        "motif": doubt_beside(row) or None,
        "conditions": _applied(row),
        "explication": row["explication"],
        "texte": _cited(row, texts),
        "mot": AID_STATES[row["etat"]],
        "ton": AID_TONES[row["etat"]],
    }


def _applied(row: Row) -> str:
    """The conditions of an aid by state; why it is excluded when it is."""
    if row["etat"] == "exclu":
        return f"Exclue : {row['lecture']}"
    groups: dict[str, list[str]] = {word: [] for word in APPLIED_WORDS.values()}
    for condition in row["conditions_appliquees"]:
        after = condition["nature"] == "suite"
        groups[APPLIED_WORDS["suite" if after else condition["etat"]]].append(condition["libelle"])
    return " ".join(f"{word} : {' ; '.join(labels)}." for word, labels in groups.items() if labels)


def _contacts(structures: Iterable[tuple[str, Row]]) -> list[dict[str, Any]]:
    """Each organisation once, with the structures it helps, in the order of its first mention."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for code, answer in structures:
        for row in answer["contacts"]:
            contact = found.setdefault((row["organisme"], row["role"]), _contact(row))
            contact["pour"].append(code)
    return [{**contact, "pour": ", ".join(contact["pour"])} for contact in found.values()]


def _left_to_confirm(points: Iterable[Row], structures: Sequence[tuple[str, Row]]) -> list[Row]:
    """What no line of the document says already beside its condition or its amount."""
    told = {
        row.get("motif")
        for _, answer in structures
        for row in (*answer["conditions"], *(answer["financements"] if answer["etat"] != "impossible" else ()))
    }
    return [point for point in points if point["motif"] not in told]


def _guides(structures: Iterable[tuple[str, Row]]) -> list[str]:
    """Where the contacts that nobody has checked come from, each source once."""
    rows = [row for _, answer in structures for row in answer["contacts"]]
    return list(dict.fromkeys(row["source"] for row in rows if not row["verifie"]))


def _contact(row: Row) -> dict[str, Any]:
    return {
        "organisme": row["organisme"],
        "role": row["role"],
        "joindre": [wording.breakable(text) for text in (row["telephone"], row["email"]) if text],
        "web": wording.printed(row["web"] or ""),
        "verifie": row["verifie"],
        "pour": [],
    }
