"""Loading, verifying and forgetting an official file: once, twice, cut, refused, stopped."""

import gzip
import zipfile

import pytest
from django.db import DatabaseError
from tests.apps.territories.official.conftest import MONDAY, values
from tests.apps.territories.official.written import write_text, write_workbook

from maillage.apps.common.models import Event
from maillage.apps.territories.models import DataSource, Indicator, Series, Value
from maillage.apps.territories.official import services, sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput

HEADER = "Code commune;Population totale;APL aux infirmières;Population standardisée"
KEY = "apl-infirmier-2021"


def apl(path, *lines, encoding="utf-8"):
    return write_text(path, HEADER, *(lines or ("35236;9000;150,5;8000", "35238;2;99;5")), encoding=encoding)


def state():
    """Everything that a loading may change."""
    tables = (Indicator, Series, Value)
    return [list(model.objects.order_by("pk").values_list()) for model in tables], Event.objects.count()


def test_a_loading_says_what_was_read_written_and_left_out(load, folder):
    path = apl(folder / "apl_2021.csv", "35236;9000;150,5;8000", "35238;2;99;5", "99999;1;1;1")
    [found] = load("apl", path).loaded
    assert (found.key, found.read, found.written, found.rejected) == (KEY, 3, 6, 1)
    row = DataSource.objects.get(key=KEY)
    assert (row.source, row.vintage, row.state, row.rejected) == ("apl", "2021", "complete", 1)
    assert row.rejects == [[4, "la commune « 99999 » n'est connue ni aujourd'hui ni parmi les anciennes"]]
    assert row.carrier == "fichier apl_2021.csv"
    assert "Population standardisée : 8\u202f005." in row.message


