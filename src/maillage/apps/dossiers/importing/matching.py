"""Which answer of a procedure is which field of a kind: by its label, or as who imports says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.apps.dossiers.answering import received
from maillage.core.dossiers.definition import Definition, FieldData
from maillage.core.dossiers.procedure_file import Answer
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput

SEVERAL = ("choix_multiple", "communes")


@dataclass(frozen=True)
class Matched:
    """The answers that are kept, by code, and what is left aside with why (question, answer, reason)."""

    answers: dict[str, Any]
    aside: tuple[tuple[str, str, str], ...]
    files: tuple[str, ...]


def matched(definition: Definition, answers: Sequence[Answer], named: Mapping[str, str]) -> Matched:
    """Read the answers of a dossier. ``named``: folded label → code of a field, for labels that are not the same.

    An answer that its field does not accept is left aside, never changed. Raises ``PatientData``.
    """
    fields = _fields(definition, named)
    kept: dict[str, Any] = {}
    aside: list[tuple[str, str, str]] = []
    for answer in answers:
        field = fields.get(fold(answer.label))
        if not answer.values:
            continue
        if field is None or field.code in kept:
            aside.append(
                (answer.label, answer.text, "pas de champ de ce nom" if field is None else "champ déjà rempli")
            )
            continue
        try:
            kept |= received(definition, {field.code: _given(field, answer)})
        except BadInput as wrong:
            if type(wrong) is not BadInput:
                raise
            aside.append((answer.label, answer.text, wrong.problems[0].expected))
    files = tuple(name for answer in answers for name in answer.files)
    return Matched({code: value for code, value in kept.items() if value is not None}, tuple(aside), files)


def labels(dossiers: Iterator[Sequence[Answer]] | Sequence[Sequence[Answer]]) -> tuple[str, ...]:
    """Every label of a file, in order, each once."""
    return tuple(dict.fromkeys(answer.label for answers in dossiers for answer in answers))


def field_named(definition: Definition, label: str, named: Mapping[str, str]) -> FieldData | None:
    """The field that a label is."""
    return _fields(definition, named).get(fold(label))


def _fields(definition: Definition, named: Mapping[str, str]) -> dict[str, FieldData]:
    by_code = {field.code: field for field in definition.champs}
    found = {fold(field.libelle): field for field in definition.champs}
    return found | {label: by_code[code] for label, code in named.items() if code in by_code}


def _given(field: FieldData, answer: Answer) -> Any:
    if field.type in ("commune", "communes") and answer.commune:
        return [answer.commune] if field.type == "communes" else answer.commune
    values = [_option(field, value) for value in answer.values]
    return values if field.type in SEVERAL else ", ".join(values)


def _option(field: FieldData, value: str) -> str:
    """The code of an option told by its label."""
    if field.type == "oui_non":
        return fold(value)
    return next((option.code for option in field.options if fold(option.libelle) == fold(value)), value)
