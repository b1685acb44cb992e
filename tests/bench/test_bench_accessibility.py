"""The accessibility of all French communes, beside PySAL ``access``, from the same pairs. Gates on memory and values.

Run: ``pytest tests/bench/test_bench_accessibility.py -s -o addopts="--import-mode=importlib --strict-markers"``.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests import france_apl

from maillage.core.territory.pairs import pairs_within
from maillage.core.territory.travel import Estimate

ROOT = Path(__file__).resolve().parents[2]
# The Gironde formula without the national factor: the 2.44 million pairs of the knowledge base, section 8.
FORMULA, REACH = Estimate(1.88, 0.838), 20.0
pytestmark = [pytest.mark.bench, pytest.mark.donnees]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pairs, demand and supply of all communes, in a file for both engines."""
    france = france_apl.read("medecin_generaliste")
    start = time.perf_counter()
    found = pairs_within(france.lon, france.lat, REACH, FORMULA)
    sys.stdout.write(f"\n{len(found)} paires, {time.perf_counter() - start:.2f} s pour les trouver\n")
    path = tmp_path_factory.mktemp("paires") / "paires.npz"
    arrays = {"indptr": found.indptr, "indices": found.indices, "minutes": found.minutes}
    np.savez(path, **arrays, demand=np.nan_to_num(france.standardised), supply=france.professionals)
    return path


def run(engine: str, pairs: Path) -> tuple[dict[str, Any], Any]:
    """Seconds and memory of an engine in a process of its own, and its values."""
    target = pairs.with_name(f"{engine}.npy")
    command = [sys.executable, "-m", "tests.bench.accessibility_run", engine, str(pairs), str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), np.load(target)


def test_all_communes_beside_pysal_access(pairs: Path) -> None:
    ours, values = run("maillage", pairs)
    theirs, expected = run("access", pairs)
    finite = np.isfinite(expected)
    sys.stdout.write(
        f"maillage : {ours['secondes']:.3f} s, {ours['memoire_mo']} Mo ; access : {theirs['secondes']:.2f} s, "
        f"{theirs['memoire_mo']} Mo : {theirs['secondes'] / ours['secondes']:.1f} fois plus vite, "
        f"{ours['memoire_mo'] / theirs['memoire_mo']:.2f} de sa mémoire\n"
        f"une autre offre : {ours['evaluation_ms']:.1f} ms ; et-si, après {ours['colonnes_ms']:.0f} ms : médiane "
        f"{ours['et_si_median_ms']:.2f} ms, au plus "
        f"{ours['et_si_max_ms']:.2f} ms, le plus grand bassin ({ours['communes_du_plus_grand']} communes) "
        f"{ours['et_si_plus_grand_ms']:.2f} ms ; {np.sum(~finite)} valeurs infinies ou absentes chez access, 0 ici\n"
    )

    assert np.isfinite(values).all()
    assert np.abs(values[finite] - expected[finite]).max() <= 1e-12
    assert ours["memoire_mo"] < theirs["memoire_mo"] / 2
