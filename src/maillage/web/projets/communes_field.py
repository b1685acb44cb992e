"""The communes of a structure in a form sent as a whole: chosen, added in words, taken out, without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from maillage.apps.territories.models import Commune
from maillage.web.territoires.asked import SEPARATORS, near
from maillage.web.territoires.naming import commune_named

ADD, TAKE_OUT = "ajouter", "retirer"


@dataclass(frozen=True)
class Chosen:
    """``codes`` are those chosen; ``typed`` the words that name none yet, with the reason and the places they may mean.

    ``is_asked`` when the form was sent only to add or to take out a commune: nothing else is to be done with it.
    """

    codes: tuple[str, ...]
    typed: str = ""
    refusal: str = ""
    choices: Sequence[Any] = field(default=())
    is_asked: bool = False

    @property
    def context(self) -> dict[str, Any]:
        """What the template of the field shows."""
        names = dict(Commune.objects.filter(code__in=self.codes).values_list("code", "nom"))
        return {
            "choisies": [(code, names.get(code, "code inconnu")) for code in self.codes],
            "saisie_commune": self.typed,
            "refus_commune": self.refusal,
            "proposees": self.choices,
        }


def chosen(data: QueryDict) -> Chosen:
    """The communes of a form: words typed are settled to codes whichever button was pressed."""
    codes = [code for code in dict.fromkeys(data.getlist("communes")) if code and code != data.get(TAKE_OUT)]
    codes += [code for code in data.getlist("choisir") if code not in codes]
    unsettled, refusal, choices = list[str](), "", list[Any]()
    for words in filter(None, (part.strip() for part in SEPARATORS.split(data.get(ADD, "")))):
        found = near(words, codes)
        if found.place is not None:
            codes.append(found.place.code)
        else:
            unsettled.append(words)
            refusal, choices = refusal or found.refusal, choices or list(found.choices)
    pressed = data.get("geste") == ADD or TAKE_OUT in data or "choisir" in data
    return Chosen(tuple(dict.fromkeys(codes)), ", ".join(unsettled), refusal, choices, pressed or bool(unsettled))


def one(words: str, *, required: bool = False) -> tuple[str, str]:
    """The code of a single commune typed in words, and the sentence to show when it is not settled."""
    if not words.strip() and not required:
        return "", ""
    found = commune_named(words)
    return (found.place.code, "") if found.place is not None else ("", found.refusal)
