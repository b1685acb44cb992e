"""Reads of the figures: by place, by vintage, as arrays; zonages and groupings of communes."""

import datetime

import numpy as np
import pytest
from tests.small_world import create_territories

from maillage.apps.territories import figures
from maillage.apps.territories.models import (
    Commune,
    DataSource,
    Grouping,
    GroupMember,
    Indicator,
    Qpv,
    Series,
    Value,
    Zoning,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    create_territories()
    source = DataSource.objects.create(key="essai", source="essai", label="Essai", vintage="2025")
    income = Indicator.objects.create(code="revenus.mediane", label="Médiane", aggregation="aucune")
    care = Indicator.objects.create(code="equipement.pharmacie", label="Pharmacies", aggregation="somme")
    for vintage, given in (("2020", {"35236": 20_000.0}), ("2021", {"35236": 21_000.0, "35238": None})):
        fill(Series.objects.create(source=source, indicator=income, level="commune", vintage=vintage), given)
    fill(
        Series.objects.create(source=source, indicator=care, level="commune", vintage="2021", absent_is_zero=True),
        {"35236": 3.0},
    )
    return source


def fill(series, given):
    Value.objects.bulk_create([Value(series=series, code=code, value=value) for code, value in given.items()])


def test_the_latest_vintage_comes_first_and_nothing_loaded_is_none():
    assert [row.vintage for row in figures.series_of("revenus.mediane")] == ["2021", "2020"]
    assert figures.latest("revenus.mediane").vintage == "2021"
    assert figures.latest("revenus.mediane", "epci") is None
    assert [row.code for row in figures.indicators()] == ["equipement.pharmacie", "revenus.mediane"]


def test_hidden_is_none_not_named_is_absent_and_equipment_not_named_is_zero():
    codes = ["35236", "35238", "35294"]
    assert figures.values(figures.latest("revenus.mediane"), codes) == {"35236": 21_000, "35238": None}
    assert figures.values(figures.latest("equipement.pharmacie"), codes) == {"35236": 3, "35238": 0, "35294": 0}
    assert figures.values(figures.latest("equipement.pharmacie")) == {"35236": 3}


def test_several_series_are_read_in_one_query(django_assert_num_queries):
    series = [figures.latest("revenus.mediane"), figures.latest("equipement.pharmacie")]
    with django_assert_num_queries(1):
        found = figures.values_of_many(series, ["35236", "35294"])
    assert [found[row.pk] for row in series] == [{"35236": 21_000}, {"35236": 3, "35294": 0}]


def test_arrays_hold_every_commune_once_and_unknown_is_not_a_number():
    redon = Commune.objects.get(code="35236")
    Commune.objects.create(code="35237", nom="Quartier", type="ARM", parent=redon, departement=redon.departement)
    income = figures.arrays(figures.latest("revenus.mediane"))
    assert income.codes == ("35236", "35238", "35294")
    np.testing.assert_array_equal(income.values, [21_000, np.nan, np.nan])
    np.testing.assert_array_equal(figures.arrays(figures.latest("equipement.pharmacie")).values, [3, 0, 0])


def test_the_class_of_the_latest_decision_wins(world):
    for vintage, classe, since in (("2024", "zac", None), ("2026", "zip", datetime.date(2026, 1, 1))):
        source = DataSource.objects.create(key=f"zonage-{vintage}", label="Zonage", vintage=vintage)
        Zoning.objects.create(
            source=source, profession="medecin_generaliste", commune="35236", classe=classe, since=since
        )
    [found] = figures.zonings_of(["35236", "35238"])
    assert (found.classe, found.source.vintage) == ("zip", "2026")
    assert [row.key for row in figures.zoning_sources()] == ["zonage-2026", "zonage-2024"]


def test_communes_lead_to_their_groupings_and_their_neighbourhoods(world):
    grouping = Grouping.objects.create(source=world, kind="tvs", code="35T01", nom="Redon")
    GroupMember.objects.create(grouping=grouping, commune="35236")
    Qpv.objects.create(code="QN035001", source=world, nom="Bellevue", communes=["35236"])
    assert figures.members_of("tvs") == {"35236": "35T01"}
    assert figures.groupings_of("tvs") == [grouping]
    assert figures.groupings_of_communes(["35236", "35238"], "tvs") == {"35236": [grouping]}
    assert [row.nom for row in figures.qpv_of(["35236"])] == ["Bellevue"]
    assert figures.qpv_of(["35238"]) == []
