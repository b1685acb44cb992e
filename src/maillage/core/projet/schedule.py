"""When each step of a roadmap should be over: one that slips pushes the following ones, and each date says why.

Pure arithmetic on days: no rules are loaded here. A date that nobody set and that no text gives stays unknown.
"""

import calendar
import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from maillage.core.kernel import french

Bound = Literal["au_plus", "au_moins"]
Origin = Literal["faite", "imposee", "loi", "fixee", "repoussee", "en_retard", "calculee", "inconnue", "sans_objet"]
ORIGINS: dict[Origin, str] = {
    "faite": "faite",
    "imposee": "date imposée",
    "loi": "délai d'un texte",
    "fixee": "date fixée par vous",
    "repoussee": "date repoussée",
    "en_retard": "échéance passée",
    "calculee": "date prévue d'après un texte",
    "inconnue": "date à fixer",
    "sans_objet": "sans objet",
}
"""Where a date comes from, in words."""
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Delay:
    """So many months since another step: at most (a limit) or at least (a wait). ``to_confirm`` says why it is weak."""

    since: str
    months: int
    bound: Bound
    sentence: str
    source: str
    confidence: str
    to_confirm: str

    def from_day(self, day: datetime.date) -> datetime.date:
        """The day at the end of the delay, counted date to date."""
        return add_months(day, self.months)


class Step(Protocol):
    """What a schedule reads of a step."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def after(self) -> tuple[str, ...]: ...
    @property
    def delays(self) -> tuple[Delay, ...]: ...


@dataclass(frozen=True)
class Plan:
    """What people decided. ``planned``: the day set for a step; ``moved``: its new day, the old one staying planned.

    ``imposed``: steps whose planned day does not move (a commission, a call); ``done``: when a step was over;
    ``skipped``: steps that do not concern the project. ``today`` pushes what is late; ``None`` ignores it.
    """

    start: datetime.date
    planned: Mapping[str, datetime.date]
    done: Mapping[str, datetime.date]
    moved: Mapping[str, datetime.date]
    imposed: Collection[str] = ()
    skipped: Collection[str] = ()
    today: datetime.date | None = None


@dataclass(frozen=True)
class Scheduled:
    """The day of a step, ``None`` when unknown. ``pushed`` counts the days lost since its planned day (0: none).

    ``reason`` is a French sentence, empty when there is nothing to say; ``alert`` says what cannot hold.
    ``limit`` is the last day that a text allows, when one does. ``ready`` is the first day when what waits for the step
    can be over: later than an imposed day that cannot hold, known even for a step without date.
    """

    code: str
    day: datetime.date | None
    origin: Origin
    reason: str = ""
    pushed: int = 0
    alert: str = ""
    limit: datetime.date | None = None
    ready: datetime.date | None = None

    @property
    def over(self) -> datetime.date:
        """The first day when what waits for this step can be over, for sorting too."""
        return self.ready or self.day or datetime.date.min


def schedule(steps: Sequence[Step], plan: Plan) -> dict[str, Scheduled]:
    """The date of each step, in the order given. A step waits for those before it only (``after``).

    Done and imposed dates never move, nor does the end of a legal delay that has begun when nobody planned otherwise;
    a step that is later than planned pushes those that wait for it by as many days. One that is overdue is shown
    today, and what waits for it is not before.
    """
    placed: dict[str, Scheduled] = {}
    waits = _waits(steps, plan.skipped)
    titles = {step.code: step.title for step in steps}
    for step in steps:
        before = [placed[code] for code in waits[step.code]]
        placed[step.code] = _placed(step, before, titles, plan)
    return {step.code: _held_to_limits(step, placed) for step in steps}


def shift_words(days: int) -> str:
    """A number of days as one says it: « 3 semaines », « 10 jours ».

    >>> shift_words(21), shift_words(1), shift_words(10)
    ('3\\xa0semaines', '1\\xa0jour', '10\\xa0jours')
    """
    weeks, rest = divmod(days, DAYS_OF_A_WEEK)
    count, word = (weeks, "semaine") if weeks and not rest else (days, "jour")
    return f"{count}{french.NO_BREAK_SPACE}{french.plural(count, word)}"


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of a shorter month.

    >>> add_months(datetime.date(2026, 1, 15), 2), add_months(datetime.date(2026, 12, 31), 2)
    (datetime.date(2026, 3, 15), datetime.date(2027, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _waits(steps: Sequence[Step], skipped: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The steps that each waits for; one that is left out hands over those that it waited for."""
    found: dict[str, tuple[str, ...]] = {}
    for step in steps:
        known = [code for code in step.after if code in found]
        handed = [inner for code in known for inner in (found[code] if code in skipped else (code,))]
        found[step.code] = tuple(dict.fromkeys(handed))
    return found


