"""Finding communes by name, by code INSEE or by postal code."""

import functools
import re
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Case, F, IntegerField, Max, Q, QuerySet, Value, When, prefetch_related_objects

from maillage.apps.territories.models import Commune, DataSource, FormerCommune
from maillage.apps.territories.names import ordinal, search_key
from maillage.apps.territories.places import LINKS, name_then_place
from maillage.apps.territories.spelling import Spelling

LIMIT = 8
LONGEST = 80
MOST_WORDS = 8
CODE = re.compile(r"^([0-9]{2}|2[AB])[0-9]{0,3}$")
NUMBER = re.compile(r"^([0-9]{1,5}|2[ab])$")
RANK = re.compile(r"^0?([1-9]|1[0-9]|20)$")
POSTAL = re.compile(r"^[0-9]{5}$")
RANKED = re.compile(r"^(1er|[0-9]{1,2}e)$")
ARRONDISSEMENT = re.compile(r"^(ar|arr|arrd|arrdt|arrt|arrond.*)$")
MOST_POPULOUS = (F("population").desc(nulls_last=True), "code")

# Ranks: the lower comes first.
ARRONDISSEMENT_OF_POSTAL, EXACT, WITHOUT_ARTICLE, FORMER_EXACT, BEGINNING, ELSEWHERE, FORMER = range(7)


def search_communes(text: str, limit: int = LIMIT) -> list[Commune]:
    """Communes and arrondissements that answer ``text``, best first, with their département and postal codes loaded.

    A name comes in any spelling (« st malo », « hay les roses », « marseille 8ème »), alone or with a département, a
    région or a postal code; a code, whole or begun, is a postal code or a code INSEE. The exact name comes first,
    then the names that begin like it, then the most populous. A former commune is found as the one of today, whose
    ``found_as`` then holds the former name. When nothing answers, the names that look most like the text do.
    """
    written = text.strip()[:LONGEST]
    found = _answers(written, limit) or nearest_communes(written, limit)
    prefetch_related_objects(found, "codes_postaux")
    return found


def nearest_communes(name: str, limit: int = LIMIT) -> list[Commune]:
    """The communes whose name looks most like ``name``, best first; empty when none is near, or for a code."""
    key = search_key(name)
    if not key or CODE.match(key.upper()):
        return []
    codes = _spelling(*_state_of_the_data()).nearest(key, limit)
    by_code = {commune.code: commune for commune in _shown().filter(code__in=codes)}
    return [by_code[code] for code in codes]


def _answers(written: str, limit: int) -> list[Commune]:
    if CODE.match(written.upper()):
        return _by_code(written.upper(), limit)
    words = _words(written)
    if not words:
        return []
    return _by_name(words, limit) or _by_name_and_place(words, limit)


def _words(written: str) -> list[str]:
    """The words searched; « arrondissement de » says nothing more than the rank beside it."""
    words = search_key(written).split()
    if any(RANKED.match(word) or RANK.match(word) for word in words):
        at = next((place for place, word in enumerate(words) if ARRONDISSEMENT.match(word)), None)
        if at is not None:
            words = words[:at] + [word for word in words[at + 1 :] if word not in LINKS]
    return words[:MOST_WORDS]


def _by_code(code: str, limit: int) -> list[Commune]:
    """A postal code comes before a code INSEE: who types « 13001 » looks for Marseille, not for Aix-en-Provence."""
    postal = list(_shown().filter(_postal(code)).order_by(*MOST_POPULOUS)[:limit])
    insee = list(_shown().filter(code__startswith=code).order_by(*MOST_POPULOUS)[:limit])
    former = [] if insee or postal else _found_as(FormerCommune.objects.filter(code=code))
    whole = insee if len(code) == 5 else []
    return _first_seen([*postal[:1], *whole, *postal, *insee, *former], limit)


def _by_name_and_place(words: Sequence[str], limit: int) -> list[Commune]:
    """Communes named by the first words, in the département or the région that the last words name."""
    for name, departements in name_then_place(words):
        found = _by_name(name, limit, departements)
        if found:
            return found
    return []


