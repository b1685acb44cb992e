"""What the database refuses, and what it then says."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from maillage.apps.territories.models import (
    CodePostal,
    Commune,
    DataSource,
    Departement,
    Epci,
    FormerCommune,
    PopulationByAge,
    Region,
)

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def redon() -> Commune:
    Region.objects.create(code="53", nom="Bretagne")
    Departement.objects.create(code="35", nom="Ille-et-Vilaine", region_id="53")
    return Commune.objects.create(code="35236", nom="Redon", departement_id="35")


def commune(**values):
    return Commune(**{"code": "35238", "nom": "Rennes", "departement_id": "35", **values})


def ages(**values):
    counts = {"moins_de_20": 1, "de_20_a_64": 1, "plus_de_65": 1, "total": 3, "vintage": "2021", **values}
    return PopulationByAge(commune_id="35236", **counts)


def source(**values):
    return DataSource(key="essai", label="Essai", producer="p", carrier="c", vintage="v", licence="l", **values)


def complete(**values):
    good = {"state": "complete", "loaded_at": NOON, "rows_written": 1, "checksum": "0" * 64}
    return source(**{**good, **values})


CASES = [
    ("region_code_format", lambda: Region(code="5", nom="?")),
    ("departement_code_format", lambda: Departement(code="3", nom="?", region_id="53")),
    ("epci_code_format", lambda: Epci(code="24350074A", nom="?", nature="CA")),
    ("epci_nature_known", lambda: Epci(code="243500741", nom="?", nature="XX")),
    ("code_postal_format", lambda: CodePostal(code="3560")),
    ("commune_code_format", lambda: commune(code="3523")),
    ("commune_code_format", lambda: commune(code="2C001")),
    ("commune_only_arrondissement_has_parent", lambda: commune(parent_id="35236")),
    ("commune_only_arrondissement_has_parent", lambda: commune(type="ARM")),
    ("commune_population_positive", lambda: commune(population=-1, population_vintage="2023")),
    ("commune_population_has_vintage", lambda: commune(population=10)),
    ("commune_population_has_vintage", lambda: commune(population_vintage="2023")),
    ("commune_coordinates_complete", lambda: commune(latitude=48.0)),
    ("commune_coordinates_complete", lambda: commune(latitude=48.0, longitude=200.0)),
    ("former_commune_code_format", lambda: FormerCommune(code="1", kind="deleguee", commune_id="35236")),
    ("former_commune_kind_known", lambda: FormerCommune(code="35001", kind="autre", commune_id="35236")),
    ("population_by_age_positive", lambda: ages(total=-1)),
    ("population_by_age_has_vintage", lambda: ages(vintage="")),
    ("data_source_state_known", lambda: source(state="perdue")),
    ("data_source_rows_positive", lambda: source(rows_read=-1)),
    ("data_source_complete_is_dated", lambda: complete(loaded_at=None)),
    ("data_source_complete_is_dated", lambda: complete(checksum="abc")),
]


@pytest.mark.parametrize(("name", "build"), CASES, ids=[f"{name}-{rank}" for rank, (name, _) in enumerate(CASES)])
def test_the_database_refuses_what_makes_no_sense(name, build):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        build().save()


@pytest.mark.parametrize(("name", "build"), CASES, ids=[f"{name}-{rank}" for rank, (name, _) in enumerate(CASES)])
def test_a_form_says_it_in_french(name, build):
    row = build()
    constraint = next(rule for rule in row._meta.constraints if rule.name == name)
    with pytest.raises(ValidationError) as refused:
        constraint.validate(type(row), row)
    assert refused.value.messages == [str(constraint.violation_error_message)]
    assert constraint.violation_error_message.endswith(".")


def test_a_former_commune_figures_only_once():
    FormerCommune.objects.create(code="35001", nom="Hier", kind="deleguee", commune_id="35236")
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerCommune.objects.create(code="35001", nom="Hier", kind="associee", commune_id="35236")


def test_every_constraint_is_tried_here():
    constraints = {
        rule.name
        for model in (Region, Departement, Epci, CodePostal, Commune, FormerCommune, PopulationByAge, DataSource)
        for rule in model._meta.constraints
        if isinstance(rule, models.CheckConstraint)
    }
    assert constraints == {name for name, _build in CASES}


@pytest.mark.parametrize("build", [commune, ages, source, complete], ids=["commune", "ages", "source", "complete"])
def test_the_same_rows_are_accepted_when_they_make_sense(build):
    build().save()


def test_a_name_follows_its_link():
    havre = Commune(code="76351", nom="Le Havre", article="Le ", charniere="du ")
    hay = Commune(code="94038", nom="L'Haÿ-les-Roses", article="L'", charniere="de l'")
    assert (havre.avec_charniere, hay.avec_charniere) == ("du Havre", "de l'Haÿ-les-Roses")
