"""What the page of an orientation shows, from its answer: cards, conclusion, team in words, contacts."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from maillage.core.documents.orientation_words import (
    STATES,
    condition_word,
    doubt_beside,
    first_aid,
    met,
    shown_state,
    strongest_first,
)
from maillage.core.kernel import french
from maillage.core.kernel.problems import read
from maillage.core.rules.aids.catalogue import regional_id, replaced
from maillage.core.rules.orientation.known_aci import known_aci
from maillage.core.rules.orientation.situation import LABELS, PROFESSIONS, SituationOrientation
from maillage.web.simuler.answers import typed_of

Answer = Mapping[str, Any]

TAGS = {"possible": "ok", "pas_encore": "warn", "impossible": "no", "a_preciser": "todo"}
ICONS = {"a_preciser": "inconnue"}
"""State shown of a structure: its tag, and its icon when it has not the same name."""

NAMED = {
    "ESP": "l’équipe de soins primaires",
    "MSP": "la maison de santé",
    "CDS": "le centre de santé",
    "ESS": "l’équipe de soins spécialisés",
    "CPTS": "la CPTS",
}
"""Each structure as a sentence names it."""


def cards(answer: Answer) -> list[dict[str, Any]]:
    """The five structures, the nearest first, each with its counts, its money and its first step to take."""
    return [_card(code, answer, _named_aids(answer)) for code in answer["ordre"]]


def _named_aids(answer: Answer) -> dict[str, dict[str, str]]:
    """Every aid of the answer by its id: what it is called, of which structure."""
    return {
        aid["id"]: {"libelle": aid["libelle"], "structure": code}
        for code, structure in answer["structures"].items()
        for aid in structure["financements"]
    }


def conclusion(answer: Answer) -> str:
    """One sentence: what is possible today."""
    possible = [NAMED[code] for code in answer["ordre"] if answer["structures"][code]["etat"] == "possible"]
    if not possible:
        return _not_yet(answer)
    last = possible.pop()
    subject = f"{', '.join(possible)} et {last}" if possible else last
    return f"{subject[0].upper()}{subject[1:]} {'sont' if possible else 'est'} à votre portée"


def _not_yet(answer: Answer) -> str:
    """What to do first when nothing is possible: describe the team, answer, or look at what the nearest lacks."""
    if not answer["equipe_decrite"]:
        return "Dites-nous qui compose l’équipe"
    code = answer["ordre"][0]
    if shown_state(answer["structures"][code]) == "a_preciser":
        return f"Encore quelques réponses pour savoir si {NAMED[code]} est à votre portée"
    return f"Aucune structure n’est encore possible ; la plus proche est {NAMED[code]}"


def team_sentence(situation: Mapping[str, Any]) -> str:
    """The team in words (« 2 médecins généralistes, 1 infirmier, en libéral »), empty when it is not known."""
    groups = situation.get("professionnels")
    if groups is None:
        return ""
    if not groups:
        return "personne pour l’instant"
    exercise = LABELS["exercice"].get(groups[0].get("exercice", ""), "")
    people = [
        f"{group['nombre']} {french.plural(group['nombre'], *PROFESSIONS[group['profession']])}" for group in groups
    ]
    return ", ".join([*people, exercise] if exercise else people)


def contacts(answer: Answer) -> list[dict[str, Any]]:
    """Every organisation once, with the structures for which it helps."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for code in answer["ordre"]:
        for contact in answer["structures"][code]["contacts"]:
            key = (contact["organisme"], contact["role"])
            found.setdefault(key, {**contact, "structures": []})["structures"].append(code)
    return list(found.values())


def rules_query(answer: Answer, *, asked_day: str) -> str:
    """What a link to a page of the rules carries: the day when one was asked, the region whose policy is applied.

    Without them the page would show the rule of today, or of the nation, beside an answer of another day or region.
    """
    carried = {"date": asked_day and answer["date"], "region": answer["region_pack"]}
    query = urlencode({name: value for name, value in carried.items() if value})
    return f"?{query}" if query else ""


def _card(code: str, answer: Answer, named: Mapping[str, Any]) -> dict[str, Any]:
    structure = answer["structures"][code]
    state = shown_state(structure)
    conditions = structure["conditions"]
    return {
        "code": code,
        "ancre": code.lower(),
        "structure": structure,
        "tag": TAGS[state],
        "icone": ICONS.get(state, state),
        "mot": STATES[state],
        "conditions": [{**condition, "mot": condition_word(condition)} for condition in conditions],
        "remplies": sum(condition["etat"] == "remplie" for condition in conditions),
        "total": len(conditions),
        "compte": met(conditions),
        "manquantes": [c for c in conditions if c["etat"] == "manquante"],
        "inconnues": [c for c in conditions if c["etat"] == "inconnue"],
        "argent": first_aid(structure["financements"]),
        "aides": [_aid(aid, answer["region_pack"] or "", named) for aid in strongest_first(structure["financements"])],
        "etape": next((step for step in structure["etapes"] if step["etat"] != "faite"), None),
    }


def _aid(aid: Answer, region: str, named: Mapping[str, Any]) -> dict[str, Any]:
    """An aid, with its page and those that it cannot be had with."""
    rivals = sorted({*aid["exclut"], *aid["exclu_par"]})
    page = regional_id(region if aid["id"] in replaced(region) else "", aid["id"])
    return {**aid, "doute": doubt_beside(aid), "page": page, "rivales": [named[name] for name in rivals]}


def aci_address(situation: Mapping[str, Any]) -> str:
    """The simulator of the ACI, filled with what the situation says of the team; the visitor answers the rest."""
    return f"{reverse('web:aci_msp')}?{typed_of(known_aci(read(SituationOrientation, situation)))}"


def diagnosis_address(situation: Mapping[str, Any]) -> str:
    """The diagnosis of the territory of a situation: its communes when it names some, else its commune."""
    codes = situation.get("communes") or [situation["commune"]]
    return f"{reverse('web:diagnostic')}?{urlencode([('communes', code) for code in codes])}"
