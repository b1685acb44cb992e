"""Surveys: written, opened, answered without a name, counted, read; what is done with users."""

import datetime
import io

import pytest
from django.db import IntegrityError, transaction
from tests import cast
from tests.droits.plan import PNG

from maillage.apps.activity.writing import NotNow
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.quality.due_surveys import deadlines
from maillage.apps.quality.models import Survey, SurveyAnswer, SurveyQuestion, SurveyText, UserInvolvement
from maillage.apps.quality.services import involvement, surveys
from maillage.apps.quality.services.answering import ANYONE, answer
from maillage.apps.quality.survey_inputs import InvolvementFields, QuestionFields, SurveyFields
from maillage.apps.quality.survey_queries import facts_of, public_survey, results_of, surveys_of
from maillage.core.kernel.problems import BadInput

LAST = "2026-12-31"
QUESTIONS = (
    QuestionFields(kind="note", title="Accueil", is_required=True),
    QuestionFields(kind="choix", title="Su ?", choices="Oui\nNon"),
    QuestionFields(kind="texte", title="Dites"),
)


@pytest.fixture
def people(db):
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def draft(people, told):
    return surveys.create_survey(
        people.structure, SurveyFields(title="Votre avis", closes_on=LAST), questions=QUESTIONS, **told
    )


@pytest.fixture
def survey(draft, told):
    return surveys.open_survey(draft, **told)


def keys(survey):
    return [str(each.pk) for each in survey.questions.all()]


def answered(survey, mark="4", text=""):
    first, _second, third = keys(survey)
    return answer(survey, {first: [mark], third: [text]}, at=cast.NOW)


def test_a_draft_is_written_ordered_and_its_questions_removed_and_put_back(draft, told):
    question = surveys.add_question(draft, QuestionFields(kind="note", title="Horaires"), **told)
    surveys.move_question(question, -1, **told)
    assert [each.title for each in draft.questions.all()] == ["Accueil", "Su ?", "Horaires", "Dites"]
    key = surveys.remove_question(question, **told)
    assert draft.questions.count() == 3
    assert surveys.put_question_back(draft, key, **told).title == "Horaires"


def test_a_draft_is_at_no_address_and_an_open_survey_does_not_change(draft, told):
    assert public_survey(draft.secret) is None
    survey = surveys.open_survey(draft, **told)
    assert public_survey(survey.secret) == survey
    for act in (
        lambda: surveys.add_question(survey, QUESTIONS[0], **told),
        lambda: surveys.remove_survey(survey, **told),
        lambda: surveys.open_survey(survey, **told),
    ):
        with pytest.raises(NotNow):
            act()


def test_a_survey_without_question_does_not_open(people, told):
    empty = surveys.create_survey(people.structure, SurveyFields(title="Vide", closes_on=LAST), **told)
    with pytest.raises(NotNow):
        surveys.open_survey(empty, **told)
    with pytest.raises(BadInput):
        surveys.create_survey(people.structure, SurveyFields(title="Passée", closes_on="2026-01-01"), **told)


def test_a_removed_draft_comes_back_with_its_questions_at_another_address(people, draft, told):
    before, secret = keys(draft), draft.secret
    key = surveys.remove_survey(draft, **told)
    back = surveys.put_survey_back(people.structure, key, **told)
    assert keys(back) == before
    assert back.secret != secret
    assert not Event.objects.filter(before__icontains=secret).exists()


def test_an_answer_is_kept_without_who_nor_hour_and_its_text_apart(survey):
    kept = answered(survey, text="Des fauteuils, s’il vous plaît")
    first, _second, third = keys(survey)
    assert kept.choices == {first: ["4"]}
    assert third not in kept.choices
    text = SurveyText.objects.get()
    assert (text.state, text.text) == ("a_lire", "Des fauteuils, s’il vous plaît")
    event = Event.objects.filter(verb="répondre").get()
    assert (event.actor, event.after) == (ANYONE, None)


