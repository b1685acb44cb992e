"""Dossiers of a procedure of « Démarche numérique », from the JSON answers of its GraphQL API.

A file holds one answer or a list of answers (one by page). The dossiers are under ``demarche.dossiers`` or
``groupeInstructeur.dossiers``, as ``nodes`` or as ``edges``; a single ``dossier`` is read too. The e-mail of who filed
is not read: nothing personal is taken beyond what the fields hold.
"""

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel.problems import BadInput, Problem

STATES = ("en_construction", "en_instruction", "accepte", "refuse", "sans_suite")
"""The states of a filed dossier there; a « brouillon » is never in a file."""
SAID = ("stringValue", "integerNumber", "decimalNumber", "date", "datetime", "civilite", "value")
CHECKED = ("checked", "selected")
LINE, TEXT = 300, 20_000
"""Letters kept of a line (a number, a name, a label) and of a text."""
UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no text holds: control characters, halves of characters."""
DEPARTEMENT = re.compile(r"[0-9][0-9AB][0-9]?")
FIRST_YEAR, LAST_YEAR = 1990, 2100
EXPECTED = "le fichier JSON d'une réponse de l'API GraphQL de Démarche numérique (champ « dossiers »)"


@dataclass(frozen=True)
class Answer:
    """A field as it was answered: words as they stand there, several for a multiple choice; files by their names."""

    label: str
    values: tuple[str, ...]
    files: tuple[str, ...] = ()
    commune: str = ""

    @property
    def text(self) -> str:
        """The answer in one text."""
        return ", ".join(self.values)


@dataclass(frozen=True)
class Note:
    """A message of the thread."""

    at: datetime.datetime
    text: str


@dataclass(frozen=True)
class Imported:
    """A dossier of the file. Moments are aware; ``name`` is that of the body that filed, empty for a person alone."""

    number: str
    state: str
    submitted_at: datetime.datetime
    reviewed_at: datetime.datetime | None
    decided_at: datetime.datetime | None
    motivation: str
    name: str
    siret: str
    departement: str
    answers: tuple[Answer, ...]
    annotations: tuple[Answer, ...]
    messages: tuple[Note, ...]


@dataclass(frozen=True)
class Unread:
    """A dossier that cannot be read, and why."""

    number: str
    reason: str


def read(content: bytes) -> tuple[tuple[Imported, ...], tuple[Unread, ...]]:
    """The dossiers of a file, and those that cannot be read. Raises :class:`BadInput` when it is not such a file."""
    nodes = list(_nodes(_parsed(content)))
    if not nodes:
        raise BadInput([Problem("fichier", None, EXPECTED)])
    read_, unread = [], []
    for node in nodes:
        try:
            read_.append(_dossier(node))
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            unread.append(Unread(str(node.get("number", "?")), _why(problem)))
    return tuple(read_), tuple(unread)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:  # ValueError: no UTF-8, no JSON, a number of thousands of digits
        raise BadInput([Problem("fichier", None, EXPECTED)]) from problem


def _nodes(parsed: Any) -> Iterator[dict[str, Any]]:
    for page in parsed if isinstance(parsed, list) else [parsed]:
        if not isinstance(page, dict):
            continue
        data = page.get("data", page)
        if not isinstance(data, dict):
            continue
        if isinstance(data.get("dossier"), dict):
            yield data["dossier"]
        for holder in ("demarche", "groupeInstructeur"):
            yield from _of(data.get(holder))


def _of(holder: Any) -> Iterator[dict[str, Any]]:
    connection = holder.get("dossiers") if isinstance(holder, dict) else None
    if not isinstance(connection, dict):
        return
    edges = _listed(connection.get("edges"))
    nodes = _listed(connection.get("nodes")) or [edge.get("node") for edge in edges if isinstance(edge, dict)]
    yield from (node for node in nodes if isinstance(node, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _line(value: Any) -> str:
    """A line as it can be kept."""
    return " ".join(UNWRITTEN.sub("", str(value or "")).split())[:LINE]


def _text(value: Any) -> str:
    """A text as it can be kept."""
    return UNWRITTEN.sub("", str(value or "")).strip()[:TEXT]


def _dossier(node: dict[str, Any]) -> Imported:
    state = node["state"]
    if state not in STATES:
        raise ValueError(f"état « {_line(state)[:40]} » inconnu")
    name, siret = _who(node.get("demandeur") or {})
    answers = tuple(_answers(node.get("champs") or []))
    return Imported(
        number=_number(node["number"]),
        state=state,
        submitted_at=_moment(node.get("dateDepot") or node["datePassageEnConstruction"]),
        reviewed_at=_moment_or_none(node.get("datePassageEnInstruction")),
        decided_at=_moment_or_none(node.get("dateTraitement")),
        motivation=_text(node.get("motivation")),
        name=name,
        siret=siret,
        departement=_departement(node),
        answers=answers,
        annotations=tuple(_answers(node.get("annotations") or [])),
        messages=tuple(_messages(node.get("messages") or [])),
    )


def _who(demandeur: dict[str, Any]) -> tuple[str, str]:
    company = demandeur.get("entreprise") or {}
    association = demandeur.get("association") or {}
    name = association.get("titre") or company.get("raisonSociale") or demandeur.get("libelle") or ""
    siret = _line(demandeur.get("siret") or company.get("siretSiegeSocial"))
    return _line(name)[:200], siret[:14]


def _departement(node: dict[str, Any]) -> str:
    address = (node.get("demandeur") or {}).get("address") or {}
    named = (each.get("departement") for each in node.get("champs") or [] if isinstance(each.get("departement"), dict))
    codes = [address.get("departmentCode"), *(each.get("code") for each in named)]
    return next((str(code) for code in codes if DEPARTEMENT.fullmatch(str(code))), "")


def _number(value: Any) -> str:
    number = _line(value)
    if not number or len(number) > 40:
        raise ValueError("son numéro ne peut pas être lu")
    return number


def _answers(champs: list[dict[str, Any]]) -> Iterator[Answer]:
    for champ in champs:
        if rows := champ.get("rows"):
            yield from (answer for row in rows for answer in _answers(row.get("champs") or []))
        elif champ.get("champs"):
            yield from _answers(champ["champs"])
        else:
            yield _answer(champ)


def _answer(champ: dict[str, Any]) -> Answer:
    commune = champ.get("commune") or champ.get("address") or {}
    return Answer(
        label=_line(champ["label"]),
        values=tuple(value for each in _values(champ) if (value := _text(each))),
        files=tuple(_line(each["filename"]) for each in champ.get("files") or []),
        commune=_line(commune.get("code") or commune.get("cityCode"))[:5],
    )


def _values(champ: dict[str, Any]) -> Iterator[str]:
    ticked = next((champ[name] for name in CHECKED if isinstance(champ.get(name), bool)), None)
    if ticked is not None:
        yield "oui" if ticked else "non"
    elif champ.get("values"):
        yield from (str(each) for each in champ["values"])
    else:
        said = next((champ[name] for name in SAID if champ.get(name) not in (None, "")), None)
        if said is not None:
            yield {"true": "oui", "false": "non"}.get(str(said), str(said))


def _messages(messages: list[dict[str, Any]]) -> Iterator[Note]:
    for each in messages:
        if text := _text(each.get("body")):
            yield Note(_moment(each["createdAt"]), text)


def _moment(text: Any) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError(f"« {_line(text)[:40]} » n'a pas de fuseau horaire")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"« {_line(text)[:40]} » n'est pas une date de nos jours")
    return moment


def _moment_or_none(text: Any) -> datetime.datetime | None:
    return _moment(text) if text else None


def _why(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"il manque « {problem.args[0]} »"
    return _line(problem) if isinstance(problem, ValueError) else "sa forme n'est pas celle de l'API"
