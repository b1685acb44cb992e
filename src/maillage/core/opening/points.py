"""What the agreement of the maisons de santé counts of opening hours (MSP-1.1), and what would gain more.

The points are those of the rules: this module gives them a situation, and the same situation with one thing changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.core.kernel.french import number
from maillage.core.kernel.money import round_cents
from maillage.core.rules.aci_msp.engine import figures
from maillage.core.rules.aci_msp.simulation import simulate_batch
from maillage.core.rules.aci_msp.situation import GRID_YEAR, LAST_YEAR, FermetureConges, SituationAciMsp

INDICATOR = "MSP-1.1"
NEVER, AT_MOST, BEYOND = "aucune", "jusqu_a_3_semaines", "plus_de_3_semaines"
WEEK = 7


@dataclass(frozen=True)
class Opening:
    """How a place is open in a year; ``None`` is what is not told. ``amplitude`` in hours a day, closures in days."""

    amplitude: float | None = None
    saturday: bool | None = None
    closed_in_holidays: int | None = None
    closed_outside: int | None = None
    unscheduled: bool | None = None
    derogation: bool | None = None


@dataclass(frozen=True)
class Step:
    """One thing to change, and what it makes of the situation."""

    words: str
    change: Mapping[str, Any]
    is_required: bool = False

    def concerns(self, place: Opening) -> bool:
        """Whether a place does not do it yet."""
        told = {
            "soins_non_programmes": bool(place.unscheduled),
            "samedi_matin": bool(place.saturday),
            "amplitude_horaire": (place.amplitude or 0) >= self.change.get("amplitude_horaire", 0)
            or bool(place.derogation),
            "fermeture_conges": not (place.closed_in_holidays or place.closed_outside),
        }
        return not all(told[name] for name in self.change)


@dataclass(frozen=True)
class Gain:
    """What a step would add alone, in points and in euros before any majoration."""

    step: Step
    points: float
    amount: Decimal


@dataclass(frozen=True)
class Score:
    """What the rules count for a year. ``points`` is ``None`` when something is not told: ``missing`` says what.

    ``line``: the indicator as the simulator says it (explanation, parameters). ``required``: what must change before
    any point is paid. ``gains``: what would add points alone, the largest first.
    """

    year: int
    points: float | None
    amount: Decimal | None
    most: float
    line: dict[str, Any]
    missing: tuple[str, ...]
    required: tuple[Step, ...]
    gains: tuple[Gain, ...]


def is_established(year: int) -> bool:
    """Whether the grid of a year is known."""
    return GRID_YEAR <= year <= LAST_YEAR


def together(places: Iterable[Opening]) -> Opening:
    """The least open of several places, thing by thing: each of them must do what the agreement asks.

    A place that has a derogation does not count in the amplitude. What one place does not tell, nobody knows.
    """
    every = list(places)
    held = [each for each in every if not each.derogation]
    return Opening(
        amplitude=_least([each.amplitude for each in held or every]),
        saturday=_all([each.saturday for each in every]),
        closed_in_holidays=_most([each.closed_in_holidays for each in every]),
        closed_outside=_most([each.closed_outside for each in every]),
        unscheduled=_all([each.unscheduled for each in every]),
        derogation=_all([each.derogation for each in every]),
    )


def score(opening: Opening, year: int) -> Score:
    """The points of an opening. Raises ``ValueError`` for a year whose grid is not established."""
    if not is_established(year):
        raise ValueError(f"no grid of the ACI of the MSP is established for {year}")
    rules = figures(year)
    missing = tuple(_missing(opening))
    base = situation(opening, year)
    changed = list(_changes(base, rules))
    full = base.model_copy(update=_merged(changed))
    answers = simulate_batch([base, full, *(base.model_copy(update=dict(step.change)) for step in changed)])
    lines = [next(line for line in answer.indicators if line.id == INDICATOR) for answer in answers]
    now, most = lines[0].points, lines[1].points
    gains = [
        Gain(step, line.points - now, _euros(line.points - now, rules))
        for step, line in zip(changed, lines[2:], strict=True)
        if line.points > now
    ]
    return Score(
        year=year,
        points=None if missing else now,
        amount=None if missing else _euros(now, rules),
        most=most,
        line=lines[0].as_dict(),
        missing=missing,
        required=() if missing else tuple(step for step in changed if step.is_required),
        gains=() if missing else tuple(sorted(gains, key=lambda gain: -gain.points)),
    )


def situation(opening: Opening, year: int) -> SituationAciMsp:
    """The situation that the rules read; what is not told counts as not done.

    The other conditions of any payment are taken as met: they are told elsewhere.
    """
    return SituationAciMsp(
        annee=year,
        patientele=0,
        associes=1,
        amplitude_horaire=opening.amplitude or 0,
        samedi_matin=bool(opening.saturday),
        fermeture_conges=closing(opening.closed_in_holidays, opening.closed_outside, year),
        soins_non_programmes=bool(opening.unscheduled),
        derogation_horaires=bool(opening.derogation),
        plan_crise=True,
        coordination=True,
        si_standard=True,
    )


def closing(in_holidays: int | None, outside: int | None, year: int) -> FermetureConges:
    """How the rules name days of closure: seven days, one after the other or not, are a week (to be confirmed).

    Some days outside the school holidays, a week at most, are read as a closure of three weeks at most: the texts
    at hand do not say more.
    """
    hours = figures(year).horaires
    inside, other = in_holidays or 0, outside or 0
    if inside > WEEK * hours.fermeture_maximale_en_vacances or other > WEEK * hours.fermeture_maximale_hors_vacances:
        return "plus_de_3_semaines"
    return "jusqu_a_3_semaines" if inside or other else "aucune"


def _missing(opening: Opening) -> Iterator[str]:
    if opening.amplitude is None and not opening.derogation:
        yield "les horaires d’ouverture"
    if opening.saturday is None:
        yield "l’ouverture du samedi matin"
    if opening.closed_in_holidays is None or opening.closed_outside is None:
        yield "les périodes de vacances scolaires (des fermetures sont notées)"
    if opening.unscheduled is None:
        yield "l’organisation des soins non programmés"


def _changes(now: SituationAciMsp, rules: Any) -> Iterator[Step]:
    """What to do, what it changes in the situation, and whether nothing is paid without it."""
    hours = rules.horaires
    if not now.soins_non_programmes:
        yield Step(
            "Organiser des soins non programmés chaque jour ouvré", {"soins_non_programmes": True}, is_required=True
        )
    if not now.derogation_horaires:
        yield from _longer(now, hours)
    if now.fermeture_conges == BEYOND:
        weeks, other = hours.fermeture_maximale_en_vacances, hours.fermeture_maximale_hors_vacances
        words = (
            f"Fermer {number(weeks)} semaines au plus pendant les vacances scolaires, {number(other)} au plus en dehors"
        )
        yield Step(words, {"fermeture_conges": AT_MOST}, is_required=True)
    if not now.samedi_matin:
        yield Step("Ouvrir le samedi matin", {"samedi_matin": True})
    if now.fermeture_conges != NEVER:
        yield Step("Ne pas fermer de l’année", {"fermeture_conges": NEVER})


def _longer(now: SituationAciMsp, hours: Any) -> Iterator[Step]:
    steps = (hours.amplitude_minimale, hours.amplitude_intermediaire, hours.amplitude_pleine)
    for step in steps:
        if now.amplitude_horaire < step:
            needed = step == hours.amplitude_minimale
            words = f"Ouvrir {number(step)} heures par jour du lundi au vendredi"
            yield Step(words, {"amplitude_horaire": float(step)}, is_required=needed)


def _merged(steps: Iterable[Step]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for step in steps:
        whole |= step.change
    return whole


def _euros(points: float, rules: Any) -> Decimal:
    return round_cents(points * rules.valeur_du_point)


def _least(values: list[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return min(known) if known and len(known) == len(values) else None


def _most(values: list[int | None]) -> int | None:
    known = [each for each in values if each is not None]
    return max(known) if known and len(known) == len(values) else None


def _all(values: list[bool | None]) -> bool | None:
    if any(each is False for each in values):
        return False
    return True if values and all(values) else None