@pytest.mark.parametrize(
    ("given", "rank"),
    [({1: ["Oui"]}, 0), ({0: ["9"]}, 0), ({0: ["4"], 1: ["Oui", "Non"]}, 1), ({0: ["4"], 2: ["a" * 2001]}, 2)],
)
def test_a_wrong_answer_is_refused_beside_its_question(survey, given, rank):
    names = keys(survey)
    with pytest.raises(BadInput) as refused:
        answer(survey, {names[key]: values for key, values in given.items()}, at=cast.NOW)
    assert [each.field for each in refused.value.problems] == [names[rank]]
    assert not SurveyAnswer.objects.exists()


def test_a_choice_that_is_repeated_is_kept_once(people, told):
    more = QuestionFields(kind="multiple", title="Quoi ?", choices="Un\nDeux")
    fields = SurveyFields(title="Votre avis", closes_on=LAST)
    survey = surveys.create_survey(people.structure, fields, questions=[more], **told)
    key = keys(surveys.open_survey(survey, **told))[0]
    assert answer(survey, {key: ["Un", "Deux", "Un"]}, at=cast.NOW).choices == {key: ["Un", "Deux"]}


def test_a_patient_in_an_answer_is_stopped_and_nothing_is_kept(survey):
    with pytest.raises(PatientData):
        answered(survey, text="Je suis Mme MARTIN Jeanne, 82 ans")
    assert not SurveyAnswer.objects.exists()


def test_a_survey_that_is_not_open_takes_nothing(draft, told):
    with pytest.raises(NotNow):
        answered(draft)
    survey = surveys.open_survey(draft, **told)
    with pytest.raises(NotNow):
        answer(survey, {keys(survey)[0]: ["4"]}, at=cast.NOW + datetime.timedelta(days=60))
    surveys.close_survey(survey, **told)
    with pytest.raises(NotNow):
        answered(survey)


def closed(survey, told):
    surveys.close_survey(survey, **told)
    survey.refresh_from_db()
    return results_of(survey, cast.TODAY)


def test_a_closed_survey_shows_nothing_under_five_answers(survey, told):
    for rank in range(4):
        answered(survey, text=f"Avis {rank}")
    few = closed(survey, told)
    assert (few.answers, few.is_hidden, few.to_read, few.texts) == (4, True, (), ())


def test_the_texts_are_read_one_by_one_once_the_survey_is_closed(survey, told):
    for rank in range(4):
        answered(survey, text=f"Avis {rank}")
    answered(survey, "2")
    live = results_of(survey, cast.TODAY)
    assert (live.is_hidden, live.to_read, live.texts, live.on_paper) == (True, (), (), 0)
    found = closed(survey, told)
    assert (found.is_hidden, found.rows[0].answered, found.rows[1].is_hidden) == (False, 5, True)
    assert len(found.to_read) == 4
    surveys.read_text(found.to_read[0], shown=True, **told)
    surveys.read_text(found.to_read[1], shown=False, **told)
    found = results_of(survey, cast.TODAY)
    assert (len(found.to_read), len(found.texts[0][1])) == (2, 1)


def test_results_of_an_open_survey_move_on_by_five_then_are_whole(survey, told):
    marks = ["1"] * 5 + ["2"] * 5 + ["3"] * 2
    seen = []
    for mark in marks:
        answered(survey, mark)
        found = results_of(survey, cast.TODAY)
        seen.append((found.answers, found.shown, tuple(count for _mark, count in found.rows[0].rows)))
    assert [answers for answers, _shown, _counts in seen] == [0] * 4 + [5] * 5 + [10] * 3
    assert {(shown, counts) for _answers, shown, counts in seen[:9]} == {(0, ())}
    assert {(shown, counts) for _answers, shown, counts in seen[9:]} == {(5, (5, 0, 0, 0, 0))}
    found = closed(survey, told)
    assert (found.answers, found.shown, found.rows[0].answered) == (12, 12, 12)


def test_a_survey_that_was_read_whole_is_not_opened_again(survey, told):
    surveys.close_survey(survey, **told)
    later = SurveyFields(title="Votre avis", closes_on="2027-12-31")
    with pytest.raises(NotNow, match="ne se rouvre pas"):
        surveys.write_survey(survey, later, **told)
    ended = {"by": told["by"], "at": cast.NOW + datetime.timedelta(days=60)}
    Survey.objects.update(closed_on=None)
    with pytest.raises(NotNow, match="ne se rouvre pas"):
        surveys.write_survey(survey, later, **ended)


