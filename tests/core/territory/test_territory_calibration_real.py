"""The errors that the parameters tell are those of the code on the official files, on départements kept apart."""

import datetime
import functools

import numpy as np
import pytest
from tests.official import official
from tools import calibrate_times
from tools.calibrate_times import Study, judged, metric_errors, study, variants

from maillage.core.rules.system import system
from maillage.core.territory.calibration import Error
from maillage.core.territory.times import correction_of, error_of

pytestmark = pytest.mark.donnees
TODAY = datetime.date(2026, 11, 22)


@functools.cache
def measured() -> tuple[Study, dict[str, list[Error]]]:
    given = study(official("APL_mg_2021.xlsx").parent)
    return given, {name: kept for name, (_, kept) in judged(given, correction_of(TODAY)).items()}


def test_nothing_is_both_learnt_and_kept_apart():
    given, _ = measured()
    assert not np.any(given.train & given.held)
    kept = set(given.data.departements[given.held].tolist())
    assert "33" in kept
    assert len(kept) > 30
    assert kept.isdisjoint(given.data.departements[given.train].tolist())


def test_the_error_told_is_the_one_measured():
    _, errors = measured()
    for after, before in zip(errors["densite_et_region"], errors["facteur_national"], strict=True):
        told = error_of(after.profession, TODAY)
        assert told.correlation == pytest.approx(after.correlation, abs=6e-4)
        assert told.correlation_before == pytest.approx(before.correlation, abs=6e-4)
        assert told.gap == pytest.approx(after.absolute, rel=6e-3)
        assert told.gap_before == pytest.approx(before.absolute, rel=6e-3)


@pytest.mark.parametrize("uncorrected", ["formule", "facteur_national"])
def test_the_correction_does_not_worsen_what_it_did_not_learn(uncorrected):
    _, errors = measured()
    for after, before in zip(errors["densite_et_region"], errors[uncorrected], strict=True):
        assert after.absolute <= before.absolute
        assert after.correlation >= before.correlation


def test_the_minutes_told_of_gironde_are_those_measured():
    given, _ = measured()
    minutes = metric_errors(given, correction_of(TODAY), official("metric_gironde_HC.dbf").parent)
    for variant, suffix in (("densite_et_region", ""), ("facteur_national", "_sans_correction")):
        told = system().text(f"territoire.temps.erreur.metric.ecart_absolu{suffix}").at(TODAY).value
        assert told == pytest.approx(minutes[variant][1], abs=0.06)


def test_the_classes_of_the_study_are_those_of_the_running_system():
    given, _ = measured()
    data, found = given.data, correction_of(TODAY)
    factors = found.factors(data.lon, data.lat, data.people, data.regions)
    assert factors == pytest.approx(variants(given, found)["densite_et_region"])
    assert (found.radius_km, found.bounds) == (calibrate_times.RADIUS_KM, calibrate_times.BOUNDS)
