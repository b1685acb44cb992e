"""What makes an answer uncertain although a text gives it.

Three doubts: the value itself (a weak source, a newer text), a list of professions to read again where it decides,
and a manager whose right depends on what was not asked. A doubt never changes the state of a condition.
"""

from collections.abc import Iterator

from maillage.core.kernel import french
from maillage.core.rules.base import ConditionSpec
from maillage.core.rules.orientation.engine import simulate, state
from maillage.core.rules.orientation.results import Territory
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation

TO_READ_AGAIN = "professions.a_relire"
MANAGERS = "cds.gestionnaire.autorises"
MANAGERS_TO_CHECK = "cds.gestionnaire.a_verifier"
REGION_NAMED = "cds.gestionnaire.region_nommee"


class Doubts:
    """The doubts on the conditions of one situation."""

    def __init__(self, situation: SituationOrientation, territory: Territory, book: RuleBook) -> None:
        self._situation, self._book = situation, book
        others = self._without_professions_to_read_again()
        self._others = simulate(others, territory, book) if others else None

    def on(self, name: str, spec: ConditionSpec, found: str) -> str:
        """Why the state ``found`` of a condition is to confirm, in French. Empty when it is certain."""
        reasons = (
            self._book.doubt(spec.parameter, self._situation.date),
            *self._on_lists(name, spec, found),
            *self._on_manager(spec),
        )
        return " ; ".join(dict.fromkeys(reason for reason in reasons if reason))

    def _without_professions_to_read_again(self) -> SituationOrientation | None:
        """The situation without the members whose profession may not be in the lists; ``None`` when it has none."""
        team = self._situation.professionnels or []
        kept = [group for group in team if group.profession not in self._listed(TO_READ_AGAIN)]
        return self._situation.model_copy(update={"professionnels": kept}) if len(kept) < len(team) else None

    def _on_lists(self, name: str, spec: ConditionSpec, found: str) -> Iterator[str]:
        """A list matters when the state would be another without the professions to read again."""
        if spec.lists and self._others and state(self._others, self._situation, name)[0] != found:
            yield from (self._book.doubt(path, self._situation.date) for path in spec.lists)

    def _on_manager(self, spec: ConditionSpec) -> Iterator[str]:
        if spec.parameter != MANAGERS:
            return
        date, manager = self._situation.date, self._situation.gestionnaire
        if manager in self._listed(MANAGERS_TO_CHECK):
            yield self._book.doubt(MANAGERS_TO_CHECK, date)
        named = self._book.in_force(REGION_NAMED, date)
        if manager == "collectivite" and named is not None and named.value is False:
            yield f"si c'est une région, elle n'est plus nommée depuis le {french.day(named.since)} : faites vérifier"

    def _listed(self, path: str) -> tuple[str, ...]:
        dated = self._book.in_force(path, self._situation.date)
        return tuple(dated.value or ()) if dated is not None else ()
