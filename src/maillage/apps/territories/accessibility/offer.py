"""Who gives care: the professionals of each place, from the RPPS when it is loaded, else from the BPE."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from maillage.apps.territories import figures
from maillage.apps.territories.accessibility.places import Places
from maillage.apps.territories.models import Practice
from maillage.core.kernel.french import number, plural
from maillage.core.rules.system import system
from maillage.core.territory.method import GP, Method

Floats = NDArray[np.float64]
NO_OFFER = (
    "Aucun professionnel n'est chargé pour cette profession. Importez le répertoire (maillage donnees importer rpps "
    "FICHIER) ou la base permanente des équipements (maillage donnees importer bpe FICHIER), ou donnez un fichier "
    "d'offre."
)


@dataclass(frozen=True)
class Professional:
    """A line of an offer: how many, how old (years, ``None`` when unknown), and their acts a year when known."""

    position: int
    quantity: float
    age: float | None = None
    acts: float | None = None


@dataclass(frozen=True)
class Offer:
    """Professionals and supply (acts or ETP) of each place, shape (n,); ``told`` says the source, in French.

    ``lines`` are the professionals one by one when a file gave their ages. ``notes`` say what is left out.
    """

    professionals: Floats
    supply: Floats
    told: str
    lines: tuple[Professional, ...] = ()
    notes: tuple[str, ...] = field(default=())


def offer_of(method: Method, places: Places) -> Offer | None:
    """The professionals loaded for the profession of the method; ``None`` when there are none."""
    return _from_rpps(method, places) or _from_bpe(method, places)


def offer_of_lines(method: Method, places: Places, lines: Iterable[Professional], told: str) -> Offer:
    """The offer of a file. The activity of a line that says it is bounded per professional."""
    kept = tuple(lines)
    professionals, supply = np.zeros(len(places)), np.zeros(len(places))
    for line in kept:
        professionals[line.position] += line.quantity
        supply[line.position] += supply_of(method, line)
    return Offer(professionals, supply, told, kept)


def supply_of(method: Method, line: Professional) -> float:
    """The supply of a line, in acts or ETP: its acts when known, held in the bounds, else the mean activity."""
    if line.acts is None or not line.quantity:
        return float(method.supply(line.quantity))
    return float(method.bounded(line.acts / line.quantity)) * line.quantity


def _from_bpe(method: Method, places: Places) -> Offer | None:
    series = figures.latest(f"equipement.{method.profession}")
    if series is None:
        return None
    professionals = np.nan_to_num(places.spread(figures.values(series), 0.0))
    told = f"professionnels de la base permanente des équipements ({series.vintage}), activité moyenne"
    return Offer(professionals, method.supply(professionals), told)


def _from_rpps(method: Method, places: Places) -> Offer | None:
    rows = counted(method)
    source = rows.select_related("source").first()
    if source is None:
        return None
    sites: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for rpps, commune, finess, site in rows.values_list("rpps", "commune", "finess", "site"):
        sites[rpps].add((commune, finess, site))
    professionals, lost, everywhere = np.zeros(len(places)), 0.0, (places.whole or places).index
    for where in sites.values():
        for commune, _finess, _site in where:
            position = places.index.get(commune)
            if position is not None:
                professionals[position] += 1 / len(where)
            elif commune not in everywhere:
                lost += 1 / len(where)
    told = (
        f"professionnels du RPPS ({source.source.vintage}), un par personne réparti entre ses lieux, activité moyenne"
    )
    return Offer(professionals, method.supply(professionals), told, notes=_lost(lost))


def _lost(count: float) -> tuple[str, ...]:
    if count < 1:
        return ()
    who = plural(count, "professionnel du RPPS", "professionnels du RPPS")
    return (f"{number(count, 0)} {who} sans commune connue : {plural(count, 'non compté')}.",)


def counted(method: Method) -> QuerySet[Practice]:
    """The activities of the RPPS that the APL counts (APL-10): outside hospital, self-employed or in a centre."""
    codes = {name: _codes(name, method) for name in ("modes_liberaux", "secteurs_liberaux", "modes_salaries")}
    salaried = Q(mode__in=codes["modes_salaries"], secteur__in=_codes("secteurs_salaries", method))
    independent = Q(mode__in=codes["modes_liberaux"], secteur__in=codes["secteurs_liberaux"])
    rows = Practice.objects.filter(independent | salaried, metier=method.profession)
    rows = rows.exclude(secteur__in=_codes("secteurs_exclus", method))
    if method.profession == GP:
        rows = rows.filter(savoir_faire__in=_codes("medecin_generaliste_savoir_faire", method))
    return rows


def _codes(name: str, method: Method) -> list[Any]:
    return list(system().text(f"territoire.offre.{name}").at(method.day).value)
