"""What a command or a simulator takes, described for people and for tools: its JSON schema and a complete example.

They serve any pydantic model whose fields have a French title and description; a unit is in the field's
``json_schema_extra`` under ``unite``.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from maillage.core.kernel.problems import read

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def input_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a model: for each field its title, description, type, unit, bounds and default.

    A field that may be left unknown has « null » among its types instead of an alternative of schemas.
    """
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        part["properties"] = {name: _plain(field) for name, field in part.get("properties", {}).items()}
    return {"$schema": DIALECT, **schema}


def complete(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """A valid input with every field, those that ``values`` leaves out at their default.

    Raises :class:`maillage.core.kernel.problems.BadInput`.
    """
    return read(model, values).model_dump(mode="json")


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """``anyOf: [{type: number}, {type: null}]`` as one type that admits null."""
    choices = field.get("anyOf", [])
    known = [choice for choice in choices if choice != {"type": "null"}]
    if len(known) != 1 or len(known) == len(choices) or not isinstance(known[0].get("type"), str):
        return field
    rest = {name: value for name, value in field.items() if name != "anyOf"}
    plain = {**rest, **known[0], "type": [known[0]["type"], "null"]}
    return {**plain, "enum": [*plain["enum"], None]} if "enum" in plain else plain
