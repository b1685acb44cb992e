"""The forms of the activity: what each field is, what was typed in it, what is wrong beside it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from maillage.apps.activity.writing import Changed, NotNow, stamp, values
from maillage.apps.common.screening import PatientData
from maillage.core.kernel import french
from maillage.core.kernel.problems import REQUIRED, BadInput, Problem
from maillage.web.screening import Stopped, stopped

Kind = Literal["line", "words", "day", "hour", "amount", "count", "duration", "select", "checks", "yes"]
SEEN = "vu"
"""Name of the hidden field that holds the stamp of the row that the form showed."""


@dataclass(frozen=True)
class Field:
    """A field of a form. ``choices`` are (code, words); ``values`` are those chosen among several."""

    name: str
    label: str
    kind: Kind = "line"
    help: str = ""
    choices: Sequence[tuple[str, str]] = ()
    required: bool = False
    rows: int = 3
    unit: str = ""
    value: str = ""
    values: Sequence[str] = ()
    error: str = ""

    @property
    def described_by(self) -> str:
        """What is read with the field."""
        return f"champ-{self.name}-erreur" + (f" champ-{self.name}-aide" if self.help else "")


@dataclass(frozen=True)
class Refused:
    """Why a form was not saved. ``others``: (label, value) that someone else wrote in the meantime."""

    errors: Mapping[str, str] = field(default_factory=dict)
    patients: Sequence[Stopped] = ()
    notice: str = ""
    others: Sequence[tuple[str, str]] = ()
    seen: str = ""


NOTHING = Refused()
Typed = Mapping[str, Any]


def typed_in(data: QueryDict, fields: Iterable[Field]) -> dict[str, Any]:
    """What was typed, by field: a text, or a list for several choices."""
    return {each.name: data.getlist(each.name) if each.kind == "checks" else data.get(each.name, "") for each in fields}


def filled(fields: Iterable[Field], typed: Typed, refused: Refused = NOTHING) -> list[Field]:
    """The fields with what was typed and what is wrong."""
    return [_filled(each, typed.get(each.name, ""), refused.errors.get(each.name, "")) for each in fields]


def refusal(wrong: BadInput | Changed | NotNow, fields: Sequence[Field], typed: Typed) -> Refused:
    """What to show of a refusal, beside the fields or above them."""
    labels = {each.name: each.label for each in fields}
    if isinstance(wrong, PatientData):
        texts = {name: str(text) for name, text in typed.items()}
        told = stopped(wrong, texts, labels)
        return Refused({each.field: "À revoir : voir plus haut." for each in told}, told)
    if isinstance(wrong, BadInput):
        return _of_input(wrong, set(labels))
    if isinstance(wrong, Changed):
        now = values(wrong.now)
        others = [(label, _shown(now.get(name))) for name, label in labels.items() if name in now]
        notice = "Quelqu'un a modifié cette page pendant que vous écriviez. Ce que vous avez tapé est gardé."
        return Refused({}, (), notice, [row for row in others if row[1]], stamp(wrong.now))
    return Refused(notice=str(wrong))


def told(problem: Problem) -> str:
    """What is wrong with a field, in one sentence."""
    if problem.expected == REQUIRED:
        return "Ce champ est obligatoire."
    return f"Attendu : {problem.expected}."


def seen(request: HttpRequest) -> str:
    """The stamp of the row that the form showed."""
    return request.POST.get(SEEN, "")


def written(value: Any) -> str:
    """A value as a field shows it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return french.number(value, 2)
    return str(value)


def _of_input(wrong: BadInput, names: set[str]) -> Refused:
    errors: dict[str, str] = {}
    rest: list[str] = []
    for problem in wrong.problems:
        name = problem.field.split(".")[0]
        if name in names:
            errors.setdefault(name, told(problem))
        else:
            rest.append(told(problem) if problem.value is None else problem.message)
    return Refused(errors, notice=" ".join(dict.fromkeys(rest)))


def _filled(each: Field, value: Any, error: str) -> Field:
    if each.kind == "checks":
        return replace(each, values=[str(item) for item in value or ()], error=error)
    return replace(each, value=written(value), error=error)


def _shown(value: Any) -> str:
    return "" if isinstance(value, list | dict) else str(value or "")
