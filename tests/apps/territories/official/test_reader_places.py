"""Groupings of communes, priority neighbourhoods and the density grid."""

import json

import polars as pl
import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_text, write_workbook

from maillage.apps.territories import figures
from maillage.apps.territories.models import Commune, DataSource, Grouping, Qpv
from maillage.apps.territories.reading.rows import LoadError


class TestGroupings:
    def test_bassins_de_vie_from_a_table(self, load, folder):
        path = folder / "zonages.parquet"
        pl.DataFrame(
            {"DEPCOM": ["35236", "35238"], "BV2022": ["35236", "35238"], "LIB_BV2022": ["R", "Rennes"]}
        ).write_parquet(path)
        [found] = load("bassins-de-vie", path).loaded
        assert (found.key, found.vintage) == ("bassins-de-vie", "2022")
        assert [row.nom for row in figures.groupings_of("bassin_de_vie")] == ["R", "Rennes"]

    def test_names_stand_on_another_sheet_in_the_table_of_the_insee(self, load, folder):
        sheets = {
            "COM": [["Titre"], ["CODGEO", "LIBGEO", "DEP", "BV2022"], ["35236", "Redon", "35", "35236"]],
            "Zones_supra": [
                ["Titre"],
                ["NIVGEO", "CODGEO", "LIBGEO"],
                ["BV2022", "35236", "Pays de Redon"],
                ["DEP", "35", "X"],
            ],
        }
        load("bassins-de-vie", write_workbook(folder / "table-appartenance-2025.xlsx", sheets))
        assert Grouping.objects.get().nom == "Pays de Redon"

    def test_a_new_file_takes_the_place_of_the_former(self, load, folder):
        header = "INSEE_COM;Code_TVS;Nom_TVS"
        load("tvs", write_text(folder / "tvs1.csv", header, "35236;A;Un", "35238;B;Deux"))
        load("tvs", write_text(folder / "tvs2.csv", header, "35236;C;Trois", "35900;A;Un"))
        assert figures.members_of("tvs") == {"35236": "C"}

    def test_two_cpts_may_share_a_commune_and_it_is_said(self, load, folder):
        lines = ("35236;1;CPTS du Nord", "35236;2;CPTS du Sud", "35238;2;CPTS du Sud", "35294;;")
        [found] = load("cpts", write_text(folder / "cpts.csv", "code_commune;code;nom", *lines)).loaded
        assert found.rejects[0].reason == "le code du regroupement est vide"
        assert "1 commune dans plusieurs" in found.notes[0]
        shared = figures.groupings_of_communes(["35236"], "cpts")["35236"]
        assert {row.nom for row in shared} == {"CPTS du Nord", "CPTS du Sud"}


def feature(code="QN03501M", point=(-2.08, 47.65), **said):
    ring = [[point, (point[0] + 0.1, point[1]), (point[0], point[1] + 0.1), point]]
    properties = {"code_qp": code, "lib_qp": "Bellevue", "insee_com": "35236", **said}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": ring}}


