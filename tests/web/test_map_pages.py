"""The map of the territories: its page without JavaScript, and what the map fetches."""

import gzip
import json

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from django.utils import timezone
from tests.small_world import create_territories
from tests.web.reading import read

from maillage.apps.territories.cartes.marks import Marks
from maillage.apps.territories.contours import store, tiling
from maillage.apps.territories.models import (
    Commune,
    DataSource,
    Facility,
    Grouping,
    GroupMember,
    Indicator,
    PopulationByAge,
    Qpv,
    Series,
    Value,
    Zoning,
)

pytestmark = pytest.mark.django_db
PAGE = "/territoires/carte/"
APL = "apl.medecin_generaliste"
SHAPES = {
    "35236": shapely.box(-2.1, 47.6, -2.0, 47.7),
    "35294": shapely.box(-2.0, 47.6, -1.9, 47.7),
    "35238": shapely.box(-1.7, 48.0, -1.6, 48.1),
}


@pytest.fixture
def world(db):
    create_territories()


def a_source(key: str, **more) -> DataSource:
    return DataSource.objects.create(
        key=key, source=key, label=key, producer="DREES", carrier="fichier essai.xlsx", vintage="2021", licence="libre",
        rows_written=1, loaded_at=timezone.now(), state=DataSource.State.COMPLETE, checksum="0" * 64, **more,
    )  # fmt: skip


@pytest.fixture
def apl(world):
    """2.1 in Redon, hidden in Rennes, and Sainte-Marie is not in the file."""
    indicator = Indicator.objects.create(
        code=APL, label="APL aux médecins généralistes", theme="accessibilite", unit="consultations", producer="DREES",
        aggregation="moyenne", weight="population.totale", decimals=1, secrecy="Les petites communes sont masquées.",
    )  # fmt: skip
    source = a_source("apl")
    for vintage, redon in (("2021", 2.14), ("2019", 2.9)):
        series = Series.objects.create(source=source, indicator=indicator, level="commune", vintage=vintage)
        Value.objects.create(series=series, code="35236", value=redon)
        Value.objects.create(series=series, code="35238", value=None)
    return indicator


@pytest.fixture
def prepared(world, tmp_path, settings):
    """The shapes of the three communes, with their tiles."""
    settings.TERRITORIES_DIR = tmp_path
    communes = np.array(list(SHAPES.values()), dtype=object)
    levels = {
        "commune": SHAPES,
        "arrondissement": {},
        "epci": {"243500741": shapely.union_all(communes[:2])},
        "departement": {"35": shapely.union_all(communes)},
        "region": {"53": shapely.union_all(communes)},
    }
    codes = sorted(SHAPES)
    country = {
        "noms": [Commune.objects.get(code=code).nom for code in codes],
        "lieux": {"epci": ["243500741", None, "243500741"], "departement": ["35"] * 3, "region": ["53"] * 3},
    }
    store.write_shapes(tmp_path / "contours-1", {name: store.packed(each) for name, each in levels.items()}, country)
    a_source("contours", file="contours-1")
    tiling.build_tiles(tmp_path / "contours-1")
    return tmp_path / "contours-1"


