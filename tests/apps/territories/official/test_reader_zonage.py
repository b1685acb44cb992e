"""Zonages in the layout of Atlasanté: classes under one name, dates, groupings, merged communes."""

import datetime

import pytest
from tests.apps.territories.official.written import write_text

from maillage.apps.territories import figures
from maillage.apps.territories.models import DataSource, Grouping, Zoning
from maillage.apps.territories.official.readers.zonage import class_of
from maillage.apps.territories.reading.rows import LoadError

COLUMNS = (
    "com_code", "niveau", "tvs_lib", "bvcv_lib", "zmed_niveau", "med_date_arrete", "zide_niveau", "ide_date_arrete",
    "zsf_niveau",
)  # fmt: skip
HEADER = ",".join(f'"{name}"' for name in COLUMNS)


def zonage(folder, *lines):
    return write_text(folder / "zonage.csv", HEADER, *lines)


def test_each_profession_has_its_class_and_the_day_of_its_decision(load, folder):
    path = zonage(
        folder,
        '"35236","COM","Redon","Redon BVCV","1_ZIP","30/10/2025","2_Sous_dotee","10/01/2020","NC_outre_mer"',
        '"35238","COM","Rennes","Rennes BVCV","6_HZ","30/10/2025","","",""',
        '"35T01","TVS","Redon","","1_ZIP","30/10/2025","","",""',
    )
    [found] = load("zonage", path).loaded
    assert (found.key, found.vintage, found.read, found.rejected) == ("zonage", "2025-10-30", 2, 0)
    rows = {(row.profession, row.commune): (row.classe, row.brut, row.since) for row in Zoning.objects.all()}
    assert rows == {
        ("medecin_generaliste", "35236"): ("zip", "1_ZIP", datetime.date(2025, 10, 30)),
        ("medecin_generaliste", "35238"): ("hors_zone", "6_HZ", datetime.date(2025, 10, 30)),
        ("infirmier", "35236"): ("sous_dotee", "2_Sous_dotee", datetime.date(2020, 1, 10)),
    }
    assert figures.members_of("tvs") == {"35236": "Redon", "35238": "Rennes"}
    assert figures.members_of("bvcv") == {"35236": "Redon BVCV", "35238": "Rennes BVCV"}


def test_a_merged_commune_has_the_class_of_the_commune_whose_code_it_keeps(load, folder):
    lines = ('"35900","COM","","","6_HZ","","","",""', '"35236","COM","","","1_ZIP","","","",""')
    load("zonage", zonage(folder, *lines))
    assert Zoning.objects.get().classe == "zip"


def test_the_territoires_of_the_drees_take_the_place_of_those_that_have_only_a_name(load, folder):
    path = zonage(folder, '"35236","COM","Redon","Redon","1_ZIP","","","",""')
    load("zonage", path)
    load("tvs", write_text(folder / "tvs_2021.csv", "INSEE_COM;Code_TVS;Nom_TVS", "35236;53T12;Pays de Redon"))
    load("zonage", path, force=True)
    assert list(Grouping.objects.filter(kind="tvs").values_list("code", "nom", "source")) == [
        ("53T12", "Pays de Redon", "tvs")
    ]
    assert "viennent déjà de « tvs »" in DataSource.objects.get(key="zonage").message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1_ZIP", "zip"), ("4_QPV_ZAC", "qpv_zac"), ("1_Tres_sous_dotee", "tres_sous_dotee"),
        ("5_Sur_dotée", "sur_dotee"), ("5_Non_prioritaire", "non_prioritaire"), ("Hors zonage", "hors_zone"),
        ("NC", ""), ("", ""), ("9_Autre", None), ("HV", "hors_zone"),
    ],
)  # fmt: skip
def test_a_class_has_one_name_whatever_its_spelling(written, expected):
    assert class_of(written) == expected


def test_a_file_without_classes_is_refused(load, folder):
    with pytest.raises(LoadError, match="zmed_niveau"):
        load("zonage", write_text(folder / "z.csv", "com_code,niveau", "35236,COM"))


def test_a_class_that_is_none_is_left_out_by_its_line_and_the_others_stand(load, folder):
    lines = [f'"{code}","COM","","","1_ZIP","30/10/2025","","",""' for code in ("35238", "35294")]
    path = zonage(folder, '"35236","COM","","","9_Bizarre","30/10/2025","2_Sous_dotee","10/01/2020",""', *lines)
    [found] = load("zonage", path).loaded
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (2, "classe de zonage inconnue : « 9_Bizarre » (medecin generaliste)")
    ]
    assert Zoning.objects.get(commune="35236").classe == "sous_dotee"


def test_a_day_that_does_not_exist_is_unknown_and_told(load, folder):
    [found] = load("zonage", zonage(folder, '"35236","COM","","","1_ZIP","31/02/2024","","",""')).loaded
    assert Zoning.objects.get().since is None
    assert "1 date d'arrêté illisible, laissée inconnue (ligne 2 : « 31/02/2024 »)." in found.notes
