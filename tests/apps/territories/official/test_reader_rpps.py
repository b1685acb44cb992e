"""Loading the RPPS in the database: replaced as a whole, kept when a file fails, no name in what is told."""

import logging

import pytest
from tests.apps.territories.directories.rpps_files import (
    DOCTOR,
    SAVOIR_FAIRE,
    activity,
    archive,
    national,
    rpps,
    savoir_faire,
    write,
)
from tests.apps.territories.official.conftest import values

from maillage.apps.territories.models import DataSource, Practice, PracticeCount, Series
from maillage.apps.territories.official import services
from maillage.apps.territories.reading.rows import LoadError

NAME = "PS_LibreAcces_Personne_activite_202504040839.txt"


def test_an_extraction_fills_the_table_and_says_its_day(load, tmp_path):
    lines = [
        activity(1, DOCTOR, sf="SM54"),
        activity(2, commune="35900"),
        activity(3, commune="", cedex="35040 RENNES CEDEX"),
    ]
    outcome = load("rpps", write(tmp_path / NAME, lines))
    assert list(Practice.objects.order_by("id").values_list("rpps", "metier", "commune")) == [
        (rpps(1), "medecin_generaliste", "35236"),
        (rpps(2), "infirmier", "35236"),
        (rpps(3), "infirmier", "35238"),
    ]
    row = DataSource.objects.get(key="rpps")
    assert (row.vintage, row.rows_read, row.rows_written, row.rejected) == ("extraction du 4\xa0avril\xa02025", 3, 3, 0)
    assert "1 ligne située par le nom de la commune, faute de code connu." in outcome.loaded[0].notes


def test_a_new_extraction_takes_the_place_of_the_former(load, tmp_path):
    load("rpps", write(tmp_path / NAME, [activity(1), activity(2)]))
    load("rpps", write(tmp_path / NAME.replace("202504", "202604"), [activity(3)]))
    assert list(Practice.objects.values_list("rpps", flat=True)) == [rpps(3)]
    assert DataSource.objects.get(source="rpps").vintage == "extraction du 4\xa0avril\xa02026"


def test_a_cut_extraction_leaves_the_former_in_place(load, tmp_path):
    load("rpps", write(tmp_path / NAME, [activity(1)]))
    cut = write(tmp_path / NAME.replace("202504", "202604"), list(national(30_000, ["35236"])))
    cut.write_bytes(cut.read_bytes()[:-20])
    with pytest.raises(LoadError, match="coupé"):
        load("rpps", cut)
    assert list(Practice.objects.values_list("rpps", flat=True)) == [rpps(1)]
    assert DataSource.objects.get(key="rpps").state == DataSource.State.FAILED


def test_a_cut_archive_leaves_the_former_in_place(load, tmp_path):
    load("rpps", write(tmp_path / NAME, [activity(1)]))
    main = write(tmp_path / NAME.replace("202504", "202604"), list(national(5_000, ["35236"])))
    path = archive(tmp_path / "PS_LibreAcces_202604040839.zip", main)
    path.write_bytes(path.read_bytes()[:-4_000])
    with pytest.raises(LoadError, match="coupé"):
        load("rpps", path)
    assert Practice.objects.count() == 1


def test_the_archive_of_three_files_gives_the_generalistes(load, tmp_path):
    main = write(tmp_path / NAME, [activity(1, DOCTOR), activity(2, DOCTOR)])
    other = write(tmp_path / "PS_LibreAcces_SavoirFaire_202504040839.txt", [savoir_faire(2, "SM26")], SAVOIR_FAIRE)
    load("rpps", archive(tmp_path / "PS_LibreAcces_202504040839.zip", main, other))
    assert Practice.objects.get(metier="medecin_generaliste").rpps == rpps(2)


def test_no_name_is_told_nor_logged(load, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    lines = [
        activity(1),
        activity(2),
        activity(3, identifiant="12345678901", nom="SECRET", prenom="Camille"),
        activity(4, nom="SECRET").replace("|Cabinet|", "|Cabinet|de trop|"),
        activity(5),
    ]
    outcome = load("rpps", write(tmp_path / NAME, lines))
    told = [str(reject) for reject in outcome.loaded[0].rejects]
    assert len(told) == 2
    row = DataSource.objects.get(key="rpps")
    everything = " ".join([*told, *outcome.loaded[0].notes, row.message, str(row.rejects), caplog.text])
    assert "SECRET" not in everything
    assert "Camille" not in everything
    assert "12345678901" not in everything
    assert row.rejects == [
        [4, "la clé du numéro RPPS est fausse"],
        [5, "nombre de champs inattendu"],
    ]


def test_the_professionals_in_town_become_figures_of_each_commune(load, tmp_path):
    lines = [
        activity(1, DOCTOR, sf="SM54"),
        activity(1, DOCTOR, sf="SM54", commune="35238", site="Autre cabinet"),
        activity(2, DOCTOR, sf="SM54", secteur="SA01", mode="S"),
        activity(3, ("35", "Aide-soignant")),
    ]
    outcome = load("rpps", write(tmp_path / NAME, lines))
    assert values("professionnels_en_ville.medecin_generaliste") == {"35236": 0.5, "35238": 0.5}
    assert values("professionnels_en_ville.aide_soignant") == {}
    series = Series.objects.get(indicator="professionnels_en_ville.medecin_generaliste")
    assert (series.indicator.label, series.absent_is_zero) == (
        "Médecins généralistes en ville, partagés entre leurs lieux",
        True,
    )
    assert (outcome.loaded[0].written, outcome.loaded[0].rejected) == (4, 0)


def test_distinct_persons_of_larger_places_are_counted_once_and_replaced(load, tmp_path):
    load("rpps", write(tmp_path / NAME, [activity(1), activity(1, commune="35238"), activity(2)]))
    load("rpps", write(tmp_path / NAME.replace("202504", "202604"), [activity(1), activity(1, commune="35238")]))
    assert set(PracticeCount.objects.values_list("metier", "level", "code", "persons")) == {
        ("infirmier", "departement", "35", 1),
        ("infirmier", "region", "53", 1),
        ("infirmier", "france", "FRANCE", 1),
    }


def test_professionals_in_town_without_a_commune_make_the_figures_minimums(load, tmp_path):
    lines = [activity(1), activity(2, commune=""), activity(3, commune="")]
    outcome = load("rpps", write(tmp_path / NAME, lines))
    assert values("professionnels_en_ville.infirmier") == {"35236": 1}
    assert (
        "2 professionnels en ville sans commune connue : les effectifs des communes sont des minimums."
        in outcome.loaded[0].notes
    )


def test_verifying_reads_all_and_writes_nothing(load, tmp_path):
    outcome = services.verify_file("rpps", write(tmp_path / NAME, [activity(1), activity(2)]))
    assert outcome.loaded[0].written == 2
    assert not Practice.objects.exists()


def test_forgetting_removes_the_professionals(load, tmp_path):
    load("rpps", write(tmp_path / NAME, [activity(1)]))
    services.forget("rpps", by="tests", at=DataSource.objects.get(key="rpps").loaded_at)
    assert not Practice.objects.exists()