def fetched(client, address, data=None, status=200):
    response = client.get(f"{PAGE}{address}", data)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def test_a_tile_is_served_compressed_and_kept_by_the_browser(client, prepared):
    response = client.get(f"{PAGE}tuiles/8/126/89.mvt?v=contours-1")
    assert response["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "immutable" in response["Cache-Control"]
    found = mapbox_vector_tile.decode(gzip.decompress(response.content))
    assert {each["properties"]["code"] for each in found["communes"]["features"]} == {"35236", "35294", "35238"}
    again = client.get(f"{PAGE}tuiles/8/126/89.mvt", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "public, no-cache"


def test_an_empty_tile_is_an_empty_answer_and_one_not_ready_is_not_found(client, prepared):
    assert client.get(f"{PAGE}tuiles/8/0/0.mvt").status_code == 204
    assert client.get(f"{PAGE}tuiles/12/0/0.mvt").status_code == 404


def test_the_map_says_how_far_its_tiles_are(client, prepared, world):
    assert fetched(client, "preparation.json") == {"contours": True, "fait": 6, "total": 6, "version": "contours-1"}
    DataSource.objects.filter(key="contours").delete()
    assert fetched(client, "preparation.json")["contours"] is False


def test_values_tell_what_is_hidden_from_what_is_zero(client, apl):
    told = fetched(client, "valeurs.json", {"indicateur": APL})
    assert dict(zip(told["codes"], told["valeurs"], strict=True)) == {"35236": 2.14, "35238": None}
    assert (told["unite"], told["millesime"], told["niveau"]) == ("consultations", "2021", "commune")
    assert told["source"] == "DREES, fichier essai.xlsx"
    assert "petites communes" in told["secret_statistique"]
    assert told["classes"][-1] == {"libelle": "non diffusé ou inconnu", "couleur": None, "nombre": 1}


def test_another_vintage_can_be_asked(client, apl):
    told = fetched(client, "valeurs.json", {"indicateur": APL, "millesime": "2019"})
    assert told["valeurs"] == [2.9, None]
    refused = fetched(client, "valeurs.json", {"indicateur": APL, "millesime": "1999"}, 422)
    assert refused["erreurs"][0]["champ"] == "millesime"


def test_the_same_values_are_not_sent_twice(client, apl):
    first = client.get(f"{PAGE}valeurs.json?indicateur={APL}")
    assert (
        client.get(f"{PAGE}valeurs.json?indicateur={APL}", headers={"If-None-Match": first["ETag"]}).status_code == 304
    )


def test_an_unknown_indicator_or_level_is_refused_with_what_is_expected(client, apl):
    refused = fetched(client, "valeurs.json", {"indicateur": "apl.medecin_generalist"}, 422)
    assert APL in refused["erreurs"][0]["message"]
    refused = fetched(client, "valeurs.json", {"indicateur": APL, "niveau": "region"}, 422)
    assert refused["erreurs"][0]["champ"] == "niveau"


def test_what_adds_up_is_summed_and_what_is_not_known_stays_unknown(client, world):
    told = fetched(client, "valeurs.json", {"indicateur": "population.totale", "niveau": "epci"})
    assert dict(zip(told["codes"], told["valeurs"], strict=True)) == {"243500741": 11000}
    Commune.objects.filter(code="35294").update(population=None, population_vintage="")
    told = fetched(client, "valeurs.json", {"indicateur": "population.totale", "niveau": "epci"})
    assert told["valeurs"] == [None]


def test_a_share_is_that_of_the_people_never_a_mean_of_shares(client, world):
    PopulationByAge.objects.create(
        commune_id="35294", moins_de_20=0, de_20_a_64=1000, plus_de_65=0, total=1000, vintage="2020"
    )
    asked = {"indicateur": "population.part_65_plus", "niveau": "epci"}
    assert fetched(client, "valeurs.json", asked)["valeurs"] == [25]
    communes = fetched(client, "valeurs.json", {**asked, "niveau": "commune"})
    assert dict(zip(communes["codes"], communes["valeurs"], strict=True))["35238"] is None


def test_a_zonage_has_its_classes_in_order(client, world):
    source = a_source("zonage")
    for commune, classe in (("35236", "zip"), ("35294", "hors_zone")):
        Zoning.objects.create(source=source, profession="infirmier", commune=commune, classe=classe, brut=classe)
    told = fetched(client, "valeurs.json", {"indicateur": "zonage.infirmier"})
    labels = [each["libelle"] for each in told["classes"]]
    assert labels[:2] == ["hors de ces zones", "zone d’intervention prioritaire (ZIP)"]
    assert dict(zip(told["codes"], told["valeurs"], strict=True)) == {"35236": 1, "35238": None, "35294": 0}
    page = client.get(PAGE, {"indicateur": "zonage.infirmier"}).content.decode()
    assert "zone d’intervention prioritaire (ZIP)" in page


def test_points_are_those_of_the_box_and_of_the_category(client, world):
    source = a_source("finess")
    for number, longitude, category in (
        ("350000001", -2.05, "603"),
        ("350000002", 5.0, "603"),
        ("350000003", -2.05, "620"),
    ):
        Facility.objects.create(
            finess=number, source=source, nom="Maison", categorie=category, latitude=47.65, longitude=longitude
        )
    square = shapely.box(-2.06, 47.64, -2.04, 47.66).__geo_interface__
    Qpv.objects.create(code="QN035001", source=source, nom="Bellevue", communes=["35236"], geometry=square)
    found = fetched(client, "points.json", {"bbox": "-2.1,47.6,-2,47.7", "categorie": "603", "qpv": "oui"})
    assert [each["properties"]["code"] for each in found["etablissements"]["features"]] == ["350000001"]
    assert [each["properties"]["nom"] for each in found["qpv"]["features"]] == ["Bellevue"]
    assert found["incomplet"] is False
    assert fetched(client, "points.json", {"bbox": "0,0,1,1", "qpv": "oui"})["qpv"]["features"] == []
    for wrong in ("", "1,2,3", "a,b,c,d", "5,0,1,1", "nan,0,1,1", "1_0,0,11,1", "٣,0,11,1"):
        assert fetched(client, "points.json", {"bbox": wrong}, 422)["erreurs"][0]["champ"] == "bbox"


def test_the_territories_of_the_known_cpts_are_outlined(client, visit, apl, prepared):
    Commune.objects.filter(code="35236").update(longitude=-2.08, latitude=47.65)
    group = Grouping.objects.create(source=a_source("cpts"), kind="cpts", code="1", nom="CPTS du pays de Redon")
    GroupMember.objects.bulk_create(GroupMember(grouping=group, commune=code) for code in ("35236", "35294"))
    box = {"bbox": "-2.2,47.5,-1.8,47.8"}
    found = client.get(f"{PAGE}points.json", {**box, "cpts": "oui"}).json()["cpts"]["features"]
    assert [each["properties"]["nom"] for each in found] == ["CPTS du pays de Redon"]
    assert shapely.geometry.shape(found[0]["geometry"]).bounds == (-2.1, 47.6, -1.9, 47.7)
    assert client.get(f"{PAGE}points.json", box).json()["cpts"]["features"] == []
    assert "territoires des CPTS connues" in visit(PAGE, {"indicateur": APL, "niveau": "commune"}).text


def test_the_page_says_the_same_figures_in_a_table_without_javascript(visit, apl):
    page = visit(PAGE, {"indicateur": APL, "niveau": "commune", "departement": "35"})
    lines = [[cell.text for cell in row.all("th", "td")] for row in page.one("tbody").all("tr")]
    assert [line[1] for line in lines][:1] == ["2,1"]
    assert sorted(line[1] for line in lines[1:]) == ["non diffusé"]
    assert "Rennes" in lines[1][0]
    assert page.one("form", action=PAGE).attrs["method"] == "get"


def test_the_table_is_sorted_by_its_headings_and_unknown_values_come_last(visit, world):
    Commune.objects.filter(code="35294").update(population=None, population_vintage="")
    asked = {"indicateur": "population.totale", "niveau": "commune"}
    for direction, expected in (
        ("desc", ["Rennes", "Redon", "Sainte-Marie"]),
        ("asc", ["Redon", "Rennes", "Sainte-Marie"]),
    ):
        page = visit(PAGE, {**asked, "tri": "valeur", "sens": direction})
        assert [row.one("a").text for row in page.one("tbody").all("tr")] == expected
    assert [each.text for each in page.all("th") if each.attrs.get("aria-sort") == "ascending"] == ["Valeur"]
    by_name = visit(PAGE, {**asked, "tri": "nom", "sens": "desc"})
    assert [row.one("a").text for row in by_name.one("tbody").all("tr")] == ["Sainte-Marie", "Rennes", "Redon"]


def test_the_table_is_exported_with_its_sources(client, apl):
    response = client.get(PAGE, {"indicateur": APL, "format": "csv"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("code;nom;valeur;classe")
    assert (
        lines[1]
        == "35236;Redon;2.14;jusqu’à 2,1;APL aux médecins généralistes;consultations;2021;DREES, fichier essai.xlsx"
    )
    assert lines[2].startswith("35238;Rennes;;non diffusé")
    assert client.get(PAGE, {"indicateur": APL, "format": "xlsx"}).content.startswith(b"PK")


def test_the_geojson_has_outlines_where_they_are_known(client, apl, prepared):
    found = json.loads(client.get(PAGE, {"indicateur": APL, "format": "geojson"}).content)
    by_code = {each["properties"]["code"]: each for each in found["features"]}
    assert shapely.geometry.shape(by_code["35236"]["geometry"]).equals(SHAPES["35236"])
    assert by_code["35238"]["properties"]["valeur"] is None


def test_the_image_without_javascript_shows_the_communes_of_a_departement(client, apl, prepared):
    response = client.get(f"{PAGE}image.svg", {"indicateur": APL, "niveau": "commune", "departement": "35"})
    assert response["Content-Type"].startswith("image/svg+xml")
    assert "APL aux médecins généralistes" in response.content.decode()
    assert client.get(f"{PAGE}image.svg", {"indicateur": APL, "niveau": "commune"}).status_code == 404


def test_a_place_under_the_finger_is_told_with_its_links(client, apl):
    told = client.get(f"{PAGE}lieu/", {"code": "35236", "niveau": "commune", "indicateur": APL}).content.decode()
    assert "Redon" in told
    assert "2,1" in told
    assert "/territoires/communes/35236/" in told
    hidden = client.get(f"{PAGE}lieu/", {"code": "35238", "niveau": "commune", "indicateur": APL}).content.decode()
    assert "non diffusé" in hidden
    assert client.get(f"{PAGE}lieu/", {"code": "99999"}).status_code == 404


def test_a_commune_tells_where_the_map_must_go(client, world):
    Commune.objects.filter(code="35236").update(longitude=-2.08, latitude=47.65)
    said = client.get(f"{PAGE}lieu/", {"code": "35236", "niveau": "commune"}).content.decode()
    assert 'data-centre="-2.0800,47.6500"' in said


def test_a_wrong_question_keeps_the_form_and_says_what_is_expected(client, world):
    response = client.get(PAGE, {"indicateur": "population.total"})
    assert response.status_code == 422
    page = read(response.content.decode())
    assert "population.totale" in page.one(id="erreurs").text
    assert client.get(PAGE, {"departement": "99"}).status_code == 422
    assert client.get(PAGE, {"niveau": "canton"}).status_code == 422


def test_a_map_without_data_says_what_to_load(client, db):
    assert "maillage donnees preparer" in client.get(PAGE).content.decode()


def test_the_worker_of_the_map_is_allowed_and_only_ours(client, world):
    assert "worker-src 'self'" in client.get(PAGE)["Content-Security-Policy"]


def test_the_modules_of_the_map_are_served_as_javascript(client):
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs"):
        response = client.get(f"/static/vendor/maplibre/{name}")
        assert response["Content-Type"].split(";")[0] == "text/javascript"
        response.close()


def test_the_classes_may_be_the_thresholds_of_the_zonage(client, visit, apl):
    page = visit(PAGE, {"indicateur": APL, "niveau": "commune", "classes": "zonage"})
    assert page.one("select", id="classes").one("option", value="zonage").text == "seuils du zonage (2,5 et 4)"
    assert "Seuils du zonage" in page.text
    told = client.get("/territoires/carte/valeurs.json", {"indicateur": APL, "niveau": "commune", "classes": "zonage"})
    labels = [each["libelle"] for each in json.loads(told.content)["classes"]]
    assert labels[:3] == ["2,5 ou moins", "plus de 2,5, jusqu’à 4", "plus de 4"]


def test_a_place_at_a_threshold_is_in_the_class_under_it():
    assert Marks((2.5, 4.0), "", "").scale("").ranks([2.5, 2.501, 4, 4.1]).tolist() == [0, 1, 1, 2]


def test_another_indicator_keeps_the_departement_and_says_that_the_level_changes(visit, apl):
    page = visit(PAGE, {"indicateur": APL, "niveau": "epci", "departement": "35"})
    assert "la carte est par commune" in page.one("p", class_="notice", role="status").text
    assert page.one("select", id="departement").one("option", value="35").attrs["selected"] is not None


def test_without_javascript_nor_departement_the_page_says_what_to_choose(visit, apl):
    assert "choisissez un département" in visit(PAGE, {"indicateur": APL, "niveau": "commune"}).one("noscript").text
