"""Reads of what follows the actions: the plan by mission, the values of the indicators, the trainees of a year."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from maillage.apps.activity.models import Action, ActionNote, ActionStep, Traineeship
from maillage.apps.activity.queries import actions_of
from maillage.apps.structures.models import Structure
from maillage.core.activity.plan import Followed, ThemesHeld, Total, themes_held, total
from maillage.core.activity.trainees import Trainee, Training, training
from maillage.core.projet.elaboration import structure_code
from maillage.core.projet.missions import Mission, missions

PUBLIC_HEALTH = "MSP-1.6a"
"""The mission of the ACI of the MSP that pays public-health missions, each on a theme of its own."""


@dataclass(frozen=True)
class Line:
    """An action with its count."""

    action: Action
    count: Followed


@dataclass(frozen=True)
class MissionPlan:
    """A mission of the agreement and the actions that answer to it; ``mission`` is ``None`` for those of none."""

    mission: Mission | None
    lines: tuple[Line, ...]
    total: Total


def followed(structure: Structure) -> QuerySet[Action]:
    """The actions that are not given up, with what follows them, read at once."""
    rows = actions_of(structure).exclude(state=Action.State.ABANDONNEE)
    return rows.prefetch_related("dated_steps__owner", "notes")


def count_of(action: Action, year: int | None = None) -> Followed:
    """What an action counts; money and people of one civil year when it is told."""
    steps = list(action.dated_steps.all())
    notes = [each for each in action.notes.all() if year is None or each.day.year == year]
    return Followed(
        len(steps),
        sum(each.done_on is not None for each in steps),
        action.budget,
        sum((each.amount for each in notes if each.kind == ActionNote.Kind.DEPENSE), Decimal(0)),
        int(sum(each.amount for each in notes if each.kind == ActionNote.Kind.PUBLIC)),
    )


def plan_of(structure: Structure, day: datetime.date, year: int | None = None) -> list[MissionPlan]:
    """The plan, mission by mission in the order of the agreement of that day, then what answers to none of them."""
    lines = [Line(each, count_of(each, year)) for each in followed(structure)]
    known = missions(structure_code(structure.kind), day)
    plans = [_plan(mission, [line for line in lines if mission.code in codes_of(line.action)]) for mission in known]
    codes = {mission.code for mission in known}
    rest = [line for line in lines if not codes.intersection(codes_of(line.action))]
    return [*plans, _plan(None, rest)] if rest else plans


def codes_of(action: Action) -> list[str]:
    """The codes of the missions that an action answers to."""
    return [each["code"] for each in action.missions]


def public_health(actions: Iterable[Action]) -> ThemesHeld:
    """The themes of the actions that answer to the public-health missions of the ACI of the MSP."""
    return themes_held([(each.title, each.theme) for each in actions if PUBLIC_HEALTH in codes_of(each)])


def step_of(action: Action, identifier: uuid.UUID) -> ActionStep | None:
    """A step of an action."""
    return action.dated_steps.select_related("action__structure__organisation").filter(pk=identifier).first()


def note_of(action: Action, identifier: uuid.UUID) -> ActionNote | None:
    """A note of an action."""
    return action.notes.select_related("action__structure__organisation").filter(pk=identifier).first()


def traineeships_of(structure: Structure) -> QuerySet[Traineeship]:
    """The traineeships of a structure, the last first."""
    return structure.traineeships.select_related("supervisor", "certificate", "structure__organisation")


def traineeship_of(structure: Structure, identifier: uuid.UUID) -> Traineeship | None:
    """A traineeship of a structure."""
    return traineeships_of(structure).filter(pk=identifier).first()


def in_year(rows: Iterable[Traineeship], year: int) -> list[Traineeship]:
    """Those that have a day in a civil year."""
    return [each for each in rows if told_of(each).is_in(year)]


def training_of(rows: Sequence[Traineeship], year: int) -> Training:
    """What a year counts for the agreement."""
    return training([told_of(each) for each in rows], year)


def told_of(row: Traineeship) -> Trainee:
    """A traineeship as the core counts it."""
    return Trainee(row.nom, row.prenom, row.kind, row.metier, row.starts_on, row.ends_on)


def _plan(mission: Mission | None, lines: Sequence[Line]) -> MissionPlan:
    return MissionPlan(mission, tuple(lines), total(line.count for line in lines))
