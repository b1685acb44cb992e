"""The ``maillage`` command, run in this process as a shell runs it."""

import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest
from tests.small_world import create_territories

from maillage.cli.main import main


class Ran(NamedTuple):
    """What a command left: its exit code, its standard output and its standard error."""

    code: int
    out: str
    err: str


Maillage = Callable[..., Ran]


@pytest.fixture
def maillage(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Maillage:
    """Run ``maillage ARGUMENTS``, with ``stdin`` as the standard input."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["maillage", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(int(left.value.code or 0), out.decode(), err.decode())

    return run


@pytest.fixture
def territories(db: None) -> None:
    create_territories()
