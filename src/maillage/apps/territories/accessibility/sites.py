"""Where one or a few more professionals would lift the most inhabitants of a territory above a threshold."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.apps.territories.accessibility.baseline import Baseline, baseline, told_of
from maillage.apps.territories.accessibility.model import Accessibility, How
from maillage.apps.territories.models import Commune
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.territory.optimiser import Plan, Question, exact, greedy, question, small

Mask = NDArray[np.bool_]
METHODS = ("auto", "glouton", "exact")
MOST = 50
"""Professionals placed at most in one question."""
PROVEN_BELOW = 1200
"""Candidates and communes under which an answer asked for without a method is proven."""
EXPECTED = {
    "region": "le code INSEE d'une région dont des communes sont chargées (53 : Bretagne)",
    "departement": "le code INSEE d'un département dont des communes sont chargées (35, 2A, 974)",
    "epci": "le SIREN d'un EPCI dont des communes sont chargées (neuf chiffres)",
}
PROVED = (
    "Choix prouvé dans le modèle : selon lui, aucun autre ne fait passer le seuil à plus d'habitants. Le modèle a son "
    "erreur : {error}."
)
NOT_PROVED = "Meilleur choix trouvé dans le temps donné : un autre pourrait faire mieux."
UNKNOWN = "Inconnu : aucune population standardisée n'est publiée pour ces communes, ni leur accessibilité."
ONE_BY_ONE = (
    "Choix pas à pas : chaque lieu est le meilleur une fois les précédents pourvus ; un autre ensemble pourrait faire "
    "mieux."
)
TOO_LARGE = "« glouton » : ce territoire est trop grand pour une preuve (donnez un département ou un EPCI)"


@dataclass(frozen=True)
class Search:
    """What is asked: a threshold in the unit of the DREES, how many professionals, where, and the limit of travel.

    ``kind`` (« france », « region », « departement », « epci ») and ``code`` name the territory whose inhabitants
    count and where one may settle. ``minutes``: only those who live within that many minutes of a new site are counted
    (``None``: the reach of the method). ``method``: one of :data:`METHODS`; a proof stops after ``seconds``.
    """

    threshold: float
    count: int = 1
    kind: str = "france"
    code: str = ""
    minutes: float | None = None
    method: str = "auto"
    seconds: float = 30.0


@dataclass(frozen=True)
class Proposal:
    """The sites in order, the inhabitants that they lift, of how many under the threshold today.

    ``published``: the published value of each site, ``None`` when unknown; ``reference`` names it, or is empty.
    ``known``: whether the value of one place of the territory at least is known.
    """

    search: Search
    plan: Plan
    codes: tuple[str, ...]
    names: tuple[str, ...]
    lifted: tuple[str, ...]
    unit: str
    how: How
    notes: tuple[str, ...]
    published: tuple[float | None, ...]
    reference: str = ""
    known: bool = True

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per professional placed: the columns of the output file."""
        found, total = [], 0.0
        places = zip(self.plan.sites, self.codes, self.names, self.published, strict=True)
        for rank, (site, code, name, value) in enumerate(places, start=1):
            total += site.gain
            row = {"rang": rank, "code_commune": code, "commune": name, "habitants_gagnes": round(site.gain)}
            found.append(row | {"habitants_gagnes_cumules": round(total), "apl_publiee": value})
        return found

    @property
    def below(self) -> int | None:
        """The inhabitants under the threshold today; ``None`` when no place of the territory has a known value."""
        return round(self.plan.below) if self.known else None

    @property
    def gained(self) -> int | None:
        """Those whom the sites lift; ``None`` when it is not known."""
        return round(self.plan.lifted) if self.known else None

    def as_dict(self) -> dict[str, Any]:
        """For the API."""
        return {
            "unite": self.unit,
            "seuil": self.search.threshold,
            "habitants_sous_le_seuil": self.below,
            "habitants_gagnes": self.gained,
            "lieux": self.rows(),
            "communes_gagnees": list(self.lifted),
            "choix": self.plan.method,
            "prouve": self.known and self.plan.proven,
            "reference": self.reference,
            "methode": self.how.as_dict(),
            "remarques": list(self.notes),
        }


