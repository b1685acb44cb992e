"""The structures of ``maillage demo``: invented, whole, and built by the same services as the pages."""

import random
from decimal import Decimal

import pytest
from tests import cast, small_world

from maillage.apps.activity.models import AttendanceSheet, Meeting
from maillage.apps.calendar.gathering import gathered
from maillage.apps.contracts.models import Fund
from maillage.apps.contracts.queries import left_in
from maillage.apps.demo.cpts import build_cpts
from maillage.apps.demo.msp import build_msp
from maillage.apps.demo.people import DOMAIN, NOMS, PRENOMS, people
from maillage.apps.demo.scene import MARK, Scene
from maillage.apps.digital.models import MonthlyCount
from maillage.apps.governance.counting import quorum_of
from maillage.apps.governance.models import Assembly
from maillage.apps.structures.consents import consents_of
from maillage.apps.structures.models import DuesPayment, LegalEntity
from maillage.apps.structures.share_counts import shares_on
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
REDON = ("35236",)
FAR = cast.TODAY.replace(year=cast.TODAY.year + 6)


@pytest.fixture
def scene():
    small_world.create_territories()
    return Scene(cast.create().porteuse, cast.NOW, lambda _words: None, random.Random(1))  # noqa: S311 - invented people


def test_nobody_of_the_demonstration_has_a_number_or_an_address_of_somebody():
    found = list(people(400, [("infirmier", 1)], 3))
    assert len({(each["prenom"], each["nom"]) for each in found}) == 400
    assert all("rpps" not in each for each in found)
    assert all(each["email"] == "" or each["email"].endswith(f"@{DOMAIN}") for each in found)
    assert found == list(people(400, [("infirmier", 1)], 3))


def test_there_are_names_for_no_more_people_than_there_are():
    with pytest.raises(ValueError, match="at most"):
        list(people(len(NOMS) * len(PRENOMS) + 1, [("infirmier", 1)], 3))


def test_the_msp_has_five_places_and_eighty_people(scene):
    found = build_msp(scene, REDON, meetings=4)
    assert MARK in found.nom
    assert (found.sites.count(), found.members.count()) == (5, 80)
    assert sorted(found.legal_entities.values_list("form", flat=True)) == ["association_1901", "sisa"]
    assert AttendanceSheet.objects.filter(meeting__structure=found).exclude(meeting__kind="assemblee").count() == 3
    assert found.protocols.filter(state="applique").count() == found.protocols.count() > 0


def test_each_demonstration_has_something_on_every_page(scene):
    for found in (build_msp(scene, REDON, meetings=1), build_cpts(scene, REDON, meetings=1)):
        assert found.tools.count() == 4
        assert MonthlyCount.objects.filter(structure=found).count() == 10 * 4
        assert found.documents.filter(versions__file__isnull=False).count() == 5
        assert (found.topics.count(), found.follow_ups.count(), found.partners.count()) == (3, 2, 2)
        assert found.date_polls.get().voters.filter(answered_at=None).count() == 4
        assert DuesPayment.objects.filter(dues__entity__structure=found).exists()
        assert len(consents_of(found)) == 8
    [sisa] = LegalEntity.objects.filter(form="sisa")
    assert set(shares_on(sisa, on=scene.today).values()) == {10}
    assert left_in(Fund.objects.get()) == Decimal("11549.50")


def test_the_days_of_the_msp_are_in_its_calendar(scene):
    found = build_msp(scene, REDON, meetings=2)
    natures = {each.due.nature for each in gathered(found, since=scene.today, until=FAR, today=scene.today)}
    assert {"contrat", "protocole"} <= natures


def test_the_cpts_has_four_hundred_members(scene):
    found = build_cpts(scene, REDON, meetings=3)
    assert found.members.count() == 400
    assert Meeting.objects.filter(structure=found).exclude(kind="assemblee").count() == 3


def test_a_demonstration_is_built_once_for_an_account(scene):
    build_msp(scene, REDON, meetings=1)
    with pytest.raises(BadInput, match="déjà construite"):
        build_msp(scene, REDON, meetings=1)


def test_without_the_communes_of_france_it_says_what_to_do(scene):
    with pytest.raises(BadInput, match="donnees preparer"):
        build_cpts(scene)


def test_an_assembly_is_held_another_called_and_a_survey_closed(scene):
    found = build_msp(scene, REDON, meetings=1)
    last, following = Assembly.objects.filter(body__structure=found).order_by("meeting__starts_at")
    assert (last.meeting.state, last.minutes.count(), following.meeting.state) == ("close", 1, "prevue")
    assert quorum_of(last).is_reached is True
    survey = found.surveys.get()
    assert (survey.answers.count(), survey.closed_on is None) == (23, False)
