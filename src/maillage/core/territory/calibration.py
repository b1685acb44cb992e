"""How the correction of the minutes is found and judged: what the model gives held against what is published.

No search is clever here: every candidate of a short list is tried, the published values of the places kept apart are
never looked at, and a région with few communes is drawn towards the nation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maillage.core.territory.decay import Decay
from maillage.core.territory.pairs import Pairs

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Observed:
    """A profession: its standardised demand, its supply and its published accessibility, shapes (n,).

    A published value that is not a number is unknown, and no place without one is judged.
    """

    profession: str
    demand: Floats
    supply: Floats
    published: Floats

    def levelled(self, places: Mask) -> "Observed":
        """The same with one scale of the supply: over ``places`` it adds up to what is published (Σ APL × demand)."""
        told = np.nansum((self.published * self.demand)[places])
        return replace(self, supply=self.supply * (told / self.supply[places].sum()))


@dataclass(frozen=True)
class Error:
    """How far the model is from what is published, over some places.

    ``correlation`` is weighted by inhabitants; ``absolute`` is the mean absolute error, weighted the same, in the unit
    of the indicator; ``relative`` the same over the published mean of these places.
    """

    profession: str
    correlation: float
    absolute: float
    relative: float


@dataclass(frozen=True)
class Sample:
    """Pairs with their uncorrected minutes (row, column, minutes: shape (k,)), what is observed, who is counted.

    ``people`` (shape (n,)) are the inhabitants that weigh each place in the errors.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    minutes: Floats
    decay: Decay
    people: Floats
    observed: tuple[Observed, ...]

    @classmethod
    def of(cls, pairs: Pairs, decay: Decay, people: Floats, observed: Sequence[Observed]) -> "Sample":
        """The sample of uncorrected ``pairs``; those towards a place where nobody practises are left out."""
        rows = np.repeat(np.arange(pairs.n_demand), np.diff(pairs.indptr))
        columns = pairs.indices.astype(np.int64)
        kept = np.any([each.supply > 0 for each in observed], axis=0)[columns]
        return cls(rows[kept], columns[kept], pairs.minutes[kept], decay, people, tuple(observed))

    def around(self, places: Mask) -> "Sample":
        """What is enough to compute the accessibility of ``places``: the catchments that they reach, whole."""
        reached = np.zeros(self.people.size, bool)
        reached[self.columns[places[self.rows]]] = True
        kept = reached[self.columns]
        return replace(self, rows=self.rows[kept], columns=self.columns[kept], minutes=self.minutes[kept])

    def modelled(self, factors: Floats) -> list[Floats]:
        """The accessibility by the model of each profession, when ``factors`` (shape (n,)) correct the minutes."""
        size = self.people.size
        weights = self.decay.weights(self.minutes * (factors[self.rows] + factors[self.columns]) / 2)
        kept = weights > 0
        rows, columns, weights = self.rows[kept], self.columns[kept], weights[kept]
        found: list[Floats] = []
        for each in self.observed:
            demand = np.bincount(columns, weights=weights * each.demand[rows], minlength=size)
            ratios = np.divide(each.supply, demand, out=np.zeros(size), where=demand > 0)
            found.append(np.bincount(rows, weights=weights * ratios[columns], minlength=size).astype(float))
        return found

    def judged(self) -> Mask:
        """The places with inhabitants and a published value for every profession."""
        return np.asarray(np.all([np.isfinite(each.published) for each in self.observed], axis=0) & (self.people > 0))

    def errors(self, factors: Floats, places: Mask) -> list[Error]:
        """How far the model is from what is published over ``places``, by profession."""
        kept = places & self.judged()
        return [
            _error(each, values, self.people, kept)
            for each, values in zip(self.observed, self.modelled(factors), strict=True)
        ]

    def loss(self, factors: Floats, places: Mask, *, centred: bool = False) -> float:
        """The mean of the relative errors of the professions over ``places``.

        ``centred``: the model is first brought to the published mean of ``places``, so that a région where
        professionals work more than elsewhere is not mistaken for one where roads are faster.
        """
        kept = places & self.judged()
        people, losses = self.people[kept], []
        for each, values in zip(self.observed, self.modelled(factors), strict=True):
            model, published = values[kept], each.published[kept]
            if centred:
                model = model * (np.average(published, weights=people) / np.average(model, weights=people))
            error = np.average(np.abs(model - published), weights=people)
            losses.append(error / np.average(published, weights=people))
        return float(np.mean(losses))


@dataclass(frozen=True)
class Search:
    """What is tried: candidate factors, and the shakes (``0.97, 1, 1.03``) over which the loss of one is averaged.

    The weights fall by steps: without the shakes the loss of a factor would hang on the pairs near a bound.
    """

    candidates: tuple[float, ...]
    shakes: tuple[float, ...] = (1.0,)

    def best(self, loss: Callable[[float], float]) -> float:
        """The candidate of least loss; the first of equals."""
        return min(self.candidates, key=lambda tried: float(np.mean([loss(tried * shake) for shake in self.shakes])))


