"""One loading at a time, and what a loading that was killed leaves: processes of their own, on a file database."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests.apps.territories.official.written import write_text

ROOT = Path(__file__).resolve().parents[3]
HEADER = "Code commune;Population totale;APL aux infirmières;Population standardisée"
KEY = "apl-infirmier-2021"
STOPS = """
    from maillage.apps.territories.official import sink
    def stop(*arguments):
        print("en route", flush=True)
        sys.stdin.read()
    sink.insert_rows = stop
"""


class Machine:
    """Commands, each in its process, on the small world in a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
            "DATABASE_URL": f"sqlite:///{folder / 'base.sqlite3'}",
            "MAILLAGE_VAR": str(folder),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
        }
        self.python("""
            import django; django.setup()
            from maillage.apps.common import schema
            from tests.small_world import create_territories
            schema.migrate(); create_territories()
        """)

    def python(self, code: str) -> None:
        subprocess.run([sys.executable, "-c", textwrap.dedent(code)], env=self.env, cwd=ROOT, check=True)

    def maillage(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from maillage.cli.main import main; main()", *map(str, arguments)]
        return subprocess.run(command, env=self.env, cwd=ROOT, capture_output=True, text=True, check=False)

    def half_way(self, path: Path) -> "subprocess.Popen[str]":
        """A loading that waits in the middle."""
        code = f"""
import sys, pathlib, django; django.setup()
from django.utils import timezone
{textwrap.dedent(STOPS)}
from maillage.apps.territories.official.services import import_file
import_file("apl", pathlib.Path({str(path)!r}), by="tests", at=timezone.now())
"""
        run = subprocess.Popen(
            [sys.executable, "-c", code], env=self.env, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "en route\n"
        return run


def killed(run: "subprocess.Popen[str]") -> None:
    run.send_signal(signal.SIGKILL)
    run.communicate()


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def apl(folder, name, *lines):
    return write_text(folder / name, HEADER, *(lines or ("35236;9000;150,5;8000", "35238;2;99;5")))


def test_a_second_loading_is_refused_at_once_and_a_killed_one_is_told_and_done_again(machine):
    first, second = apl(machine.folder, "apl_2021.csv"), apl(machine.folder, "b_2021.csv", "35236;9000;151,5;8000")
    assert machine.maillage("donnees", "importer", "apl", first).returncode == 0
    run = machine.half_way(second)
    try:
        busy = machine.maillage("donnees", "importer", "apl", first, "--forcer")
        forgotten = machine.maillage("donnees", "oublier", KEY, "--oui")
        listed = machine.maillage("donnees", "lister").stdout
    finally:
        killed(run)

    assert busy.returncode == 2
    assert "un autre chargement est en cours (fichier b_2021.csv, commencé le " in busy.stderr
    assert "un autre chargement est en cours" in forgotten.stderr
    assert "chargement" in listed
    assert "fichier apl_2021.csv" in listed

    listed = machine.maillage("donnees", "lister").stdout
    assert "Chargement interrompu avant sa fin (fichier b_2021.csv, commencé le " in listed
    assert "restent en place. Relancez la même commande." in listed
    again = machine.maillage("donnees", "importer", "apl", second)
    assert (again.returncode, again.stderr) == (0, "")
    assert "interrompu" not in machine.maillage("donnees", "lister").stdout