def _placed(step: Step, before: list[Scheduled], titles: Mapping[str, str], plan: Plan) -> Scheduled:
    code, planned = step.code, plan.planned.get(step.code)
    if code in plan.skipped:
        return Scheduled(code, None, "sans_objet")
    if code in plan.done:
        late = (plan.done[code] - planned).days if planned else 0
        return Scheduled(code, plan.done[code], "faite", pushed=max(0, late))
    floor = _floor(step, before, plan)
    if planned and code in plan.imposed:
        alert = _too_early(planned, floor, before, titles)
        return Scheduled(code, planned, "imposee", alert=alert, ready=max(planned, floor))
    if planned:
        return _planned(step, planned, floor, before, titles, plan)
    legal = _legal(step, before)
    if legal and legal[1].since in plan.done:
        return Scheduled(code, legal[0], "loi", reason=legal[1].sentence)
    return Scheduled(
        code,
        legal[0] if legal else None,
        "calculee" if legal else "inconnue",
        reason=legal[1].sentence if legal else "",
        pushed=_slip(before)[0],
        ready=legal[0] if legal else floor,
    )


def _planned(
    step: Step,
    planned: datetime.date,
    floor: datetime.date,
    before: list[Scheduled],
    titles: Mapping[str, str],
    plan: Plan,
) -> Scheduled:
    """A day that someone set: its new day if it was moved, else pushed by what it waits for, or by today."""
    lost, cause = _slip(before)
    wanted = plan.moved.get(step.code, planned + datetime.timedelta(days=lost))
    overdue = bool(plan.today and wanted < plan.today)
    day = max(wanted, floor, plan.today) if overdue and plan.today else max(wanted, floor)
    pushed = max(0, (day - planned).days)
    if step.code in plan.moved and day == wanted:
        return Scheduled(step.code, day, "fixee", reason=_moved(day, planned), pushed=pushed)
    if not pushed:
        return Scheduled(step.code, day, "fixee", reason=_held_back(day, wanted, before, titles))
    if overdue:
        return Scheduled(step.code, day, "en_retard", f"En retard de {shift_words(pushed)}.", pushed)
    because = _because(cause, before, titles)
    return Scheduled(step.code, day, "repoussee", f"Repoussé de {shift_words(pushed)} parce que {because}.", pushed)


def _moved(day: datetime.date, planned: datetime.date) -> str:
    days = (day - planned).days
    if not days:
        return ""
    word = "Repoussé" if days > 0 else "Avancé"
    return f"{word} de {shift_words(abs(days))} par vous."


def _held_back(day: datetime.date, wanted: datetime.date, before: list[Scheduled], titles: Mapping[str, str]) -> str:
    """Why a step that was brought forward cannot be as early as asked."""
    return f"Pas plus tôt, parce que {_because('', before, titles)}." if day > wanted else ""


def _slip(before: list[Scheduled]) -> tuple[int, str]:
    """The most days lost by what a step waits for, and the code of that step.

    How late a step that is not over will end is not known: it only keeps the others from ending before it.
    """
    known = [each for each in before if each.origin != "en_retard"]
    late = max(known, key=lambda each: each.pushed, default=None)
    return (late.pushed, late.code) if late and late.pushed else (0, "")


def _because(cause: str, before: list[Scheduled], titles: Mapping[str, str]) -> str:
    """What pushed a step; without loss, it is that what it waits for ends later."""
    blamed = cause or (max(before, key=lambda each: each.over).code if before else "")
    if not blamed:
        return "le projet commence plus tard"
    found = next(each for each in before if each.code == blamed)
    verb = "a pris du retard" if found.origin == "faite" else "est repoussée" if cause else "finit plus tard"
    return f"l'étape « {titles[blamed]} » {verb}"


def _floor(step: Step, before: list[Scheduled], plan: Plan) -> datetime.date:
    """The first day possible: what it waits for is over, the waits of the texts too, and the project has begun.

    Someone who plans a step before the project knows that it began elsewhere.
    """
    planned = plan.planned.get(step.code, plan.start)
    days = [min(plan.start, planned), *(each.over for each in before)]
    waited = {each.code: each.day for each in before}
    for delay in step.delays:
        since = waited.get(delay.since)
        if delay.bound == "au_moins" and since:
            days.append(delay.from_day(since))
    return max(days)


def _legal(step: Step, before: Iterable[Scheduled]) -> tuple[datetime.date, Delay] | None:
    """The end of a delay « au plus » counted from what the step waits for, whose day is known."""
    days = {each.code: each.over for each in before if each.day}
    for delay in step.delays:
        since = days.get(delay.since)
        if delay.bound == "au_plus" and since:
            return delay.from_day(since), delay
    return None


def _too_early(day: datetime.date, floor: datetime.date, before: list[Scheduled], titles: Mapping[str, str]) -> str:
    if day >= floor:
        return ""
    last = max(before, key=lambda each: each.over, default=None)
    after = f", après « {titles[last.code]} »" if last else ""
    return f"Cette date ne bouge pas, mais l'étape n'est possible qu'à partir du {french.day(floor)}{after}."


def _held_to_limits(step: Step, placed: Mapping[str, Scheduled]) -> Scheduled:
    """The step with the last day that a text allows, and an alert when it is passed."""
    found = placed[step.code]
    limits = [
        (delay.from_day(since), delay)
        for delay in step.delays
        if delay.bound == "au_plus" and delay.since in placed and (since := placed[delay.since].day)
    ]
    if not limits or found.origin == "sans_objet":
        return found
    limit, delay = min(limits, key=lambda each: each[0])
    late = found.day is not None and found.day > limit
    alert = f"Dépasse le {french.day(limit)}. {delay.sentence}" if late else found.alert
    return replace(found, alert=alert, limit=limit)
