"""The input variables of a simulator, made from the fields of its situation: one list, no copy."""

import datetime
import typing
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DAY
from pydantic.fields import FieldInfo

from maillage.core.rules.base import Reponse, Variable
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.situation import Situation, kind_of

NOT_GIVEN = datetime.date(1970, 1, 1)
"""A date that is not given: OpenFisca has no empty date."""


def input_variables(model: type[Situation], module: str) -> dict[str, type[Variable]]:
    """A variable per field (``prefix`` + name), to be put in the globals of ``module`` in ``variables/``.

    Numbers that may be left out are floats, not-a-number when they are; an optional yes or no is a ``Reponse``.
    """
    made = (_variable(model.prefix + name, info, module) for name, info in facts(model).items())
    return {variable.__name__: variable for variable in made}


def columns_of(situations: typing.Sequence[Situation], variables: typing.Mapping[str, Any]) -> dict[str, Any]:
    """The fields of situations of one class as OpenFisca takes them, by variable: arrays of one value a situation.

    What is not given takes the default of its variable, which says « not known ».
    """
    prefix, fields = situations[0].prefix, facts(type(situations[0]))
    return {
        prefix + name: _column(variables[prefix + name], [getattr(situation, name) for situation in situations])
        for name in fields
        if prefix + name in variables
    }


def facts(model: type[Situation]) -> dict[str, FieldInfo]:
    """The fields that are facts of the case: the regional policy is a set of rules."""
    return {name: info for name, info in model.model_fields.items() if name != "region_pack"}


def given(days: Any) -> Any:
    """Whether dates were given (see :data:`NOT_GIVEN`)."""
    return days != np.datetime64(NOT_GIVEN)


def _variable(name: str, info: FieldInfo, module: str) -> type[Variable]:
    kind, optional = kind_of(info)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    body: dict[str, Any] = {
        "__module__": module,
        "entity": Structure,
        "definition_period": DAY,
        "label": info.title,
        "unit": extra.get("unite"),
        **_typed(name, kind, optional, info),
    }
    return type(name, (Variable,), {key: value for key, value in body.items() if value is not None})


def _typed(name: str, kind: Any, optional: bool, info: FieldInfo) -> dict[str, Any]:
    if kind is bool:
        return {"value_type": Enum, "possible_values": Reponse, "default_value": Reponse.inconnue} if optional else {
            "value_type": bool, "default_value": bool(info.get_default())}  # fmt: skip
    if kind in (int, float):
        default = info.get_default()
        return {"value_type": float, "default_value": float("nan") if optional or info.is_required() else default}
    if kind is datetime.date:
        return {"value_type": datetime.date, "default_value": NOT_GIVEN}
    choices = choices_of(name, kind, info)
    return {"value_type": Enum, "possible_values": choices, "default_value": next(iter(choices))}


def choices_of(name: str, kind: Any, info: FieldInfo) -> Any:
    """The choices of a ``Literal`` as an enumeration that begins with « not given », each in French."""
    words = [str(word) for word in typing.get_args(kind)] if typing.get_origin(kind) is typing.Literal else []
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    french: Any = extra.get("choix", {})
    members = {"non_precise": "Non précisé"} | {word: french.get(word, word.replace("_", " ")) for word in words}
    return Enum(name, members)


def _column(variable: Any, values: list[Any]) -> Any:
    if variable.value_type is Enum and variable.possible_values is Reponse:
        return np.array([{None: "inconnue", True: "oui", False: "non"}[value] for value in values])
    if variable.value_type is Enum:
        return np.array([value or variable.default_value.name for value in values])
    if variable.value_type is float:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if variable.value_type is datetime.date:
        return np.array([value or NOT_GIVEN for value in values], dtype="datetime64[D]")
    given = [variable.default_value if value is None else value for value in values]
    return np.array(given, dtype=object if variable.value_type is str else None)
