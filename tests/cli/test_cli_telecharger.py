"""``maillage donnees telecharger``: what is printed, where the file goes, what is said without a network."""

import pytest
from tests.apps.territories.official.served_files import served

from maillage.apps.territories.official import addresses, download
from maillage.apps.territories.official.addresses import Address


@pytest.fixture
def server(monkeypatch):
    """A source of one file, served from this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with served() as what:
        what.bodies["/finess.csv"] = b"finess" * 500_000
        known = [Address("finess.csv", (f"{what.address}/finess.csv",))]
        for module in (download, addresses):
            monkeypatch.setattr(module, "addresses_of", lambda _source: known)
        yield what


def test_the_file_goes_to_the_folder_of_the_installation_and_the_next_command_is_told(
    maillage, server, tmp_path, settings
):
    settings.TERRITORIES_DIR = tmp_path
    ran = maillage("donnees", "telecharger", "finess")
    path = tmp_path / "telechargements" / "finess.csv"
    assert (ran.code, ran.err) == (0, "")
    assert path.stat().st_size == 3_000_000
    assert ran.out.splitlines() == [
        f"Téléchargé : {path} (3 Mo).",
        f"  Pour le charger : maillage donnees importer finess {path}",
    ]


def test_the_file_takes_the_name_that_is_asked_for(maillage, server, tmp_path):
    ran = maillage("donnees", "telecharger", "finess", tmp_path / "mon-finess.csv")
    assert ran.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mon-finess.csv"]


def test_a_folder_that_exists_receives_the_file(maillage, server, tmp_path):
    assert maillage("donnees", "telecharger", "finess", tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["finess.csv"]


def test_a_file_that_cannot_be_reached_exits_with_2_and_tells_how_by_hand(maillage, server, tmp_path):
    server.bodies.clear()
    ran = maillage("donnees", "telecharger", "finess", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "réponse 404 du serveur" in ran.err
    assert "maillage donnees importer finess FICHIER" in ran.err


def test_a_source_of_several_files_needs_a_folder(maillage, tmp_path):
    ran = maillage("donnees", "telecharger", "apl", tmp_path / "apl.xlsx")
    assert ran.code == 2
    assert "« apl » a 5 fichiers, donnez un dossier qui existe" in ran.err


def test_an_unknown_source_is_refused_with_the_nearest(maillage):
    ran = maillage("donnees", "telecharger", "fines")
    assert ran.code == 2
    assert "vouliez-vous dire « finess » ?" in ran.err
