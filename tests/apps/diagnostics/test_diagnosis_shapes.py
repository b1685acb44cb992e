"""What outlines add to a diagnosis: the surface, the pieces, the map, the polygons."""

import datetime
import json
from pathlib import Path

import pytest
from shapely.geometry import box
from tests.apps.diagnostics.conftest import REDON, RENNES, SAINTE_MARIE, source

from maillage.apps.diagnostics.documents import document, maps, name_of
from maillage.apps.diagnostics.queries import diagnose
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.territories.contours.store import packed, write_shapes

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def shapes(figures: None, tmp_path: Path) -> None:
    """Redon and Sainte-Marie touch, Rennes is apart; the département holds the three."""
    communes = {
        REDON: box(-2.2, 47.6, -2.05, 47.75),
        SAINTE_MARIE: box(-2.05, 47.6, -1.9, 47.75),
        RENNES: box(-1.8, 48.0, -1.6, 48.2),
    }
    levels = {"commune": packed(communes), "departement": packed({"35": box(-2.2, 47.6, -1.6, 48.2)})}
    write_shapes(tmp_path / "contours-1", levels, {})
    row = source("contours", "", "à confirmer")
    row.file = "contours-1"
    row.save()


def made(**given):
    return diagnose(read_selection(given), today=TODAY)


@pytest.mark.usefixtures("shapes")
def test_the_surface_and_the_density_come_from_the_outlines():
    found = made(communes=[REDON, SAINTE_MARIE]).figures

    assert found["territoire.superficie"].value == pytest.approx(375.9, rel=0.01)
    assert found["territoire.densite"].value == pytest.approx(11_000 / found["territoire.superficie"].value)
    assert found["territoire.superficie"].comparators[0].value > 2_500


@pytest.mark.usefixtures("shapes")
def test_outlines_tell_whether_the_territory_holds_together():
    def pieces(*codes):
        warnings = made(communes=list(codes), structure="ess").warnings
        return next(each for each in warnings if each.code == "ess.continuite")

    assert pieces(REDON, SAINTE_MARIE).state == "respecte"
    assert pieces(REDON, RENNES).state == "alerte"
    assert "2 morceaux" in pieces(REDON, RENNES).text


@pytest.mark.usefixtures("shapes")
def test_the_map_shows_the_main_figure_by_commune():
    ((svg, caption),) = maps(made(communes=[REDON, SAINTE_MARIE]).as_dict())

    assert svg.startswith("<svg")
    assert caption.startswith("apl.medecin_generaliste.65_ans, par commune (2021)")


@pytest.mark.usefixtures("shapes")
def test_a_single_commune_has_no_map():
    assert maps(made(communes=[REDON]).as_dict()) == []


@pytest.mark.usefixtures("shapes")
def test_the_geojson_holds_the_outlines():
    content = json.loads(document(made(communes=[REDON]).as_dict(), "geojson", today=TODAY))

    assert content["features"][0]["geometry"]["type"] == "Polygon"


@pytest.mark.usefixtures("figures")
def test_without_outlines_there_is_no_map_and_the_surface_is_missing():
    found = made(communes=[REDON, SAINTE_MARIE])

    assert maps(found.as_dict()) == []
    assert "Superficie et densité de population" in {gap.subject for gap in found.missing}


@pytest.mark.usefixtures("figures")
def test_a_file_is_named_after_its_territory_and_its_day():
    assert name_of(made(communes=[REDON]).as_dict()) == "diagnostic-redon-2026-11-22"
