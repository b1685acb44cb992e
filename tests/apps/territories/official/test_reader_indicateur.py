"""Any figure with its description: checked as a whole, in French, and never confused with an official one."""

import json

import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_text

from maillage.apps.territories.models import DataSource, Indicator
from maillage.apps.territories.official.datasets import Asked
from maillage.apps.territories.reading.rows import LoadError

DESCRIPTION = """
code: ald.taux
libelle: Part des assurés en affection de longue durée
unite: "%"
producteur: Assurance Maladie
millesime: 2023
maille: commune
theme: precarite
sens: bas
agregation: moyenne
ponderation: population.totale
decimales: 1
secret: Masqué sous 11 assurés.
masque: ["<11"]
licence: Licence Ouverte 2.0
colonnes:
  code: code_insee
  valeur: taux_ald
"""


@pytest.fixture
def path(folder):
    write_text(folder / "ald.yaml", DESCRIPTION)
    return write_text(folder / "ald.csv", "code_insee;taux_ald", "35236;18,5", "35238;<11", "35294;NS")


def test_the_figure_joins_the_others_with_its_description(load, path):
    [found] = load("indicateur", path).loaded
    assert found.key == "indicateur-ald.taux-2023"
    assert values("ald.taux", "2023") == {"35236": 18.5, "35238": None, "35294": None}
    said = Indicator.objects.get(code="ald.taux")
    assert (said.unit, said.direction, said.aggregation, said.theme) == ("%", "bas", "moyenne", "precarite")
    row = DataSource.objects.get(key=found.key)
    assert (row.producer, row.licence) == ("Assurance Maladie", "Licence Ouverte 2.0")
    assert found.notes == ["2 valeurs masquées ou absentes : inconnues, jamais comptées pour zéro."]


def test_a_line_that_stops_before_its_figure_is_left_out_not_taken_as_hidden(load, path, folder):
    write_text(folder / "ald.csv", "code_insee;taux_ald", "35236;18,5", "35238", "35294;NS")
    [found] = load("indicateur", path).loaded
    assert values("ald.taux") == {"35236": 18.5, "35294": None}
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (3, "un nombre est attendu (la ligne s'arrête avant)")
    ]


def test_the_description_may_be_json_and_elsewhere(load, folder):
    said = {
        "code": "c2s.taux", "libelle": "C2S", "unite": "%", "producteur": "CPAM", "millesime": "2024",
        "maille": "departement", "colonnes": {"code": "dep", "valeur": "taux"},
    }  # fmt: skip
    (folder / "dite.json").write_text(json.dumps(said), encoding="utf-8")
    path = write_text(folder / "c2s.csv", "dep,taux", "35,9.5")
    load("indicateur", path, asked=Asked(description=str(folder / "dite.json")))
    assert values("c2s.taux", level="departement") == {"35": 9.5}


def test_without_a_description_what_to_write_is_said(load, folder):
    with pytest.raises(LoadError, match=r"Posez à côté un fichier x\.yaml"):
        load("indicateur", write_text(folder / "x.csv", "code;v", "35236;1"))


def test_every_problem_of_the_description_is_told_at_once(load, path, folder):
    write_text(folder / "ald.yaml", "code: ALD taux", "maille: canton", "sens: mauvais", "colonnes: {code: a}", "x: 1")
    with pytest.raises(LoadError) as refused:
        load("indicateur", path)
    told = str(refused.value)
    for field in ("code", "libelle", "unite", "producteur", "millesime", "maille", "colonnes.valeur", "sens", "x"):
        assert f"{field} : " in told
    assert "l'un de : commune, epci, departement, region" in told


@pytest.mark.parametrize("code", ["apl.infirmier", "population.totale", "equipement.pharmacie"])
def test_an_official_indicator_is_not_taken_over(load, path, folder, code):
    write_text(folder / "ald.yaml", DESCRIPTION.replace("ald.taux", code))
    with pytest.raises(LoadError, match="indicateur officiel"):
        load("indicateur", path)


def test_a_mean_without_its_weight_is_refused(load, path, folder):
    write_text(folder / "ald.yaml", DESCRIPTION.replace("ponderation: population.totale", ""))
    with pytest.raises(LoadError, match="ponderation"):
        load("indicateur", path)


def test_a_mean_of_communes_that_merged_without_known_weights_is_unknown(load, path, folder):
    write_text(folder / "ald.csv", "code_insee;taux_ald", "35236;18,5", "35238;3", "35900;10")
    [found] = load("indicateur", path).loaded
    assert values("ald.taux") == {"35238": 3}
    assert "1 commune issue d'une fusion sans valeur" in found.notes[-1]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("population.totale", "inconnu.x", "« inconnu.x », donné en « ponderation »"),
        ("population.totale", "population.total", "vouliez-vous dire « population.totale » ?"),
        ("ald.taux", "ALD é", "un code en minuscules sans accent"),
        ("millesime: 2023", 'millesime: "2024/25"', "une année ou une période sans barre"),
    ],
)
def test_what_a_description_may_not_say_is_told_in_words(load, path, folder, before, after, said):
    write_text(folder / "ald.yaml", DESCRIPTION.replace(before, after))
    with pytest.raises(LoadError) as refused:
        load("indicateur", path)
    assert said in str(refused.value)
    assert "[a-z" not in str(refused.value)


@pytest.mark.parametrize(("text", "said"), [("", "elle est vide"), ("- a", "il n'y en a pas"), ("# rien", "vide")])
def test_a_description_without_fields_says_what_to_write(load, path, folder, text, said):
    write_text(folder / "ald.yaml", text)
    with pytest.raises(LoadError, match=said) as refused:
        load("indicateur", path)
    assert "JSON" not in str(refused.value)


def test_a_day_without_quotes_is_a_vintage(load, path, folder):
    write_text(folder / "ald.yaml", DESCRIPTION.replace("millesime: 2023", "millesime: 2024-01-01"))
    [found] = load("indicateur", path).loaded
    assert found.vintage == "2024-01-01"


def test_the_noun_agrees_with_the_number_of_hidden_values(load, path, folder):
    write_text(folder / "ald.csv", "code_insee;taux_ald", "35236;18,5", "35238;<11")
    [found] = load("indicateur", path).loaded
    assert found.notes == ["1 valeur masquée ou absente : inconnue, jamais comptée pour zéro."]