def test_who_reads_writes_nothing_and_types_no_paper(people, survey):
    with pytest.raises(NotAllowed):
        surveys.close_survey(survey, by=people.membre, at=cast.NOW)
    with pytest.raises(NotAllowed):
        answer(survey, {keys(survey)[0]: ["4"]}, at=cast.NOW, on_paper_by=people.membre)
    assert answer(survey, {keys(survey)[0]: ["4"]}, at=cast.NOW, on_paper_by=people.porteuse).on_paper


def test_a_choice_is_between_two_answers_at_least():
    with pytest.raises(ValueError, match="deux réponses"):
        QuestionFields(kind="choix", title="Su ?", choices="Oui\nOui")


def test_the_last_day_of_a_survey_is_a_day_of_the_calendar(people, survey):
    days = {"since": cast.TODAY, "until": datetime.date(2026, 12, 31)}
    assert [each.what for each in deadlines(people.structure, **days)] == ["Dernier jour de l'enquête : Votre avis"]


@pytest.mark.parametrize(
    ("change", "field"), [({}, "title"), ({"title": "comité"}, "title"), ({"day": "2026-11-23"}, "day")]
)
def test_what_is_done_with_users_is_noted_once_and_not_before_its_day(people, told, change, field):
    given = {"day": "2026-11-22", "kind": "partenariat", "title": "Comité"}
    row = involvement.note_involvement(people.structure, InvolvementFields(**given), **told)
    with pytest.raises(BadInput) as refused:
        involvement.note_involvement(people.structure, InvolvementFields(**given | change), **told)
    assert [each.field for each in refused.value.problems] == [field]
    involvement.write_involvement(row, InvolvementFields(**given | {"people": "9"}), **told)
    involvement.note_involvement(people.structure, InvolvementFields(**given | {"kind": "codecision"}), **told)


def test_what_is_done_with_users_is_noted_proved_removed_and_put_back(people, survey, told):
    fields = InvolvementFields(day="2026-05-01", kind="partenariat", title="Comité des usagers", people="12")
    proof = involvement.Proof("compte-rendu.png", io.BytesIO(PNG))
    row = involvement.note_involvement(people.structure, fields, file=proof, **told)
    assert (row.people, row.proof.name) == (12, "compte-rendu.png")
    facts = facts_of([row], list(surveys_of(people.structure)), 2026)
    assert (facts.has_first, facts.has_second) == (True, True)
    assert not facts_of([row], [], 2026).has_second
    row = involvement.write_involvement(row, fields.model_copy(update={"people": None}), **told)
    key = involvement.remove_involvement(row, **told)
    back = involvement.put_involvement_back(people.structure, key, **told)
    assert (back.people, back.proof) == (None, row.proof)
    with pytest.raises(NotNow):
        involvement.put_involvement_back(people.structure, key, **told)


@pytest.mark.parametrize(
    ("model", "fields", "name"),
    [
        (Survey, {"title": "", "closes_on": LAST}, "survey_has_a_title"),
        (Survey, {"title": "A", "closes_on": LAST, "closed_on": LAST}, "survey_closes_after_it_opens"),
    ],
)
def test_the_database_refuses_a_wrong_survey(people, model, fields, name):
    rest = {"structure": people.structure, "secret": "a", "created_at": cast.NOW, "created_by": people.porteuse}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(**rest, **fields)


def test_the_database_refuses_empty_words(people, draft):
    question = draft.questions.first()
    for name, make in (
        ("survey_question_has_words", lambda: SurveyQuestion.objects.create(survey=draft, position=9, kind="note")),
        ("survey_text_is_not_empty", lambda: SurveyText.objects.create(question=question, text="")),
        (
            "involvement_has_a_title",
            lambda: UserInvolvement.objects.create(structure=people.structure, day=LAST, kind="partenariat"),
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
