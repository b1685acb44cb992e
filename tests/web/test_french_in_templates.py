"""What every template says in French without loading anything."""

import datetime

import pytest
from django.template import Context, Template


def said(words, value):
    return Template(words).render(Context({"value": value}))


@pytest.mark.parametrize(("value", "words"), [(0, "membre"), (1, "membre"), (2, "membres"), ([], "membre")])
def test_a_noun_is_singular_below_two(value, words):
    assert said("membre{{ value|pluralize }}", value) == words


def test_a_verb_agrees_too_and_what_is_no_number_says_nothing():
    assert said('{{ value|pluralize:"est,sont" }}', 0) == "est"
    assert said("membre{{ value|pluralize }}", None) == "membre"


@pytest.mark.parametrize(("day", "words"), [(1, "1er décembre 2026"), (2, "2 décembre 2026"), (11, "11 décembre 2026")])
def test_the_first_day_of_a_month(day, words):
    assert said('{{ value|date:"j F Y" }}', datetime.date(2026, 12, day)) == words


def test_a_day_is_that_of_the_clock_on_the_wall():
    late = datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC)
    assert said('{% load maillage %}{{ value|jour }} {{ value|date:"j F" }}', late).replace("\xa0", " ") == (
        "1er décembre 2026 1er décembre"
    )
