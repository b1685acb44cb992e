"""The answers of the wizard, as they stand in the address of the page.

An address holds everything (no account, nothing stored): a page can be shared, kept, gone back to.
``p-infirmier=2`` is two nurses; a field that is absent or empty has not been answered.
"""

import datetime
import re
from typing import Any

from django.http import QueryDict

from maillage.core.rules.orientation.situation import PROFESSIONS

TEAM_PREFIX = "p-"
TEAM = {f"{TEAM_PREFIX}{code}" for code in PROFESSIONS}
SEPARATORS = re.compile(r"[,;\n]| (?=\d{5}\b)|(?<=\b\d{5}) ")
EPCI = "epci"
WORDS = ("projet_de_sante", "forme_juridique", "gestionnaire", "region_pack", "specialite")
YES_NO = (
    "cpts_existante", "ess_existante", "perimetre_departemental", "recepisse", "agrement",
    "reglement_de_fonctionnement",
)  # fmt: skip
SEVERAL = ("champs", "projet_valide_pour")
NUMBERS = ("specialistes_presents", "specialistes_liberaux", "specialistes_adherents", "patientele")
FIELDS = (
    "date", "commune", "territoire", "communes", "exercice", "equipe", *WORDS, *SEVERAL, *YES_NO, *NUMBERS,
)  # fmt: skip
NOBODY = "aucun"


def situation_of(query: QueryDict, today: datetime.date) -> dict[str, Any]:
    """The situation, as the API takes it, of the answers given. Wrong answers are kept as they are, to be refused."""
    return {
        "date": query.get("date") or today.isoformat(),
        "commune": query.get("commune", "").strip(),
        **_places(query),
        **_team(query),
        **{name: value for name in WORDS if (value := query.get(name, "").strip())},
        **{name: _yes_no(value) for name in YES_NO if (value := query.get(name, ""))},
        **{name: _number(value) for name in NUMBERS if (value := query.get(name, "").strip())},
        **{name: values for name in SEVERAL if (values := [each for each in query.getlist(name) if each])},
    }


def kept(query: QueryDict, *leave: str) -> list[tuple[str, str]]:
    """The answers to carry from one page to the next, without those named in ``leave``."""
    return [
        (name, value)
        for name, values in query.lists()
        if name not in leave and (name in FIELDS or name in TEAM)
        for value in values
        if isinstance(value, str) and value.strip()
    ]


def _places(query: QueryDict) -> dict[str, Any]:
    """Communes of the territory; they are given by name or code, apart by commas or lines."""
    words = [word.strip() for text in query.getlist("communes") for word in SEPARATORS.split(text)]
    return {"communes": [word for word in words if word]} if any(words) else {}


def _team(query: QueryDict) -> dict[str, Any]:
    """The team; an empty list when the visitor says that there is nobody yet, absent when nothing was said."""
    exercise = query.get("exercice", "")
    groups = [
        {"profession": name.removeprefix(TEAM_PREFIX), "nombre": _number(count)}
        | ({"exercice": exercise} if exercise else {})
        for name, count in query.items()
        if name.startswith(TEAM_PREFIX) and isinstance(count, str) and count.strip() not in ("", "0")
    ]
    if not groups and query.get("equipe") != NOBODY:
        return {}
    return {"professionnels": sorted(groups, key=lambda group: _rank(group["profession"]))}


def _rank(profession: str) -> int:
    known = list(PROFESSIONS)
    return known.index(profession) if profession in known else len(known)


def _number(text: str) -> int | str:
    """A number as it is typed (« 6 000 »); what is not one is kept, to be refused with its words."""
    bare = "".join(text.split())
    return int(bare) if bare.isascii() and bare.lstrip("-").isdecimal() and len(bare) < 12 else text


def _yes_no(text: str) -> bool | str:
    return {"oui": True, "non": False}.get(text, text)
