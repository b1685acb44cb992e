"""Loading FINESS in the database, from each of its layouts."""

import datetime
import gzip

import pytest
from tests.apps.territories.directories.finess_files import (
    HISTORIC,
    HOUSE,
    PHARMACY,
    activities,
    activity,
    entity,
    flow,
    historic,
    key,
    older_activity,
    site,
    structure,
)

from maillage.apps.territories.models import DataSource, Facility, FacilityActivity
from maillage.apps.territories.reading.rows import LoadError


def test_a_historic_text_fills_the_table_and_says_its_day(load, tmp_path):
    outcome = load("finess", historic(tmp_path / "etalab_cs1100507_stock_20250512-0340.csv"))
    pharmacy = Facility.objects.get(finess=PHARMACY)
    assert (pharmacy.commune, pharmacy.categorie) == ("35236", "620")
    assert pharmacy.longitude == pytest.approx(5.3556513, abs=1e-6)
    assert DataSource.objects.get(key="finess").vintage == "extraction du 12\xa0mai\xa02025"
    assert (outcome.loaded[0].read, outcome.loaded[0].written) == (4, 4)


def test_the_json_flow_takes_the_place_of_the_historic_text(load, tmp_path):
    load("finess", historic(tmp_path / "etalab.csv"))
    other = key("35000005")
    load(
        "finess",
        flow(tmp_path / "finess-structures-mensuel-202603.json", entity(site(other), site(HOUSE, state="I"))),
        force=True,
    )
    assert list(Facility.objects.values_list("finess", flat=True)) == [other]
    row = DataSource.objects.get(key="finess")
    assert row.vintage == "extraction du 9\xa0mars\xa02026"
    assert "1 établissement non repris car fermé." in row.message


@pytest.mark.parametrize("cut", [0, 12])
def test_the_flow_is_read_packed_as_it_is_published(load, tmp_path, cut):
    path = flow(tmp_path / "structures.json", entity(site(PHARMACY)))
    packed = tmp_path / "finess-structures-mensuel-202603.json.gz"
    content = gzip.compress(path.read_bytes())
    packed.write_bytes(content[: len(content) - cut])
    if cut:
        with pytest.raises(LoadError, match="coupé"):
            load("finess", packed)
    else:
        load("finess", packed)
    assert Facility.objects.filter(finess=PHARMACY).exists() is not bool(cut)


def test_a_cut_flow_leaves_the_former_in_place(load, tmp_path):
    load("finess", historic(tmp_path / "etalab.csv"))
    path = flow(tmp_path / "finess-structures-mensuel-202603.json", entity(site(key("35000005"))))
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(LoadError, match="coupé"):
        load("finess", path)
    assert Facility.objects.filter(finess=PHARMACY).exists()


def test_a_text_cut_among_its_positions_leaves_the_former_in_place(load, tmp_path):
    load("finess", historic(tmp_path / "etalab-cs1100507-stock-20250512.csv"))
    kept = Facility.objects.count()
    cut = historic(tmp_path / "etalab-cs1100507-stock-20260512.csv")
    cut.write_bytes(cut.read_bytes()[:-8])
    with pytest.raises(LoadError, match="est coupé"):
        load("finess", cut)
    assert Facility.objects.count() == kept > 0
    assert DataSource.objects.get(key="finess").rows_written == kept


def test_a_file_of_which_most_numbers_are_wrong_is_refused(load, tmp_path):
    wrong = [structure(f"35000{rank:03d}0") for rank in range(100, 110)]
    with pytest.raises(LoadError, match="plus de la moitié"):
        load("finess", historic(tmp_path / "etalab.csv", [*HISTORIC[:2], *wrong]))
    assert not Facility.objects.exists()


def test_a_table_without_the_columns_of_finess_is_refused(load, tmp_path):
    path = tmp_path / "autre.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(LoadError, match="nofinesset"):
        load("finess", path)


def test_the_flow_of_activities_has_its_own_row_and_leaves_the_establishments(load, tmp_path):
    load("finess", historic(tmp_path / "etalab.csv"))
    items = [activity(), activity(code="17", state="I"), older_activity()]
    outcome = load("finess", flow(tmp_path / "finess-activites-mensuel-202603.json", activities(PHARMACY, *items)))
    assert list(FacilityActivity.objects.order_by("id").values_list("finess", "nature", "activite")) == [
        (PHARMACY, "AASA", "16"),
        (PHARMACY, "ASDR", "824"),
    ]
    assert FacilityActivity.objects.first().since == datetime.date(2009, 6, 10)
    assert Facility.objects.filter(finess=PHARMACY).exists()
    assert set(DataSource.objects.filter(source="finess").values_list("key", flat=True)) == {
        "finess",
        "finess-activites",
    }
    assert "1 activité terminée, non reprise." in outcome.loaded[0].notes


def test_loading_the_activities_twice_gives_the_same_rows(load, tmp_path):
    path = flow(tmp_path / "finess-activites.json", activities(PHARMACY, activity()))
    load("finess", path)
    load("finess", path, force=True)
    assert FacilityActivity.objects.count() == 1


def test_an_activity_that_lacks_what_the_schema_requires_is_told(load, tmp_path):
    items = [activity(), activity(), {"nature": None}]
    outcome = load("finess", flow(tmp_path / "finess-activites.json", activities(PHARMACY, *items)))
    assert [reject.line for reject in outcome.loaded[0].rejects] == [3]
