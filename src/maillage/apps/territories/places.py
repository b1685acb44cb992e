"""A département or a région named after a commune: « Saint-Denis (La Réunion) », « Nice, PACA »."""

from collections.abc import Iterator, Sequence

from maillage.apps.territories.models import Departement
from maillage.apps.territories.names import search_key

SHORTEST = 3
LINKS = ("la", "le", "les", "l", "en", "dans", "de", "du", "des", "d")
INITIALS = {
    "ara": "auvergne rhone alpes",
    "aura": "auvergne rhone alpes",
    "bfc": "bourgogne franche comte",
    "cvl": "centre val de loire",
    "hdf": "hauts de france",
    "idf": "ile de france",
    "paca": "provence alpes cote d azur",
    "pdl": "pays de la loire",
}


def name_then_place(words: Sequence[str]) -> Iterator[tuple[list[str], set[str]]]:
    """Each way to cut the words into a name and a place: the words of the name, the codes of the départements.

    The longest names come first; a place begun is enough (« ille et vil »). Takes one query.
    """
    known = [(row.code, _keys(row)) for row in Departement.objects.select_related("region")]
    for cut in range(len(words) - 1, 0, -1):
        place = _place(words[cut:])
        codes = {code for code, keys in known if any(key.startswith(place) for key in keys)}
        name = _without_links_at_the_end(words[:cut])
        if len(place) >= SHORTEST and name and codes:
            yield name, codes


def _keys(row: Departement) -> set[str]:
    names = (search_key(row.nom), search_key(row.region.nom))
    return {*names, *(_without_links(name.split()) for name in names)}


def _place(words: Sequence[str]) -> str:
    place = _without_links(words)
    return INITIALS.get(place, place)


def _without_links(words: Sequence[str]) -> str:
    start = next((rank for rank, word in enumerate(words) if word not in LINKS), len(words))
    return " ".join(words[start:])


def _without_links_at_the_end(words: Sequence[str]) -> list[str]:
    kept = list(words)
    while kept and kept[-1] in LINKS:
        kept.pop()
    return kept
