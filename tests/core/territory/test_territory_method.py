"""The method of each profession, as the knowledge base gives it (APL-T1), and its standardised demand."""

import datetime

import numpy as np
import pytest

from maillage.core.rules.errors import UnknownValue
from maillage.core.territory.method import PROFESSIONS, method_of

DAY = datetime.date(2026, 11, 22)
FRANCE_3, FRANCE_5 = [16_000_000, 37_000_000, 14_000_000], [16e6, 15e6, 17e6, 11e6, 6e6]
OTHERS = [profession for profession in PROFESSIONS if profession != "sage_femme"]


@pytest.mark.parametrize("profession", OTHERS)
def test_the_bands_of_all_but_midwives_end_at_20_minutes(profession: str) -> None:
    decay = method_of(profession, DAY).decay

    assert decay.weights([0, 9, 10, 14, 15, 20, 21]).tolist() == [1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3, 0]


def test_the_bands_of_midwives_end_at_30_minutes() -> None:
    decay = method_of("sage_femme", DAY).decay

    assert decay.weights([0, 9, 10, 19, 20, 30, 31]).tolist() == [1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3, 0]


def test_a_day_before_the_figures_of_the_method_has_no_method() -> None:
    with pytest.raises(UnknownValue):
        method_of("medecin_generaliste", datetime.date(2014, 1, 1))


@pytest.mark.parametrize(
    ("profession", "scale"), [(name, 1 if name == PROFESSIONS[0] else 100_000) for name in PROFESSIONS]
)
def test_a_value_is_given_in_the_unit_of_the_drees(profession: str, scale: float) -> None:
    method = method_of(profession, DAY)

    assert method.published([0.5]).tolist() == [0.5 * scale]
    assert ("consultations" in method.unit) == (scale == 1)


def test_the_activity_of_a_gp_is_held_between_its_bounds() -> None:
    method = method_of("medecin_generaliste", DAY)

    assert method.bounded([1000, 4500, 9000]).tolist() == [3600, 4500, 6000]
    assert method.supply([2]).tolist() == [8292]


def test_the_activity_of_the_others_has_no_bound() -> None:
    method = method_of("infirmier", DAY)

    assert method.bounded([0.2, 3]).tolist() == [0.2, 3]
    assert method.supply([2]).tolist() == [2]


@pytest.mark.parametrize("national", [FRANCE_3, FRANCE_5])
@pytest.mark.parametrize("profession", OTHERS)
def test_the_standardised_population_of_france_is_its_population(profession: str, national: list[float]) -> None:
    standardised = method_of(profession, DAY).standardised([national], national)

    assert standardised.tolist() == pytest.approx([sum(national)], rel=1e-12)


def test_midwives_are_counted_per_woman() -> None:
    standardised = method_of("sage_femme", DAY).standardised([FRANCE_3], FRANCE_3)

    assert float(standardised[0]) / sum(FRANCE_3) == pytest.approx(34_591_962 / 66_988_403)


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_a_weight_of_age_is_never_negative(profession: str) -> None:
    assert all(np.all(weights >= 0) for weights in method_of(profession, DAY).age_weights.values())


def test_an_older_commune_demands_more_of_its_doctors() -> None:
    young, old = method_of("medecin_generaliste", DAY).standardised([[50, 50, 0], [0, 50, 50]], FRANCE_3)

    assert young < 100 < old


def test_nobody_in_france_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        method_of("infirmier", DAY).standardised([[1, 1, 1]], [0, 0, 0])


@pytest.mark.parametrize(
    ("profession", "weighting"),
    [("medecin_generaliste", "population"), ("masseur_kinesitherapeute", "population"), ("sage_femme", "femmes"),
     ("infirmier", "population_standardisee"), ("chirurgien_dentiste", "population")],
)  # fmt: skip
def test_the_mean_of_a_territory_has_the_weights_of_its_zonage(profession: str, weighting: str) -> None:
    assert method_of(profession, DAY).weighting == weighting


def test_each_parameter_of_the_method_says_its_source_and_its_confidence() -> None:
    said = [used.as_dict() for used in method_of("medecin_generaliste", DAY).used]

    assert {"territoire.apl.medecin_generaliste.bandes", "territoire.temps.facteur"} <= {one["chemin"] for one in said}
    assert all(one["sources"] and one["confiance"] in "ABC" for one in said)


def test_a_profession_without_apl_is_refused() -> None:
    with pytest.raises(ValueError, match="orthophoniste"):
        method_of("orthophoniste", DAY)
