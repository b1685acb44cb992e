"""The roadmap of a project as it is read: the steps of its structure, where each stands, when, and why.

A step that nobody touched has no row: it is « à faire », at the date that the others give it.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillage.apps.common.models import Event
from maillage.apps.projets.models import Projet, Step
from maillage.apps.structures.models import Member
from maillage.core.projet.schedule import Plan, Scheduled, schedule, shift_words

if TYPE_CHECKING:
    from maillage.core.projet.roadmap import RoadmapStep

CHANGED, UNDONE = "modifier une étape", "annuler un décalage"
FILING = "depot"
OVER = (Step.State.FAIT, Step.State.SANS_OBJET)


@dataclass(frozen=True)
class Shift:
    """The last time that a step moved others: its event, the step, by how many days, the steps that followed, in days.

    ``is_late``: it was done late; else its date was brought later.
    """

    event: Event
    title: str
    days: int
    moved: Mapping[str, int]
    is_late: bool


@dataclass(frozen=True)
class ShownStep:
    """One step: what the guides say of it (``about``), what the team did, its date."""

    about: "RoadmapStep"
    rank: int
    state: str
    date: Scheduled
    reason: str
    due_on: datetime.date | None = None
    is_imposed: bool = False
    done_on: datetime.date | None = None
    note: str = ""
    ready: tuple[str, ...] = ()
    in_charge: Member | None = None
    is_next: bool = False

    @property
    def code(self) -> str:
        """Its code."""
        return self.about.code

    @property
    def state_words(self) -> str:
        """Its state, in words."""
        return str(Step.State(self.state).label)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER


@dataclass(frozen=True)
class Roadmap:
    """The steps in order; ``shift`` is what can be undone."""

    steps: tuple[ShownStep, ...]
    shift: Shift | None

    @property
    def next(self) -> ShownStep | None:
        """The step to do now, ``None`` when all is done."""
        return next((step for step in self.steps if step.is_next), None)

    @property
    def done(self) -> int:
        """How many steps are over."""
        return sum(step.is_over for step in self.steps)


def described(projet: Projet, *, today: datetime.date) -> tuple["RoadmapStep", ...]:
    """The steps of the structure of a project, by the rules of a day."""
    from maillage.core.projet.roadmap import roadmap  # OpenFisca costs a second to import.

    return roadmap(projet.structure.kind, projet.structure.region, today)


def roadmap_of(projet: Projet, *, today: datetime.date) -> Roadmap:
    """The roadmap of a project on a day."""
    steps = described(projet, today=today)
    rows = {row.code: row for row in projet.steps.select_related("in_charge")}
    dates = schedule(steps, plan_of(projet, rows, today=today))
    shift = last_shift(rows, {step.code: step.title for step in steps})
    blank = {step.code: Step(projet=projet, code=step.code) for step in steps}
    states = {step.code: rows.get(step.code, blank[step.code]).state for step in steps}
    following = next((code for code, state in states.items() if state not in OVER), "")
    shown = tuple(
        _shown(step, rank, rows.get(step.code, blank[step.code]), dates[step.code], shift, following)
        for rank, step in enumerate(steps, 1)
    )
    return Roadmap(shown, shift)


def plan_of(projet: Projet, rows: Mapping[str, Step], *, today: datetime.date | None) -> Plan:
    """What people decided of the dates of a project.

    What a step that is done late pushes was written when it was said to be done: its own date no longer counts.
    """
    return Plan(
        start=projet.starts_on,
        planned={code: row.due_on for code, row in rows.items() if row.is_set and row.due_on and not row.done_on},
        done={code: row.done_on for code, row in rows.items() if row.done_on},
        moved={},
        imposed={code for code, row in rows.items() if row.is_imposed},
        skipped={code for code, row in rows.items() if row.state == Step.State.SANS_OBJET},
        today=today,
    )


def last_shift(rows: Mapping[str, Step], titles: Mapping[str, str]) -> Shift | None:
    """The last change of a step, when it moved others and nothing was changed since."""
    codes = {str(row.pk): code for code, row in rows.items()}
    events = Event.objects.filter(subject_type=Step._meta.label_lower, subject_id__in=codes, verb__in=(CHANGED, UNDONE))
    event = events.first()
    if event is None or event.verb != CHANGED or not event.after or not event.after.get("decalees"):
        return None
    code = codes[event.subject_id]
    moved = event.after["decalees"]
    if any(_iso(rows.get(each)) != days[1] for each, days in moved.items()):
        return None
    gaps = {each: (_day(days[1]) - _day(days[0])).days for each, days in moved.items()}
    before, after = event.before or {}, event.after
    late = bool(after["fait_le"]) and after["fait_le"] != before["fait_le"]
    own = (_day(end_of(after)) - _day(end_of(before))).days
    return Shift(event, titles.get(code, code), own, gaps, late)


def end_of(told: Mapping[str, Any]) -> str | None:
    """When a step ended, or else should end, in what the log says of it."""
    end: str | None = told["fait_le"] or told["echeance"]
    return end


def before_filing(roadmap: Roadmap) -> Iterator[str]:
    """The titles of the steps to do before sending the file that are not over."""
    for step in roadmap.steps:
        if step.code == FILING:
            return
        if not step.is_over:
            yield step.about.title


def alerts(roadmap: Roadmap) -> tuple[str, ...]:
    """What the dates say of the delays of the texts, step by step."""
    return tuple(f"{step.about.title} : {step.date.alert}" for step in roadmap.steps if step.date.alert)


def _shown(
    step: "RoadmapStep", rank: int, row: Step, date: Scheduled, shift: Shift | None, following: str
) -> ShownStep:
    return ShownStep(
        about=step,
        rank=rank,
        state=row.state,
        date=date,
        reason=date.reason or _shifted(step.code, shift),
        due_on=row.due_on if row.is_set else None,
        is_imposed=row.is_imposed,
        done_on=row.done_on,
        note=row.note,
        ready=_known(row.documents, step.documents),
        in_charge=row.in_charge,
        is_next=step.code == following,
    )


def _shifted(code: str, shift: Shift | None) -> str:
    """Why a step is not where it was planned, as long as the move that pushed it can be undone."""
    if shift is None or code not in shift.moved:
        return ""
    why = "a pris du retard" if shift.is_late else "est repoussée"
    return f"Repoussé de {shift_words(shift.moved[code])} parce que l'étape « {shift.title} » {why}."


def _known(ready: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in asked if each in ready)


def _iso(row: Step | None) -> str | None:
    return row.due_on.isoformat() if row and row.due_on else None


def _day(text: Any) -> datetime.date:
    return datetime.date.fromisoformat(str(text))
