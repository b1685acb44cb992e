"""Vector tiles: what is written is what a reader of the format finds, and nothing gapes between neighbours."""

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.maps.coverage import filled, in_one_piece, mended, neighbours, united
from maillage.core.maps.mvt import EXTENT, Layer, encode, varint, varints
from maillage.core.maps.pyramid import Country, pyramid
from maillage.core.maps.tiles import Tile, in_tile, simplified, tiles_of, to_world


def objects(*shapes) -> np.ndarray:
    return np.array(shapes, dtype=object)


def decode(content: bytes):
    return mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})


def test_a_tile_says_what_a_reader_of_the_format_expects():
    ring = shapely.box(100, 100, 300, 200).difference(shapely.box(150, 120, 200, 150))
    two = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(50, 50, 60, 60)])
    content = encode([Layer("communes", objects(ring, two), {"code": ["35236", "2A004"], "nom": ["Redon", "Ajaccio"]})])
    layer = decode(content)["communes"]
    assert layer["extent"] == EXTENT
    assert layer["version"] == 2
    first, second = layer["features"]
    assert first["properties"] == {"code": "35236", "nom": "Redon"}
    assert shapely.geometry.shape(first["geometry"]).equals(ring)
    assert second["properties"]["code"] == "2A004"
    assert shapely.geometry.shape(second["geometry"]).equals(two)


def test_a_shape_smaller_than_a_pixel_is_left_out_and_the_others_stay():
    shapes = objects(shapely.box(5.1, 5.1, 5.2, 5.2), shapely.box(0, 0, 10, 10), shapely.Polygon())
    found = decode(encode([Layer("communes", shapes, {"code": ["a", "b", "c"]})]))
    assert [each["properties"]["code"] for each in found["communes"]["features"]] == ["b"]
    assert encode([Layer("communes", shapes[[0, 2]], {"code": ["a", "c"]})]) == b""
    assert encode([]) == b""


def test_a_hole_goes_with_the_polygon_that_lost_its_area():
    sliver = shapely.Polygon([(0, 0), (0.3, 0), (0.3, 900), (0, 900)], [[(0.1, 5), (0.2, 5), (0.2, 800), (0.1, 800)]])
    assert encode([Layer("communes", objects(sliver), {"code": ["a"]})]) == b""


@given(st.lists(st.integers(0, 2**34), min_size=1, max_size=50))
def test_numbers_by_arrays_are_the_numbers_one_by_one(numbers):
    assert varints(np.array(numbers))[0] == b"".join(varint(number) for number in numbers)


def grid(side: int, seed: int) -> np.ndarray:
    """A coverage of squares whose inner corners were moved at random: borders match and are never straight."""
    moved = np.random.default_rng(seed).uniform(-0.3, 0.3, (side + 1, side + 1, 2))
    moved[[0, -1]] = moved[:, [0, -1]] = 0
    corner = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0), indexing="ij"), axis=-1) + moved
    return objects(
        *(
            shapely.Polygon([corner[i, j], corner[i + 1, j], corner[i + 1, j + 1], corner[i, j + 1]])
            for i in range(side)
            for j in range(side)
        )
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_no_gap_and_no_overlap_between_neighbours_in_a_tile(seed):
    shapes = shapely.segmentize(grid(5, seed), 0.1)
    world = to_world(shapely.transform(shapes, lambda points: points * 0.2 + (1, 46)))
    for zoom in (5, 7):
        simple = simplified(world, zoom, 1)
        (tile, ranks), *_ = [each for each in tiles_of(simple, zoom) if len(each[1]) == 25]
        codes = [str(rank) for rank in ranks]
        found = decode(encode([Layer("c", in_tile(simple[ranks], tile), {"code": codes})]))["c"]["features"]
        drawn = objects(*(shapely.geometry.shape(each["geometry"]) for each in found))
        assert len(drawn) == 25
        # A pixel of the screen is 64 units of area; rounding moves a corner by half a unit at most.
        whole = shapely.union_all(drawn)
        filled = shapely.Polygon(whole.exterior)
        assert filled.area - whole.area < 32
        assert shapely.area(drawn).sum() - whole.area < 32
        assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(world).sum()


def test_a_place_falls_in_the_tile_of_its_longitude_and_latitude():
    redon = to_world(objects(shapely.box(-2.1, 47.6, -2.0, 47.7)))
    assert [tile for tile, _ in tiles_of(redon, 8)] == [Tile(8, 126, 89)]
    left, top, right, bottom = in_tile(redon, Tile(8, 126, 89))[0].bounds
    assert 0 < left < right < EXTENT
    assert 0 < top < bottom < EXTENT


def test_a_shape_across_tiles_is_cut_at_their_margin():
    wide = to_world(objects(shapely.box(-5, 45, 5, 50)))
    for tile, _ranks in tiles_of(wide, 7):
        left, top, right, bottom = in_tile(wide, tile)[0].bounds
        assert min(left, top) >= -64.01
        assert max(right, bottom) <= EXTENT + 64.01


def test_the_pyramid_gives_every_layer_at_every_zoom():
    country = Country(
        shapes=objects(shapely.box(2, 47, 3, 48), shapely.box(3, 47, 4, 48)),
        codes=["18001", "58001"],
        names=["Ouest", "Est"],
        places={"departements": ["18", "58"], "epci": ["200000001", None]},
        inside={"18101": shapely.box(2, 47, 2.5, 47.5)},
    )
    made = dict(pyramid(country))
    assert {tile.zoom for tile in made} == set(range(3, 9))
    for tile, content in made.items():
        codes = {
            name: {each["properties"]["code"] for each in layer["features"]} for name, layer in decode(content).items()
        }
        assert codes["communes"] <= {"18001", "58001"}
        assert codes.get("epci", set()) <= {"200000001"}
        assert ("arrondissements" in codes) <= (tile.zoom == 8)


def test_gaps_and_overlaps_between_communes_are_mended():
    left, right = shapely.box(0, 0, 1, 1), shapely.box(0.999, 0, 2, 1)
    far = shapely.box(5, 5, 6, 6)
    clean = mended(objects(left, right, far))
    assert shapely.coverage_is_valid(clean)
    assert clean[2] is far
    assert shapely.area(clean).sum() == pytest.approx(3)


def test_an_empty_place_goes_to_the_only_neighbour_that_lacks_a_part():
    ring = [shapely.box(*corner) for corner in ((0, 0, 3, 1), (0, 2, 3, 3), (0, 1, 1, 2), (2, 1, 3, 2))]
    shapes = mended(objects(*ring))
    grown, count = filled(shapes, np.array([1]))
    assert count == 1
    assert grown[1].area == pytest.approx(4)
    assert filled(shapes, np.array([0, 1]))[1] == 0
    assert filled(shapes, np.array([], dtype=np.int64))[1] == 0


def test_places_are_the_union_of_their_communes():
    found = united(
        objects(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(9, 9, 10, 10)), ["a", "a", None]
    )
    assert list(found) == ["a"]
    assert found["a"].equals(shapely.box(0, 0, 2, 1))


def test_a_point_in_common_is_not_a_border():
    corner = objects(shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2), shapely.box(1, 0, 2, 1))
    assert neighbours(corner[:2]) == []
    assert in_one_piece(corner) == [[0, 1, 2]]
    assert in_one_piece(corner[:2]) == [[0], [1]]
