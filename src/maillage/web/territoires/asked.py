"""What the address of the pages of a territory asks: a territory, chosen in one of five ways, and a structure.

An address holds everything, so that it can be shared: ``communes=35236&communes=35294``, ``epci=243500741``,
``centre=35236&rayon_km=20``, ``centre=35236&minutes=20`` or ``contour=lon,lat;lon,lat;lon,lat``, then
``structure=cpts``. A form, which says its way (``par``), may name a place in words: the words are settled to a code.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.apps.diagnostics.selection import STRUCTURES, Selection, selection_of_query
from maillage.apps.territories.models import Commune
from maillage.apps.territories.queries import search_communes
from maillage.core.kernel.problems import BadInput, shorten
from maillage.web.communes import CODE, named
from maillage.web.territoires.naming import Named, commune_named, epci_named

WAYS = {
    "communes": "Des communes",
    "epci": "Une intercommunalité",
    "rayon": "Un rayon",
    "minutes": "Autour de mon cabinet",
    "contour": "Dessiné sur la carte",
}
FIELDS = {
    "communes": ("communes", "ajouter"),
    "epci": ("epci",),
    "rayon": ("centre", "rayon_km"),
    "minutes": ("centre", "minutes"),
    "contour": ("contour",),
}
"""What the form of each way asks."""
AROUND = ("centre", "rayon_km", "minutes")
SHARED = ("nom", "structure")
"""What every form asks."""
SEPARATORS = re.compile(r"[,;\n]+")
SIREN = re.compile(r"\d{9}")


@dataclass(frozen=True)
class Asked:
    """``way``: how the territory is chosen; ``typed``: what the form shows; ``codes``: the communes already chosen.

    ``more``: what the form of this way does not show and the territory has too (an EPCI and a commune beside it).
    ``refused`` holds the sentence to show beside each wrong field, ``choices`` the places that its words may mean.
    ``is_worded``: a place was named in words, that were brought to its code.
    """

    way: str
    typed: Mapping[str, str]
    codes: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    is_form: bool = False
    is_worded: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a territory is asked, rightly or not."""
        return bool(self.codes or self.more) or any(self.typed.get(name) for name in FIELDS[self.way])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The territory, its name and the structure as the address carries them."""
        chosen = [("communes", code) for code in self.codes]
        names = (*(name for name in FIELDS[self.way] if name not in FIELDS["communes"]), *SHARED)
        return [*chosen, *self.more] + [(name, value) for name in names if (value := self.typed.get(name, ""))]

    @property
    def query(self) -> str:
        """The same as a query, without « ? »."""
        return urlencode(self.pairs, safe=",;")

    @property
    def selection(self) -> Selection:
        """The territory, read. Raises :class:`BadInput`."""
        query: dict[str, list[str]] = {}
        for name, value in self.pairs:
            query.setdefault(name, []).append(value)
        return selection_of_query(query)

    def refuse(self, refused: Mapping[str, str]) -> "Asked":
        """The same, with these sentences beside the fields."""
        shown = {_field(self.way, name): sentence for name, sentence in refused.items()}
        return replace(self, refused={**self.refused, **shown})

    def refuse_input(self, wrong: BadInput) -> "Asked":
        """The same, with what a refused input says."""
        return self.refuse({problem.field: told(problem.value, problem.expected) for problem in wrong.problems})


def asked(query: QueryDict) -> Asked:
    """What a query asks."""
    way, is_form = way_of(query), "par" in query
    typed = {name: query.get(name, "").replace("\0", "").strip() for name in (*SHARED, *_names())}
    codes = tuple(dict.fromkeys(code.strip() for code in query.getlist("communes") if code.strip()))
    found = Asked(way, typed, codes if way == "communes" else (), _more(query, way), is_form=is_form)
    if typed["structure"] and typed["structure"] not in STRUCTURES:
        found = found.refuse({"structure": told(typed["structure"], f"l'une de : {', '.join(STRUCTURES)}")})
    return _settled(found) if found.is_asked else found


def way_of(query: QueryDict) -> str:
    """The way that a query says, else the one whose fields it has."""
    if (said := query.get("par", "")) in WAYS:
        return said
    for way in ("contour", "minutes", "rayon", "epci"):
        if query.get(FIELDS[way][-1]):
            return way
    return "rayon" if query.get("centre") else "communes"


def _more(query: QueryDict, way: str) -> tuple[tuple[str, str], ...]:
    """What the address has beyond the fields of the way: places of the other ways, and all its EPCI but the last."""
    pairs = []
    for name in ("communes", "epci", *AROUND, "contour"):
        if name == way == "communes" or (name in AROUND and "centre" in FIELDS[way]):
            continue
        values = query.getlist(name)[: -1 if name in FIELDS[way] else None]
        pairs += [(name, value.strip()) for value in values if value.strip()]
    return tuple(dict.fromkeys(pairs))


def told(value: Any, expected: str) -> str:
    """The sentence beside a field."""
    return f"« {shorten(value)} » n'est pas accepté. Attendu : {expected}." if value else f"À remplir : {expected}."


def _names() -> Iterable[str]:
    return dict.fromkeys(name for way in FIELDS.values() for name in way if name != "communes")


def _settled(given: Asked) -> Asked:
    """The same, each place named in words brought to its code."""
    if given.way == "communes":
        return _with_added(given)
    if given.way == "epci" and (given.typed["epci"] or not given.more) and not SIREN.fullmatch(given.typed["epci"]):
        return _place(given, "epci", epci_named(given.typed["epci"]))
    centre = given.typed["centre"]
    begun = not given.more or any(given.typed[name] for name in FIELDS[given.way])
    if begun and given.way in ("rayon", "minutes") and (given.is_form or not CODE.fullmatch(centre)):
        return _place(given, "centre", commune_named(centre))
    return given


def _place(given: Asked, name: str, found: Named[Any]) -> Asked:
    if found.place is None:
        refused, choices = {**given.refused, name: found.refusal}, {**given.choices, name: found.choices}
        return replace(given, refused=refused, choices=choices)
    return replace(given, typed={**given.typed, name: found.place.code}, is_worded=True)


def _with_added(given: Asked) -> Asked:
    """The communes chosen and those just typed; several may be given, apart by commas."""
    codes, unsettled, refused = list(given.codes), list[str](), ""
    choices: tuple[Commune, ...] = ()
    for words in filter(None, (part.strip() for part in SEPARATORS.split(given.typed["ajouter"]))):
        found = near(words, codes)
        if found.place is not None:
            codes.append(found.place.code)
        else:
            unsettled.append(words)
            refused, choices = refused or found.refusal, choices or tuple(found.choices)
    typed = {**given.typed, "ajouter": ", ".join(unsettled)}
    wrong = {**given.refused, **({"ajouter": refused} if refused else {})}
    return replace(
        given,
        typed=typed,
        codes=tuple(dict.fromkeys(codes)),
        refused=wrong,
        choices={"ajouter": choices},
        is_worded=bool(given.typed["ajouter"]),
    )


def near(words: str, codes: Sequence[str]) -> Named[Commune]:
    """The commune named; among homonyms, the only one of a département already chosen."""
    found = commune_named(words)
    if found.place is not None or not codes:
        return found
    departements = {code[:3] if code.startswith("97") else code[:2] for code in codes}
    here = [place for place in search_communes(words, limit=30) if place.departement_id in departements]
    exact = [place for place in here if named(words, [place])]
    return Named(exact[0]) if len(exact) == 1 else found


def _field(way: str, problem: str) -> str:
    """The field of the form that a problem is about: « communes.3 » is that of the communes."""
    name = problem.split(".")[0]
    if name in SHARED or (name in FIELDS[way] and name != "communes"):
        return name
    return "ajouter" if way == "communes" else FIELDS[way][0]
