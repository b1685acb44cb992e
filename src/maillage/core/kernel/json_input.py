"""JSON as it comes from outside: read strictly, refused in French, the same way for the API and the command line.

Strictly: UTF-8, no ``NaN`` nor ``Infinity``, a number is not a text and ``true`` is not 1.
"""

from typing import Any

import orjson
from pydantic import ValidationError

from maillage.core.kernel.problems import BadInput, Model, Problem, problems_of

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NOT_NUMBERS = ("NaN", "Infinity")
EXCERPT = 30


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
        raise BadInput([Problem("", None, "un objet JSON")])
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput([_syntax(text, error)]) from None


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
