"""Finding an EPCI by its name, by its SIREN, or by one of its communes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Q, Sum

from maillage.apps.territories.models import Epci
from maillage.apps.territories.names import search_key
from maillage.apps.territories.search import search_communes

LIMIT = 8
LONGEST = 120
# The communes looked at when no EPCI has the name typed.
COMMUNES_TRIED = 12


@dataclass(frozen=True)
class EpciFound:
    """An EPCI that answers a search: its SIREN, its name, how many communes and inhabitants (0 when unknown).

    ``through`` is the commune that led to it, empty when its own name did.
    """

    code: str
    nom: str
    communes: int
    inhabitants: int
    through: str = ""


def search_epci(text: str, limit: int = LIMIT) -> list[EpciFound]:
    """The EPCI that answer ``text``, best first: those that have its words, else those of the communes it names.

    The name that is exactly the text comes first, then those that begin like it, then the most populous.
    """
    written = text.strip()[:LONGEST]
    key = search_key(written)
    if not key:
        return []
    if written.isdigit() and len(written) == 9:
        return list(_counted(Q(code=written)))
    return _by_name(key, limit) or _by_commune(written, limit)


def _by_name(key: str, limit: int) -> list[EpciFound]:
    """Every word of the text begins a word of the name; a little more than a thousand names are read."""
    ranked = []
    for epci in _counted(Q()):
        name = search_key(epci.nom)
        if all(any(each.startswith(word) for each in name.split()) for word in key.split()):
            ranked.append(((name != key, not name.startswith(key), -epci.inhabitants, epci.code), epci))
    return [epci for _rank, epci in sorted(ranked, key=lambda pair: pair[0])[:limit]]


def _by_commune(written: str, limit: int) -> list[EpciFound]:
    """The EPCI of the communes that the text names, each with the first commune that led to it."""
    through: dict[str, str] = {}
    for commune in search_communes(written, COMMUNES_TRIED):
        if commune.epci_id:
            through.setdefault(commune.epci_id, commune.nom)
    found = {epci.code: epci for epci in _counted(Q(code__in=through))}
    return [replace(found[code], through=name) for code, name in list(through.items())[:limit]]


def _counted(which: Q) -> Iterator[EpciFound]:
    rows = (
        Epci.objects.filter(which).values_list("code", "nom").annotate(Count("communes"), Sum("communes__population"))
    )
    for code, nom, communes, inhabitants in rows:
        yield EpciFound(code, nom, communes, inhabitants or 0)
