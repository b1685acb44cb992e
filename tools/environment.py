"""The virtual environment of the project: made when missing, filled from the locked files with their hashes.

Runs on the bare Python of the machine: standard library only.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STAMP = VENV / "maillage-locks.json"
RUN_LOCK = ROOT / "requirements" / "run.txt"
DEV_LOCK = ROOT / "requirements" / "dev.txt"
NODE_MINIMUM = 20


class Missing(Exception):
    """Something that the machine lacks; the message says what to install, in French then in English."""


def ensure(lock: Path) -> None:
    """Make the environment hold exactly what ``lock`` says, and the project. Does nothing when it already does."""
    if not _works():
        print("Création de l'environnement Python (.venv)…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    wanted = {name.name: _digest(name) for name in ([RUN_LOCK] if lock == RUN_LOCK else [RUN_LOCK, DEV_LOCK])}
    stamp = _stamp()
    if any(stamp.get(name) != digest for name, digest in wanted.items()):
        _install(lock)
        STAMP.write_text(json.dumps({**stamp, **wanted}), encoding="utf-8")


def ensure_node() -> None:
    """Raise :class:`Missing` unless Node and npm are there and recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = subprocess.check_output([node, "--version"], text=True).strip() if node else ""
    major = re.match(r"v(\d+)", version)
    if not npm or not major or int(major[1]) < NODE_MINIMUM:
        found = version or "aucun / none"
        raise Missing(
            f"Maillage a besoin de Node {NODE_MINIMUM} ou plus, avec npm ; trouvé : {found}.\n"
            f"Maillage needs Node {NODE_MINIMUM} or newer, with npm; found: {found}."
        )


def _works() -> bool:
    """Whether the environment is there and its Python, which may have been removed since, still starts."""
    if not PYTHON.exists():
        return False
    check = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    return subprocess.run([PYTHON, "-c", check], check=False, capture_output=True).returncode == 0


def _stamp() -> dict[str, str]:
    return json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {}


def _digest(lock: Path) -> str:
    """Changes with the locked versions and with what an install of the project reads."""
    return hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _install(lock: Path) -> None:
    total = len(re.findall(r"^[\w.\[\]-]+==", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    _follow([*pip, "--require-hashes", "--requirement", str(lock)], "Installation des bibliothèques", total)
    _follow([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], "Installation de Maillage", 1)


def _follow(command: list[str], label: str, total: int) -> None:
    """Run pip with one line of progress; print all that it said when it fails. Raises :class:`Missing` then."""
    tty, seen, lines = sys.stdout.isatty(), 0, []
    print(f"{label}…", end="\r" if tty else "\n", flush=True)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            lines.append(line)
            seen += line.startswith(("Collecting ", "Requirement already satisfied"))
            if tty:
                print(f"\033[K{label}… {min(seen, total)}/{total}", end="\r", flush=True)
    print(end="\033[K\n" if tty else "", flush=True)
    if process.returncode:
        print(*lines, sep="", file=sys.stderr)
        raise Missing(f"{label} : échec ; le détail est ci-dessus.\n{label}: failed; see above.")