def best_sites(model: Accessibility, search: Search) -> Proposal:
    """Where to settle. Raises :class:`BadInput` with everything in the search that cannot be."""
    inside = _inside(model, search)
    _check(model, search, inside)
    today = baseline(model)
    asked = _question(model, search, inside, today)
    plan = _answer(asked, search)
    codes = tuple(model.codes[site.column] for site in plan.sites)
    names = dict(Commune.objects.filter(code__in=codes).values_list("code", "nom"))
    lifted = tuple(model.codes[row] for row in plan.rows)
    known = bool((inside & ~np.isnan(today.values)).any())
    notes = (*_unknown(model, today, inside), *_notes(plan, search, model.how)) if known else (UNKNOWN,)
    return Proposal(
        search,
        plan,
        codes,
        tuple(names.get(code, "") for code in codes),
        lifted,
        model.method.unit,
        model.how,
        (*told_of(today, inside), *notes),
        tuple(_known(today.published[site.column]) for site in plan.sites),
        today.label,
        known,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _unknown(model: Accessibility, today: Baseline, inside: Mask) -> list[str]:
    """What to say of the places of the territory whose inhabitants are not counted."""
    unknown = inside & np.isnan(today.values)
    count, people = int(unknown.sum()), float(np.nansum(model.places.population[unknown]))
    if not count:
        return []
    which = plural(count, "commune", "communes")
    return [f"{number(count)} {which} d'accessibilité inconnue ({number(people)} habitants), hors de ces comptes."]


def _inside(model: Accessibility, search: Search) -> Mask:
    places = model.places
    if search.kind == "france":
        return np.ones(len(places), bool)
    codes = {"region": places.regions, "departement": places.departements, "epci": places.epci}[search.kind]
    return np.asarray(codes == search.code.upper())


def _check(model: Accessibility, search: Search, inside: Mask) -> None:
    reach, problems = model.method.decay.reach, []
    if not inside.any():
        problems.append(Problem(search.kind, search.code, EXPECTED.get(search.kind, "")))
    if not search.threshold > 0:
        problems.append(Problem("seuil", search.threshold, f"un nombre supérieur à 0 ({model.method.unit})"))
    if not 1 <= search.count <= MOST:
        problems.append(Problem("nombre", search.count, f"un nombre de 1 à {MOST}"))
    if search.minutes is not None and not 0 <= search.minutes <= reach:
        problems.append(
            Problem("minutes_max", search.minutes, f"un nombre de 0 à {number(reach)} (la portée de l'APL)")
        )
    if search.method not in METHODS:
        problems.append(Problem("methode", search.method, f"l'un de : {', '.join(METHODS)}"))
    if problems:
        raise BadInput(problems)


def _question(model: Accessibility, search: Search, inside: Mask, today: Baseline) -> Question:
    return question(
        model.catchments,
        model.offer.supply,
        float(model.method.supply(1)),
        search.threshold / model.method.scale,
        _people(model, today),
        inside=inside,
        candidates=np.flatnonzero(inside),
        near=None if search.minutes is None else _near(model, search.minutes),
        access=today.values / model.method.scale,
    )


def _people(model: Accessibility, today: Baseline) -> NDArray[np.float64]:
    """Inhabitants of each place: those of the census, else the demand given; unknown where its value is."""
    population = model.places.population
    people = np.where(np.isnan(population), model.demand, population)
    return np.where(np.isnan(today.values), np.nan, people)


def _near(model: Accessibility, minutes: float) -> sparse.csc_array:
    """The pairs within the limit, as ones."""
    pairs = model.pairs
    kept = pairs.minutes <= minutes
    ends = np.concatenate(([0], np.cumsum(kept)))[pairs.indptr]
    shape = (pairs.n_demand, pairs.n_supply)
    return sparse.csr_array((np.ones(int(kept.sum())), pairs.indices[kept], ends), shape=shape).tocsc()


def _answer(asked: Question, search: Search) -> Plan:
    if search.method == "exact" and not small(asked):
        raise BadInput([Problem("methode", search.method, TOO_LARGE)])
    proven = max(asked.rows.size, asked.candidates.size) <= PROVEN_BELOW
    if search.method == "exact" or (search.method == "auto" and proven):
        return exact(asked, search.count, seconds=search.seconds)
    return greedy(asked, search.count)


def _notes(plan: Plan, search: Search, how: How) -> list[str]:
    notes = [PROVED.format(error=how.error) if plan.proven else NOT_PROVED if plan.method == "exact" else ONE_BY_ONE]
    placed = len(plan.sites)
    if not plan.below:
        notes.append("Aucun habitant de ce territoire n'est sous le seuil.")
    elif not placed:
        notes.append("Aucun lieu de ce territoire ne rapproche un habitant du seuil.")
    elif placed < search.count:
        enough = plural(placed, "professionnel suffit", "professionnels suffisent")
        notes.append(f"{number(placed)} {enough} : un de plus n'ajouterait personne.")
    return notes
