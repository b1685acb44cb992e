"""The answers of a dossier: what a person typed, as a JSON value; which of them count.

By type: « texte », « texte_long », « choix », « commune », « finess », « siren », « siret » give a text; « entier » an
int; « nombre », « euros » an int or a float; « date » an ISO day; « oui_non » a bool; « choix_multiple », « communes »
a list of texts. A question without an answer is absent: never 0, never an empty text.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from maillage.core.dossiers.definition import Definition, FieldData
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

Answers = Mapping[str, Any]
SEVERAL = frozenset({"choix_multiple", "communes"})
"""Types whose answer is a list."""
WHOLE, NUMBER = re.compile(r"-?[0-9]{1,15}"), re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
LENGTHS = {"siren": 9, "siret": 14}
LONGEST_LINE, LONGEST_TEXT = 300, 10_000
YES_NO = {"oui": True, "non": False, True: True, False: False}
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
SAID = {True: "oui", False: "non"}


def counted(definition: Definition, answers: Answers) -> dict[str, Any]:
    """The answers to the questions that are asked: one left behind a condition no longer true does not count."""
    kept: dict[str, Any] = {}
    for field in definition.champs:
        if field.code in answers and all(condition.holds(kept) for condition in field.si):
            kept[field.code] = answers[field.code]
    return kept


def asked(definition: Definition, answers: Answers) -> tuple[FieldData, ...]:
    """The questions to ask, with the answers that count."""
    return definition.asked(counted(definition, answers))


def read_answer(field: FieldData, given: Any) -> Any:
    """The JSON value of what was typed or sent, ``None`` when nothing is. Raises :class:`BadInput` beside the field."""
    if given is None or given in ("", []):
        return None
    try:
        return READERS[field.type](field, given)
    except _Wrong as wrong:
        raise BadInput([Problem(field.code, given, str(wrong))]) from None


def said(field: FieldData, value: Any, names: Mapping[str, str] | None = None) -> str:
    """An answer in words; ``names``: those of the communes. « à confirmer » when there is none."""
    if value is None:
        return french.UNKNOWN
    if isinstance(value, bool):
        return SAID[value]
    if isinstance(value, list):
        return ", ".join(_word(field, each, names or {}) for each in value)
    return _word(field, value, names or {})


class _Wrong(ValueError):
    """What is expected instead, in French."""


def _word(field: FieldData, value: Any, names: Mapping[str, str]) -> str:
    if field.type in ("commune", "communes"):
        return f"{names[value]} ({value})" if value in names else str(value)
    if field.type == "date":
        return french.iso_day(value)
    if field.type == "euros":
        return french.euros(value)
    if isinstance(value, int | float):
        return french.quantity(value, field.unite) if field.unite else french.number(value)
    return next((option.libelle for option in field.options if option.code == value), str(value))


def _text(field: FieldData, given: Any) -> str | None:
    longest = LONGEST_TEXT if field.type == "texte_long" else LONGEST_LINE
    if not isinstance(given, str):
        raise _Wrong("un texte")
    if len(given) > longest:
        raise _Wrong(f"un texte d'au plus {french.number(longest)} caractères")
    text = given.replace("\r\n", "\n").strip()
    return (text if field.type == "texte_long" else " ".join(text.split())) or None


def _number(field: FieldData, given: Any) -> int | float:
    pattern, expected = (WHOLE, "un nombre entier") if field.type == "entier" else (NUMBER, "un nombre")
    bare = "".join(str(given).split()).removesuffix("€").replace(",", ".").replace("\u2212", "-")
    if isinstance(given, bool) or not pattern.fullmatch(bare):
        raise _Wrong(expected)
    value = float(bare)
    if field.type == "euros" and value < 0:
        raise _Wrong("un montant qui n'est pas négatif")
    return int(value) if value.is_integer() else value


def _day(_field: FieldData, given: Any) -> str:
    text = str(given).strip()
    try:
        day = datetime.date.fromisoformat(text) if "-" in text else _french_day(text)
    except ValueError:
        raise _Wrong("une date, par exemple 31/12/2026") from None
    if not FIRST <= day <= LAST:
        raise _Wrong("une date entre 1900 et 2100")
    return day.isoformat()


def _french_day(text: str) -> datetime.date:
    day, month, year = text.split("/")
    return datetime.date(int(year), int(month), int(day))


def _yes(_field: FieldData, given: Any) -> bool:
    if not isinstance(given, str | bool) or given not in YES_NO:
        raise _Wrong("oui ou non")
    return YES_NO[given]


def _choice(field: FieldData, given: Any) -> str:
    if given not in [option.code for option in field.options]:
        raise _Wrong("l'un des choix proposés")
    return str(given)


def _choices(field: FieldData, given: Any) -> list[str] | None:
    values = _several(given)
    known = [option.code for option in field.options]
    if any(value not in known for value in values):
        raise _Wrong("des choix proposés")
    return [code for code in known if code in values] or None


def _communes(_field: FieldData, given: Any) -> list[str] | None:
    return list(dict.fromkeys(_several(given))) or None


def _several(given: Any) -> Sequence[str]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise _Wrong("une liste")
    return [each for each in given if each]


def _digits(field: FieldData, given: Any) -> str:
    """A number with a key, without its spaces; the key itself is read in apps/dossiers/answering.py."""
    text = "".join(str(given).split()).upper()
    length = LENGTHS.get(field.type)
    if length and not (text.isascii() and text.isdigit() and len(text) == length):
        raise _Wrong(f"{length} chiffres")
    return text


READERS: Mapping[str, Callable[[FieldData, Any], Any]] = {
    "texte": _text,
    "texte_long": _text,
    "entier": _number,
    "nombre": _number,
    "euros": _number,
    "date": _day,
    "oui_non": _yes,
    "choix": _choice,
    "choix_multiple": _choices,
    "commune": _digits,
    "communes": _communes,
    "finess": _digits,
    "siren": _digits,
    "siret": _digits,
}
