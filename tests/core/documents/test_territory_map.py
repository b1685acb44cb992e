"""The map of a territory, as an image."""

import re
from xml.etree import ElementTree as ET

import pytest
import shapely

from maillage.core.documents.map_projection import fitted
from maillage.core.documents.territory_map import Area, Site, map_png, map_svg
from maillage.core.maps.classes import PALETTE, UNKNOWN_FILL, UNKNOWN_HATCH, thresholds

SVG = "{http://www.w3.org/2000/svg}"
SCALE = thresholds([2.5], 1, "consultations par an et par habitant")


def square(west: float, south: float = 47) -> shapely.Polygon:
    return shapely.box(west, south, west + 1, south + 1)


AREAS = [
    Area("35236", "Redon", square(-2), 2.0),
    Area("35294", "Sainte-Marie", square(-1), 3.0),
    Area("35238", "Rennes", square(0), None),
]


@pytest.fixture(scope="module")
def drawing() -> str:
    return map_svg(AREAS, SCALE, title="Accessibilité", outline=square(-2), sites=[Site(-1.5, 47.5, "MSP")])


def fills(svg: str) -> list[str]:
    return re.findall(r'fill="(#[0-9a-f]{6})"', svg)


def test_each_area_takes_the_colour_of_its_class(drawing):
    assert fills(drawing)[1:4] == [PALETTE[0], PALETTE[-1], UNKNOWN_FILL]


def test_what_is_not_published_is_hatched_and_said(drawing):
    assert UNKNOWN_HATCH in drawing
    assert "non diffusé ou inconnu" in drawing
    assert UNKNOWN_HATCH not in map_svg(AREAS[:2], SCALE, title="Sans secret")


def test_the_image_has_a_name_and_tells_its_classes_in_words(drawing):
    root = ET.fromstring(drawing)  # noqa: S314
    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text == "Accessibilité"
    told = root.find(f"{SVG}desc").text.replace("\u00a0", " ")
    assert "Carte de 3 communes, en consultations par an et par habitant." in told
    assert "moins de 2,5 : 1 ; 2,5 ou plus : 1 ; non diffusé ou inconnu : 1." in told


def test_an_area_without_a_shape_is_told_and_not_drawn():
    found = map_svg([*AREAS, Area("15031", "Celles", None, 1.0)], SCALE, title="Carte")
    assert "absentes du dessin : 1" in found.replace("\u00a0", " ")
    assert map_svg([Area("15031", "Celles", None, 1.0)], SCALE, title="Carte") == ""


def test_the_same_values_give_the_same_image(drawing):
    again = map_svg(AREAS, SCALE, title="Accessibilité", outline=square(-2), sites=[Site(-1.5, 47.5, "MSP")])
    assert again == drawing


def test_a_drawing_holds_no_script_and_nothing_to_fetch(drawing):
    assert "<script" not in drawing
    assert "href" not in drawing
    assert "url(" not in drawing


def test_the_same_image_as_png(drawing):
    png = map_png(drawing)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 2 * 520


def test_the_north_is_up_and_the_west_is_left():
    plan = fitted([square(-2), square(-1, 48)], 520, 420, 14)
    assert plan.point(-2, 49)[1] < plan.point(-2, 47)[1]
    assert plan.point(-2, 47)[0] < plan.point(0, 47)[0]
    assert plan.shape(square(-2)).bounds[0] >= 14


def test_a_place_smaller_than_a_pixel_harms_no_map():
    tiny = Area("35999", "Îlot", shapely.box(-1.5, 46.9, -1.4999, 46.9001), 1.0)

    assert map_svg([*AREAS, tiny], SCALE, title="Accessibilité").startswith("<svg")
