"""The workbooks of the APL: both layouts, every profession, and what the DREES published."""

import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_text, write_workbook

from maillage.apps.territories.reading.rows import LoadError

GP = (
    "Code commune", "Libellé de la commune", "Population totale", "APL aux médecins généralistes (sans borne d'âge)",
    "APL aux médecins généralistes de 65 ans et moins", "Population standardisée par la consommation de soins",
)  # fmt: skip
TWO_YEARS = (
    "Code commune INSEE", "Commune", "APL aux médecins généralistes",
    "APL aux médecins généralistes de 65 ans et moins ",
    "APL aux médecins généralistes de 62 ans et moins ", "APL aux médecins généralistes de 60 ans et moins ",
    "Population standardisée 2021 pour la médecine générale", "Population totale 2021",
)  # fmt: skip
UNITS = ("", "", "consultations/an/hab.", "consultations/an/hab.", "", "", "habitants", "habitants")


def one_year(path, *rows, header=GP):
    return write_workbook(path, {"Sheet1": [header, *rows]})


def test_one_year_gives_each_figure_of_each_commune(load, folder):
    path = one_year(
        folder / "APL_mg_2021.xlsx", ("35236", "Redon", 9000, 2.5, 2.0, 8000), (35238, "Rennes", 2, 3, 1, 5)
    )
    outcome = load("apl", path)
    assert [(found.key, found.read, found.written) for found in outcome.loaded] == [
        ("apl-medecin_generaliste-2021", 2, 8)
    ]
    assert values("apl.medecin_generaliste", "2021") == {"35236": 2.5, "35238": 3.0}
    assert values("apl.medecin_generaliste.65_ans") == {"35236": 2.0, "35238": 1.0}
    assert values("apl.medecin_generaliste.population_standardisee") == {"35236": 8000, "35238": 5}


def test_two_years_are_read_under_their_titles_without_units_nor_notes(load, folder):
    titles = [["Accessibilité potentielle localisée"], *[[""]] * 7]
    notes = [["Lecture : à Redon, 2,5 consultations"], ["Champ : France"], ["Source : DREES"]]
    line = ("35236", "Redon", 2.5, 2.0, 1.9, 1.8, 8000.5, 9000)
    sheets = {
        "Lisez-moi": [["Notice"]],
        "APL 2022": [*titles, TWO_YEARS, UNITS, line, *notes],
        "APL_2023": [*titles, TWO_YEARS, UNITS, ("35236", "Redon", 2.4, 1.9, 1.8, 1.7, 8001, 9000), *notes],
    }
    outcome = load("apl", write_workbook(folder / "indicateur_apl.xlsx", sheets))
    assert [(found.vintage, found.read, found.rejected) for found in outcome.loaded] == [("2022", 1, 0), ("2023", 1, 0)]
    assert values("apl.medecin_generaliste.60_ans", "2023") == {"35236": 1.7}
    assert values("apl.medecin_generaliste", "2022") == {"35236": 2.5}


@pytest.mark.parametrize(
    ("name", "profession"),
    [
        ("infirmières", "infirmier"),
        ("masseuses-kinésithérapeutes", "masseur_kinesitherapeute"),
        ("chirurgiens-dentistes", "chirurgien_dentiste"),
        ("sages-femmes", "sage_femme"),
    ],
)
def test_the_profession_is_read_in_the_headers(load, folder, name, profession):
    header = (
        "Code commune",
        "Libellé",
        "Population totale",
        f"APL 2021 aux {name} de 65 ans et moins",
        "Population standardisée",
    )
    load("apl", one_year(folder / "apl.xlsx", ("35236", "Redon", 9000, 99.5, 8000), header=header))
    assert values(f"apl.{profession}.65_ans", "2021") == {"35236": 99.5}


def test_women_are_kept_for_midwives_and_the_code_may_stand_under_commune(load, folder):
    header = ("Commune", "Libellé", "APL aux sages-femmes", "APL aux sages-femmes de 65 ans ou moins",
              "Population féminine standardisée 2021 pour les sages-femmes", "Population totale 2021",
              "Population féminine 2021")  # fmt: skip
    load(
        "apl", write_workbook(folder / "apl.xlsx", {"APL_2023": [header, ("35236", "Redon", 20, 18, 5000, 9000, 4600)]})
    )
    assert values("apl.sage_femme", "2023") == {"35236": 20}
    assert values("apl.sage_femme.65_ans") == {"35236": 18}
    assert values("apl.sage_femme.population_standardisee") == {"35236": 5000}
    assert values("apl.sage_femme.population_feminine") == {"35236": 4600}


def test_merged_communes_keep_the_supply_that_they_reached_together(load, folder):
    rows = ("35236", "Redon", 1, 3.0, 2.0, 100), ("35900", "Saint-Hier", 1, 1.0, 0.0, 300)
    load("apl", one_year(folder / "APL_mg_2021.xlsx", *rows))
    assert values("apl.medecin_generaliste") == {"35236": 1.5}
    assert values("apl.medecin_generaliste.population_standardisee") == {"35236": 400}


def test_a_commune_without_a_figure_stays_without_one_and_an_unknown_one_is_left_out(load, folder):
    rows = ("35236", "Redon", 1, None, "", 100), ("35238", "Rennes", 2, 3, 1, 5), ("99999", "Nulle part", 1, 1, 1, 1)
    [found] = load("apl", one_year(folder / "APL_mg_2021.xlsx", *rows)).loaded
    assert values("apl.medecin_generaliste") == {"35236": None, "35238": 3.0}
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (4, "la commune « 99999 » n'est connue ni aujourd'hui ni parmi les anciennes")
    ]


def test_the_year_that_is_nowhere_is_asked_for(load, folder):
    path = one_year(folder / "apl.xlsx", ("35236", "Redon", 1, 1, 1, 100))
    with pytest.raises(LoadError, match="--millesime"):
        load("apl", path)
    assert load("apl", path, vintage="2021").loaded[0].vintage == "2021"
    with pytest.raises(LoadError, match="« deux mille » n'est pas une année"):
        load("apl", path, vintage="deux mille")


def test_a_file_without_any_apl_says_what_it_has(load, folder):
    path = write_text(folder / "apl_2021.csv", "CODGEO;MED16", "35236;20000")
    with pytest.raises(LoadError, match="« CODGEO », « MED16 »"):
        load("apl", path)
