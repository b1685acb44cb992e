"""The model on what is loaded: demand, offer, times, and what is said of them."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.apps.territories.accessibility.conftest import DAY, PLACES, load_series, practice, source

from maillage.apps.territories.accessibility import Accessibility, accessibility
from maillage.apps.territories.accessibility.offer import offer_of
from maillage.apps.territories.accessibility.places import all_places
from maillage.apps.territories.accessibility.times import prepared, read_pairs, times_of
from maillage.apps.territories.models import DataSource
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput
from maillage.core.territory.method import method_of

DENTIST = "chirurgien_dentiste"
pytestmark = pytest.mark.django_db


def professionals() -> dict[str, float]:
    places = all_places()
    offer = offer_of(method_of(DENTIST, DAY), places)
    assert offer is not None
    return {code: value for code, value in zip(places.codes, offer.professionals.tolist(), strict=True) if value}


@pytest.mark.usefixtures("ages", "bpe")
def test_a_commune_shares_the_dentists_of_its_neighbour_and_an_isolated_one_has_none() -> None:
    found = accessibility(DENTIST, DAY).as_dict()

    assert found["35236"] is not None
    assert found["35236"] > (found["35294"] or 0) > 0
    assert found["35900"] is None


@pytest.mark.usefixtures("ages", "bpe")
def test_a_commune_of_unknown_population_is_to_be_confirmed_never_0() -> None:
    model = accessibility(DENTIST, DAY)

    assert model.as_dict()["97608"] is None
    assert any("2 communes de population inconnue" in note for note in model.how.notes)
    assert any("5 professionnels dans des bassins" in note for note in model.how.notes)


@pytest.mark.usefixtures("ages", "bpe")
def test_the_model_says_where_each_figure_comes_from_and_how_far_it_is() -> None:
    told = accessibility("medecin_generaliste", DAY).how.as_dict()

    assert "recensement 2021" in told["demande"]
    assert "base permanente des équipements (2025)" in told["offre"]
    assert "à vol d'oiseau" in told["temps"]
    assert "corrélation" in told["erreur"]
    assert "référence" in told["erreur"]


@pytest.mark.usefixtures("ages", "bpe")
def test_professions_that_share_their_times_each_tell_their_own_error() -> None:
    doctors, dentists = (accessibility(name, DAY) for name in ("medecin_generaliste", "chirurgien_dentiste"))
    assert doctors.catchments.rows is dentists.catchments.rows
    assert "corrélation" in doctors.how.error
    assert "écart non mesuré pour cette profession" in dentists.how.error


@pytest.mark.usefixtures("ages", "bpe")
def test_the_standardised_population_of_the_drees_comes_first() -> None:
    load_series(f"apl.{DENTIST}.population_standardisee", {"35236": 9_500.0, "35294": None})
    model = accessibility(DENTIST, DAY)
    demand = dict(zip(model.codes, model.demand.tolist(), strict=True))

    assert demand["35236"] == 9_500
    assert 1_000 < demand["35294"] < 3_000
    assert "DREES" in model.how.demand


@pytest.mark.usefixtures("ages", "bpe")
def test_finer_ages_are_used_when_they_are_loaded() -> None:
    for code in ("0_19", "20_39", "40_59", "60_74", "75_plus"):
        load_series(f"population.{code}", {"35236": 1_800.0, "35294": 400.0, "35238": 44_000.0, "97608": None})

    assert "5 classes" in accessibility(DENTIST, DAY).how.demand


@pytest.mark.usefixtures("ages", "bpe")
def test_the_model_is_made_again_when_data_change() -> None:
    before = accessibility(DENTIST, DAY)
    again = accessibility(DENTIST, DAY)
    practice("1", "35294")
    after = accessibility(DENTIST, DAY)

    assert again is before
    assert after.how.supply != before.how.supply


@pytest.mark.usefixtures("communes")
def test_a_dentist_of_two_sites_is_split_between_them() -> None:
    practice("1", "35236")
    practice("1", "35294")
    practice("1", "35294")
    practice("2", "35236")

    assert professionals() == {"35236": 1.5, "35294": 0.5}


@pytest.mark.usefixtures("communes")
def test_only_the_self_employed_and_the_salaried_of_centres_are_counted() -> None:
    practice("1", "35236", mode="L", secteur="SA07")
    practice("2", "35236", mode="S", secteur="SA05")
    practice("3", "35236", mode="S", secteur="SA01")
    practice("4", "35236", mode="L", secteur="SA64")
    practice("5", "35236", mode="B", secteur="SA07")
    practice("6", "35236", mode="L", secteur="SA50")

    assert professionals() == {"35236": 2}


@pytest.mark.usefixtures("communes")
def test_general_practice_is_told_by_its_savoir_faire() -> None:
    practice("1", "35236", metier="medecin_generaliste", savoir_faire="SM54")
    practice("2", "35236", metier="medecin_generaliste", savoir_faire="SM01")
    offer = offer_of(method_of("medecin_generaliste", DAY), all_places())

    assert offer is not None
    assert offer.supply.sum() == 4146


@pytest.mark.usefixtures("communes")
def test_a_professional_without_a_commune_is_said_not_to_count() -> None:
    practice("1", "")
    practice("2", "35236")
    offer = offer_of(method_of(DENTIST, DAY), all_places())

    assert offer is not None
    assert offer.professionals.sum() == 1
    assert offer.notes == ("1 professionnel du RPPS sans commune connue : non compté.",)


@pytest.mark.usefixtures("communes")
def test_a_professional_outside_the_places_chosen_is_not_said_to_be_lost() -> None:
    practice("1", "35238")
    practice("2", "35236")
    offer = offer_of(method_of(DENTIST, DAY), all_places().only(["35236", "35294"]))

    assert offer is not None
    assert (offer.professionals.tolist(), offer.notes) == ([1, 0], ())


def load_times(folder: Path, *pairs: tuple[str, str, float]) -> None:
    """A prepared table of travel times."""
    folder.mkdir()
    pl.DataFrame(list(pairs), schema=["origine", "destination", "minutes"], orient="row").write_parquet(
        folder / "temps.parquet"
    )
    source("temps", file="temps.parquet")


def reached_from(model: Accessibility, code: str) -> dict[str, float]:
    """The weight of each commune that a commune reaches."""
    row = model.catchments.rows[[model.places.index[code]]].toarray()[0]
    return {name: weight for name, weight in zip(model.codes, row.tolist(), strict=True) if weight}


@pytest.mark.usefixtures("ages", "bpe")
def test_a_loaded_table_of_travel_times_takes_the_place_of_the_estimate(settings) -> None:
    alone = [(code, code, 0.0) for code in PLACES]
    load_times(settings.TERRITORIES_DIR, *alone, ("35294", "35236", 12.0), ("99999", "35236", 1.0))
    model = accessibility(DENTIST, DAY)

    assert model.how.times.startswith("table des temps")
    assert "estimés" not in model.how.times
    assert reached_from(model, "35294") == {"35236": 2 / 3, "35294": 1}
    assert reached_from(model, "35236") == {"35236": 1}


@pytest.mark.usefixtures("ages", "bpe")
def test_where_the_table_knows_nothing_times_are_estimated(settings) -> None:
    load_times(settings.TERRITORIES_DIR, ("35238", "97608", 19.0), ("35238", "35236", 60.0))
    model = accessibility(DENTIST, DAY)

    assert "3 communes qu'elle connaît ; ailleurs, temps estimés" in model.how.times
    assert reached_from(model, "35238") == {"35238": 1, "97608": 1 / 3}
    # Sainte-Marie is not in the table: the estimate joins it to Redon, which is.
    assert "35236" in reached_from(model, "35294")


@pytest.mark.usefixtures("ages", "bpe")
def test_pairs_are_kept_on_disk_and_a_damaged_file_is_made_again(settings) -> None:
    method, places = method_of(DENTIST, DAY), all_places()
    first = times_of(method, places).pairs
    (path,) = settings.TERRITORIES_DIR.glob("paires-*.npz")
    path.write_bytes(path.read_bytes()[:100])
    again = times_of(method, places).pairs
    kept = read_pairs(path)

    assert kept is not None
    assert np.array_equal(again.minutes, first.minutes)
    assert np.array_equal(kept.indices, first.indices)


def test_old_pairs_do_not_fill_the_disk(settings, communes) -> None:
    settings.TERRITORIES_DIR.mkdir()
    for rank in range(20):
        prepared("estimation", str(rank)).write_bytes(b"")
    times_of(method_of(DENTIST, DAY), all_places())

    assert len(list(settings.TERRITORIES_DIR.glob("paires-*"))) == 12


@pytest.mark.parametrize(
    ("fixtures", "told"),
    [((), "maillage donnees preparer"), (("bpe",), "population-par-age"), (("ages",), "importer bpe")],
)
def test_missing_data_are_named_with_what_to_import(request, fixtures, told) -> None:
    for name in fixtures:
        request.getfixturevalue(name)
    with pytest.raises(LoadError, match=told):
        accessibility(DENTIST, DAY)


def test_an_unknown_profession_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="chirurgien_dentiste"):
        accessibility("dentiste", DAY)


@pytest.mark.usefixtures("ages", "bpe")
def test_the_model_is_kept_while_a_loading_runs_or_fails() -> None:
    before = accessibility(DENTIST, DAY)
    DataSource.objects.update(state=DataSource.State.RUNNING)
    DataSource.objects.create(key="apl", source="apl", label="APL", state=DataSource.State.FAILED)

    assert accessibility(DENTIST, DAY) is before
