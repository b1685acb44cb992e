"""Calibrate the correction of estimated minutes on the published APL 2021, judge it on départements kept apart.

    MAILLAGE_DONNEES=dossier python -m tools.calibrate_times [AAAA-MM-JJ]

Without a day it only prints. With the day of the reading, it writes the parameters ``territoire.temps.correction`` and
``territoire.temps.erreur``. The same files give the same figures: nothing is drawn at random.
"""

import datetime
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyproj import Transformer
from tools import calibration_files
from tools.published import Published, metric, published

from maillage.core.rules.system import system
from maillage.core.territory.calibration import (
    Error,
    Floats,
    Mask,
    Sample,
    Search,
    choose_prior,
    counted,
    fit_classes,
    fit_regions,
    regional,
    shrunk,
)
from maillage.core.territory.correction import Correction
from maillage.core.territory.method import Method, method_of
from maillage.core.territory.pairs import pairs_within
from maillage.core.territory.travel import km_of_chord, unit_vectors

DAY = datetime.date(2021, 12, 31)
"""The day of the published values: the method in force on it is used."""
KEPT_EVERY, KEPT_RANK = 3, 1
"""Of the départements in the order of codes, one in three is kept apart, from the second on."""
GIRONDE = "33"
"""Always kept apart: its METRIC times are a second check."""
RADIUS_KM, BOUNDS = 5.0, (500.0, 4000.0)
"""The densities at which the speeds of METRIC change, counted in a disc of 5 km."""
CLASS_SEARCH = Search(tuple(np.round(np.arange(0.6, 2.001, 0.05), 2).tolist()), (0.97, 1.0, 1.03))
REGION_SEARCH = Search(tuple(np.round(np.arange(0.7, 1.501, 0.05), 2).tolist()), (0.97, 1.0, 1.03))
LEAST = 0.6
"""No pair is seen that only a factor under this one would bring within reach."""
PRIORS = (0.0, 100.0, 300.0, 1000.0, 3000.0, 1e9)
FOLDS, SWEEPS, DECIMALS = 3, 2, 2


@dataclass(frozen=True)
class Study:
    """What the calibration reads: the published values, the pairs, the places learnt from and those kept apart."""

    data: Published
    sample: Sample
    classes: np.ndarray
    train: Mask
    held: Mask
    method: Method


def study(folder: Path) -> Study:
    """The official files as a sample, with the départements kept apart."""
    data, method = published(folder), method_of("medecin_generaliste", DAY)
    pairs = pairs_within(data.lon, data.lat, method.decay.reach / LEAST, method.estimate)
    people = np.nan_to_num(data.people) * np.isfinite(data.lon)
    held = kept_apart(data)
    classes = Correction(RADIUS_KM, BOUNDS, (1, 1, 1), {}).classes(data.lon, data.lat, data.people)
    # The scale of the supply is learnt too: from the same places as the factors.
    observed = tuple(each.levelled(~held) for each in data.observed)
    return Study(data, Sample.of(pairs, method.decay, people, observed), classes, ~held, held, method)


def kept_apart(data: Published) -> Mask:
    """The communes of the départements that no factor is learnt from."""
    codes = sorted(set(data.departements.tolist()))
    return np.isin(data.departements, [*codes[KEPT_RANK::KEPT_EVERY], GIRONDE])


def calibrate(given: Study) -> tuple[Correction, dict[float, float]]:
    """The correction, from the places learnt from only, and the loss of each prior by cross-validation."""
    sample, regions = given.sample, given.data.regions
    by_class = np.round(fit_classes(sample, given.classes, given.train, CLASS_SEARCH, SWEEPS), DECIMALS)
    base = by_class[given.classes]
    losses = choose_prior(sample, base, regions, folds(given), REGION_SEARCH, PRIORS)
    prior = min(losses, key=lambda one: losses[one])
    raw = fit_regions(sample, base, regions, given.train, REGION_SEARCH)
    drawn = shrunk(raw, counted(sample, regions, given.train), prior)
    by_region = {region: round(value, DECIMALS) for region, value in drawn.items()}
    return Correction(RADIUS_KM, BOUNDS, tuple(by_class.tolist()), by_region), losses


