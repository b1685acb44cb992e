"""``maillage donnees importer|verifier|oublier`` with a file given by hand: what is printed, where, with which code."""

import datetime

import pytest
from tests.apps.territories.official.written import write_text

from maillage.apps.common.models import Event
from maillage.apps.territories.models import DataSource, Value

pytestmark = pytest.mark.usefixtures("territories")
HEADER = "Code commune;Population totale;APL aux infirmières;Population standardisée"
KEY = "apl-infirmier-2021"


@pytest.fixture
def path(tmp_path):
    DataSource.objects.update(loaded_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    return write_text(tmp_path / "apl_2021.csv", HEADER, "35236;9000;150,5;8000", "35238;2;99;5", "99999;1;1;1")


def test_a_file_is_loaded_and_what_was_left_out_is_told(maillage, path):
    ran = maillage("donnees", "importer", "apl", path)
    assert ran.code == 0
    assert f"{KEY} : 3 lignes lues, 6 valeurs ou lignes retenues, 1 ligne écartée." in ran.out
    assert "Ligne 4 écartée : la commune « 99999 » n'est connue" in ran.out
    assert "déjà à jour" in maillage("donnees", "importer", "apl", path).out


def test_all_the_lines_left_out_go_to_the_file_of_rejects(maillage, path, tmp_path):
    assert maillage("donnees", "importer", "apl", path, "--rejets", tmp_path / "rejets.csv").code == 0
    head, line = (tmp_path / "rejets.csv").read_text("utf-8-sig").splitlines()
    assert head == "source;ligne;motif"
    assert line.startswith(f"{KEY};4;la commune « 99999 »")


def test_verifying_tells_the_same_and_writes_nothing(maillage, path):
    ran = maillage("donnees", "verifier", "apl", path)
    assert (ran.code, ran.err) == (0, "")
    assert "6 valeurs ou lignes utilisables" in ran.out
    assert "Rien n'a été écrit." in ran.out
    assert not DataSource.objects.filter(source="apl").exists()


def test_a_file_that_cannot_be_used_exits_with_2_and_says_why(maillage, tmp_path):
    wrong = write_text(tmp_path / "faux.csv", "A;B", "1;2")
    for command in ("importer", "verifier"):
        ran = maillage("donnees", command, "apl", wrong)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("Chargement impossible : Colonne absente de faux.csv")


def test_without_a_file_the_official_address_is_given(maillage):
    ran = maillage("donnees", "importer", "apl")
    assert ran.code == 2
    assert "https://data.drees.solidarites-sante.gouv.fr" in ran.err


@pytest.mark.parametrize("command", ["importer", "verifier"])
def test_a_source_that_does_not_exist_is_refused_with_the_nearest_one(maillage, command, path):
    ran = maillage("donnees", command, "alp", path)
    assert ran.code == 2
    assert "vouliez-vous dire « apl » ?" in ran.err


def test_forgetting_asks_first_and_says_what_leaves(maillage, path):
    maillage("donnees", "importer", "apl", path)
    refused = maillage("donnees", "oublier", KEY, stdin=b"n\n")
    assert refused.code != 0
    assert Value.objects.count() == 6
    done = maillage("donnees", "oublier", KEY, "--oui")
    assert (done.code, Value.objects.count()) == (0, 0)
    assert f"Retirées : {KEY}." in done.out
    assert Event.objects.get(verb="oublier").actor == "ligne de commande"


def test_forgetting_what_is_not_there_is_told(maillage):
    ran = maillage("donnees", "oublier", "apl")
    assert ran.code == 2
    assert "« apl » n'est pas accepté. Attendu : une source déjà importée." in ran.err


def test_the_list_says_what_is_not_loaded_yet_and_why_it_matters(maillage, path):
    before = maillage("donnees", "lister").out
    assert "Pas encore chargées" in before
    assert "apl : Accessibilité potentielle localisée" in before
    maillage("donnees", "importer", "apl", path)
    assert KEY in " ".join(maillage("donnees", "lister").out.split())


def test_the_list_gives_whole_keys_and_tells_tries_apart(maillage, path, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    maillage("donnees", "importer", "apl", path)
    maillage("donnees", "importer", "apl", tmp_path / "rien.csv")
    lines = maillage("donnees", "lister").out.splitlines()
    assert any(KEY in line and "chargée" in line for line in lines)
    tries = lines.index("Essais sans suite (rien n'en a été gardé) :")
    assert lines[tries + 1].startswith("  apl : Le fichier ")
    assert not any("échec" in line for line in lines)


def test_a_database_that_another_one_writes_is_said_busy(maillage, path, monkeypatch):
    from django.db import OperationalError

    from maillage.apps.territories.official import services

    def locked(*_arguments, **_options):
        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "import_file", locked)
    ran = maillage("donnees", "importer", "apl", path)
    assert ran.code == 2
    assert "occupée par une autre écriture" in ran.err
    assert "DATABASE_URL" not in ran.err