def test_a_loading_is_written_in_the_log_with_its_author(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    event = Event.objects.get()
    assert (event.actor, event.verb, event.subject_id, event.at) == ("tests", "charger", KEY, MONDAY)
    assert (event.before["empreinte"], event.after["lignes_retenues"]) == ("", 6)


def test_the_same_file_is_not_read_twice_unless_forced(load, folder):
    path = apl(folder / "apl_2021.csv")
    load("apl", path)
    before = values("apl.infirmier")
    assert load("apl", path).up_to_date
    assert not load("apl", path, force=True).up_to_date
    assert values("apl.infirmier") == before
    assert Event.objects.count() == 2


def test_the_same_file_is_read_again_when_the_communes_were_loaded_since(load, folder):
    path = apl(folder / "apl_2021.csv")
    load("apl", path)
    DataSource.objects.filter(key="communes").update(loaded_at=MONDAY.replace(year=2027))
    assert not load("apl", path).up_to_date


def test_vintages_stand_side_by_side_and_the_same_one_is_replaced(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    load("apl", apl(folder / "apl_2022.csv", "35236;9000;160;8000"))
    load("apl", apl(folder / "apl_2021b.csv", "35236;9000;170;8000"))
    assert values("apl.infirmier", "2021") == {"35236": 170}
    assert values("apl.infirmier", "2022") == {"35236": 160}


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", ";"), ("cp1252", "\t"), ("utf-8", "|")]
)
def test_encoding_and_separator_are_found(load, folder, encoding, separator):
    lines = [line.replace(";", separator) for line in (HEADER, "35236;9000;150.5;8000", "35238;2;99;5")]
    load("apl", write_text(folder / "apl_2021.csv", *lines, encoding=encoding))
    assert values("apl.infirmier") == {"35236": 150.5, "35238": 99}


def test_archives_are_read_inside_and_their_notice_is_left_aside(load, folder):
    plain = apl(folder / "apl_2021.csv")
    with zipfile.ZipFile(folder / "apl.zip", "w") as archive:
        archive.write(plain, "dossier/apl_2021.csv")
        archive.writestr("meta_apl.csv", "VAR;LIB\n")
    (folder / "apl_2021.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert load("apl", folder / "apl.zip", vintage="2021").loaded[0].read == 2
    assert load("apl", folder / "apl_2021.csv.gz", force=True).loaded[0].read == 2


class TestRefused:
    @pytest.fixture(autouse=True)
    def loaded(self, load, folder):
        load("apl", apl(folder / "apl_2021.csv"))
        self.before = state()
        yield
        assert state() == self.before

    def refused(self, load, path, why, **options):
        with pytest.raises(LoadError, match=why):
            load("apl", path, **options)
        return DataSource.objects.filter(source="apl", state=DataSource.State.FAILED).get()

    def test_a_file_cut_in_the_middle_of_a_line(self, load, folder):
        path = apl(folder / "apl_2021.csv")
        path.write_bytes(path.read_bytes()[:-6])
        row = self.refused(load, path, "s'arrête au milieu de la ligne 3")
        assert row.key == KEY
        assert "Les données du 23/11/2026 restent en place." in row.message
        assert row.rows_written == 6

    def test_a_workbook_cut(self, load, folder):
        (folder / "apl_2021.xlsx").write_bytes(b"PK\x03\x04 cut")
        row = self.refused(load, folder / "apl_2021.xlsx", "coupé ou illisible")
        assert (row.key, row.loaded_at) == ("apl", None)

    def test_every_column_that_is_missing_is_named(self, load, folder):
        path = write_text(folder / "apl_2021.csv", "INSEE;X", "35236;1")
        self.refused(load, path, "« Code commune INSEE » ou « Code commune »")

    def test_a_file_mostly_of_unknown_communes(self, load, folder):
        path = apl(folder / "apl_2021.csv", "35236;1;1;1", "99997;1;1;1", "99998;1;1;1")
        self.refused(load, path, "2 lignes sur 3 seraient écartées")

    def test_an_empty_file(self, load, folder):
        (folder / "vide.csv").write_bytes(b"")
        self.refused(load, folder / "vide.csv", "est vide")

    def test_a_file_that_is_not_there(self, load, folder):
        self.refused(load, folder / "rien.csv", "introuvable")

    @pytest.mark.parametrize("error", [DatabaseError("disque plein"), KeyboardInterrupt()], ids=["disk", "Ctrl-C"])
    def test_a_stop_in_the_middle(self, load, folder, monkeypatch, error):
        def stop(*_arguments):
            raise error

        monkeypatch.setattr(sink, "insert_rows", stop)
        with pytest.raises((LoadError, KeyboardInterrupt)):
            load("apl", apl(folder / "apl_2021.csv"), force=True)
        assert DataSource.objects.get(key=KEY).state == DataSource.State.FAILED


def test_a_second_year_that_fails_takes_the_first_one_with_it(load, folder):
    head = HEADER.split(";")
    good, bad = ["35236", 9000, 150.5, 8000], ["99999", 1, 1, 1]
    book = write_workbook(folder / "apl.xlsx", {"APL 2022": [head, good], "APL 2023": [head, bad]})
    with pytest.raises(LoadError, match="aucune ligne"):
        load("apl", book)
    assert not Value.objects.exists()
    states = dict(DataSource.objects.filter(source="apl").values_list("key", "state"))
    assert states == {"apl-infirmier-2022": "en_erreur", "apl-infirmier-2023": "en_erreur"}


def test_a_failure_without_any_row_goes_away_once_a_file_is_loaded(load, folder):
    with pytest.raises(LoadError):
        load("apl", folder / "rien.csv")
    load("apl", apl(folder / "apl_2021.csv"))
    assert list(DataSource.objects.filter(source="apl").values_list("key", flat=True)) == [KEY]


def test_a_failure_that_was_never_loaded_describes_the_last_file_tried(load, folder):
    for name in ("premier_2021.csv", "second_2021.csv"):
        with pytest.raises(LoadError):
            load("apl", apl(folder / name, "99999;1;1;1"))
    row = DataSource.objects.get(key=KEY)
    assert row.carrier == "fichier second_2021.csv"
    assert "premier" not in row.message


def test_what_is_kept_of_a_failure_names_the_file_not_the_folders_of_the_machine(load, folder):
    with pytest.raises(LoadError, match=str(folder)):
        load("apl", folder / "rien.csv")
    message = DataSource.objects.get(key="apl").message
    assert message == "Le fichier rien.csv est introuvable : donnez le chemin d'un fichier."


def test_forgetting_a_source_takes_away_its_failed_tries_and_its_data(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    with pytest.raises(LoadError):
        load("apl", folder / "rien.csv")
    assert services.forget("apl", by="tests", at=MONDAY) == ["apl", KEY]
    assert not DataSource.objects.filter(source="apl").exists()


def test_figures_that_another_source_gave_are_not_taken_over(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    DataSource.objects.filter(key=KEY).update(source="autre")
    row = DataSource.objects.get(key=KEY)
    row.pk = "autre"
    row.save()
    Series.objects.update(source="autre")
    with pytest.raises(LoadError, match="maillage donnees oublier autre"):
        load("apl", apl(folder / "apl_2021.csv", "35236;9000;160;8000"))


def test_an_extract_does_not_take_the_place_of_what_is_in_place_unless_forced(load, folder):
    load("apl", apl(folder / "apl_2021.csv", "35236;9000;150,5;8000", "35238;2;99;5", "35294;2;90;5"))
    before, extract = values("apl.infirmier"), apl(folder / "extrait_2021.csv", "35236;9000;160;8000")
    told = "extrait_2021.csv ne donne que 3 valeurs ou lignes, contre 9 aujourd'hui pour « apl-infirmier-2021 »"
    with pytest.raises(LoadError, match=f"{told} .fichier apl_2021.csv.*--forcer"):
        load("apl", extract)
    assert values("apl.infirmier") == before
    assert told in services.verify_file("apl", extract).loaded[0].notes[-1]
    load("apl", extract, force=True)
    assert values("apl.infirmier") == {"35236": 160}


def test_verifying_reads_to_the_end_and_writes_nothing(load, folder):
    path = apl(folder / "apl_2021.csv", "35236;9000;150,5;8000", "35238;2;99;5", "99999;1;1;1")
    told = []
    [found] = services.verify_file("apl", path, on_reject=told.append).loaded
    assert (found.read, found.written, found.rejected) == (3, 6, 1)
    assert [reject.line for reject in told] == [4]
    assert not DataSource.objects.filter(source="apl").exists()
    assert state() == ([[], [], []], 0)


def test_forgetting_takes_away_one_vintage_and_what_it_brought(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    load("apl", apl(folder / "apl_2022.csv", "35236;9000;160;8000"))
    assert services.forget(KEY, by="tests", at=MONDAY) == [KEY]
    assert set(Series.objects.values_list("vintage", flat=True)) == {"2022"}
    assert Event.objects.filter(verb="oublier", subject_id=KEY).count() == 1


def test_forgetting_a_source_takes_away_all_its_files(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    load("apl", apl(folder / "apl_2022.csv"))
    assert services.forget("apl", by="tests", at=MONDAY) == [KEY, "apl-infirmier-2022"]
    assert not Value.objects.exists()


def test_what_is_not_loaded_or_comes_with_the_installation_is_not_forgotten(load, folder):
    load("apl", apl(folder / "apl_2021.csv"))
    for name in ("communes", "apl-infirmier-2020"):
        with pytest.raises(BadInput, match=KEY):
            services.forget(name, by="tests", at=MONDAY)


def test_a_source_that_does_not_exist_is_refused_with_the_nearest_one(load, folder):
    with pytest.raises(BadInput, match="vouliez-vous dire « apl »"):
        load("apll", folder / "x.csv")


def test_a_file_before_the_communes_says_what_to_do(db, folder):
    with pytest.raises(LoadError, match="maillage donnees importer communes"):
        services.import_file("apl", apl(folder / "apl_2021.csv"), by="tests", at=MONDAY)
