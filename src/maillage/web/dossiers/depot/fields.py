"""The questions of a dossier as fields of a page: what they show, what was typed in them, what is wrong."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from maillage.apps.territories.models import Commune
from maillage.core.dossiers.definition import FieldData
from maillage.core.kernel import french
from maillage.web.communes import written
from maillage.web.territoires.asked import SEPARATORS, near
from maillage.web.territoires.naming import commune_named

PREFIX = "r-"
SEEN = "vu"
"""Hidden field: what each question showed, and the revision that it was read at."""
MOST_RADIOS = 6
KINDS = {
    "texte_long": "long", "oui_non": "radios", "choix_multiple": "checks", "commune": "commune",
    "communes": "communes", "date": "day", "entier": "number", "nombre": "number", "euros": "number",
}  # fmt: skip
UNITS = {"euros": "€"}
YES_NO = (("oui", "Oui"), ("non", "Non"))
Typed = str | list[str]


@dataclass(frozen=True)
class Shown:
    """A question in the form. ``typed`` is what its field holds, ``base`` what it held when it was read at
    ``revision``; ``other`` is what somebody else wrote meanwhile; ``origin`` where its first answer comes from."""

    data: FieldData
    typed: Typed = ""
    base: Typed = ""
    revision: int = 0
    error: str = ""
    other: str = ""
    origin: str = ""
    chosen: Sequence[tuple[str, str]] = ()
    adding: str = ""
    places: Sequence[Commune] = field(default=())

    @property
    def code(self) -> str:
        return self.data.code

    @property
    def name(self) -> str:
        """The name of the field in the page."""
        return f"{PREFIX}{self.data.code}"

    @property
    def kind(self) -> str:
        """How it is drawn."""
        if self.data.type == "choix":
            return "radios" if len(self.data.options) <= MOST_RADIOS else "select"
        return KINDS.get(self.data.type, "line")

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """(value, words) of what can be chosen."""
        if self.data.type == "oui_non":
            return YES_NO
        return tuple((option.code, option.libelle) for option in self.data.options)

    @property
    def unit(self) -> str:
        return self.data.unite or UNITS.get(self.data.type, "")

    @property
    def described_by(self) -> str:
        """What is read with the field."""
        helped = f" champ-{self.code}-aide" if self.data.aide or self.origin else ""
        return f"champ-{self.code}-erreur{helped}"


@dataclass(frozen=True)
class Sent:
    """What was typed for a question: its words, the answer to keep (nothing while a commune is not settled)."""

    typed: Typed
    given: Any
    error: str = ""
    adding: str = ""
    places: Sequence[Commune] = ()


def as_typed(data: FieldData, value: Any) -> Typed:
    """A kept answer as its field shows it."""
    if data.type in ("communes", "choix_multiple"):
        return list(value or [])
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return french.number(value, 6)
    if data.type == "commune":
        place = Commune.objects.filter(code=value).first()
        return written(place) if place else str(value)
    return str(value)


@dataclass(frozen=True)
class Seen:
    """What a question showed when it was read, at which revision of the dossier."""

    typed: Typed
    revision: int


def seen_of(data: QueryDict) -> dict[str, Seen]:
    """What the form showed when it was opened, by question; nothing when it does not say."""
    try:
        found = json.loads(data.get(SEEN, ""))
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {code: Seen(told[0], told[1]) for code, told in found.items() if _is_seen(told)}


def seen_as_text(shown: Iterable[Shown]) -> str:
    """The same, to be written in the form."""
    return json.dumps({each.code: [each.base, each.revision] for each in shown}, ensure_ascii=False)


def _is_seen(told: Any) -> bool:
    is_pair = isinstance(told, list) and len(told) == 2
    return is_pair and isinstance(told[0], str | list) and type(told[1]) is int


def sent_for(data: QueryDict, asked: FieldData) -> Sent:
    """What was typed for a question."""
    name = f"{PREFIX}{asked.code}"
    if asked.type == "communes":
        return _communes(data, asked.code, name)
    if asked.type == "choix_multiple":
        values = [value for value in data.getlist(name) if value]
        return Sent(values, values)
    text = data.get(name, "")
    if asked.type == "commune" and text.strip():
        found = commune_named(text)
        if found.place is None:
            return Sent(text, None, found.refusal, places=found.choices)
        return Sent(written(found.place), found.place.code)
    return Sent(text, text)


def names_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name) of the communes chosen."""
    wanted = list(codes)
    names = dict(Commune.objects.filter(code__in=wanted).values_list("code", "nom"))
    return [(code, names.get(code, "code inconnu")) for code in wanted]


def same(before: Typed, now: Typed) -> bool:
    """Whether a field says the same as before, its ends of lines and its outer spaces apart."""
    if isinstance(before, str) and isinstance(now, str):
        return before.replace("\r\n", "\n").strip() == now.replace("\r\n", "\n").strip()
    return before == now


def _communes(data: QueryDict, code: str, name: str) -> Sent:
    taken = data.get(f"retirer-{code}", "")
    codes = [each for each in dict.fromkeys(data.getlist(name)) if each and each != taken]
    codes += [each for each in data.getlist(f"choisir-{code}") if each not in codes]
    unsettled: list[str] = []
    refusal, places = "", list[Commune]()
    for words in filter(None, (part.strip() for part in SEPARATORS.split(data.get(f"ajouter-{code}", "")))):
        found = near(words, codes)
        if found.place is not None:
            codes.append(found.place.code)
        else:
            unsettled.append(words)
            refusal, places = refusal or found.refusal, places or list(found.choices)
    kept = list(dict.fromkeys(codes))
    return Sent(kept, kept, refusal, ", ".join(unsettled), places)
