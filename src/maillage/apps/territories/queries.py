"""Reads of the territories, for pages, API and command line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from maillage.apps.territories.models import Commune, DataSource, FormerCommune, PopulationByAge
from maillage.apps.territories.proposals import PLAIN, expected_instead_of
from maillage.apps.territories.search import search_communes
from maillage.apps.territories.turns import told
from maillage.core.kernel.problems import BadInput, Problem

__all__ = [
    "CommuneCard",
    "commune_by_code",
    "commune_card",
    "communes_by_code",
    "communes_of_epci",
    "data_sources",
    "population_of",
    "search_communes",
    "successor_of",
]

MIXED_VINTAGES = "à confirmer (populations d'années différentes)"
MOST_PROPOSALS = 10
UNKNOWN_POPULATION = "à confirmer (population non disponible)"


@dataclass(frozen=True)
class CommuneCard:
    """All that is known of a commune. ``ages`` is ``None`` when no census by age covers it (Mayotte)."""

    commune: Commune
    ages: PopulationByAge | None
    codes_postaux: Sequence[str]
    arrondissements: Sequence[Commune]
    anciennes: Sequence[FormerCommune]


def commune_by_code(code: str, field: str = "commune") -> Commune:
    """The commune of today with this code INSEE, with its département, région and EPCI loaded.

    Raises :class:`BadInput` on ``field`` when there is none; it then proposes the commune that was probably meant:
    the one that took over a former code, that has this postal code or this name.
    """
    return communes_by_code([code], lambda _index: field)[0]


def communes_by_code(codes: Sequence[str], field: Callable[[int], str] = "communes.{}".format) -> list[Commune]:
    """The communes of these codes (« 2a004 » as « 2A004 »), in the same order, in one query.

    Raises :class:`BadInput` with one problem per code that is not one of a commune of today; ``field`` gives the
    path of the code at an index.
    """
    asked = [code.upper() for code in codes]
    rows = Commune.objects.select_related("departement__region", "epci", "parent").filter(code__in=set(asked))
    found = {commune.code: commune for commune in rows}
    wrong = [index for index, code in enumerate(asked) if code not in found]
    if wrong:
        raise BadInput(_problems(wrong, codes, field))
    return [found[code] for code in asked]


def _problems(wrong: Sequence[int], codes: Sequence[str], field: Callable[[int], str]) -> Iterator[Problem]:
    """What is expected at each index; a proposal costs a few queries, so only the first codes have one."""
    for rank, index in enumerate(wrong):
        expected = expected_instead_of(codes[index]) if rank < MOST_PROPOSALS else PLAIN
        yield Problem(field(index), codes[index], expected)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of these communes by code; a code that is not one of a commune of today has none."""
    return dict(Commune.objects.filter(code__in=set(codes)).order_by("code").values_list("code", "nom"))


def population_of(codes: Iterable[str]) -> tuple[int | None, str]:
    """Inhabitants of these communes together, and the vintage of the counts.

    A code given twice counts once, an arrondissement given with its city counts within it. The number is ``None``,
    with the reason in place of the vintage, when one population is unknown or when the vintages differ.
    """
    wanted = set(codes)
    rows = list(Commune.objects.filter(code__in=wanted))
    counted = [row for row in rows if row.parent_id not in wanted]
    known = [row.population for row in counted if row.population is not None]
    vintages = {row.population_vintage for row in counted}
    if not counted or len(rows) < len(wanted) or len(known) < len(counted):
        return None, UNKNOWN_POPULATION
    if len(vintages) > 1:
        return None, MIXED_VINTAGES
    return sum(known), vintages.pop()


def commune_card(code: str) -> CommuneCard:
    """What a page shows of a commune. Raises :class:`BadInput` as :func:`commune_by_code` does."""
    commune = commune_by_code(code, "code")
    try:
        ages = commune.ages
    except ObjectDoesNotExist:
        ages = None
    return CommuneCard(
        commune=commune,
        ages=ages,
        codes_postaux=[postal.code for postal in commune.codes_postaux.all()],
        arrondissements=list(commune.arrondissements.all()),
        anciennes=list(commune.anciennes.all()),
    )


def successor_of(code: str) -> str | None:
    """The code of the commune of today that took over a former code, when it is the only one."""
    codes = set(FormerCommune.objects.filter(code=code).values_list("commune_id", flat=True))
    return codes.pop() if len(codes) == 1 else None


def communes_of_epci(code: str) -> list[Commune]:
    """The communes of an EPCI (its SIREN), by code; empty when there is none."""
    return list(Commune.objects.filter(epci_id=code))


def data_sources() -> list[DataSource]:
    """Every source of data and what its last loading did, failed, interrupted or absent ones too."""
    return told(list(DataSource.objects.all()))
