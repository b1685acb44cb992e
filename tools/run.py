"""``make run``: from a bare machine to the site on http://127.0.0.1:8000. Standard library only."""

import os
import socket
import subprocess
import sys
from typing import NoReturn

import environment

ADDRESS = "127.0.0.1"


def main() -> int:
    """Prepare what is missing, then become the server. Returns the exit code when something is missing."""
    try:
        port = chosen_port(os.environ.get("PORT") or "8000")
        prepare()
        become_server(port)
    except environment.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    except KeyboardInterrupt:
        print("\nInterrompu : relancez « make run », il reprendra où il en était.")
        return 130


def become_server(port: int) -> NoReturn:
    """Replace this process, so that Ctrl-C goes straight to the server."""
    command = [str(environment.BIN / "maillage"), "serve", "--host", ADDRESS, "--port", str(port)]
    os.execv(command[0], command)


def chosen_port(text: str) -> int:
    """The port asked for, once sure that it is free: learning that it is not after the install would be late."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise environment.Missing(f"PORT : « {text} » n'est pas accepté. Attendu : un nombre de 1 à 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, int(text)))
        except OSError as error:
            raise environment.Missing(
                f"Le port {text} ne peut pas être ouvert ({error.strerror}). Choisissez-en un autre : "
                f"make run PORT=8001\nPort {text} cannot be opened. Choose another one: make run PORT=8001"
            ) from None
    return int(text)


def prepare() -> None:
    """Libraries, third-party assets, database and its data: each step does only what is missing."""
    environment.ensure_node()
    environment.ensure(environment.RUN_LOCK)
    subprocess.run([environment.PYTHON, "tools/build_assets.py"], cwd=environment.ROOT, check=True)
    subprocess.run([environment.BIN / "maillage", "donnees", "preparer"], cwd=environment.ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
