"""The way still to go: from a state, the shortest way to a granted dossier, by the moves of people."""

from collections import deque

from maillage.core.dossiers.definition import Definition, StateData
from maillage.core.dossiers.path import Move, moves

GRANTED = "suivi"


def ahead(definition: Definition, state: str) -> tuple[StateData, ...]:
    """The states to come when all goes well, the one of now left out; empty once granted or closed."""
    if definition.state(state).phase in (GRANTED, "clos"):
        return ()
    reached: dict[str, str] = {state: ""}
    waiting = deque([state])
    while waiting:
        here = waiting.popleft()
        if definition.state(here).phase == GRANTED:
            return _back(definition, reached, here)
        for each in _onward(definition, here):
            if each.target not in reached:
                reached[each.target] = here
                waiting.append(each.target)
    return ()


def _onward(definition: Definition, state: str) -> list[Move]:
    return [
        each
        for each in moves(definition)
        if each.source == state and each.target != state and "systeme" not in each.actors
    ]


def _back(definition: Definition, reached: dict[str, str], end: str) -> tuple[StateData, ...]:
    way = []
    while reached[end]:
        way.append(definition.state(end))
        end = reached[end]
    return tuple(reversed(way))
