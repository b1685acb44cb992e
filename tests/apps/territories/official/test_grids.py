"""Cells and columns, whatever the file."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.apps.territories.official.files import open_file
from maillage.apps.territories.official.grids import figure, grids, normal, text
from maillage.apps.territories.official.places import Places, commune_code, to_today
from maillage.apps.territories.reading.rows import LoadError


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12,5", 12.5), ("1\u202f234,5", 1234.5), ("1 234", 1234), (12, 12), (0.5, 0.5), ("-3", -3), (" 7 ", 7),
        ("", None), (None, None), ("s", None), ("ND", None), ("ns", None), (float("nan"), None), ("n/a", None),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_the_french_write_it_and_a_hidden_one_is_unknown(cell, expected):
    assert figure(cell) == expected


@pytest.mark.parametrize("cell", ["douze", "1;2", "inf", "12%"])
def test_what_is_no_figure_is_refused(cell):
    with pytest.raises(ValueError, match=f"^« {cell} »$"):
        figure(cell)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_figure_is_read_back_as_it_was_written(value):
    assert figure(repr(value)) == value
    assert figure(repr(value).replace(".", ",")) == value


def test_codes_that_a_workbook_made_numbers_are_found_again():
    assert text(971.0) == "971"
    assert [commune_code(written) for written in ("1001", "01001", "2a004")] == ["01001", "01001", "2A004"]


def test_headers_are_compared_without_case_accents_nor_spaces_at_the_end():
    assert normal("APL aux médecins de 65 ans et moins ") == normal("apl AUX medecins de 65 ans et moins")


PLACES = Places(
    frozenset({"01001", "01002", "69123", "69381", "69382"}),
    parents={"69381": "69123", "69382": "69123"},
    former={"01901": "01001", "01902": "01001"},
)


@given(st.dictionaries(st.sampled_from(["01001", "01002", "01901", "01902"]), st.integers(0, 10**6), min_size=1))
def test_a_sum_of_communes_is_the_same_before_and_after_the_mergers(values):
    moved = to_today({code: float(value) for code, value in values.items()}, "somme", PLACES, {})
    assert sum(moved.values.values()) == sum(values.values())


@given(
    st.dictionaries(
        st.sampled_from(["01001", "01901", "01902"]), st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=2
    )
)
def test_a_weighted_mean_keeps_what_it_weighs(given):
    values = {code: float(value) for code, (value, _weight) in given.items()}
    weights = {code: float(weight) for code, (_value, weight) in given.items()}
    [mean] = to_today(values, "moyenne", PLACES, weights).values.values()
    assert mean * sum(weights.values()) == pytest.approx(sum(values[code] * weights[code] for code in values))


def test_a_city_has_the_sum_of_its_arrondissements_and_unknown_is_not_zero():
    assert to_today({"69381": 2.0, "69382": 3.0}, "somme", PLACES, {}).values["69123"] == 5
    assert to_today({"69381": 2.0, "69382": None}, "somme", PLACES, {}).values["69123"] is None
    assert to_today({"69381": 2.0, "69382": 3.0, "69123": 9.0}, "somme", PLACES, {}).values["69123"] == 9
    assert "69123" not in to_today({"69381": 2.0, "69382": 3.0}, "aucune", PLACES, {}).values


@pytest.mark.parametrize(("end", "said"), [("35238;1", "n'a pas de fin de ligne"), ("352", "au milieu de la ligne 3")])
def test_a_published_text_without_its_last_end_of_line_is_cut(tmp_path, end, said):
    path = tmp_path / "table.csv"
    path.write_text(f"CODGEO;MED21\n35236;12\n{end}", encoding="utf-8")
    [grid] = grids(open_file(path))
    with pytest.raises(LoadError, match=said):
        list(grid.lines())


def test_a_table_typed_by_hand_may_lack_its_last_end_of_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("code;quantite\n35236;12", encoding="utf-8")
    [grid] = grids(replace(open_file(path), by_hand=True))
    assert [row for _line, row in grid.lines()] == [["code", "quantite"], ["35236", "12"]]


def test_bytes_of_no_text_are_told_in_french(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"CODGEO;MED21\n\x81\x8d;1\n")
    [grid] = grids(open_file(path))
    with pytest.raises(LoadError, match="UTF-8 ou Windows-1252") as refused:
        list(grid.lines())
    assert "codec" not in str(refused.value)
