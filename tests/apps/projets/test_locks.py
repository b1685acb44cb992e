"""Who writes in a section now."""

import datetime

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import locks, sections
from maillage.apps.projets.models import Section
from maillage.core.text import empty, from_markdown

pytestmark = pytest.mark.django_db
LATER = cast.NOW + locks.LASTS + datetime.timedelta(seconds=1)


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def section(people):
    body = empty().as_dict()
    return Section.objects.create(projet=people.projet, code="msp.membres", title="L'équipe", position=1, body=body)


def test_a_section_is_held_by_who_opened_it_first(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW)
    hold = locks.take(section, by=people.redactrice, at=cast.NOW)
    assert hold.is_of(people.porteuse)
    assert (hold.since, hold.until) == (cast.NOW, cast.NOW + locks.LASTS)


def test_a_hold_without_a_sign_can_be_taken_over(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW)
    assert locks.take(section, by=people.redactrice, at=LATER).is_of(people.redactrice)
    assert locks.take(section, by=people.porteuse, at=LATER).is_of(people.redactrice)


def test_a_sign_keeps_the_hold_since_its_beginning(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW)
    hold = locks.take(section, by=people.porteuse, at=cast.NOW + locks.BEAT)
    assert (hold.since, hold.until) == (cast.NOW, cast.NOW + locks.BEAT + locks.LASTS)
    assert Event.objects.filter(verb="prendre").count() == 1


def test_saving_is_a_sign(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW)
    soon = cast.NOW + locks.BEAT
    sections.save(section, body=from_markdown("Bonjour."), base=0, by=people.porteuse, at=soon)
    assert not locks.take(section, by=people.redactrice, at=LATER).is_of(people.redactrice)


def test_saving_does_not_take_what_another_holds(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW)
    saved = sections.save(section, body=from_markdown("Bonjour."), base=0, by=people.redactrice, at=cast.NOW)
    assert locks.hold_of(saved.section, cast.NOW).is_of(people.porteuse)


def test_who_leaves_gives_back(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW)
    assert not locks.release(section, by=people.redactrice, at=cast.NOW)
    assert locks.release(section, by=people.porteuse, at=cast.NOW)
    assert locks.take(section, by=people.redactrice, at=cast.NOW).is_of(people.redactrice)


def test_who_may_not_write_takes_nothing(people, section):
    with pytest.raises(NotAllowed):
        locks.take(section, by=people.membre, at=cast.NOW)


def test_a_hold_of_a_wrong_clock_is_nobodys(people, section):
    locks.take(section, by=people.porteuse, at=cast.NOW + datetime.timedelta(days=2))
    assert locks.take(section, by=people.redactrice, at=cast.NOW).is_of(people.redactrice)