def _by_name(words: Sequence[str], limit: int, departements: Collection[str] = ()) -> list[Commune]:
    """Communes whose name holds these words; only those of ``departements`` when some are given."""
    key = " ".join(word for word in words if not NUMBER.match(word))
    rank = _rank(key, postal=any(POSTAL.match(word) for word in words))
    within = Q(departement_id__in=departements) if departements else Q()
    found = _shown().filter(within, *(_begins(word) for word in words)).annotate(rank=rank)
    ranked: list[tuple[int, Commune]] = [
        (commune.rank, commune) for commune in found.order_by("rank", *MOST_POPULOUS)[:limit]
    ]
    within = Q(commune__departement_id__in=departements) if departements else Q()
    former = FormerCommune.objects.exclude(nom="").filter(within, *(_has_word(word) for word in words))
    for commune in _found_as(former.order_by("nom_recherche", "code")[:limit]):
        ranked.append((FORMER_EXACT if search_key(commune.found_as) == key else FORMER, commune))
    return _first_seen([commune for _rank, commune in sorted(ranked, key=lambda pair: pair[0])], limit)


def _shown() -> QuerySet[Commune]:
    return Commune.objects.select_related("departement__region", "epci")


def _has_word(word: str) -> Q:
    """A word of the name begins with ``word``."""
    return Q(nom_recherche__startswith=word) | Q(nom_recherche__contains=f" {word}")


def _begins(word: str) -> Q:
    """The same; a number may be a département or a postal code too (« Redon 35 »), or the rank of an arrondissement."""
    if not NUMBER.match(word):
        return _has_word(word)
    rank = RANK.match(word)
    named = _has_word(ordinal(rank[1])) if rank else _has_word(word)
    return named | Q(departement_id=word.upper()) | _postal(word) if len(word) > 1 else named


def _postal(code: str) -> Q:
    """The commune has a postal code that begins with ``code``: bounds, which an index serves on any database."""
    links = Commune.codes_postaux.through.objects.filter(
        codepostal__gte=code.ljust(5, "0"), codepostal__lte=code.ljust(5, "9")
    )
    return Q(pk__in=links.values("commune_id"))


def _rank(key: str, *, postal: bool) -> Case:
    """The rank of a commune; who gives a name and the postal code of an arrondissement looks for the arrondissement."""
    precise = [When(parent__isnull=False, then=Value(ARRONDISSEMENT_OF_POSTAL))] if postal else []
    return Case(
        *precise,
        When(nom_recherche=key, then=Value(EXACT)),
        When(nom_sans_article=key, then=Value(WITHOUT_ARTICLE)),
        When(nom_recherche__startswith=key, then=Value(BEGINNING)),
        When(nom_sans_article__startswith=key, then=Value(BEGINNING)),
        default=Value(ELSEWHERE),
        output_field=IntegerField(),
    )


def _found_as(former: QuerySet[FormerCommune]) -> list[Commune]:
    """The communes of today, each with the name, else the code, of the former one that led to it."""
    communes = []
    for row in former.select_related("commune__departement__region", "commune__epci"):
        row.commune.found_as = row.nom or row.code
        communes.append(row.commune)
    return communes


def _first_seen(communes: Iterable[Commune], limit: int) -> list[Commune]:
    seen: dict[str, Commune] = {}
    for commune in communes:
        seen.setdefault(commune.code, commune)
    return list(seen.values())[:limit]


def _state_of_the_data() -> tuple[object, int]:
    """Changes whenever the communes do: the index of names is built again then, and only then."""
    return DataSource.objects.aggregate(last=Max("loaded_at"))["last"], Commune.objects.count()


@functools.lru_cache(maxsize=1)
def _spelling(_loaded_at: object, _count: int) -> Spelling:
    names = Commune.objects.values_list("nom_recherche", "code", "population")
    return Spelling((name, code, population or 0) for name, code, population in names)
