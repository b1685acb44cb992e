"""The states of a project: what the table does not allow is forbidden."""

import itertools
from pathlib import Path

import pytest

from maillage.apps.projets.models import Projet
from maillage.apps.projets.workflow import TABLE, VERBS, diagram, possible_from, transition
from maillage.core.kernel.problems import BadInput

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "projet-de-sante.md"
ALLOWED = {
    ("partager", "preparation"): "partage",
    ("cesser de partager", "partage"): "preparation",
    ("archiver", "preparation"): "archive",
    ("archiver", "partage"): "archive",
    ("restaurer", "archive"): "preparation",
}
EVERY = set(itertools.product(VERBS, Projet.State.values))


def test_the_table_holds_what_is_allowed():
    assert {(each.verb, each.source): each.target for each in TABLE} == ALLOWED


@pytest.mark.parametrize(("verb", "state"), sorted(EVERY - set(ALLOWED)))
def test_what_is_not_in_the_table_is_forbidden(verb, state):
    with pytest.raises(BadInput, match="un geste possible"):
        transition(verb, state)


@pytest.mark.parametrize(("verb", "state"), sorted(ALLOWED))
def test_what_is_in_the_table_is_allowed(verb, state):
    assert transition(verb, state).target == ALLOWED[verb, state]


def test_every_state_can_be_left():
    assert all(possible_from(state) for state in Projet.State)


def test_the_guide_draws_the_table():
    assert diagram() in GUIDE.read_text(encoding="utf-8")
