"""The legal clock of a dossier in words: days left, suspended, over, what its silence says, from which text."""

import datetime
from dataclasses import dataclass

from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.calendar import is_working_day, next_working_day
from maillage.core.dossiers.clock import Clock
from maillage.core.dossiers.definition import DelayData
from maillage.core.kernel.french import day, number, plural

SILENCES = {
    "acceptation": "Sans réponse à cette date, le silence vaut acceptation.",
    "refus": "Sans réponse à cette date, le silence vaut refus.",
    "aucun": "Aucun texte ne donne d’effet au silence.",
    "a_confirmer": "L’effet du silence est à confirmer.",
}
OVER = (Dossier.Phase.SUIVI, Dossier.Phase.CLOS, Dossier.Phase.BROUILLON)


@dataclass(frozen=True)
class ClockWords:
    """What the page says: ``state`` in one sentence, ``working`` the next working day when the end is a day off."""

    state: str
    is_over: bool
    working: str
    silence: str
    source: str
    confidence: str
    to_confirm: str


def clock_words(dossier: Dossier, *, today: datetime.date) -> ClockWords | None:
    """The words of a clock; ``None`` when the kind has no delay known, or when the dossier is decided."""
    delay = definition_of(dossier).delai
    found = clock_of(dossier, today=today)
    if delay is None or found is None or dossier.phase in OVER:
        return None
    return ClockWords(
        state=_state(delay, found),
        is_over=found.is_over,
        working=_working(dossier, found),
        silence=SILENCES[delay.silence],
        source="; ".join(dict.fromkeys(each for each in (delay.source, delay.silence_source) if each)),
        confidence=delay.confiance,
        to_confirm=delay.a_confirmer,
    )


def _state(delay: DelayData, clock: Clock) -> str:
    if clock.started is None:
        return "Le délai légal commence quand le dossier est déclaré complet."
    if clock.suspended_since is not None:
        left = max(clock.left or 0, 0)
        return (
            f"Le délai légal est suspendu depuis le {day(clock.suspended_since)} : "
            f"{_days(left)} resteront quand il reprendra."
        )
    if clock.due is None or clock.left is None:
        return "Le délai légal n’est pas connu."
    if clock.left < 0:
        return f"Le délai légal est dépassé depuis {_days(-clock.left)} : il finissait le {day(clock.due)}."
    if clock.left == 0:
        return f"Le délai légal finit aujourd’hui, le {day(clock.due)}."
    return f"Il reste {_days(clock.left)} : le délai légal finit le {day(clock.due)}."


def _working(dossier: Dossier, clock: Clock) -> str:
    if clock.due is None or is_working_day(clock.due, dossier.region, dossier.departement):
        return ""
    following = next_working_day(clock.due, dossier.region, dossier.departement)
    return f"Ce jour n’est pas ouvré ; le premier jour ouvré qui suit est le {day(following)}."


def _days(count: int) -> str:
    return f"{number(count)} {plural(count, 'jour')}"
