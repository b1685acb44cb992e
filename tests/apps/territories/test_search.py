"""Search of communes, on the real ones."""

import pytest

from maillage.apps.territories.queries import search_communes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Saint-Étienne", "42218"),
        ("saint etienne", "42218"),
        ("SAINT ETIENNE", "42218"),
        ("St-Étienne", "42218"),
        ("L'Haÿ-les-Roses", "94038"),
        ("l hay les roses", "94038"),
        ("hay les roses", "94038"),
        ("L’Haÿ les Roses", "94038"),
        ("Le Havre", "76351"),
        ("le havre", "76351"),
        ("havre", "76351"),
        ("st malo", "35288"),
        ("ste mere eglise", "50523"),
        ("35600", "35236"),
        ("35236", "35236"),
        ("les abymes", "97101"),
        ("abymes", "97101"),
        ("paris", "75056"),
        ("paris 15", "75115"),
        ("Paris 15e", "75115"),
        ("lyon 3e", "69383"),
        ("75115", "75115"),
        ("ajaccio", "2A004"),
        ("2a004", "2A004"),
        ("redon 35", "35236"),
        ("35600 redon", "35236"),
        ("vitre 35", "35360"),
        ("boulogne bill", "92012"),
        ("mamoudzou", "97611"),
        ("œuilly", "51410"),
        ("y", "80829"),
        ("marseille 8eme", "13208"),
        ("marseille 8e", "13208"),
        ("marseille 8ème arrondissement", "13208"),
        ("marseille 8", "13208"),
        ("marseille 08", "13208"),
        ("13008 marseille", "13208"),
        ("marseille 1", "13201"),
        ("Paris 1er", "75101"),
        ("paris 2", "75102"),
        ("paris 15 ème", "75115"),
        ("paris 75015", "75115"),
        ("15e arrondissement de Paris", "75115"),
        ("lyon 3e arrondissement", "69383"),
        ("lyon 3eme arrdt", "69383"),
        ("st-denis reunion", "97411"),
        ("saint denis 974", "97411"),
        ("Saint-Denis (La Réunion)", "97411"),
        ("saint denis 93", "93066"),
        ("saint denis seine saint denis", "93066"),
        ("saint denis, île-de-france", "93066"),
        ("saint pierre martinique", "97225"),
        ("saint etienne loire", "42218"),
        ("valence tarn et garonne", "82186"),
        ("vitré ille-et-vil", "35360"),
        ("tours centre val de loire", "37261"),
        ("nice paca", "06088"),
    ],
)
def test_the_commune_meant_comes_first(text, code):
    assert search_communes(text)[0].code == code


def test_the_homonyms_of_saint_etienne_follow_it_by_population():
    names = [commune.nom for commune in search_communes("saint etienne")]
    assert names[:2] == ["Saint-Étienne", "Saint-Étienne-du-Rouvray"]


def test_a_postal_code_shared_by_communes_gives_them_all_the_most_populous_first():
    found = search_communes("35600")
    assert [commune.nom for commune in found] == ["Redon", "Bains-sur-Oust", "Sainte-Marie"]


def test_a_code_that_is_postal_and_insee_gives_both_the_postal_one_first():
    first, second, *_others = search_communes("13001")
    assert (first.nom, second.nom) == ("Marseille", "Aix-en-Provence")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sant malo", "Saint-Malo"),
        ("lhay les roses", "L'Haÿ-les-Roses"),
        ("quimpr", "Quimper"),
        ("marsseile", "Marseille"),
        ("le avre", "Le Havre"),
        ("saint etiene", "Saint-Étienne"),
    ],
)
def test_a_misspelt_name_is_still_found(text, name):
    assert search_communes(text)[0].nom == name


def test_a_former_commune_is_found_as_the_one_of_today():
    first = search_communes("Arbignieu")[0]
    assert (first.nom, first.found_as) == ("Arboys en Bugey", "Arbignieu")


def test_a_former_code_is_found_as_the_commune_of_today():
    first = search_communes("42190")[0]
    assert "42190" in (first.found_as, *[code.code for code in first.codes_postaux.all()])


def test_a_commune_of_today_has_no_former_name():
    assert search_communes("redon")[0].found_as == ""


@pytest.mark.parametrize("text", ["", "   ", "-", "qzxwvk", "99999", "💥", "%", "_", "a" * 5_000, "1' OR 1=1"])
def test_nothing_is_found_for_what_is_no_commune(text):
    assert search_communes(text) == []


def test_no_more_communes_than_asked_for():
    assert len(search_communes("saint", limit=3)) == 3


def test_a_search_by_name_takes_three_queries_whatever_it_finds(django_assert_num_queries):
    with django_assert_num_queries(3):
        found = search_communes("saint m")
    with django_assert_num_queries(0):
        assert all(commune.libelle and list(commune.codes_postaux.all()) for commune in found)
        assert all(commune.departement.region.nom for commune in found)


def test_a_search_by_name_and_place_takes_a_few_queries_more(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert search_communes("saint denis la réunion")[0].code == "97411"


def test_a_name_with_a_place_finds_only_what_is_there():
    found = search_communes("saint pierre réunion")
    assert {commune.departement.region.nom for commune in found} == {"La Réunion"}


def test_a_place_alone_is_a_name():
    assert search_communes("la réunion")[0].nom == "La Réunion"


def test_a_number_that_is_also_a_departement_gives_the_city_then_its_arrondissements():
    names = [commune.nom for commune in search_communes("marseille 13")]
    assert names[0] == "Marseille"
    assert "Marseille 13e Arrondissement" in names
