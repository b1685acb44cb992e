"""The path of a dossier: what may be done from a state, by whom. What is not in the table is forbidden."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from maillage.core.dossiers.definition import ACTORS, VERBS, Actor, Definition, TransitionData, Verb
from maillage.core.kernel.problems import BadInput, Problem

SAME = "="


@dataclass(frozen=True)
class Move:
    """A verb from a state: where it leads, what its button says, who may do it."""

    verb: Verb
    source: str
    target: str
    said: str
    actors: tuple[Actor, ...]


class PathProblem(Problem):
    """An act that the path does not allow, told as it is."""

    @property
    def message(self) -> str:
        """Why, and what can be done instead."""
        return self.expected


def moves(definition: Definition) -> tuple[Move, ...]:
    """Every move of a kind, state by state, in the order of the file."""
    return tuple(
        Move(each.verbe, source, source if each.vers == SAME else each.vers, _said(each), each.par)
        for each in definition.transitions
        for source in each.de
    )


def possible(definition: Definition, state: str, actors: Collection[str]) -> tuple[Move, ...]:
    """What these actors may do with a dossier in this state."""
    return tuple(each for each in moves(definition) if each.source == state and set(each.actors) & set(actors))


def move(definition: Definition, state: str, verb: str, actors: Collection[str]) -> Move:
    """The move of a verb. Raises :class:`BadInput` when the table has none for these actors, saying what it has."""
    allowed = possible(definition, state, actors)
    found = next((each for each in allowed if each.verb == verb), None)
    if found is None:
        raise BadInput([PathProblem("geste", verb, _refused(definition, state, verb, allowed))])
    return found


def diagram(definition: Definition) -> str:
    """The table as a Mermaid diagram, for the documentation."""
    return "\n".join(_lines(definition))


def _lines(definition: Definition) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {definition.first}"
    for state in definition.etats:
        yield f"    {state.code} : {state.titre}"
    for each in moves(definition):
        yield f"    {each.source} --> {each.target} : {each.said} ({', '.join(ACTORS[a] for a in each.actors)})"


def _said(transition: TransitionData) -> str:
    return transition.libelle or VERBS[transition.verbe]


def _refused(definition: Definition, state: str, verb: str, allowed: Collection[Move]) -> str:
    title = definition.state(state).titre
    said = VERBS.get(verb, verb)  # type: ignore[call-overload]  # a verb that nobody knows is told as it was given
    rest = " ou ".join(f"« {each.said} »" for each in allowed)
    what = f"vous pouvez : {rest}" if rest else "vous ne pouvez rien y faire pour l'instant"
    return f"« {said} » n'est pas possible : ce dossier est « {title} » ; {what}."
