"""The map in a real browser: it draws, says the place one chooses, and a contour drawn on it fills the form."""

import re

import pytest
from playwright.sync_api import expect
from tests.parcours.conftest import LARGE, PHONE

MAP = "/territoires/carte/?indicateur=population.part_65_plus&niveau=commune&departement=35"
DRAWN = 240_000
"""Milliseconds left for the tiles, made the first time that a map is asked."""


@pytest.fixture
def drawn(new_page):
    """Opens a page whose map is drawn."""

    def open_map(address=MAP, **how):
        page = new_page(address, **how)
        expect(page.locator("[data-map]")).to_have_attribute("data-ready", "true", timeout=DRAWN)
        return page

    return open_map


def test_the_map_is_drawn_with_the_colours_of_the_legend_and_nothing_from_elsewhere(drawn):
    page = drawn()
    page.wait_for_timeout(500)
    colours = page.locator("[data-map]").evaluate(
        """(figure) => {
          const found = figure.map.queryRenderedFeatures({ layers: ["aplat"] });
          const codes = new Set(found.map((each) => each.properties.code));
          return [codes.size, found.some((each) => each.properties.nom === "Rennes")];
        }"""
    )
    assert colours[0] > 200
    assert colours[1]


@pytest.mark.parametrize("width", [LARGE, PHONE])
def test_the_place_under_the_middle_is_told_from_the_keyboard(drawn, width):
    page = drawn(width=width)
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("Enter")
    told = page.locator("[data-map-place]")
    expect(told).to_contain_text("Part des 65 ans et plus")
    expect(told.get_by_role("link", name="La fiche de la commune")).to_have_attribute(
        "href", re.compile("/territoires/communes/35")
    )


def test_the_map_turns_to_the_night_with_the_page(drawn):
    page = drawn()
    colour = "(figure) => JSON.stringify(figure.map.getPaintProperty('sol', 'background-color'))"
    by_day = page.locator("[data-map]").evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    assert page.locator("[data-map]").evaluate(colour) != by_day


def test_a_contour_drawn_with_the_mouse_fills_the_form(drawn):
    page = drawn("/territoires/?par=contour")
    page.get_by_role("button", name="Dessiner mon territoire").click()
    box = page.locator(".map-canvas").bounding_box()
    left, top = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4
    page.mouse.move(left, top)
    page.mouse.down()
    for across, down in ((80, 0), (80, 80), (0, 80)):
        page.mouse.move(left + across, top + down, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Terminer le contour").click()
    points = page.locator("#contour").input_value().split(";")
    assert 4 <= len(points) <= 200
    assert all(re.fullmatch(r"-?\d+\.\d{4},-?\d+\.\d{4}", point) for point in points)
    page.get_by_role("button", name="Effacer le contour").click()
    expect(page.locator("#contour")).to_have_value("")


def test_a_contour_is_drawn_from_the_keyboard_too(drawn):
    page = drawn("/territoires/?par=contour")
    page.get_by_role("button", name="Dessiner mon territoire").click()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.wait_for_timeout(500)
    page.get_by_role("button", name="Terminer le contour").click()
    assert len(page.locator("#contour").input_value().split(";")) == 3


def test_without_javascript_the_image_and_the_table_say_the_figures(new_page):
    page = new_page(MAP, javascript=False)
    expect(page.locator(".map-image")).to_be_visible()
    assert page.locator(".map-table tbody tr").count() == 100
