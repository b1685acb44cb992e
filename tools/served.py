"""The real site on a free port, with its data, for the browser tests and the screenshots."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

MAILLAGE = [sys.executable, "-m", "maillage"]


def prepare(var: Path) -> None:
    """Create the database of ``var`` and load its data; does nothing when they are there."""
    subprocess.run([*MAILLAGE, "donnees", "preparer"], check=True, env=variables(var), stdin=subprocess.DEVNULL)


@contextlib.contextmanager
def served(var: Path, environment: dict[str, str] | None = None) -> Iterator[str]:
    """The site over the data of ``var``, started as ``make run`` does: yields its address.

    ``environment`` stands for :func:`variables` when the database is another one.

    Raises ``RuntimeError`` with what the server said when it does not start.
    """
    command = [*MAILLAGE, "serve", "--port", str(_free_port())]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment or variables(var)
    ) as server:
        said: deque[str] = deque(maxlen=200)
        try:
            yield _address(server, said)
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _address(server: subprocess.Popen[str], said: deque[str]) -> str:
    for line in iter(server.stdout.readline, ""):
        said.append(line)
        if found := re.search(r"http://[\w.:]+", line):
            # Keep reading, or the server would block once the pipe is full.
            threading.Thread(target=_keep_reading, args=(server, said), daemon=True).start()
            return found[0]
    raise RuntimeError("the site did not start:\n" + "".join(said))


def variables(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
        "MAILLAGE_VAR": str(var),
        "PYTHONUNBUFFERED": "1",
    }


def _keep_reading(server: subprocess.Popen[str], said: deque[str]) -> None:
    """Read until the server ends; its output is closed under the reader when it is stopped."""
    with contextlib.suppress(ValueError):
        said.extend(server.stdout)
