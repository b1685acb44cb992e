"""Reads of a structure: its team, what it still lacks, the places where it works."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.french import fold
from maillage.core.rules.orientation.situation import PROFESSIONS

EXERCISES = {"liberal": "liberal", "salarie": "salarie", "mixte": "mixte", "remplacant": "liberal"}
"""The mode of practice of a member as the orientation asks it; a volunteer is not counted."""
ORDERS = {
    "nom": lambda member: (fold(member.nom), fold(member.prenom)),
    "metier": lambda member: (_rank(member.metier), fold(member.nom)),
    "commune": lambda member: (member.commune, fold(member.nom)),
    "entree": lambda member: (member.joined_on, fold(member.nom)),
}


def team(structure: Structure) -> QuerySet[Member]:
    """Everyone who is or was in the team."""
    return structure.members.select_related("site", "user").order_by("nom", "prenom", "pk")


def present(structure: Structure) -> QuerySet[Member]:
    """Who is in the team today."""
    return team(structure).filter(left_on=None)


def filtered(
    members: Sequence[Member], *, words: str = "", metier: str = "", state: str = "presents", order: str = "nom"
) -> list[Member]:
    """The members that answer, in the order asked; ``state``: « presents », « sortis », « signataires » or « tous »."""
    key = fold(words)
    kept = [
        each
        for each in members
        if key in fold(f"{each.prenom} {each.nom} {each.fonction} {each.rpps}")
        and metier in ("", each.metier)
        and _is_in(each, state)
    ]
    return sorted(kept, key=ORDERS.get(order, ORDERS["nom"]))


def situation_of_team(structure: Structure) -> list[dict[str, Any]]:
    """The team as the orientation takes it: how many of each profession, and how they practise.

    Only the professions that the rules know; a volunteer or partner is not of the team that the rules count.
    """
    counts = Counter(
        (each.metier, EXERCISES.get(each.mode, ""))
        for each in present(structure)
        if each.metier in PROFESSIONS and each.mode != Member.Mode.BENEVOLE
    )
    return [
        {"profession": metier, "nombre": count} | ({"exercice": exercise} if exercise else {})
        for (metier, exercise), count in sorted(counts.items(), key=lambda item: (_rank(item[0][0]), item[0][1]))
    ]


def announced(structure: Structure, situation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups that the orientation counted, less who is named: those who practise the same way first."""
    groups = [dict(group) for group in situation.get("professionnels") or []]
    named = Counter(
        (each.metier, EXERCISES.get(each.mode, "")) for each in present(structure) if each.mode != Member.Mode.BENEVOLE
    )
    for is_same in (True, False):
        for group in groups:
            for way in [each for each in named if each[0] == group["profession"]]:
                if not is_same or way[1] == (group.get("exercice") or ""):
                    taken = min(int(group.get("nombre", 1)), named[way])
                    group["nombre"] = int(group.get("nombre", 1)) - taken
                    named[way] -= taken
    return [group for group in groups if int(group.get("nombre", 1)) > 0]


def still_to_name(structure: Structure, situation: Mapping[str, Any]) -> list[tuple[str, int]]:
    """How many people of each profession the orientation counted and the team does not name yet."""
    counted: Counter[str] = Counter()
    for group in announced(structure, situation):
        counted[group["profession"]] += int(group.get("nombre", 1))
    return list(counted.items())


def _rank(metier: str) -> int:
    known = list(metiers())
    return known.index(metier) if metier in known else len(known)


def _is_in(member: Member, state: str) -> bool:
    if state == "tous":
        return True
    if state == "sortis":
        return member.left_on is not None
    return member.left_on is None and (state != "signataires" or member.is_signatory)
