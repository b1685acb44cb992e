"""The states of a project and how it goes from one to another. What is not in the table is forbidden."""

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.apps.projets.models import Projet
from maillage.core.kernel.problems import BadInput, Problem

State = Projet.State


@dataclass(frozen=True)
class Transition:
    """A verb that takes a project from a state to another; ``said`` is what its button says."""

    verb: str
    source: State
    target: State
    said: str


TABLE = (
    Transition("partager", State.PREPARATION, State.PARTAGE, "Partager en lecture"),
    Transition("cesser de partager", State.PARTAGE, State.PREPARATION, "Cesser de partager"),
    Transition("archiver", State.PREPARATION, State.ARCHIVE, "Archiver"),
    Transition("archiver", State.PARTAGE, State.ARCHIVE, "Archiver"),
    Transition("restaurer", State.ARCHIVE, State.PREPARATION, "Restaurer"),
)
VERBS = tuple(dict.fromkeys(each.verb for each in TABLE))


def transition(verb: str, state: str) -> Transition:
    """The transition of a verb from a state. Raises :class:`BadInput` when the table has none."""
    found = next((each for each in TABLE if (each.verb, each.source) == (verb, state)), None)
    if found is None:
        possible = " ou ".join(f"« {each.verb} »" for each in possible_from(state))
        raise BadInput([Problem("geste", verb, f"un geste possible : {possible}")])
    return found


def possible_from(state: str) -> list[Transition]:
    """What may be done with a project in this state."""
    return [each for each in TABLE if each.source == state]


def diagram() -> str:
    """The table as a Mermaid diagram, for the documentation."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {State.PREPARATION}"
    for state in State:
        yield f"    {state.value} : {state.label}"
    for each in TABLE:
        yield f"    {each.source.value} --> {each.target.value} : {each.verb}"