def folds(given: Study) -> list[Mask]:
    """The départements learnt from, dealt in turn."""
    codes = sorted(set(given.data.departements[given.train].tolist()))
    return [np.isin(given.data.departements, codes[rank::FOLDS]) for rank in range(FOLDS)]


def variants(given: Study, found: Correction) -> dict[str, Floats]:
    """The factors of each stage, over the estimate with its national factor."""
    size, data = given.classes.size, given.data
    by_class = np.array(found.by_class)[given.classes]
    return {
        "formule": np.full(size, 1 / given.method.estimate.factor),
        "facteur_national": np.ones(size),
        "densite": by_class,
        "densite_et_region": by_class * regional(found.by_region, data.regions),
    }


def judged(given: Study, found: Correction) -> dict[str, tuple[list[Error], list[Error]]]:
    """Errors of each variant: on the places learnt from, then on those kept apart."""
    return {
        name: (given.sample.errors(factors, given.train), given.sample.errors(factors, given.held))
        for name, factors in variants(given, found).items()
    }


def metric_errors(given: Study, found: Correction, folder: Path) -> dict[str, Floats]:
    """Mean error (bias) and mean absolute error in minutes on the METRIC pairs of Gironde, by variant: shape (2,).

    Only the pairs for which the formula was verified. The factor of an end is that of the nearest commune.
    """
    rows, data = metric(folder), given.data
    to_wgs84 = Transformer.from_crs(2154, 4326, always_xy=True)
    ends = [unit_vectors(*to_wgs84.transform(rows[:, at], rows[:, at + 1])) for at in (0, 2)]
    km = km_of_chord(np.linalg.norm(ends[0] - ends[1], axis=1))
    places = unit_vectors(np.nan_to_num(data.lon), np.nan_to_num(data.lat))
    nearest = [np.argmax(end @ places.T, axis=1) for end in ends]
    kept, minutes = km < validity_km(), given.method.estimate.minutes(km)
    errors = {}
    for name, factors in variants(given, found).items():
        gaps = (minutes * (factors[nearest[0]] + factors[nearest[1]]) / 2 - rows[:, 4])[kept]
        errors[name] = np.array([gaps.mean(), np.abs(gaps).mean()])
    return errors


def validity_km() -> float:
    """Distance up to which the formula of the minutes was verified."""
    return float(system().text("territoire.temps.distance_de_validite").at(DAY).value)


def told(given: Study, found: Correction, losses: Mapping[float, float], folder: Path) -> None:
    """Print what was found."""
    print(f"communes apprises {int(given.train.sum())}, gardées {int(given.held.sum())}")
    print(f"par densité {found.by_class}\npar région {found.by_region}\npar poids de la nation {dict(losses)}")
    for name, sides in judged(given, found).items():
        for side, errors in zip(("appris", "gardés"), sides, strict=True):
            figures = ", ".join(f"{one.profession} {one.correlation:.4f} {one.absolute:.4f}" for one in errors)
            print(f"{name:<18} {side} : {figures}")
    for name, (bias, absolute) in metric_errors(given, found, folder).items():
        print(f"{name:<18} METRIC : écart moyen {bias:.2f}, écart absolu moyen {absolute:.2f} min")


def main() -> None:
    """Calibrate, print, and write the parameters when asked."""
    folder = Path(os.environ["MAILLAGE_DONNEES"])
    given = study(folder)
    found, losses = calibrate(given)
    told(given, found, losses, folder)
    if len(sys.argv) > 1:
        read_on = datetime.date.fromisoformat(sys.argv[1])
        errors = {name: kept for name, (_, kept) in judged(given, found).items()}
        calibration_files.write(read_on, found, errors, metric_errors(given, found, folder))


if __name__ == "__main__":
    main()
