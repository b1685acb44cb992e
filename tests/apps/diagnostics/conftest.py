"""A territory with known answers: the small world, with official figures of a few lines."""

import datetime
from pathlib import Path

import pytest
from tests.small_world import create_territories

from maillage.apps.territories.models import (
    Commune,
    DataSource,
    Facility,
    Grouping,
    GroupMember,
    Indicator,
    Practice,
    Qpv,
    Series,
    Value,
    Zoning,
)

AT = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
REDON, SAINTE_MARIE, RENNES = "35236", "35294", "35238"


def source(key: str, kind: str, vintage: str) -> DataSource:
    """A source that is loaded."""
    return DataSource.objects.create(
        key=key,
        source=kind,
        label=f"Fichier {key}",
        producer="Le petit monde",
        carrier="tests 1",
        vintage=vintage,
        licence="libre",
        rows_written=3,
        loaded_at=AT,
        state=DataSource.State.COMPLETE,
        checksum="a" * 64,
    )


def series(code: str, vintage: str, values: dict[str, float | None], level: str = "commune", **about: object) -> Series:
    """A series of an indicator, described the first time."""
    fields = {"label": code, "unit": "unité", "producer": "Le petit monde", "aggregation": "somme", **about}
    Indicator.objects.get_or_create(code=code, defaults=fields)
    kind = code.split(".")[0]
    known = DataSource.objects.filter(key=f"{kind}-{vintage}").first()
    row = Series.objects.create(
        source=known or source(f"{kind}-{vintage}", kind, vintage), indicator_id=code, level=level, vintage=vintage
    )
    Value.objects.bulk_create(Value(series=row, code=place, value=value) for place, value in values.items())
    return row


@pytest.fixture
def world(db: None, settings: object, tmp_path: Path) -> None:
    """Redon and Sainte-Marie make an EPCI; Rennes is 60 km away."""
    settings.TERRITORIES_DIR = tmp_path  # type: ignore[attr-defined]
    create_territories()
    for code, lon, lat in ((REDON, -2.08, 47.65), (SAINTE_MARIE, -2.0, 47.69), (RENNES, -1.68, 48.11)):
        Commune.objects.filter(code=code).update(longitude=lon, latitude=lat)


@pytest.fixture
def figures(world: None) -> None:
    """Accessibility for two vintages, income, professionals, structures, zonage, a priority neighbourhood, a CPTS."""
    mean = {"aggregation": "moyenne", "weight": "population.totale", "theme": "accessibilite", "direction": "haut"}
    code = "apl.medecin_generaliste.65_ans"
    series(code, "2019", {REDON: 2.0, SAINTE_MARIE: 1.0, RENNES: 4.0}, **mean)
    series(code, "2021", {REDON: 3.0, SAINTE_MARIE: 1.0, RENNES: 5.0}, **mean)
    hidden = {"aggregation": "aucune", "theme": "revenus", "secrecy": "masquée"}
    series("revenus.mediane", "2016", {REDON: 20_000, SAINTE_MARIE: None}, **hidden)
    series("revenus.mediane", "2016", {"35": 21_500}, level="departement", **hidden)
    _people()
    zoned = source("zonage", "zonage", "2026")
    Zoning.objects.create(source=zoned, profession="medecin_generaliste", commune=REDON, classe="zip", brut="1_ZIP")
    Zoning.objects.create(source=zoned, profession="infirmier", commune=REDON, classe="tres_sous_dotee", brut="1")
    Qpv.objects.create(code="QN03501", source=source("qpv", "qpv", "2024"), nom="Bellevue", communes=[REDON])


def _people() -> None:
    rpps = source("rpps", "rpps", "2025")
    for number, commune in (("1", REDON), ("1", SAINTE_MARIE), ("2", REDON), ("3", RENNES)):
        Practice.objects.create(
            source=rpps, rpps=number, nom="Nom", metier="infirmier", profession="60", secteur="SA07", commune=commune
        )
    Practice.objects.create(
        source=rpps, rpps="4", nom="Nom", metier="infirmier", profession="60", secteur="SA01", commune=REDON
    )
    finess = source("finess", "finess", "2025")
    for number, category in (("350000001", "603"), ("350000002", "620"), ("350000003", "620")):
        Facility.objects.create(finess=number, source=finess, nom=f"Site {number}", categorie=category, commune=REDON)


@pytest.fixture
def cpts(world: None) -> None:
    """A CPTS that holds Sainte-Marie and Rennes."""
    group = Grouping.objects.create(source=source("cpts", "cpts", "2026"), kind="cpts", code="1", nom="CPTS de Rennes")
    for code in (SAINTE_MARIE, RENNES):
        GroupMember.objects.create(grouping=group, commune=code)
