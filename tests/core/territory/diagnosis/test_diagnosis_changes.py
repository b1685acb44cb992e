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
        ("millesime", "population", "2020", "2023", "Un autre millésime a été chargé."),
        ("chiffre", "population.totale", "100", "110", "2020 → 2023"),
    ]


def test_another_file_of_the_same_vintage_is_a_change():
    assert told(diagnosis(checksum="a"), diagnosis(checksum="b")) == [
        ("millesime", "population", "2020", "2020", "Le même millésime, d'un autre fichier.")
    ]


def test_a_figure_that_comes_or_goes_is_told_as_not_loaded_on_the_other_side():
    before, after = diagnosis(figure("a", text="1")), diagnosis(figure("b", text="2"))

    assert told(before, after) == [
        ("chiffre", "b", "pas chargé", "2", "Son fichier a été ajouté (2020)."),
        ("chiffre", "a", "1", "pas chargé", "Son fichier n'est plus chargé (2020)."),
    ]


def test_a_warning_that_changes_its_state_is_told():
    assert told(diagnosis(), diagnosis(state="respecte")) == [
        ("avertissement", "cpts.population", "alerte", "respecte", "alerte → respecté")
    ]


def test_a_commune_that_joined_the_territory_is_told():
    after = diagnosis()
    after["communes"].append({"code": "35002", "nom": "Aval"})

    assert told(diagnosis(), after) == [
        ("commune", "35002", "hors du territoire", "dans le territoire", "La composition du territoire a changé.")
    ]


def test_a_day_is_told_in_french_and_every_change_says_why():
    before, after = (
        diagnosis(figure(), vintage="2025-10-30"),
        diagnosis(figure(value=1, text="1"), vintage="2026-01-05"),
    )
    found = changes(before, after)

    assert (found[0].before, found[0].after) == ("30\xa0octobre\xa02025", "5\xa0janvier\xa02026")
    assert all(change.why for change in found)


def test_a_file_that_was_not_there_is_said_so():
    before = diagnosis()
    before["sources"], before["recette"]["millesimes"] = [], {}

    assert told(before, diagnosis()) == [("millesime", "population", "pas chargé", "2020", "Un fichier a été ajouté.")]
