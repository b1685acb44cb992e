"""The page « Données »: what was left out of a file, and what a diagnosis lacks."""

import datetime

import pytest

from maillage.apps.territories import turns
from maillage.apps.territories.models import DataSource
from maillage.apps.territories.official.registry import SOURCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return DataSource.objects.create(
        key="apl-infirmier-2021",
        source="apl",
        label="APL aux infirmiers 2021",
        vintage="2021",
        carrier="fichier APL_inf_2021.xlsx",
        state=DataSource.State.COMPLETE,
        loaded_at=datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC),
        checksum="0" * 64,
        rows_read=35_000,
        rows_written=34_880,
        rejected=120,
        rejects=[[4, "la commune « 99999 » n'est connue ni aujourd'hui ni parmi les anciennes"]],
        message="Population standardisée. " * 10,
    )


def test_the_lines_left_out_are_told_with_their_reason(visit, loaded):
    page = visit("/donnees/")
    fold = page.one("details", id="ecartees-apl-infirmier-2021")
    assert "Ligne 4 : la commune « 99999 »" in fold.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "maillage donnees verifier apl FICHIER --rejets" in fold.text
    assert page.one("a", href="#ecartees-apl-infirmier-2021").text == "120 écartées"


def test_what_is_not_loaded_is_told_with_its_use_and_its_command(visit, loaded):
    cards = visit("/donnees/").one("ul", class_="sources").all("li", class_="card")
    assert len(cards) == len(SOURCES) - 1
    zonage = next(card for card in cards if "importer zonage" in card.text)
    assert "les aides qu" in zonage.text
    assert "une partie du diagnostic" in zonage.text
    assert not any("importer apl FICHIER" in card.text for card in cards)


def test_what_a_diagnosis_needs_most_comes_first(visit):
    words = [card.one("span", class_="tag").text for card in visit("/donnees/").one("ul", class_="sources").all("li")]
    assert words == sorted(words, key=lambda word: word != "une partie du diagnostic")


def test_the_last_refusal_of_a_file_is_told(visit):
    DataSource.objects.create(
        key="qpv",
        source="qpv",
        label="QPV",
        state="en_erreur",
        message="a.csv : colonne absente.",
        vintage="à confirmer",
    )
    page = visit("/donnees/")
    card = next(card for card in page.all("li", class_="card") if "importer qpv" in card.text)
    assert "Dernier essai" in card.text
    assert not page.all("tbody")


def test_a_try_that_brought_nothing_is_told_apart_from_what_is_loaded(visit, loaded):
    DataSource.objects.create(
        key="apl", source="apl", label="APL", state="en_erreur", message="a.xlsx est introuvable."
    )
    page = visit("/donnees/")
    assert len(page.one("tbody").all("tr")) == 1
    assert "APL : a.xlsx est introuvable." in page.one("main").text.replace("\xa0", " ")


def test_a_loading_that_was_killed_is_said_interrupted_and_nothing_is_written(visit, loaded, monkeypatch):
    DataSource.objects.update(state=DataSource.State.RUNNING, message="fichier b.csv", started_at=loaded.loaded_at)
    row = visit("/donnees/").one("tbody").text
    assert "chargée essai arrêté" in " ".join(row.split())
    assert "Chargement interrompu avant sa fin" in row
    assert "fichier b.csv, commencé le 22/11/2026 à 09:00" in row
    assert "Les données du 22/11/2026 restent en place." in row
    assert DataSource.objects.get().state == DataSource.State.RUNNING
    monkeypatch.setattr(turns, "is_loading", lambda: True)
    assert "en cours" in visit("/donnees/").one("tbody").text
