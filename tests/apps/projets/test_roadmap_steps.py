"""The roadmap of a project: where a step stands, the dates that follow it, taking a shift back."""

import datetime
import uuid

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY, Cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets.models import Projet, Step
from maillage.apps.projets.roadmaps import Roadmap, ShownStep, alerts, before_filing, roadmap_of
from maillage.apps.projets.steps import StepFields, set_step, undo_shift
from maillage.core.kernel.problems import BadInput

WEEK = datetime.timedelta(weeks=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    small_world.create_territories()
    return cast.create()


def put(people: Cast, code: str, **said: object) -> Step:
    return set_step(people.projet, code, StepFields.model_validate(said), by=people.porteuse, at=NOW)


def read(people: Cast, today: datetime.date = TODAY) -> Roadmap:
    return roadmap_of(Projet.objects.get(pk=people.projet.pk), today=today)


def step(people: Cast, code: str, today: datetime.date = TODAY) -> ShownStep:
    return next(each for each in read(people, today).steps if each.code == code)


def plan_three(people: Cast) -> None:
    for rank, code in enumerate(("federer", "association", "projet"), 1):
        put(people, code, echeance=TODAY + rank * 4 * WEEK)


def test_a_new_project_has_the_steps_of_its_structure_and_nothing_done(people: Cast):
    found = read(people)
    assert (found.done, len(found.steps)) == (0, 10)
    assert found.next is not None
    assert found.next.code == "federer"
    assert found.next.state_words == "à faire"
    assert Step.objects.count() == 0


def test_a_step_that_is_done_gives_way_to_the_next(people: Cast):
    put(people, "federer", etat="fait")
    found = read(people)
    assert (found.done, found.next.code) == (1, "association")
    assert step(people, "federer").done_on == TODAY
    assert "Créer une association" in list(before_filing(found))
    assert "Créer la SISA" not in list(before_filing(found))


def test_a_step_moved_later_moves_those_planned_after_it_in_one_act(people: Cast):
    plan_three(people)
    count = Event.objects.count()
    put(people, "federer", echeance=TODAY + 7 * WEEK)
    assert step(people, "projet").due_on == TODAY + 15 * WEEK
    assert step(people, "projet").reason.startswith("Repoussé de 3\xa0semaines parce que l'étape « Fédérer l'équipe »")
    assert Event.objects.count() == count + 1
    assert read(people).shift.days == 21


def test_a_shift_is_taken_back(people: Cast):
    plan_three(people)
    put(people, "federer", echeance=TODAY + 7 * WEEK)
    undo_shift(people.projet, by=people.porteuse, at=NOW + WEEK)
    assert step(people, "federer").due_on == TODAY + 4 * WEEK
    assert step(people, "projet").due_on == TODAY + 12 * WEEK
    assert read(people).shift is None
    with pytest.raises(BadInput):
        undo_shift(people.projet, by=people.porteuse, at=NOW + WEEK)


def test_a_shift_followed_by_another_change_is_not_taken_back(people: Cast):
    plan_three(people)
    put(people, "federer", echeance=TODAY + 7 * WEEK)
    put(people, "projet", echeance=TODAY + 30 * WEEK)
    assert read(people).shift is None


def test_an_imposed_date_stays_and_says_that_it_does_not_hold(people: Cast):
    plan_three(people)
    put(people, "projet", echeance=TODAY + 12 * WEEK, imposee=True)
    put(people, "association", echeance=TODAY + 20 * WEEK)
    assert step(people, "projet").due_on == TODAY + 12 * WEEK
    assert "ne bouge pas" in alerts(read(people))[0]


def test_a_step_that_is_overdue_is_shown_today_without_being_written(people: Cast):
    plan_three(people)
    late = step(people, "federer", TODAY + 5 * WEEK)
    assert (late.date.day, late.date.origin) == (TODAY + 5 * WEEK, "en_retard")
    assert late.due_on == TODAY + 4 * WEEK
    assert step(people, "projet", TODAY + 5 * WEEK).date.day == TODAY + 12 * WEEK


def test_a_step_done_late_moves_those_planned_after_it_once(people: Cast):
    plan_three(people)
    put(people, "federer", etat="fait", echeance=TODAY - 4 * WEEK, fait_le=TODAY - WEEK)
    put(people, "association", echeance=TODAY + 8 * WEEK)
    assert step(people, "association").due_on == TODAY + 8 * WEEK
    assert step(people, "association").date.day == TODAY + 8 * WEEK


def test_being_done_late_is_a_shift_that_can_be_taken_back(people: Cast):
    plan_three(people)
    put(people, "federer", echeance=TODAY - 4 * WEEK)
    put(people, "federer", etat="fait", echeance=TODAY - 4 * WEEK, fait_le=TODAY - WEEK)
    assert step(people, "projet").due_on == TODAY + 15 * WEEK
    assert step(people, "projet").reason.endswith("« Fédérer l'équipe » a pris du retard.")
    assert read(people).shift.days == 21
    undo_shift(people.projet, by=people.porteuse, at=NOW)
    assert step(people, "projet").due_on == TODAY + 12 * WEEK
    assert step(people, "federer").state == "fait"


def test_what_the_text_says_of_a_delay_is_shown(people: Cast):
    put(people, "aci", etat="fait", fait_le=TODAY - WEEK)
    sisa = step(people, "sisa")
    assert sisa.date.limit == datetime.date(2027, 5, 15)


def test_a_step_without_object_is_over(people: Cast):
    put(people, "association", etat="sans_objet")
    assert step(people, "association").is_over
    assert step(people, "association").date.day is None


def test_the_documents_that_are_ready_are_kept_and_others_are_not_shown(people: Cast):
    put(people, "association", documents=["Statuts de l'association", "Autre chose"])
    assert step(people, "association").ready == ("Statuts de l'association",)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"fait_le": TODAY - WEEK}, "fait_le"),
        ({"etat": "fait", "fait_le": TODAY + WEEK}, "fait_le"),
        ({"imposee": True}, "echeance"),
        ({"responsable": uuid.uuid4()}, "responsable"),
    ],
)
def test_what_does_not_go_together_is_refused_and_nothing_is_written(people: Cast, said: dict, field: str):
    with pytest.raises(BadInput) as refused:
        put(people, "federer", **said)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert Event.objects.count() == 0


def test_a_step_that_does_not_exist_is_refused(people: Cast):
    with pytest.raises(BadInput, match="federer, association"):
        put(people, "recepisse")


def test_a_note_that_tells_a_patient_is_stopped(people: Cast):
    with pytest.raises(BadInput):
        put(people, "federer", note="Mme Martin, 82 ans, NIR 2 44 05 35 236 001 76")


def test_who_only_reads_changes_nothing(people: Cast):
    for reader in (people.membre, people.accompagnatrice, people.instructrice, people.stranger):
        with pytest.raises(NotAllowed):
            set_step(people.projet, "federer", StepFields(), by=reader, at=NOW)
        with pytest.raises(NotAllowed):
            undo_shift(people.projet, by=reader, at=NOW)


def test_the_same_answer_twice_is_one_event(people: Cast):
    put(people, "federer", etat="en_cours")
    put(people, "federer", etat="en_cours")
    assert Event.objects.count() == 1


def test_a_member_of_the_team_takes_charge(people: Cast):
    member = people.structure.members.first()
    put(people, "federer", responsable=member.pk)
    assert step(people, "federer").in_charge == member
