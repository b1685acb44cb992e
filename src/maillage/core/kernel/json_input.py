"""JSON as it comes from outside: read strictly, refused in French, the same way for the API and the command line.

Strictly: UTF-8, no ``NaN`` nor ``Infinity``, a number is not a text, ``true`` is not 1, a field is given once.
"""

import json
from collections.abc import Iterator
from typing import Any

import orjson
from pydantic import ValidationError

from maillage.core.kernel.problems import BadInput, Model, Problem, problems_of, shorten

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NOT_NUMBERS = ("NaN", "Infinity")
EXCERPT = 30
GIVEN_OFTEN = "ce champ est donné plusieurs fois"


def read_json(model: type[Model], raw: bytes) -> Model:
    """Build ``model`` from a JSON document.

    Raises :class:`BadInput`: one problem when it is not JSON, else one per field that is wrong.
    """
    document = orjson.dumps(parse_json(raw))
    try:
        return model.model_validate_json(document, strict=True)
    except ValidationError as error:
        raise BadInput(problems_of(error)) from None


def parse_json(raw: bytes) -> Any:
    """The value of a JSON document; a byte order mark is accepted. Raises :class:`BadInput`."""
    text = _decode(raw.removeprefix(BYTE_ORDER_MARK))
    if not text.strip():
        raise BadInput([Problem("", None, "une situation en JSON")])
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput([_syntax(text, error)]) from None
    _check_given_once(text, document)
    return document


def _check_given_once(text: str, document: Any) -> None:
    """Refuse a name given more than once in the same object, or a document nested beyond reading."""
    try:
        # A colon a field, unless one is in a text or a field is repeated: only then is the slow search needed.
        if text.count(":") == _fields(document):
            return
        repeated = list(_repeated(json.loads(text, object_pairs_hook=_Object)))
    except RecursionError:
        raise BadInput([Problem("", text[:EXCERPT], "du JSON moins imbriqué")]) from None
    if repeated:
        raise BadInput(repeated)


# A union written in the loop would be built for each field of each line of a batch.
NESTED = (dict, list)


def _fields(value: Any) -> int:
    """How many fields the objects of a document have, all together."""
    if isinstance(value, dict):
        return len(value) + sum(_fields(item) for item in value.values() if isinstance(item, NESTED))
    return sum(map(_fields, value)) if isinstance(value, list) else 0


class _Object(list[tuple[str, Any]]):
    """The pairs of a JSON object, repeated names kept."""


def _repeated(value: Any, path: str = "") -> Iterator[Problem]:
    """A problem for each name given more than once in the same object."""
    if isinstance(value, _Object):
        given: dict[str, list[Any]] = {}
        for name, item in value:
            given.setdefault(name, []).append(item)
        for name, items in given.items():
            if len(items) > 1:
                yield Problem(f"{path}{name}", " ; ".join(map(shorten, items)), f"une seule valeur : {GIVEN_OFTEN}")
            for item in items:
                yield from _repeated(item, f"{path}{name}.")
    elif isinstance(value, list):
        for rank, item in enumerate(value):
            yield from _repeated(item, f"{path}{rank}.")


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        excerpt = raw[error.start : error.start + 1].hex().upper()
        raise BadInput([Problem("", f"octet {excerpt}", f"du texte en UTF-8, à la ligne {line}")]) from None


def _syntax(text: str, error: orjson.JSONDecodeError) -> Problem:
    found = text[error.pos : error.pos + EXCERPT].strip() or "la fin du texte"
    why = " (NaN et Infinity ne sont pas des nombres JSON)" if text.startswith(NOT_NUMBERS, error.pos) else ""
    return Problem("", found, f"du JSON valide, à la ligne {error.lineno}, colonne {error.colno}{why}")
