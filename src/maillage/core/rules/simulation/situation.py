"""The base of what a simulator is given: flat fields, each with its French title, description and unit.

Read it with :func:`maillage.core.kernel.problems.read`. No OpenFisca here.
"""

import datetime
import types
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from maillage.core.rules.regions import NATIONAL, known_pack

if TYPE_CHECKING:
    from pydantic.config import JsonDict

FIRST_DAY = datetime.date(2015, 1, 1)
LAST_DAY = datetime.date(2028, 12, 31)


def _not_a_boolean(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "a boolean is not a number")
    return value


def _known_day(day: datetime.date) -> datetime.date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"une date du {FIRST_DAY:%d/%m/%Y} au {LAST_DAY:%d/%m/%Y}")
    return day


NUMBER = BeforeValidator(_not_a_boolean)
Day = Annotated[datetime.date, AfterValidator(_known_day)]
Count = Annotated[int, Field(ge=0, le=10_000), NUMBER]
People = Annotated[int, Field(ge=0, le=20_000_000), NUMBER]
Euros = Annotated[float, Field(ge=0, le=1_000_000_000), NUMBER]
Share = Annotated[float, Field(ge=0, le=1), NUMBER]
Quantity = Annotated[float, Field(ge=0, le=1_000_000), NUMBER]


def field(
    title: str,
    description: str,
    default: Any = None,
    *,
    unit: str = "",
    group: str = "",
    choices: dict[str, str] | None = None,
) -> Any:
    """A field of a situation: what the form asks, how, in which unit, under which heading.

    ``default``: ``None`` when not given is « not known », ``...`` when the field is compulsory. ``choices``: the French
    of each value of a ``Literal``, as a sentence says it; without it a value is read as it is written.
    """
    extra: JsonDict = {name: text for name, text in (("unite", unit), ("groupe", group)) if text}
    if choices:
        extra["choix"] = dict(choices)
    return Field(default, title=title, description=description, json_schema_extra=extra)


def kind_of(info: FieldInfo) -> tuple[Any, bool]:
    """The plain type of a field, and whether it may be ``None``."""
    annotation = info.annotation
    optional = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    parts = [part for part in typing.get_args(annotation) if part is not type(None)] if optional else [annotation]
    kind = parts[0]
    while typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    return kind, optional


class Situation(BaseModel):
    """Base of the situations: unknown fields are refused, what is optional and not given is not known.

    Fields are plain: ``int``, ``float``, ``bool``, ``datetime.date`` or a ``Literal`` of texts, or one of them or
    ``None``. ``prefix`` starts the name of their variables (« aci_cpts_ »).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    prefix: ClassVar[str]

    region_pack: Annotated[str | None, AfterValidator(known_pack)] = field(
        "Politique régionale",
        "La région dont la politique s'applique ; rien ou « national » : les seules règles nationales.",
        group="Où et quand",
    )

    @property
    def day(self) -> datetime.date:
        """The day on which the rules are applied."""
        raise NotImplementedError

    @property
    def pack(self) -> str:
        """The regional policy to apply, empty for the national rules."""
        return "" if self.region_pack in (None, NATIONAL) else str(self.region_pack)


@dataclass(frozen=True)
class SimulatorSpec:
    """A simulator as the command line, the API and the pages offer it.

    ``code``: « aci-cpts ». ``structure``: the structure it is for, empty when it is not for one. ``title`` and
    ``summary``: what it calculates, for whom, in French. ``total``: what the total is (« Total de l'année »), empty
    when lines do not add up. ``example``: a complete valid situation, as JSON gives it; ``example_source``: where the
    case comes from, said on the page. ``conditions``: names of the conditions of creation that the answer shows first.
    ``controls``: those that the whole answer must hold: when one is missing, the answer warns beside its total.
    ``apart``: names of the amounts that are had and that the total leaves out (paid once, or by the month).
    """

    code: str
    structure: str
    title: str
    summary: str
    total: str
    model: type[Situation]
    example: dict[str, Any]
    example_source: str
    conditions: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
