"""What the tests ask of the machine: a browser, LibreOffice, a PostgreSQL server. Standard library only."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of a test's database has to survive a power cut.
FAST = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "jit=off",
    "max_connections=50",
)


def browser() -> str | None:
    """Path of a Chromium of the system."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def postgresql() -> Path | None:
    """Folder of the server's programs (``initdb``, ``pg_ctl``), the newest version first."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    on_path = shutil.which("initdb")
    folders = [*packaged, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def office() -> str | None:
    """Path of LibreOffice, which opens the documents to edit."""
    return shutil.which("soffice")


def install_missing() -> None:
    """Install the browser, the database server and LibreOffice from the system's packages, when this user may.

    What could not be installed is said by the steps that need it.
    """
    wanted = (("chromium", browser()), ("postgresql", postgresql()), ("libreoffice-writer-nogui", office()))
    missing = [name for name, found in wanted if not found]
    prefix = _administrator()
    if not missing or prefix is None or not shutil.which("apt-get"):
        return
    print(f"Installation des paquets du système : {', '.join(missing)}…", flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for command in ([*quiet, "update"], [*quiet, "install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n")


def _administrator() -> list[str] | None:
    """What to put before a command to run it as root; ``None`` when this user may not without a password."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if asked.returncode == 0 else None


@contextlib.contextmanager
def throwaway_cluster(programs: Path) -> Iterator[str]:
    """A PostgreSQL server that lives as long as the block, reached by a socket in its own folder: yields its URL.

    PostgreSQL refuses to run as root: there, it runs as ``postgres``, or as ``nobody``.
    """
    folder = Path(tempfile.mkdtemp(prefix="maillage-pg-"))
    data, user = folder / "data", _user()
    as_user = ["runuser", "-u", user, "--"] if user else []
    if user:
        shutil.chown(folder, user)
    control = [*as_user, str(programs / "pg_ctl"), "--pgdata", str(data), "--silent", "--wait"]
    settings = " ".join(f"-c {setting}" for setting in (*FAST, f"unix_socket_directories={folder}"))
    initdb = [*as_user, str(programs / "initdb"), "--pgdata", str(data), "--username=maillage"]
    try:
        _quietly([*initdb, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], folder)
        _quietly([*control, "--log", str(folder / "log"), "--options", settings, "start"], folder)
        yield f"postgres://maillage@{quote(str(folder), safe='')}/postgres"
    finally:
        subprocess.run([*control, "--mode=immediate", "stop"], check=False, cwd=folder, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str:
    """Another user than root to run the server, empty when we are not root."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _quietly(command: list[str], folder: Path) -> None:
    """Run a command of the server. Raises ``RuntimeError`` with all that it said when it fails."""
    said = folder / "said"
    with said.open("w") as file:
        done = subprocess.run(command, check=False, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    if done.returncode:
        log = folder / "log"
        raise RuntimeError(said.read_text() + (log.read_text() if log.exists() else ""))
