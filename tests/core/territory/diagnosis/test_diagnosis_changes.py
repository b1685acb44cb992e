"""What changed between two diagnoses."""

import copy

from maillage.core.territory.diagnosis.changes import changes


def figure(code="population.totale", value=100, text="100", vintage="2020"):
    return {
        "code": code,
        "libelle": "Population",
        "valeur": value,
        "texte": text,
        "unite": "habitants",
        "millesime": vintage,
    }


def diagnosis(*figures, vintage="2020", checksum="a", state="alerte"):
    return {
        "sources": [{"cle": "population", "libelle": "Populations", "millesime": vintage}],
        "sections": [{"chiffres": list(figures)}],
        "avertissements": [{"code": "cpts.population", "titre": "Population", "etat": state, "texte": state}],
        "communes": [{"code": "35001", "nom": "Amont"}],
        "recette": {"millesimes": {"population": {"millesime": vintage, "empreinte": checksum}}, "parametres": {}},
    }


def told(before, after):
    return [(change.kind, change.code, change.before, change.after, change.why) for change in changes(before, after)]


def test_the_same_diagnosis_has_not_changed():
    one = diagnosis(figure())

    assert changes(one, copy.deepcopy(one)) == ()


def test_a_new_vintage_comes_first_and_explains_its_figure():
    before, after = diagnosis(figure()), diagnosis(figure(value=110, text="110", vintage="2023"), vintage="2023")

    assert told(before, after) == [
        ("millesime", "population", "2020", "2023", ""),
        ("chiffre", "population.totale", "100", "110", "2020 → 2023"),
    ]


def test_another_file_of_the_same_vintage_is_a_change():
    assert told(diagnosis(checksum="a"), diagnosis(checksum="b")) == [
        ("millesime", "population", "2020", "2020", "Le même millésime, d'un autre fichier.")
    ]


def test_a_figure_that_comes_or_goes_is_told_without_a_value_on_the_other_side():
    before, after = diagnosis(figure("a", text="1")), diagnosis(figure("b", text="2"))

    assert told(before, after) == [("chiffre", "b", "", "2", ""), ("chiffre", "a", "1", "", "")]


def test_a_warning_that_changes_its_state_is_told():
    assert told(diagnosis(), diagnosis(state="respecte")) == [
        ("avertissement", "cpts.population", "alerte", "respecte", "")
    ]


def test_a_commune_that_joined_the_territory_is_told():
    after = diagnosis()
    after["communes"].append({"code": "35002", "nom": "Aval"})

    assert told(diagnosis(), after) == [("commune", "35002", "", "dans le territoire", "")]
