"""What changed between two contents of a dossier (see apps/dossiers/frozen.py): answers, documents, version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOTHING = "sans réponse"


@dataclass(frozen=True)
class Changed:
    """Something that is not the same: its name, before, after; a text is empty when there is nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Differences:
    """All that changed."""

    answers: tuple[Changed, ...]
    documents: tuple[Changed, ...]
    version: Changed | None

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.answers or self.documents or self.version)


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], *, made: frozenset[str] = frozenset()
) -> Differences:
    """What changed from a content to a later one; ``made``: the documents that the version already tells."""
    return Differences(_answers(before, after), _documents(before, after, made), _version(before, after))


def _answers(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Changed, ...]:
    old, new = ({each["code"]: each for each in content.get("formulaire", ())} for content in (before, after))
    return tuple(
        Changed(
            (new.get(code) or old[code])["question"],
            old[code]["reponse"] if code in old else NOTHING,
            new[code]["reponse"] if code in new else NOTHING,
        )
        for code in dict.fromkeys((*old, *new))
        if (old.get(code) or {}).get("reponse") != (new.get(code) or {}).get("reponse")
    )


def _documents(before: Mapping[str, Any], after: Mapping[str, Any], made: frozenset[str]) -> tuple[Changed, ...]:
    """By kind of document, the names of the files that went and of those that came."""
    old, new = (_files(content, made) for content in (before, after))
    found = []
    for code in dict.fromkeys((*old, *new)):
        gone = {sha: name for sha, name in old.get(code, ("", {}))[1].items() if sha not in new.get(code, ("", {}))[1]}
        came = {sha: name for sha, name in new.get(code, ("", {}))[1].items() if sha not in old.get(code, ("", {}))[1]}
        if gone or came:
            label = (new.get(code) or old[code])[0]
            found.append(Changed(label, ", ".join(gone.values()), ", ".join(came.values())))
    return tuple(found)


def _files(content: Mapping[str, Any], made: frozenset[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """By code: the label, and the names by fingerprint."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for each in content.get("pieces", ()):
        if each["code"] not in made:
            found.setdefault(each["code"], (each["libelle"], {}))[1][each["sha256"]] = each["nom"]
    return found


def _version(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changed | None:
    old, new = (_named(content.get("projet")) for content in (before, after))
    return Changed("Version du projet de santé", old, new) if old != new else None


def _named(version: Mapping[str, Any] | None) -> str:
    return f"nº {version['numero']}, « {version['nom']} »" if version else ""
