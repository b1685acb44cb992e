"""A pack held against the rules: everything that is wrong in it, file by file and line by line."""

from dataclasses import dataclass
from pathlib import Path

from maillage.core.rules.packs.checks.description import LISTS, check_description
from maillage.core.rules.packs.checks.document import Finding, read_document
from maillage.core.rules.packs.checks.figures import check_parameter

DESCRIPTION, FIGURES = "pack.yaml", "parametres"
COUNTED = {
    "accompagnements": "accompagnement", "financements": "financement", "appels": "appel à projets",
    "contacts": "contact",
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What was found in a folder, in the order of files and lines; ``counts`` says how much was read, in words."""

    code: str
    findings: tuple[Finding, ...]
    counts: tuple[str, ...]


def verify(folder: Path) -> Report:
    """Hold a folder against what a pack must be. Nothing is changed, nothing is run."""
    code = folder.resolve().name
    figures = sorted((folder / FIGURES).rglob("*.yaml"))
    findings = list(_strangers(folder, figures))
    description = read_document(folder / DESCRIPTION, DESCRIPTION) if (folder / DESCRIPTION).is_file() else None
    if description is None:
        findings.append(Finding(DESCRIPTION, 1, "le fichier manque. Attendu : la description de la région."))
    else:
        check_description(description, code)
        findings += description.findings
    for file in figures:
        document = read_document(file, file.relative_to(folder).as_posix())
        check_parameter(document, ".".join(file.relative_to(folder / FIGURES).with_suffix("").parts))
        findings += document.findings
    return Report(code, tuple(sorted(set(findings))), _counts(description.data if description else None, len(figures)))


def _strangers(folder: Path, figures: list[Path]) -> list[Finding]:
    """Files that nobody would read."""
    read = {folder / DESCRIPTION, *figures}
    others = sorted(file for file in folder.rglob("*") if file.is_file() and file not in read)
    expected = f"{DESCRIPTION}, ou un fichier .yaml sous {FIGURES}/"
    return [
        Finding(file.relative_to(folder).as_posix(), 1, f"ce fichier ne serait pas lu. Attendu : {expected}.")
        for file in others
        if not any(part.startswith((".", "__")) for part in file.relative_to(folder).parts)
    ]


def _counts(data: object, figures: int) -> tuple[str, ...]:
    given = data if isinstance(data, dict) else {}
    numbers = {word: len(given.get(name) or ()) for name, word in COUNTED.items()}
    return tuple(_counted(number, word) for word, number in {**numbers, "paramètre": figures}.items())


def _counted(number: int, word: str) -> str:
    head, *rest = word.split(" ")
    plural = f"{head}s" if number > 1 else head
    return " ".join([str(number), plural, *rest])


__all__ = ["LISTS", "Finding", "Report", "verify"]
