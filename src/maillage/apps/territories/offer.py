"""Who cares for people in some communes: professionals of the RPPS by métier, establishments of FINESS by category.

« En ville »: self-employed in a cabinet, or employed by a cabinet or a centre de santé; hospitals and téléconsultation
platforms are left out (APL-10, APL-13; the codes are dated parameters). A person counts once, shared between the
sites where they practise: three sites, one of which is here, make a third here.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from maillage.apps.territories.directories.professions import in_town, plurals
from maillage.apps.territories.models import Commune, DataSource, Facility, Practice, PracticeCount
from maillage.apps.territories.official.places import FRANCE

RPPS, FINESS = "rpps", "finess"
SITE = ("metier", "rpps", "commune", "finess", "site")
MOST_CODES = 20_000
"""Beyond, a list of codes is longer than a database takes in one request: all rows are read instead."""
SHARED = """
SELECT metier, commune, SUM(share) FROM (
    SELECT metier, commune, 1.0 / COUNT(*) OVER (PARTITION BY metier, rpps) AS share FROM ({sites}) AS sites
) AS shares GROUP BY metier, commune
"""
PERSONS = """
SELECT p.metier, {code}, COUNT(DISTINCT p.rpps) FROM territories_practice p
JOIN territories_commune c ON c.code = p.commune
JOIN territories_departement d ON d.code = c.departement_id
WHERE p.secteur NOT IN ({marks}) GROUP BY {group}
"""
LEVELS = {
    "departement": ("d.code", "p.metier, d.code"),
    "region": ("d.region_id", "p.metier, d.region_id"),
    "france": (f"'{FRANCE}'", "p.metier"),
}
"""By level: what gives the code of the place, what the rows are grouped by."""
CODES = (
    "modes_liberaux",
    "secteurs_liberaux",
    "modes_salaries",
    "secteurs_salaries",
    "secteurs_exclus",
)


@dataclass(frozen=True)
class Headcount:
    """The professionals of a métier in some communes. ``label`` is in the plural.

    ``persons`` practise there at least at one site; ``shared`` is their sum shared between all their sites;
    ``self_employed`` are those of ``persons`` who are self-employed at one of those sites.
    """

    metier: str
    label: str
    persons: int
    shared: float
    self_employed: int


@dataclass(frozen=True)
class CategoryCount:
    """The establishments of a category of FINESS in some communes; ``label`` is empty when the file gave none."""

    code: str
    label: str
    count: int


def headcounts(codes: Iterable[str], day: datetime.date) -> list[Headcount]:
    """The professionals in town of these communes, by métier, most numerous first; empty when no RPPS is loaded."""
    here = with_quarters(codes)
    rows = practices_in_town(day)
    liberal = set(_codes("modes_liberaux", day))
    everywhere = rows if len(here) > MOST_CODES else rows.filter(rpps__in=_among(rows, here).values("rpps"))
    people: dict[tuple[str, str], dict[tuple[str, ...], bool]] = {}
    for metier, rpps, *site, mode in everywhere.values_list(*SITE, "mode").distinct().iterator():
        sites = people.setdefault((metier, rpps), {})
        sites[tuple(site)] = sites.get(tuple(site), False) or mode in liberal
    return _counted(people, here)


def facilities_in(codes: Iterable[str], categories: Collection[str] = ()) -> QuerySet[Facility]:
    """The establishments of these communes, of these categories or of all, by name."""
    rows = _among(Facility.objects.all(), with_quarters(codes))
    return (rows.filter(categorie__in=categories) if categories else rows).order_by("categorie", "nom")


def facility_counts(codes: Iterable[str]) -> list[CategoryCount]:
    """How many establishments of each category these communes have, most numerous first."""
    rows = facilities_in(codes).order_by().values("categorie", "categorie_libelle").annotate(count=Count("pk"))
    found = (CategoryCount(row["categorie"], row["categorie_libelle"], row["count"]) for row in rows)
    return sorted(found, key=lambda each: (-each.count, each.code))


def directory(source: str) -> DataSource | None:
    """The RPPS (``RPPS``) or the FINESS (``FINESS``) that is loaded, with its vintage; ``None`` when there is none."""
    return DataSource.objects.loaded().filter(key=source).first()


def practices_in_town(day: datetime.date) -> QuerySet[Practice]:
    """The activities in town, of every métier that is mostly practised there, by the codes in force on ``day``."""
    codes = {name: _codes(name, day) for name in CODES}
    independent = Q(mode__in=codes["modes_liberaux"], secteur__in=codes["secteurs_liberaux"])
    employed = Q(mode__in=codes["modes_salaries"], secteur__in=codes["secteurs_salaries"])
    rows = Practice.objects.filter(independent | employed, metier__in=list(in_town()))
    return rows.exclude(secteur__in=codes["secteurs_exclus"])


def shares_by_commune(day: datetime.date) -> dict[str, dict[str, float]]:
    """By métier, the professionals in town of each commune, each shared between the sites where they practise.

    Sites without a known commune are under the empty code.
    """
    sites, params = practices_in_town(day).values(*SITE).distinct().query.sql_with_params()
    found: dict[str, dict[str, float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SHARED.format(sites=sites), params)
        for metier, commune, share in cursor.fetchall():
            found.setdefault(metier, {})[commune] = float(share)
    return found


def persons_elsewhere(day: datetime.date) -> dict[str, dict[tuple[str, str], int]]:
    """By métier, the distinct professionals of every département, région and of France, by level and code.

    One who practises in two places counts in each; hospitals and téléconsultation are left out. Read from what was
    counted when the RPPS was loaded, else counted now (seconds).
    """
    found: dict[str, dict[tuple[str, str], int]] = {}
    rows = PracticeCount.objects.values_list("metier", "level", "code", "persons")
    for metier, level, code, persons in rows if rows.exists() else counted_persons(day):
        found.setdefault(metier, {})[level, code] = persons
    return found


def counted_persons(day: datetime.date) -> Iterator[tuple[str, str, str, int]]:
    """The same, counted now: métier, level, code of the place, persons."""
    excluded = _codes("secteurs_exclus", day)
    marks = ", ".join(["%s"] * len(excluded))
    with connection.cursor() as cursor:
        for level, (code, group) in LEVELS.items():
            cursor.execute(PERSONS.format(code=code, group=group, marks=marks), excluded)
            for metier, place, persons in cursor.fetchall():
                yield metier, level, place, persons


def with_quarters(codes: Iterable[str]) -> frozenset[str]:
    """The codes, with the arrondissements of the cities among them."""
    asked = frozenset(codes)
    quarters = Commune.objects.filter(parent__isnull=False).values_list("code", "parent_id")
    return asked | {code for code, city in quarters if city in asked}


def _among(rows: QuerySet[Any], codes: frozenset[str]) -> QuerySet[Any]:
    return rows if len(codes) > MOST_CODES else rows.filter(commune__in=codes)


def _counted(people: dict[tuple[str, str], dict[tuple[str, ...], bool]], codes: frozenset[str]) -> list[Headcount]:
    persons: dict[str, int] = {}
    liberals: dict[str, int] = {}
    shares: dict[str, float] = {}
    for (metier, _rpps), sites in people.items():
        here = [liberal for (commune, *_site), liberal in sites.items() if commune in codes]
        if here:
            persons[metier] = persons.get(metier, 0) + 1
            liberals[metier] = liberals.get(metier, 0) + any(here)
            shares[metier] = shares.get(metier, 0.0) + len(here) / len(sites)
    rows = (
        Headcount(metier, plurals().get(metier, metier), count, round(shares[metier], 3), liberals[metier])
        for metier, count in persons.items()
    )
    return sorted(rows, key=lambda each: (-each.persons, each.metier))


def _codes(name: str, day: datetime.date) -> list[str]:
    # OpenFisca takes a second to import.
    from maillage.core.rules.system import system

    return list(system().text(f"territoire.offre.{name}").at(day).value)
