"""What the database refuses of the maturity of a team, and the states that a round goes through."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.apps.quality.due_maturity import deadlines
from maillage.apps.quality.models import (
    Improvement,
    MaturityConsensus,
    MaturityDimension,
    MaturityRound,
    MaturityScore,
)
from maillage.apps.quality.services import maturity
from maillage.core.quality.maturity import TRANSITIONS

pytestmark = pytest.mark.django_db
ROUND = maturity.RoundFields(name="Automne", top=4)


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.redactrice, "at": cast.NOW}


@pytest.fixture
def row(people, told):
    maturity.name_dimensions(people.structure, {"equipe": ["Réunions"]}, **told)
    return maturity.open_round(people.structure, ROUND, **told)


@pytest.fixture
def dimension(row):
    return row.structure.maturity_dimensions.get()


def refused(row, message):
    with pytest.raises(ValidationError, match=message):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_dimension_has_a_name_once_on_its_axis(people, dimension):
    refused(MaturityDimension(structure=people.structure, axis="equipe", name=""), "a un nom")
    refused(MaturityDimension(structure=people.structure, axis="equipe", name="Réunions"), "déjà sur cet axe")


def test_a_round_has_a_name_and_from_two_to_ten_levels_one_at_a_time(people, row):
    closed = {"structure": people.structure, "state": "close", "opened_at": cast.NOW}
    refused(MaturityRound(name="", top=4, **closed), "a un nom")
    refused(MaturityRound(name="Autre", top=11, **closed), "de 2 à 10")
    refused(MaturityRound(name="Autre", top=4, **{**closed, "state": "revelee"}), "déjà en cours")


def test_a_member_gives_one_level_within_bounds(people, row, dimension):
    member = people.structure.members.first()
    given = {"round": row, "dimension": dimension, "member": member}
    refused(MaturityScore(level=0, **given), "de 1 à 10")
    MaturityScore.objects.create(level=2, **given)
    refused(MaturityScore(level=3, **given), "déjà donné")


def test_the_team_keeps_one_level_within_bounds(row, dimension):
    refused(MaturityConsensus(round=row, dimension=dimension, level=11), "de 1 à 10")
    MaturityConsensus.objects.create(round=row, dimension=dimension, level=2)
    refused(MaturityConsensus(round=row, dimension=dimension, level=3), "déjà retenu")


def test_an_improvement_says_what_is_to_be_done(people):
    refused(Improvement(structure=people.structure, what=""), "à faire")


@pytest.mark.parametrize("act", TRANSITIONS)
@pytest.mark.parametrize("state", MaturityRound.State.values)
def test_what_is_not_in_the_table_is_forbidden(people, row, dimension, told, state, act):
    maturity.score(row, {dimension.pk: 2}, by=people.membre, at=cast.NOW)
    MaturityRound.objects.filter(pk=row.pk).update(state=state)
    states, leads = TRANSITIONS[act]
    if state not in states:
        with pytest.raises(NotNow):
            maturity.move_round(row, act, **told)
    else:
        assert maturity.move_round(row, act, **told).state == leads


def test_levels_are_not_shown_before_someone_scored(row, told):
    with pytest.raises(NotNow, match="Personne n'a encore coté"):
        maturity.move_round(row, "reveler", **told)


def test_who_only_reads_leads_no_round(people, row):
    with pytest.raises(NotAllowed):
        maturity.move_round(row, "annuler", by=people.membre, at=cast.NOW)
    with pytest.raises(NotAllowed):
        maturity.score(row, {}, by=people.stranger, at=cast.NOW)


def test_the_calendar_gets_the_improvements_that_are_not_done(people, told):
    fields = maturity.ImprovementFields(what="Dater", due_on="2026-12-01")
    improvement = maturity.improve(people.structure, fields, **told)
    december = {"since": datetime.date(2026, 12, 1), "until": datetime.date(2026, 12, 31)}
    assert [each.what for each in deadlines(people.structure, **december)] == ["Dater"]
    maturity.finish(improvement, on=cast.TODAY, **told)
    assert list(deadlines(people.structure, **december)) == []
