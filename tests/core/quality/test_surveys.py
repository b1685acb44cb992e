"""When a survey takes answers, what they add up to, when they are too few; the levels of the users' part."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.quality.involvement import involvement
from maillage.core.quality.surveys import FEWEST, Question, results, shown_of, state_on, told_count
from maillage.core.quality.templates import survey_template, survey_templates

DAY = datetime.date(2026, 11, 22)
BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("opened", "closes", "closed", "state"),
    [
        (None, AFTER, None, "brouillon"),
        (BEFORE, DAY, None, "ouverte"),
        (BEFORE, BEFORE, None, "close"),
        (BEFORE, AFTER, DAY, "close"),
    ],
)
def test_the_last_day_still_takes_answers(opened, closes, closed, state):
    assert state_on(DAY, opened, closes, closed) == state


def test_a_question_is_shown_from_five_answers_to_it():
    mark, choice = Question("a", "note", "Accueil"), Question("b", "choix", "Su ?", ("Oui", "Non"))
    answers = [{"a": ["4"]} for _rank in range(FEWEST - 1)] + [{"b": ["Oui"]}, {"a": ["2"], "b": ["Non"]}]
    first, second = results([mark, choice, Question("c", "texte", "Dites")], answers)
    assert (first.answered, first.mean, first.rows[3]) == (5, Decimal("3.6"), ("4", 4))
    assert (second.answered, second.is_hidden) == (2, True)


@given(st.integers(0, 200))
def test_no_two_readings_of_a_survey_differ_by_fewer_than_five_answers(answers):
    live, later = (shown_of(each, is_open=True) for each in (answers, answers + 1))
    whole = shown_of(answers, is_open=False)
    assert later - live in {0, FEWEST}
    assert whole == answers
    assert live == 0 or whole - live >= FEWEST
    assert told_count(answers, is_open=True) % FEWEST == 0


def test_several_choices_each_count():
    question = Question("a", "multiple", "Quoi ?", ("Un", "Deux"))
    (found,) = results([question], [{"a": ["Un", "Deux"]}] * 3 + [{"a": ["Deux"]}] * 2)
    assert found.rows == (("Un", 3), ("Deux", 5))
    assert found.mean is None


def test_the_second_level_needs_the_first():
    assert not involvement(["codecision"], 0, 2026).has_second
    found = involvement(["codecision", "consultation"], 0, 2026)
    assert (found.has_first, found.has_second, found.first, found.second) == (True, True, 1, 1)
    assert "CNAM" in found.source


def test_the_templates_are_ready_to_ask():
    assert {each.code for each in survey_templates()} == {"satisfaction", "action"}
    assert all(len(each.offered) > 1 or each.kind == "texte" for each in survey_template("satisfaction").questions)
    assert survey_template("rien") is None
