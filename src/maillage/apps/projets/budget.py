"""The budget of a project: its lines, what they add up to, what the rules suggest."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db import transaction
from django.db.models import Max
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.activity.fields import Amount, Line, Title
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, check_unchanged, removed, tell, values
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.projets.models import BudgetLine, Projet
from maillage.apps.projets.permissions import may_write

Kind = BudgetLine.Kind
SCREENED = ("label", "envelope", "note")


def _year(value: Any) -> Any:
    words = str(value or "").strip()
    if not (words.isascii() and words.isdigit() and len(words) < 10 and 2000 <= int(words) <= 2100):
        raise ValueError("une année de 2000 à 2100")
    return int(words)


class BudgetLineFields(BaseModel):
    """A line, as a form gives it. ``amount``: nothing when it is to be confirmed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["depense", "ressource"]
    year: Annotated[int, BeforeValidator(_year)]
    label: Title
    envelope: Annotated[Line, Field(max_length=120)] = ""
    amount: Amount = None
    is_secured: bool = False
    note: Annotated[Line, Field(max_length=250)] = ""


@dataclass(frozen=True)
class Sum:
    """What lines add up to, in euros; ``unknown``: how many have no amount yet. ``secured``: the part that is sure."""

    known: Decimal
    unknown: int
    secured: Decimal

    @property
    def is_whole(self) -> bool:
        """Whether every line has its amount; else the sum is « au moins »."""
        return self.unknown == 0


@dataclass(frozen=True)
class YearBudget:
    """A year: its lines, their sums; ``year`` is ``None`` for all the years together."""

    year: int | None
    expenses: tuple[BudgetLine, ...]
    resources: tuple[BudgetLine, ...]
    spent: Sum
    received: Sum

    @property
    def balance(self) -> Decimal | None:
        """Resources minus expenses; ``None`` while an amount is to be confirmed."""
        whole = self.spent.is_whole and self.received.is_whole
        return self.received.known - self.spent.known if whole else None


def years(lines: Iterable[BudgetLine]) -> list[YearBudget]:
    """The budget year by year, then the whole when there are several."""
    by_year: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_year[line.year].append(line)
    found = [_year_of(year, by_year[year]) for year in sorted(by_year)]
    return found if len(found) < 2 else [*found, _year_of(None, [line for rows in by_year.values() for line in rows])]


def line_of(projet: Projet, key: int) -> BudgetLine | None:
    """A line of a project."""
    return projet.budget_lines.filter(pk=key).first()


@transaction.atomic
def add_line(projet: Projet, fields: BudgetLineFields, *, by: User, at: datetime.datetime) -> BudgetLine:
    """Add a line at the end of its part. Raises :class:`PatientData` or :class:`NotAllowed`."""
    _hold(projet, by)
    last = projet.budget_lines.aggregate(last=Max("position"))["last"]
    line = BudgetLine(projet=projet, position=0 if last is None else last + 1)
    _fill(line, fields)
    line.save(force_insert=True)
    tell(projet.structure, by=by, at=at, verb="créer", subject=line, after=values(line))
    return line


@transaction.atomic
def add_lines(projet: Projet, rows: Iterable[BudgetLineFields], *, by: User, at: datetime.datetime) -> list[BudgetLine]:
    """Add several lines, all or none; each has its event."""
    return [add_line(projet, fields, by=by, at=at) for fields in rows]


@transaction.atomic
def write_line(
    line: BudgetLine, fields: BudgetLineFields, *, seen: str = "", by: User, at: datetime.datetime
) -> BudgetLine:
    """Change a line. Raises :class:`Changed` when someone wrote it since it was seen."""
    _check(by, line.projet)
    row = _row(line)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    row.save()
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.projet.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def remove_line(line: BudgetLine, *, by: User, at: datetime.datetime) -> str:
    """Remove a line; what is returned puts it back."""
    _hold(line.projet, by)
    row = _row(line)
    tell(row.projet.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return str(line.pk)


@transaction.atomic
def put_line_back(projet: Projet, identifier: str, *, by: User, at: datetime.datetime) -> BudgetLine:
    """Put back a line as it was. Raises :class:`NotNow` when there is nothing to put back."""
    _hold(projet, by)
    told = removed(BudgetLine, identifier)
    if told is None or told["projet_id"] != str(projet.pk):
        raise NotNow("Cette ligne n'est plus à rétablir.")
    line = BudgetLine.objects.create(pk=int(identifier), **told)
    line.refresh_from_db()
    tell(projet.structure, by=by, at=at, verb=RESTORED, subject=line, after=values(line))
    return line


def _check(by: User, projet: Projet) -> None:
    if not may_write(by, projet):
        raise NotAllowed("écrire le budget")


def _hold(projet: Projet, by: User) -> None:
    """Check the right, then hold the project: who comes second waits, then sees what the first one wrote."""
    _check(by, projet)
    Projet.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=projet.pk)


def _row(line: BudgetLine) -> BudgetLine:
    """The row as it is now, for this transaction alone. Raises ``DoesNotExist`` when it was removed meanwhile."""
    return BudgetLine.objects.select_for_update(of=("self",)).select_related("projet__structure").get(pk=line.pk)


def _fill(line: BudgetLine, fields: BudgetLineFields) -> None:
    screened({name: getattr(fields, name) for name in SCREENED})
    for name, value in fields.model_dump().items():
        setattr(line, name, value)


def _year_of(year: int | None, rows: list[BudgetLine]) -> YearBudget:
    expenses = tuple(row for row in rows if row.kind == Kind.DEPENSE)
    resources = tuple(row for row in rows if row.kind == Kind.RESSOURCE)
    return YearBudget(year, expenses, resources, _sum(expenses), _sum(resources))


def _sum(rows: Iterable[BudgetLine]) -> Sum:
    known, secured, unknown = Decimal("0.00"), Decimal("0.00"), 0
    for row in rows:
        if row.amount is None:
            unknown += 1
            continue
        known += row.amount
        secured += row.amount if row.is_secured else 0
    return Sum(known, unknown, secured)
