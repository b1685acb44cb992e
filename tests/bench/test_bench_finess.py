"""Loading a FINESS+ flow as large as the real one: seconds and peak memory. Prints, gates on the memory alone.

Run: ``pytest tests/bench/test_bench_finess.py -s -o addopts="--import-mode=importlib --strict-markers"
-o faulthandler_timeout=0`` (a busy machine takes more than the five minutes after which a test is shown as hung).
MAILLAGE_BENCH_ETABLISSEMENTS changes the number of establishments.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.apps.territories.directories.finess_files import entity, key, site

SITES = int(os.environ.get("MAILLAGE_BENCH_ETABLISSEMENTS", "174500"))
EVENTS = 20
"""Events of each establishment: they make the size of the real flow, and are not read."""
MOST_MEGABYTES = 500
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.bench


def test_a_finess_flow_as_large_as_the_real_one(tmp_path: Path) -> None:
    path = tmp_path / "finess-structures-mensuel-202611.json.gz"
    size = 0
    event = {"evenementId": "140923", "dateEnregistrement": "2023-03-15 11:21:01", "dateEvenement": "1956-11-16"}
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write('{"schemaVersion": "v1.0.0", "generatedAt": "2026-11-01T02:00:00Z", "gcc": [], "gco": [], "pmej": [')
        for rank in range(SITES):
            made = {**site(key(f"35{rank:06d}"), state="A" if rank % 5 < 3 else "I"), "evenement": [event] * EVENTS}
            size += file.write(("," if rank else "") + json.dumps(entity(made), indent=2))
        file.write("]}")
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'b.sqlite3'}", "MAILLAGE_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.bench.official_import", "finess", str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    sys.stdout.write(
        f"\nFINESS+, {found['lignes']} établissements ({size >> 20} Mo dépliés) : {found['secondes']} s, "
        f"{found['memoire_mo']} Mo au plus\n"
    )
    assert found["lignes"] == SITES
    assert found["memoire_mo"] < MOST_MEGABYTES
