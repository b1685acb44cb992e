"""The map and the charts of a diagnosis: which figure they show, their image, their words."""

import html
import json

import pytest
from tests.web.diagnosis_sample import POPULATION, POVERTY, many, sample

from maillage.web.territoires import changes, charts, maps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PAGE = "/territoires/diagnostic/"
TWO = {"communes": ["35236", "35294"]}


def settings(page):
    return json.loads(html.unescape(page.one("figure", data_map=True).attrs["data-settings"]))


def test_a_figure_that_two_communes_have_can_be_coloured_and_another_cannot():
    codes = [figure["code"] for figure in maps.figures_by_commune(sample().as_dict())]
    assert codes == [POPULATION.code]


def test_the_figure_asked_is_coloured_else_one_that_says_most():
    told = sample(many(12)).as_dict()
    assert maps.coloured(told, POPULATION.code).figure["code"] == POPULATION.code
    assert maps.coloured(told, POVERTY.code).figure["code"] == POPULATION.code
    assert maps.coloured(told, "nulle.part").values["35001"] == 1


def test_the_page_carries_the_values_of_its_communes_only_and_outlines_them(visit):
    page = visit(PAGE, {**TWO, "carte": "population.totale"})
    told = settings(page)
    assert set(told["valeurs"]) == {"35236", "35294"}
    assert told["communes"] == ["35236", "35294"]
    form = page.one("form", class_="map-choice")
    assert form.one("option", selected=True).attrs["value"] == "population.totale"
    assert [field.attrs["value"] for field in form.all("input", name="communes")] == ["35236", "35294"]


def test_the_image_of_the_map_is_not_found_where_nothing_can_be_drawn(client):
    assert client.get(f"{PAGE}carte.svg", {"communes": "99999"}).status_code == 404


def test_the_charts_of_a_section_come_alone_with_their_words(client):
    response = client.get(f"{PAGE}graphiques/population/", TWO)
    said = response.content.decode()
    assert "<svg" in said
    assert "<title" in said
    assert "style=" not in said
    assert "<html" not in said
    assert client.get(f"{PAGE}graphiques/nulle-part/", TWO).status_code == 404


def test_without_javascript_the_charts_are_asked_in_the_page(visit):
    page = visit(PAGE, TWO)
    link = next(each for each in page.one("main").all("a") if each.text.startswith("Voir les graphiques"))
    drawn = visit(PAGE + link.attrs["href"].partition("#")[0])
    assert len(drawn.all("figure", class_="chart-figure")) >= 1
    assert page.all("figure", class_="chart-figure") == []


def test_a_section_without_a_chart_has_none():
    told = sample().as_dict()
    assert charts.drawn(told, told["sections"][0]) == []


def test_the_map_of_what_changes_gives_way_to_the_table_when_the_country_changes():
    rows = [changes.Change(f"{rank:05}", "V", 10, None, 1.0, 1.0 + rank, 1) for rank in range(1, 4)]
    assert json.loads(maps.of_changes(rows, "u")["reglages"])["valeurs"]["00003"] == 3
    assert maps.of_changes(rows * maps.MOST, "u") is None
    assert maps.of_changes([], "u") is None


@pytest.mark.parametrize(
    ("gap", "said"), [(0.3, "+0,3"), (-0.3, "−0,3"), (0.001, "+ (moins de 0,1)"), (-0.001, "− (moins de 0,1)")]
)
def test_a_change_has_its_sign_and_is_never_told_as_nothing(gap, said):
    assert changes.Change("35236", "Redon", 10, None, 1.0, 1.0 + gap, 1).told == said
