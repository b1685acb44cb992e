"""A small world for accessibility: three communes along the Vilaine, one of Mayotte, one without a mairie."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from maillage.apps.territories.models import (
    Commune,
    DataSource,
    Departement,
    Epci,
    Indicator,
    PopulationByAge,
    Practice,
    Region,
    Series,
    Value,
)

DAY = datetime.date(2026, 11, 22)
# Redon and Sainte-Marie are some 6 km apart, Rennes is out of reach of both.
PLACES = {
    "35236": ("Redon", 9_000, (-2.0842, 47.6514)),
    "35294": ("Sainte-Marie", 2_000, (-2.0048, 47.6890)),
    "35238": ("Rennes", 220_000, (-1.6778, 48.1173)),
    "97608": ("Mamoudzou", 71_000, (45.2280, -12.7806)),
    "35900": ("Nulle-Part", 100, (None, None)),
}
AGES = {"35236": (2_000, 4_500, 2_500), "35294": (500, 1_100, 400), "35238": (50_000, 135_000, 35_000)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    return tmp_path


@pytest.fixture
def communes(db: None) -> None:
    bretagne = Region.objects.create(code="53", nom="Bretagne")
    mayotte = Region.objects.create(code="06", nom="Mayotte")
    here = Departement.objects.create(code="35", nom="Ille-et-Vilaine", region=bretagne)
    away = Departement.objects.create(code="976", nom="Mayotte", region=mayotte)
    epci = Epci.objects.create(code="243500741", nom="Redon Agglomération", nature="CA")
    for code, (nom, population, (lon, lat)) in PLACES.items():
        Commune.objects.create(
            code=code,
            nom=nom,
            nom_recherche=nom.lower(),
            nom_sans_article=nom.lower(),
            departement=away if code.startswith("976") else here,
            epci=epci if code in ("35236", "35294") else None,
            population=population,
            population_vintage="2021",
            longitude=lon,
            latitude=lat,
        )


@pytest.fixture
def ages(communes: None) -> None:
    for code, (young, middle, old) in AGES.items():
        PopulationByAge.objects.create(
            commune_id=code,
            moins_de_20=young,
            de_20_a_64=middle,
            plus_de_65=old,
            total=young + middle + old,
            vintage="recensement 2021",
        )


def source(key: str, kind: str = "", file: str = "") -> DataSource:
    """A source that is loaded."""
    return DataSource.objects.create(
        key=key,
        source=kind or key,
        label=key,
        producer="Le petit monde",
        carrier="tests",
        vintage="2025",
        licence="libre",
        rows_written=1,
        loaded_at=timezone.now(),
        state=DataSource.State.COMPLETE,
        checksum="0" * 64,
        file=file,
    )


def load_series(code: str, values: dict[str, float | None], *, absent_is_zero: bool = False) -> None:
    """A series by commune of an indicator."""
    Indicator.objects.create(code=code, label=code, unit="", producer="", aggregation="somme")
    series = Series.objects.create(
        source=source(code, "indicateur"),
        indicator_id=code,
        level=Series.Level.COMMUNE,
        vintage="2025",
        absent_is_zero=absent_is_zero,
    )
    Value.objects.bulk_create([Value(series=series, code=place, value=value) for place, value in values.items()])


@pytest.fixture
def bpe(communes: None) -> None:
    counts = {"35236": 3.0, "35238": 200.0, "97608": 5.0}
    load_series("equipement.chirurgien_dentiste", dict(counts), absent_is_zero=True)
    load_series("equipement.medecin_generaliste", dict(counts), absent_is_zero=True)


def practice(rpps: str, commune: str, **changes: str) -> Practice:
    """A self-employed dentist, unless changed."""
    fields = {
        "nom": "N",
        "metier": "chirurgien_dentiste",
        "profession": "40",
        "mode": "L",
        "secteur": "SA07",
        "site": commune,
    }
    owner = DataSource.objects.filter(key="rpps").first() or source("rpps")
    return Practice.objects.create(source=owner, rpps=rpps, commune=commune, **{**fields, **changes})
