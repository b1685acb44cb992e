"""The verbs on the maturity of a team: name what is scored, open a round, score alone, agree, improve."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.activity.fields import MaybeDay, Title, Words
from maillage.apps.activity.inputs import MemberKey
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, removed, tell, values
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.quality.maturity_models import (
    Improvement,
    MaturityConsensus,
    MaturityDimension,
    MaturityRound,
    MaturityScore,
)
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.quality.maturity import CLOSED, FEWEST_LEVELS, MOST_LEVELS, OPEN, REVEALED, TRANSITIONS, matrix

MOST_DIMENSIONS = 40
LONGEST_NAME = 160
FROZEN = ConfigDict(extra="forbid", frozen=True)


class RoundFields(BaseModel):
    """A round: its name, and the highest level of the grid that the team uses."""

    model_config = FROZEN

    name: Annotated[Title, Field(max_length=120)]
    top: int = Field(ge=FEWEST_LEVELS, le=MOST_LEVELS)


class ImprovementFields(BaseModel):
    """Something to do, who answers for it, until when; ``dimension`` is the key of what it makes grow."""

    model_config = FROZEN

    what: Title
    owner: MemberKey = None
    due_on: MaybeDay = None
    dimension: int | None = None


class ConsensusFields(BaseModel):
    """The level that the team agreed on, and why."""

    model_config = FROZEN

    level: int | None = None
    note: Annotated[Words, Field(max_length=1000)] = ""


def name_dimensions(
    structure: Structure, names: Mapping[str, Sequence[str]], *, by: User, at: datetime.datetime
) -> None:
    """Say what is scored, axis by axis, in this order; what is no longer named keeps its history."""
    given = [
        (axis, " ".join(name.split())[:LONGEST_NAME])
        for axis in (each.code for each in matrix().axes)
        for name in dict.fromkeys(names.get(axis, ()))
        if name.strip()
    ]
    screened({axis: "\n".join(name for code, name in given if code == axis) for axis, _name in given})
    if len(given) > MOST_DIMENSIONS:
        raise BadInput([Problem("", None, f"{MOST_DIMENSIONS} dimensions au plus")])
    _name(structure, given, by=by, at=at)


@transaction.atomic
def _name(structure: Structure, given: Sequence[tuple[str, str]], *, by: User, at: datetime.datetime) -> None:
    check_edits(by, structure, "nommer les dimensions de la maturité")
    held(structure)
    _without_a_round(structure)
    kept = {(each.axis, each.name): each for each in structure.maturity_dimensions.all()}
    before = [name for (_axis, name), each in kept.items() if each.is_scored]
    for key, each in kept.items():
        each.is_scored = key in given
        each.save(update_fields=["is_scored"])
    for position, (axis, name) in enumerate(given):
        MaturityDimension.objects.update_or_create(
            structure=structure, axis=axis, name=name, defaults={"position": position, "is_scored": True}
        )
    after = [name for _axis, name in given]
    if after != before:
        sides = {"before": {"dimensions": before}, "after": {"dimensions": after}}
        tell(structure, by=by, at=at, verb="nommer les dimensions", subject=structure, **sides)


@transaction.atomic
def open_round(structure: Structure, fields: RoundFields, *, by: User, at: datetime.datetime) -> MaturityRound:
    """Ask each member to score alone. Raises :class:`NotNow` when a round runs, or nothing is to be scored."""
    check_edits(by, structure, "ouvrir une cotation")
    held(structure)
    screened({"name": fields.name})
    _without_a_round(structure)
    if not structure.maturity_dimensions.filter(is_scored=True).exists():
        raise NotNow("Nommez d'abord les dimensions à coter.")
    row = MaturityRound.objects.create(structure=structure, opened_at=at, **fields.model_dump())
    tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
    return row


@transaction.atomic
def score(row: MaturityRound, levels: Mapping[int, int | None], *, by: User, at: datetime.datetime) -> int:
    """Write the levels that a member gives, by key of dimension; ``None`` says nothing. How many are written.

    The log says that they scored, never what. Raises :class:`NotAllowed` for who is not of the team.
    """
    member = scorer(row.structure, by)
    if member is None:
        raise NotAllowed("coter la maturité sans être membre de l'équipe")
    row = _held_round(row)
    if row.state != OPEN:
        raise NotNow("Les cotations sont déjà montrées : rien ne peut plus y être changé.")
    known = set(row.structure.maturity_dimensions.filter(is_scored=True).values_list("pk", flat=True))
    given = {key: level for key, level in levels.items() if level is not None}
    if set(levels) - known or any(not 1 <= level <= row.top for level in given.values()):
        raise BadInput([Problem("", None, f"un niveau de 1 à {row.top} pour chaque dimension")])
    MaturityScore.objects.filter(round=row, member=member).delete()
    MaturityScore.objects.bulk_create(
        MaturityScore(round=row, member=member, dimension_id=key, level=level) for key, level in given.items()
    )
    tell(row.structure, by=by, at=at, verb="coter", subject=row)
    return len(given)


@transaction.atomic
def move_round(row: MaturityRound, act: str, *, by: User, at: datetime.datetime) -> MaturityRound:
    """Do an act of the table of transitions. Raises :class:`NotNow` when its state forbids it."""
    check_edits(by, row.structure, "conduire la cotation")
    row = _held_round(row)
    states, following = TRANSITIONS[act]
    if row.state not in states:
        raise NotNow(f"La cotation est {row.get_state_display()} : ce geste n'y a plus lieu.")
    if act == "reveler" and not row.scores.exists():
        raise NotNow("Personne n'a encore coté : attendez au moins une cotation.")
    if following == REVEALED:
        _without_a_round(row.structure, other_than=row)
    before = row.state
    row.state = following
    row.revealed_at = at if act == "reveler" else row.revealed_at
    row.closed_at = at if following == CLOSED else None
    row.save()
    tell(row.structure, by=by, at=at, verb=act, subject=row, before={"état": before}, after={"état": row.state})
    return row


@transaction.atomic
def agree(
    row: MaturityRound, agreed: Mapping[int, ConsensusFields], *, by: User, at: datetime.datetime
) -> MaturityRound:
    """Write the levels that the team agreed on, by key of dimension; no level takes away what was agreed."""
    check_edits(by, row.structure, "retenir un niveau")
    row = _held_round(row)
    if row.state != REVEALED:
        raise NotNow("Les niveaux se retiennent une fois les cotations montrées, avant de clore.")
    screened({f"note-{key}": each.note for key, each in agreed.items()})
    known = set(row.structure.maturity_dimensions.values_list("pk", flat=True))
    wrong = [
        Problem(f"niveau-{key}", each.level, f"un niveau de 1 à {row.top}")
        for key, each in agreed.items()
        if key not in known or (each.level is not None and not 1 <= each.level <= row.top)
    ]
    if wrong:
        raise BadInput(wrong)
    before = _told(row)
    row.agreed.filter(dimension__in=agreed).delete()
    MaturityConsensus.objects.bulk_create(
        MaturityConsensus(round=row, dimension_id=key, level=each.level, note=each.note)
        for key, each in agreed.items()
        if each.level is not None
    )
    sides = changes(before, _told(row))
    if sides[1] or len(before) != row.agreed.count():
        tell(row.structure, by=by, at=at, verb="retenir", subject=row, before=before, after=_told(row))
    return row


@transaction.atomic
def improve(
    structure: Structure,
    fields: ImprovementFields,
    *,
    row: MaturityRound | None = None,
    by: User,
    at: datetime.datetime,
) -> Improvement:
    """Note something to do."""
    check_edits(by, structure, "noter une amélioration")
    held(structure)
    improvement = Improvement(structure=structure, round=row)
    _fill(improvement, fields)
    improvement.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=improvement, after=values(improvement))
    return improvement


@transaction.atomic
def rewrite(improvement: Improvement, fields: ImprovementFields, *, by: User, at: datetime.datetime) -> Improvement:
    """Change what is to be done, who answers for it, until when."""
    check_edits(by, improvement.structure, "modifier une amélioration")
    held(improvement.structure)
    row = Improvement.objects.select_for_update(of=("self",)).get(pk=improvement.pk)
    before = values(row)
    _fill(row, fields)
    row.save()
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def finish(improvement: Improvement, *, on: datetime.date | None, by: User, at: datetime.datetime) -> Improvement:
    """Say that it is done on a day, or with ``None`` that it is not after all."""
    check_edits(by, improvement.structure, "finir une amélioration")
    held(improvement.structure)
    row = Improvement.objects.select_for_update(of=("self",)).get(pk=improvement.pk)
    if (row.done_on is None) == (on is None):
        return row
    row.done_on = on
    row.save()
    verb = "finir" if on else "reprendre"
    tell(row.structure, by=by, at=at, verb=verb, subject=row, after={"faite le": on.isoformat() if on else None})
    return row


@transaction.atomic
def remove_improvement(improvement: Improvement, *, by: User, at: datetime.datetime) -> str:
    """Remove what is not to be done after all; what is returned puts it back."""
    check_edits(by, improvement.structure, "retirer une amélioration")
    held(improvement.structure)
    row = Improvement.objects.select_for_update(of=("self",)).get(pk=improvement.pk)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return str(improvement.pk)


@transaction.atomic
def put_improvement_back(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Improvement:
    """Put back a removed improvement. Raises :class:`NotNow` when there is nothing to put back."""
    check_edits(by, structure, "rétablir une amélioration")
    held(structure)
    told = removed(Improvement, identifier)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow("Cette amélioration n'est plus à rétablir.")
    kept: dict[str, Any] = {"owner_id": structure.members, "dimension_id": structure.maturity_dimensions,
            "round_id": structure.maturity_rounds}  # fmt: skip
    links = {name: told[name] if rows.filter(pk=told[name]).exists() else None for name, rows in kept.items()}
    row = Improvement(pk=int(identifier), **(told | links))
    row.save(force_insert=True)
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=row, after=values(row))
    return row


def scorer(structure: Structure, by: User) -> Member | None:
    """The member of the team that an account is: who scores."""
    if structure.organisation.closed_at is not None:
        return None
    return structure.members.filter(user=by, left_on=None).first()


def _fill(row: Improvement, fields: ImprovementFields) -> None:
    structure = row.structure
    screened({"what": fields.what})
    owner = structure.members.filter(pk=fields.owner).first() if fields.owner else None
    if fields.owner and owner is None:
        raise BadInput([Problem("owner", None, "une personne de l'équipe")])
    dimension = structure.maturity_dimensions.filter(pk=fields.dimension).first() if fields.dimension else None
    if fields.dimension and dimension is None:
        raise BadInput([Problem("dimension", None, "une dimension de la liste")])
    row.what, row.owner, row.due_on, row.dimension = fields.what, owner, fields.due_on, dimension


def _without_a_round(structure: Structure, *, other_than: MaturityRound | None = None) -> None:
    running = structure.maturity_rounds.filter(state__in=(OPEN, REVEALED))
    if other_than is not None:
        running = running.exclude(pk=other_than.pk)
    if running.exists():
        raise NotNow("Une cotation est en cours : finissez-la d'abord.")


def _held_round(row: MaturityRound) -> MaturityRound:
    held(row.structure)
    found = MaturityRound.objects.select_for_update(of=("self",)).select_related("structure__organisation")
    return found.get(pk=row.pk)


def _told(row: MaturityRound) -> dict[str, int]:
    return {each.dimension.name: each.level for each in row.agreed.select_related("dimension")}