def fit_classes(sample: Sample, classes: NDArray[np.int64], train: Mask, search: Search, sweeps: int) -> Floats:
    """One factor per class of density, from the published values of ``train`` only.

    The best single factor first, then each class in turn while the others stand, ``sweeps`` times.
    """
    count = int(classes.max()) + 1
    single = search.best(lambda tried: sample.loss(np.full(classes.size, tried), train))
    found = np.full(count, single)
    for _ in range(sweeps):
        for one in range(count):
            found[one] = search.best(_class_loss(sample, classes, train, found, one))
    return found


def _class_loss(
    sample: Sample, classes: NDArray[np.int64], train: Mask, found: Floats, one: int
) -> Callable[[float], float]:
    return lambda tried: sample.loss(_with(found, one, tried)[classes], train)


def fit_regions(
    sample: Sample, base: Floats, regions: NDArray[np.str_], train: Mask, search: Search
) -> dict[str, float]:
    """One factor per région over ``base`` (the factors by class, shape (n,)), each found with the others at 1.

    A région without a place of ``train`` that can be judged has none.
    """
    judged, found = train & sample.judged(), {}
    for region in np.unique(regions[judged]):
        inside = regions == region
        near, own = sample.around(inside), judged & inside
        found[str(region)] = search.best(_regional_loss(near, base, inside, own))
    return found


def _regional_loss(near: Sample, base: Floats, inside: Mask, own: Mask) -> Callable[[float], float]:
    return lambda tried: near.loss(np.where(inside, base * tried, base), own, centred=True)


def shrunk(raw: Mapping[str, float], counts: Mapping[str, int], prior: float) -> dict[str, float]:
    """Each factor drawn towards 1 (geometric mean) as if ``prior`` communes of the nation were added to its own.

    >>> shrunk({"11": 4.0}, {"11": 100}, 100)
    {'11': 2.0}
    """
    return {name: float(value ** (counts[name] / (counts[name] + prior))) for name, value in raw.items()}


def choose_prior(
    sample: Sample,
    base: Floats,
    regions: NDArray[np.str_],
    folds: Sequence[Mask],
    search: Search,
    priors: Sequence[float],
) -> dict[float, float]:
    """The loss of each prior by cross-validation: each fold is judged by the factors that the others give."""
    train = np.any(folds, axis=0)
    weights = [float(sample.people[fold & sample.judged()].sum()) for fold in folds]
    losses: dict[float, list[float]] = {prior: [] for prior in priors}
    for fold in folds:
        rest = train & ~fold
        raw, counts = fit_regions(sample, base, regions, rest, search), counted(sample, regions, rest)
        for prior in priors:
            factors = base * regional(shrunk(raw, counts, prior), regions)
            losses[prior].append(sample.loss(factors, fold))
    return {prior: float(np.average(each, weights=weights)) for prior, each in losses.items()}


def counted(sample: Sample, regions: NDArray[np.str_], places: Mask) -> dict[str, int]:
    """How many of ``places`` can be judged in each région."""
    names, counts = np.unique(regions[places & sample.judged()], return_counts=True)
    return {str(name): int(count) for name, count in zip(names, counts, strict=True)}


def regional(by_region: Mapping[str, float], regions: NDArray[np.str_]) -> Floats:
    """The factor of the région of each place, 1 where there is none."""
    return np.array([by_region.get(str(region), 1.0) for region in regions])


def _with(values: Floats, position: int, value: float) -> Floats:
    changed = values.copy()
    changed[position] = value
    return changed


def _error(each: Observed, values: Floats, people: Floats, kept: Mask) -> Error:
    published, model, weights = each.published[kept], values[kept], people[kept]
    absolute = float(np.average(np.abs(model - published), weights=weights))
    mean = float(np.average(published, weights=weights))
    return Error(each.profession, weighted_correlation(published, model, weights), absolute, absolute / mean)


def weighted_correlation(one: Floats, other: Floats, weights: Floats) -> float:
    """Pearson's correlation of two arrays, each entry weighing ``weights``; not a number when one does not vary.

    >>> round(weighted_correlation(np.array([1.0, 2, 3]), np.array([2.0, 4, 6]), np.array([1.0, 5, 1])), 9)
    1.0
    """
    left, right = one - np.average(one, weights=weights), other - np.average(other, weights=weights)
    spread = np.sqrt((weights * left**2).sum() * (weights * right**2).sum())
    return float((weights * left * right).sum() / spread) if spread > 0 else float("nan")
