"""What is to be done: asked, changed and finished by those concerned."""

import datetime

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import tasks
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    return cast.create()


def ask(people, title="Relire les horaires", by=None, **more):
    return tasks.add(people.projet, tasks.Wanted(title, **more), by=by or people.porteuse, at=cast.NOW)


def test_tasks_come_by_date_and_those_done_last(people):
    late = ask(people, "Plus tard", due_on=cast.TODAY + datetime.timedelta(days=9))
    soon = ask(people, "Bientôt", due_on=cast.TODAY)
    some_day = ask(people, "Un jour")
    done = ask(people, "Finie", due_on=cast.TODAY)
    tasks.set_done(done, is_done=True, by=people.porteuse, at=cast.NOW)
    assert list(tasks.tasks_of(people.projet)) == [soon, late, some_day, done]


def test_a_member_asks_and_finishes_their_own_tasks(people):
    member = Member.objects.get(user=people.membre)
    given = ask(people, in_charge=member)
    assert tasks.set_done(given, is_done=True, by=people.membre, at=cast.NOW).done_at == cast.NOW
    other = ask(people)
    with pytest.raises(NotAllowed):
        tasks.set_done(other, is_done=True, by=people.membre, at=cast.NOW)
    own = ask(people, by=people.membre)
    tasks.remove(own, by=people.membre, at=cast.NOW)


def test_who_is_outside_asks_for_nothing(people):
    for part in ("instructrice", "stranger"):
        with pytest.raises(NotAllowed):
            ask(people, by=getattr(people, part))


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_a_task_says_what_to_do(people, title):
    with pytest.raises(BadInput, match="ce qu'il faut faire"):
        ask(people, title)


def test_finishing_twice_is_one_event(people):
    task = ask(people)
    for _time in range(2):
        tasks.set_done(task, is_done=True, by=people.porteuse, at=cast.NOW)
    assert Event.objects.filter(verb="finir une tâche").count() == 1