def geojson(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


class TestNeighbourhoods:
    def test_contours_and_communes(self, load, folder):
        second = feature("QN03502M", insee_com="35238, 35900", lib_qp="Villejean")
        wrong = feature("QN97801M", insee_com="97801")
        [found] = load("qpv", geojson(folder / "qp2024.geojson", feature(), second, wrong)).loaded
        assert (found.vintage, found.written, found.rejected) == ("2024", 2, 1)
        assert Qpv.objects.get(code="QN03502M").communes == ["35236", "35238"]
        assert Qpv.objects.get(code="QN03501M").geometry["type"] == "Polygon"
        assert [row.nom for row in figures.qpv_of(["35238"])] == ["Villejean"]

    def test_a_list_has_no_contour(self, load, folder):
        load("qpv", write_text(folder / "listeqp2024.csv", "code_qp;lib_qp;insee_com", "QN03501M;Bellevue;35236"))
        assert Qpv.objects.get().geometry is None

    def test_contours_in_lambert_are_refused_with_what_to_take(self, load, folder):
        with pytest.raises(LoadError, match="EPSG:4326"):
            load("qpv", geojson(folder / "qp2024.geojson", feature(point=(330_000, 6_740_000))))

    def test_a_commune_that_lost_its_zero_is_found_again(self, load, folder):
        redon = Commune.objects.get(code="35236")
        names = {"nom": "Ambérieu", "nom_recherche": "amberieu", "nom_sans_article": "amberieu"}
        Commune.objects.create(code="01004", departement=redon.departement, **names)
        load("qpv", geojson(folder / "qp2024.geojson", feature(insee_com=1004)))
        assert Qpv.objects.get().communes == ["01004"]

    def test_a_contour_that_is_none_is_left_out(self, load, folder):
        wrong = [feature(f"QN0350{rank}M") for rank in (2, 3)]
        wrong[0]["geometry"] = {"type": "Polygon", "coordinates": [[[-2, 47], ["a", "b"]]]}
        wrong[1]["geometry"] = {"type": "Polygone", "coordinates": [[[-2, 47]]]}
        good = [feature(), feature("QN03504M")]
        [found] = load("qpv", geojson(folder / "qp2024.geojson", *good, *wrong)).loaded
        assert (found.written, [reject.line for reject in found.rejects]) == (2, [3, 4])

    @pytest.mark.parametrize("content", [[1, None], [{"properties": [1], "geometry": 3}]])
    def test_features_that_are_none_are_refused(self, load, folder, content):
        with pytest.raises(LoadError, match="aucun quartier n'a de code"):
            load("qpv", geojson(folder / "qp2024.geojson", *content))

    def test_a_file_of_no_neighbourhood_is_told_with_one_full_stop(self, load, folder):
        load("qpv", geojson(folder / "qp2023.geojson", feature()))
        with pytest.raises(LoadError):
            load("qpv", geojson(folder / "qp2024.geojson"))
        told = DataSource.objects.get(key="qpv").message
        assert "ne peut être chargée. " in told
        assert ". ." not in told
        assert Qpv.objects.count() == 1

    def test_contours_of_letters_are_refused(self, load, folder):
        wrong = feature()
        wrong["geometry"]["coordinates"] = ["a", "b"]
        with pytest.raises(LoadError, match="longitude et latitude"):
            load("qpv", geojson(folder / "qp2024.geojson", wrong))

    def test_another_json_is_refused(self, load, folder):
        (folder / "a.json").write_text('{"x": 1}')
        with pytest.raises(LoadError, match="GeoJSON"):
            load("qpv", folder / "a.json")


class TestDensity:
    def test_a_level_out_of_its_grid_is_left_out(self, load, folder):
        rows = [("35236", 4), ("35238", 12), ("35294", 2.5), ("35900", 0)]
        sheets = {"Grille": [("CODGEO", "DENS7"), *rows, *[("35236", 4)] * 3]}
        [found] = load("densite", write_workbook(folder / "grille_2024.xlsx", sheets)).loaded
        assert values("densite.grille_7", "2024") == {"35236": 4}
        wrong = ((3, 12), (4, 2.5), (5, 0))
        assert [(reject.line, reject.reason) for reject in found.rejects] == [
            (line, f"un niveau de densité est attendu : « {level} » de 1 à 7") for line, level in wrong
        ]

    def test_the_seven_levels_are_known_by_their_figures(self, load, folder):
        sheets = {
            "Grille": [["Titre"], ["CODGEO", "LIBGEO", "DENS", "LIBDENS"], ["35236", "Redon", 4, "Petites villes"]]
        }
        load("densite", write_workbook(folder / "grille_densite_7_niveaux_2024.xlsx", sheets))
        assert values("densite.grille_7", "2024") == {"35236": 4}

    def test_both_grids_of_a_file_are_kept(self, load, folder):
        load(
            "densite", write_text(folder / "fichier_diffusion_2025.csv", "CODGEO;DENS;DENS7", "35236;2;4", "35238;1;1")
        )
        assert values("densite.grille_3", "2025") == {"35236": 2, "35238": 1}
        assert values("densite.grille_7", "2025") == {"35236": 4, "35238": 1}

    def test_the_grid_of_three_levels_takes_the_place_of_no_other(self, load, folder):
        load("densite", write_text(folder / "grille_2025.csv", "CODGEO;DENS7", "35236;4", "35238;1"))
        [found] = load(
            "densite", write_text(folder / "grille_densite_2025.csv", "CODGEO;DENS", "35236;2", "35238;1")
        ).loaded
        assert found.key == "densite-3-niveaux-2025"
        assert values("densite.grille_7", "2025") == {"35236": 4, "35238": 1}

    def test_the_year_that_is_nowhere_is_asked_for(self, load, folder):
        with pytest.raises(LoadError, match="--millesime"):
            load("densite", write_text(folder / "grille.csv", "CODGEO;DENS", "35236;2"))
