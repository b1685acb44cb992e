"""What makes an answer uncertain although a text gives it.

Three doubts: the value itself (a weak source, a newer text), a list of professions to read again where it decides,
and a manager whose right depends on what was not asked. A doubt never changes the state of a condition.
"""

import datetime
from collections.abc import Iterator

from openfisca_core.simulations import Simulation

from maillage.core.kernel import french
from maillage.core.rules.base import ConditionSpec
from maillage.core.rules.orientation.engine import has_others, state_of_others
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation

TO_READ_AGAIN = "professions.a_relire"
MANAGERS = "cds.gestionnaire.autorises"
MANAGERS_TO_CHECK = "cds.gestionnaire.a_verifier"
REGION_NAMED = "cds.gestionnaire.region_nommee"


class Doubts:
    """The doubts on the conditions of one situation, told to the engine without :func:`professions_to_read_again`."""

    def __init__(self, situation: SituationOrientation, book: RuleBook, simulation: Simulation) -> None:
        self._situation, self._book, self._simulation = situation, book, simulation

    def on(self, name: str, spec: ConditionSpec, found: str) -> str:
        """Why the state ``found`` of a condition is to confirm, in French. Empty when it is certain."""
        reasons = (
            self._book.doubt(spec.parameter, self._situation.date),
            *self._on_lists(name, spec, found),
            *self._on_manager(spec),
        )
        return " ; ".join(dict.fromkeys(reason for reason in reasons if reason))

    def _on_lists(self, name: str, spec: ConditionSpec, found: str) -> Iterator[str]:
        """A list matters when the state would be another without the professions to read again."""
        if not spec.lists or not has_others(self._simulation):
            return
        if state_of_others(self._simulation, self._situation, name) != found:
            yield from (self._book.doubt(path, self._situation.date) for path in spec.lists)

    def _on_manager(self, spec: ConditionSpec) -> Iterator[str]:
        if spec.parameter != MANAGERS:
            return
        date, manager = self._situation.date, self._situation.gestionnaire
        if manager in _listed(MANAGERS_TO_CHECK, date, self._book):
            yield self._book.doubt(MANAGERS_TO_CHECK, date)
        named = self._book.in_force(REGION_NAMED, date)
        if manager == "collectivite" and named is not None and named.value is False:
            yield f"si c'est une région, elle n'est plus nommée depuis le {french.day(named.since)} : faites vérifier"


def professions_to_read_again(date: datetime.date, book: RuleBook) -> tuple[str, ...]:
    """Codes of the professions that the texts consulted do not name: their place in the lists is to confirm."""
    return _listed(TO_READ_AGAIN, date, book)


def _listed(path: str, date: datetime.date, book: RuleBook) -> tuple[str, ...]:
    dated = book.in_force(path, date)
    return tuple(dated.value or ()) if dated is not None else ()
