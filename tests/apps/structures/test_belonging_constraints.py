"""The database itself refuses what makes no sense of belongings, shares, fees and consents."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast
from tests.apps.structures.entities import JANUARY, Entities

from maillage.apps.structures.models import (
    Belonging,
    DirectoryChoice,
    DuesAmount,
    DuesPayment,
    DuesYear,
    Partner,
    ShareMovement,
)

EVE = JANUARY - datetime.timedelta(days=1)


@pytest.fixture
def world(people) -> Entities:
    return Entities(people)


def refused(name, model, **values):
    with pytest.raises(IntegrityError, match=name or None) as wrong, transaction.atomic():
        model.objects.create(**values)
    return wrong


def sound(found, *parts):
    return any(part in str(found.value) for part in parts)


def test_partners(world):
    base = {"structure": world.structure, "nom": "EHPAD", "since": JANUARY}
    refused("partner_has_a_name", Partner, **{**base, "nom": ""})
    refused("partner_ends_after_it_begins", Partner, **base, until=EVE)
    Partner.objects.create(**base)
    assert sound(refused("", Partner, **base), "partner_once", "structure_id")


def test_belongings(world):
    partner = Partner.objects.create(structure=world.structure, nom="EHPAD", since=JANUARY)
    base = {"entity": world.sisa, "quality": "adherent", "since": JANUARY}
    refused("belonging_of_one", Belonging, **base)
    refused("belonging_of_one", Belonging, **base, member=world.membre, partner=partner)
    refused("belonging_quality_of_a_partner", Belonging, **{**base, "quality": "salarie"}, partner=partner)
    refused("belonging_ends_after_it_begins", Belonging, **base, member=world.membre, until=EVE)
    refused("belonging_half_days_of_vacataires", Belonging, **base, member=world.membre, half_days=2)
    for who in ({"member": world.membre}, {"partner": partner}):
        Belonging.objects.create(**base, **who)
        assert sound(refused("", Belonging, **base, **who), "belonging_member_once", "belonging_partner_once", "UNIQUE")


def test_share_movements(world):
    associe = world.begin(entity=world.sisa, quality="associe")
    base = {"entity": world.sisa, "day": JANUARY, "noted_at": cast.NOW}
    refused("share_movement_has_a_side", ShareMovement, **base, shares=1)
    refused("share_movement_between_two", ShareMovement, **base, shares=1, giver=associe, taker=associe)
    refused("share_movement_of_shares", ShareMovement, **base, shares=0, taker=associe)


def test_fees(world):
    adherent, year = world.begin(), world.amounts(adherent="50")
    assert sound(refused("", DuesYear, entity=world.association, year=2026), "dues_once_a_year", "UNIQUE")
    refused("dues_year_bounds", DuesYear, entity=world.association, year=1200)
    assert sound(refused("", DuesAmount, dues=year, quality="adherent", amount=1), "dues_amount_once", "UNIQUE")
    refused("dues_amount_positive", DuesAmount, dues=year, quality="associe", amount=-1)
    paid = {"dues": year, "belonging": adherent, "day": JANUARY}
    refused("dues_payment_amount", DuesPayment, **paid, amount=0)
    refused("dues_payment_amount", DuesPayment, **paid, amount=5, kind="dispense")


def test_directory_choices(world, people):
    base = {"member": world.membre, "said_at": cast.NOW, "said_by": people.membre}
    refused("directory_name_is_for_the_team", DirectoryChoice, **base, show_name="personne")
    refused("directory_public_with_a_name", DirectoryChoice, **base, show_email="public")
