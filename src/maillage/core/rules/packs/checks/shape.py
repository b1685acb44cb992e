"""What was expected where a model refuses: the nearest key, the quotes that are missing."""

from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from maillage.core.kernel.problems import nearest


def hint(model: type[BaseModel], details: ErrorDetails, expected: str) -> str:
    """``expected``, completed with what helps a person who writes YAML."""
    if details["type"] == "extra_forbidden":
        known = sorted(keys_at(model, details["loc"][:-1]))
        near = nearest(str(details["loc"][-1]), known)
        return f"l'une des clés : {', '.join(known)}{f' (vouliez-vous dire « {near} » ?)' if near else ''}"
    if details["type"] == "string_type" and isinstance(details["input"], int | float):
        return f"{expected}, entre guillemets"
    return expected


def keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> set[str]:
    """The keys that may be written at a place."""
    here: set[type[BaseModel]] = {model}
    for part in path:
        fields = [each.model_fields[str(part)] for each in here if str(part) in each.model_fields]
        if fields:
            here = {found for info in fields for found in _models(info)}
    return {name for each in here for name in each.model_fields}


def _models(kind: Any) -> set[type[BaseModel]]:
    """The models that an annotation holds, however deep."""
    if isinstance(kind, FieldInfo):
        return _models(kind.annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {kind}
    return {found for inner in get_args(kind) for found in _models(inner)}
