"""The places of a structure and their hours, written as people write them."""

import datetime

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.structures import sites
from maillage.apps.structures.hours import amplitude, duration, read_day, write_day
from maillage.apps.structures.models import Member, Site
from maillage.core.kernel.problems import BadInput, read


def told(**changes):
    return read(sites.SiteFields, {"nom": "Cabinet de la gare", "commune": "35236", **changes})


def add(people, **days):
    week = {0: read_day("8h30-12h30, 14h-19h")}
    return sites.add_site(people.structure, told(), week=week, by=people.porteuse, at=cast.NOW)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("8h30-12h30, 14h-19h", "8h30-12h30, 14h-19h"),
        ("14h00 – 19h00 ; 08:30 à 12:30", "8h30-12h30, 14h-19h"),
        ("8-20", "8h-20h"),
        ("8h à 12h et 14h à 18h", "8h-12h, 14h-18h"),
        ("", ""),
        ("Fermé", ""),
    ],
)
def test_hours_are_read_as_they_are_written(typed, read_as):
    assert write_day(read_day(typed)) == read_as


@pytest.mark.parametrize(
    "typed", ["8h", "matin", "19h-14h", "8h-8h", "8h-25h", "8h-12h, 11h-14h", "1-2,3-4,5-6,7-8,9-10"]
)
def test_hours_that_make_no_sense_are_refused(typed):
    with pytest.raises(ValueError, match=r"\w"):
        read_day(typed)


def test_a_day_has_an_amplitude():
    spans = read_day("8h30-12h30, 14h-19h")
    assert amplitude(spans) == (datetime.time(8, 30), datetime.time(19))
    assert amplitude(()) is None
    assert duration(sum(span.minutes for span in spans)) == "9 h"
    assert duration(90) == "1 h 30"


def test_a_site_has_its_hours(people):
    site = add(people)
    assert {day: write_day(spans) for day, spans in sites.week_of(site).items()} == {0: "8h30-12h30, 14h-19h"}
    sites.change_site(site, told(nom="Ailleurs"), week={5: read_day("9h-12h")}, by=people.redactrice, at=cast.NOW)
    assert {day: write_day(spans) for day, spans in sites.week_of(site).items()} == {5: "9h-12h"}
    assert Event.objects.get(verb="modifier").before["horaires"] == {"0": "8h30-12h30, 14h-19h"}


def test_a_site_that_does_not_change_writes_nothing(people):
    site = add(people)
    sites.change_site(site, told(), week=sites.week_of(site), by=people.porteuse, at=cast.NOW)
    assert Event.objects.count() == 1


def test_the_members_of_a_site_removed_stay_in_the_team(people):
    site = add(people)
    Member.objects.update(site=site)
    sites.remove_site(site, by=people.porteuse, at=cast.NOW)
    assert not Site.objects.exists()
    assert Member.objects.filter(site=None).count() == 2


def test_a_site_has_a_name_and_a_commune():
    with pytest.raises(BadInput) as refused:
        told(nom=" ", commune="Redon")
    assert [problem.field for problem in refused.value.problems] == ["nom", "commune"]


def test_who_may_not_write_changes_no_site(people):
    site = add(people)
    for act in (
        lambda: sites.add_site(people.structure, told(), week={}, by=people.membre, at=cast.NOW),
        lambda: sites.change_site(site, told(), week={}, by=people.membre, at=cast.NOW),
        lambda: sites.remove_site(site, by=people.membre, at=cast.NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_place_that_names_a_patient_is_not_written(people):
    patient = told(adresse="Chez Mme Lefèvre, 84 ans, patiente de la MSP")
    with pytest.raises(PatientData):
        sites.add_site(people.structure, patient, week={}, by=people.porteuse, at=cast.NOW)
    assert not Site.objects.exists()
