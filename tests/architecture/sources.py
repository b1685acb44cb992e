"""The files of the project, as the tests of this folder read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "maillage"
DOCS = ROOT / "docs"


def python_files(*folders: Path) -> list[Path]:
    """Every Python file below ``folders``; migrations are history and are left out."""
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each thing that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    """The path as a person writes it."""
    return str(path.relative_to(ROOT))
