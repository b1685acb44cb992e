"""The path of a dossier: what is not in its table is refused, whoever asks."""

import itertools

import pytest

from maillage.core.dossiers import kinds, path
from maillage.core.dossiers.definition import ACTORS, VERBS
from maillage.core.kernel.problems import BadInput

EVERY = {f"{each.code}-{each.pack or 'nation'}": each for each in kinds.every_kind()}


@pytest.mark.parametrize("name", EVERY)
def test_what_is_not_in_the_table_is_refused(name):
    """Over the whole product of states, verbs and actors, what is accepted is the table, no more and no less."""
    definition = EVERY[name]
    table = {(each.source, each.verb, actor) for each in path.moves(definition) for actor in each.actors}
    accepted = set()
    for state, verb, actor in itertools.product(definition.etats, VERBS, ACTORS):
        try:
            path.move(definition, state.code, verb, {actor})
        except BadInput:
            continue
        accepted.add((state.code, verb, actor))
    assert accepted == table


@pytest.mark.parametrize("name", EVERY)
def test_every_state_is_reached_and_the_end_is_reached_from_each(name):
    definition = EVERY[name]
    steps = {(each.source, each.target) for each in path.moves(definition)}
    reached, left = {definition.first}, [definition.first]
    while left:
        here = left.pop()
        for target in {target for source, target in steps if source == here} - reached:
            reached.add(target)
            left.append(target)
    assert reached == {each.code for each in definition.etats}
    ends = {each.code for each in definition.etats if each.phase in ("clos", "suivi")}
    ending = set(ends)
    while more := {source for source, target in steps if target in ending} - ending:
        ending |= more
    assert ending == reached


def test_a_refusal_says_what_can_be_done_instead():
    definition = kinds.kind("projet_sante_cpts", "")
    with pytest.raises(BadInput) as refused:
        path.move(definition, "depose", "accepter", {"instructeur"})
    assert "vous pouvez : « Déclarer complet » ou « Demander des pièces »" in str(refused.value)
