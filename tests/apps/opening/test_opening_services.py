"""What the database refuses of the opening of a place, who may write it, what the calendar and the log get of it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from tests import cast

from maillage.apps.accounts.models import Organisation
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.opening import publishing, services
from maillage.apps.opening.deadlines import deadlines
from maillage.apps.opening.inputs import ClosureFields, ContinuityFields, PublicPageFields
from maillage.apps.opening.models import Closure, Continuity, PublicPage, SchoolHoliday
from maillage.apps.structures.models import Site, Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.core.opening.closures import Period
from maillage.core.opening.typed import Named

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def site(people):
    return Site.objects.create(structure=people.structure, nom="Cabinet", commune="35236")


def refused(row, message):
    """The row is stopped by the form, and by the database."""
    with pytest.raises(ValidationError, match=message):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_closure_does_not_end_before_it_starts(site):
    refused(Closure(site=site, since=DAY(2026, 8, 2), until=DAY(2026, 8, 1)), "ne finit pas avant")


def test_a_closure_is_noted_once(site):
    days = {"site": site, "since": DAY(2026, 8, 1), "until": DAY(2026, 8, 2)}
    Closure.objects.create(**days)
    refused(Closure(**days), "déjà notée")


@pytest.mark.parametrize(("since", "until"), [(20, 24), (26, 27), (31, 31)])
def test_a_place_is_closed_once_on_each_day(people, site, since, until):
    told = {"by": people.redactrice, "at": cast.NOW}
    closed = services.close_places(people.structure, december(site, 24, 31), **told)[0]
    with pytest.raises(BadInput, match="déjà fermé"):
        services.close_places(people.structure, december(site, since, until), **told)
    key = services.reopen(closed, **told)
    services.close_places(people.structure, december(site, since, until), **told)
    with pytest.raises(NotNow, match="déjà fermé"):
        services.close_again(people.structure, key, **told)
    services.close_places(people.structure, december(site, 10, 12), **told)


def december(site, since, until):
    days = {"since": f"2026-12-{since}", "until": f"2026-12-{until}"}
    return ClosureFields(sites=[site.pk], kind="conges", **days)


def test_school_holidays_do_not_end_before_they_start(people):
    row = SchoolHoliday(structure=people.structure, name="Été", since=DAY(2026, 8, 2), until=DAY(2026, 8, 1))
    refused(row, "ne finissent pas avant")


def test_school_holidays_start_once(people):
    told = {"structure": people.structure, "name": "Été", "since": DAY(2026, 8, 1), "until": DAY(2026, 8, 2)}
    SchoolHoliday.objects.create(**told)
    refused(SchoolHoliday(**told), "commence déjà")


def test_only_a_derogation_ends(site):
    refused(Continuity(site=site, derogation=False, derogation_until=DAY(2026, 8, 1)), "dérogation accordée")


def test_a_public_page_has_an_address(people):
    refused(PublicPage(structure=people.structure, slug=""), "a une adresse")


def test_each_write_is_told_once_to_the_people_of_the_structure(people, site):
    told = {"by": people.redactrice, "at": cast.NOW}
    fields = read(ClosureFields, {"sites": [site.pk], "since": "2026-12-24", "until": "2026-12-26"})
    row = services.close_places(people.structure, fields, **told)[0]
    services.write_continuity(site, ContinuityFields(unscheduled=True), **told)
    services.write_continuity(site, ContinuityFields(unscheduled=True), **told)
    services.write_school_holidays(
        people.structure, [Named("Noël", Period(DAY(2026, 12, 19), DAY(2027, 1, 3)))], **told
    )
    key = services.reopen(row, **told)
    services.close_again(people.structure, key, **told)
    rows = Event.objects.filter(scope=str(people.structure.organisation_id)).order_by("pk")
    assert [each.verb for each in rows] == ["créer", "créer", "modifier", "retirer", "rétablir"]


def test_who_only_reads_writes_nothing(people, site):
    told = {"by": people.membre, "at": cast.NOW}
    with pytest.raises(NotAllowed):
        services.write_continuity(site, ContinuityFields(unscheduled=True), **told)
    with pytest.raises(NotAllowed):
        services.write_school_holidays(people.structure, [], **told)
    with pytest.raises(NotAllowed):
        publishing.write_page(people.structure, PublicPageFields(slug="msp"), **told)
    with pytest.raises(NotAllowed):
        publishing.publish(people.structure, by=people.redactrice, at=cast.NOW)


def test_an_address_that_another_structure_takes_meanwhile_is_refused_in_words(people, monkeypatch):
    team = Organisation.objects.create(kind="structure", nom="Autre", region="53", created_at=cast.NOW)
    other = Structure.objects.create(organisation=team, kind="msp", nom="Autre", region="53", created_at=cast.NOW)
    PublicPage.objects.create(structure=other, slug="msp")
    exists = QuerySet.exists
    monkeypatch.setattr(QuerySet, "exists", lambda rows: rows.model is not PublicPage and exists(rows))
    with pytest.raises(BadInput, match="une structure a déjà celle-ci"):
        publishing.write_page(people.structure, PublicPageFields(slug="msp"), by=people.porteuse, at=cast.NOW)
    assert [page.structure for page in PublicPage.objects.all()] == [other]


def test_the_place_of_another_structure_is_not_closed(people, site):
    fields = read(ClosureFields, {"sites": [site.pk + 1], "since": "2026-12-24"})
    with pytest.raises(BadInput):
        services.close_places(people.structure, fields, by=people.redactrice, at=cast.NOW)


@pytest.mark.parametrize(
    "said", [{"link": "http://exemple.fr"}, {"link": "javascript:1"}, {"phone": "appelez"}, {"derogation": "peut-être"}]
)
def test_what_makes_no_sense_of_a_place_is_refused(said):
    with pytest.raises(BadInput):
        read(ContinuityFields, said)


def test_the_calendar_gets_closures_and_derogations_that_end(people, site):
    Closure.objects.create(site=site, since=DAY(2026, 12, 24), until=DAY(2026, 12, 26))
    Continuity.objects.create(site=site, derogation=True, derogation_until=DAY(2026, 12, 31))
    found = list(deadlines(people.structure, since=DAY(2026, 12, 1), until=DAY(2026, 12, 31)))
    assert [(each.nature, each.is_late_after) for each in found] == [("fermeture", False), ("horaires", True)]
    assert list(deadlines(people.structure, since=DAY(2027, 1, 1), until=DAY(2027, 12, 31))) == []
