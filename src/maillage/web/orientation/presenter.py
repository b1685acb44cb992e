"""What the page of an orientation shows, from its answer: cards, conclusion, team in words, contacts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse

from maillage.core.kernel import french
from maillage.core.kernel.problems import read
from maillage.core.rules.orientation.known_aci import known_aci
from maillage.core.rules.orientation.situation import LABELS, PROFESSIONS, SituationOrientation
from maillage.web.simuler.answers import typed_of

Answer = Mapping[str, Any]

STATES = {
    "possible": ("ok", "Possible"),
    "pas_encore": ("warn", "Pas encore"),
    "impossible": ("no", "Non"),
}
"""State of a structure: the tag that shows it and its word."""

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
    return [_card(code, answer["structures"][code]) for code in answer["ordre"]]


def conclusion(answer: Answer) -> str:
    """One sentence: what is possible today."""
    possible = [NAMED[code] for code in answer["ordre"] if answer["structures"][code]["etat"] == "possible"]
    if not possible:
        nearest = NAMED[answer["ordre"][0]]
        return f"Aucune structure n’est encore possible ; la plus proche est {nearest}"
    last = possible.pop()
    subject = f"{', '.join(possible)} et {last}" if possible else last
    return f"{subject[0].upper()}{subject[1:]} {'sont' if possible else 'est'} à votre portée"


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


def _card(code: str, structure: Answer) -> dict[str, Any]:
    tag, word = STATES[structure["etat"]]
    conditions = structure["conditions"]
    return {
        "code": code,
        "ancre": code.lower(),
        "structure": structure,
        "tag": tag,
        "mot": word,
        "remplies": sum(condition["etat"] == "remplie" for condition in conditions),
        "total": len(conditions),
        "manquantes": [c for c in conditions if c["etat"] == "manquante"],
        "inconnues": [c for c in conditions if c["etat"] == "inconnue"],
        "argent": _money(structure["financements"]),
        "etape": next((step for step in structure["etapes"] if step["etat"] != "faite"), None),
    }


def _money(aids: list[Answer]) -> Answer | None:
    """The aid to show first: a yearly one, and among them one whose amount is known.

    What the law says to be nothing (« 0 € ») is not an aid to show first.
    """
    shown = [aid for aid in aids if aid["montant_max"] is None or Decimal(aid["montant_max"]) > 0]
    return min(shown, key=_rank, default=None)


def _rank(aid: Answer) -> tuple[bool, bool, bool]:
    return "an" not in aid["unite"].split(), aid["montant_min"] is None, aid["montant_max"] is None


def aci_address(situation: Mapping[str, Any]) -> str:
    """The simulator of the ACI, filled with what the situation says of the team; the visitor answers the rest."""
    return f"{reverse('web:aci_msp')}?{typed_of(known_aci(read(SituationOrientation, situation)))}"
