"""Reads of the territories, on the real communes."""

import pytest

from maillage.apps.territories import queries
from maillage.apps.territories.models import Commune, FormerCommune
from maillage.apps.territories.reading import decoupage
from maillage.core.kernel.problems import BadInput

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]


def expected_for(code: str) -> str:
    with pytest.raises(BadInput) as refused:
        queries.commune_by_code(code)
    (problem,) = refused.value.problems
    assert (problem.field, problem.value) == ("commune", code)
    return problem.expected


def test_a_commune_comes_with_its_territories_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        redon = queries.commune_by_code("35236")
        told = (redon.libelle, redon.departement.region.nom, redon.epci.nom)
    assert told == ("Redon (Ille-et-Vilaine)", "Bretagne", "Communauté d'agglomération Redon Agglomération")


def test_a_code_of_corsica_is_taken_in_lower_case():
    assert queries.commune_by_code("2a004").libelle == "Ajaccio (Corse-du-Sud)"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("99999", "35236 pour Redon"),
        ("", "35236 pour Redon"),
        ("📍", "35236 pour Redon"),
        ("35828", "vouliez-vous dire 35288 (Saint-Malo) ?"),
        ("1004", "vouliez-vous dire 01004 (Ambérieu-en-Bugey) ?"),
        ("35600", "35600 est un code postal : 35236 (Redon), 35013 (Bains-sur-Oust), 35294 (Sainte-Marie)"),
        ("Redon", "vouliez-vous dire 35236 (Redon) ?"),
        ("st malo", "35288 (Saint-Malo)"),
        ("98818", "collectivités d'outre-mer ne sont pas couvertes"),
        ("97801", "collectivités d'outre-mer ne sont pas couvertes"),
    ],
)
def test_an_unknown_code_is_refused_with_what_was_probably_meant(code, said):
    assert said in expected_for(code)


def test_a_merged_commune_is_refused_with_the_one_of_today():
    row = FormerCommune.objects.filter(kind="associee").exclude(code__in=Commune.objects.values("code")).first()
    assert row is not None
    told = expected_for(row.code)
    assert f"{row.commune_id} ({row.commune.nom}), la commune actuelle qui a remplacé {row.nom}" in told


def test_a_merged_code_without_a_known_name_is_refused_too():
    assert "42218 (Saint-Étienne), la commune actuelle qui a remplacé le code 42292" in expected_for("42292")


def test_every_wrong_commune_of_a_list_is_told_with_its_place():
    with pytest.raises(BadInput) as refused:
        queries.communes_by_code(["35236", "00000", "35238", "35828"])
    assert [problem.field for problem in refused.value.problems] == ["communes.1", "communes.3"]


def test_a_long_list_of_wrong_codes_stays_cheap(django_assert_max_num_queries):
    with django_assert_max_num_queries(100), pytest.raises(BadInput) as refused:
        queries.communes_by_code([f"Z{rank:04}" for rank in range(1_000)])
    assert len(refused.value.problems) == 1_000


def test_communes_come_in_the_order_asked_for_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.communes_by_code(["35288", "35236", "35288"])
    assert [commune.nom for commune in found] == ["Saint-Malo", "Redon", "Saint-Malo"]


class TestPopulation:
    def test_it_is_the_sum_with_its_vintage_in_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert queries.population_of(["35236", "35013"]) == (9542 + 3535, decoupage.POPULATION)

    def test_a_commune_given_twice_counts_once(self):
        assert queries.population_of(["35236", "35236"]) == queries.population_of(["35236"])

    def test_an_arrondissement_counts_within_its_city(self):
        assert queries.population_of(["75056", "75115"]) == queries.population_of(["75056"])

    def test_an_arrondissement_counts_alone(self):
        population, _vintage = queries.population_of(["75115"])
        assert population == Commune.objects.get(code="75115").population

    def test_the_arrondissements_of_a_city_make_the_city(self):
        for city in ("75056", "69123", "13055"):
            arrondissements = Commune.objects.filter(parent=city).values_list("code", flat=True)
            assert queries.population_of(arrondissements) == queries.population_of([city])

    def test_different_years_are_not_added(self):
        assert queries.population_of(["35236", "97611"]) == (None, queries.MIXED_VINTAGES)

    @pytest.mark.parametrize("codes", [[], ["00000"], ["35236", "00000"]])
    def test_what_is_not_known_is_none_and_never_zero(self, codes):
        assert queries.population_of(codes) == (None, queries.UNKNOWN_POPULATION)

    def test_a_village_without_inhabitants_is_known_to_have_none(self):
        assert queries.population_of(["55039"]) == (0, decoupage.POPULATION)


class TestCard:
    def test_it_gathers_everything_in_five_queries(self, django_assert_num_queries):
        with django_assert_num_queries(5):
            card = queries.commune_card("42218")
        assert card.codes_postaux == ["42000", "42100", "42230"]
        ages = card.ages
        assert (ages.moins_de_20, ages.de_20_a_64, ages.plus_de_65, ages.total) == (43_174, 94_218, 35_331, 172_717)
        assert card.anciennes
        assert not card.arrondissements

    def test_paris_has_its_twenty_arrondissements_and_their_inhabitants_by_age(self):
        card = queries.commune_card("75056")
        assert len(card.arrondissements) == 20
        assert card.ages.total == sum(commune.ages.total for commune in card.arrondissements)

    def test_mayotte_has_no_population_by_age(self):
        card = queries.commune_card("97611")
        assert card.ages is None
        assert card.commune.population_vintage == decoupage.POPULATION_MAYOTTE

    def test_an_island_may_have_no_epci(self):
        assert queries.commune_card("29155").commune.epci is None


class TestFrance:
    def test_it_has_its_communes_its_arrondissements_and_its_regions(self):
        kinds = Commune.objects.values_list("type", flat=True)
        assert (list(kinds).count("COM"), list(kinds).count("ARM")) == (34_875, 45)

    def test_no_population_comes_without_a_checked_vintage(self):
        vintages = set(Commune.objects.values_list("population_vintage", flat=True))
        assert vintages == {decoupage.POPULATION, decoupage.POPULATION_MAYOTTE}

    def test_the_sources_are_complete_and_say_their_licence(self):
        sources = queries.data_sources()
        assert [source.key for source in sources] == ["communes", "decoupage", "population-par-age"]
        assert {source.state for source in sources} == {"complete"}
        assert all("Licence Ouverte" in source.licence for source in sources)
