"""Computes the accessibility of all France from pairs in a file, by one engine, in a process of its own.

``python -m tests.bench.accessibility_run {maillage|access} PAIRS.npz VALUES.npy`` prints seconds and memory as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

BOUNDS, STEPS = (10.0, 15.0, 20.0), (1.0, 2 / 3, 1 / 3)
CHANGES = 300


def by_maillage(given: Any) -> Callable[[], tuple[Any, dict[str, Any]]]:
    """Ours: the weights are made and both steps computed, then a what-if is asked many times."""
    from maillage.core.territory.catchment import Catchments
    from maillage.core.territory.decay import Decay
    from maillage.core.territory.pairs import Pairs

    pairs = Pairs(given["indptr"], given["indices"], given["minutes"], len(given["supply"]))
    decay = Decay(BOUNDS, STEPS, inner_included=True)
    demand, supply = given["demand"], given["supply"]

    def compute() -> tuple[Any, dict[str, Any]]:
        start = time.perf_counter()
        catchments = Catchments(pairs, decay, demand)
        values = catchments.access(supply)
        told: dict[str, Any] = {"secondes": time.perf_counter() - start}
        start = time.perf_counter()
        catchments.access(supply)
        told["evaluation_ms"] = (time.perf_counter() - start) * 1000
        return values, told | changes(catchments, supply)

    return compute


def changes(catchments: Any, supply: Any) -> dict[str, Any]:
    """Milliseconds of what-ifs drawn at random, and of the place that most reach."""
    start = time.perf_counter()
    catchments.weights.ready()
    told = {"colonnes_ms": (time.perf_counter() - start) * 1000}
    widest = int(np.argmax(np.diff(catchments.columns.indptr)))
    drawn = [*np.random.default_rng(4).integers(0, len(supply), CHANGES).tolist(), widest]
    spent = []
    for column in drawn:
        start = time.perf_counter()
        catchments.change(supply, {column: 1.0})
        spent.append((time.perf_counter() - start) * 1000)
    return told | {
        "et_si_median_ms": float(np.median(spent)),
        "et_si_max_ms": max(spent),
        "et_si_plus_grand_ms": spent[-1],
        "communes_du_plus_grand": len(catchments.touched([widest])),
    }


def by_access(given: Any) -> Callable[[], tuple[Any, dict[str, Any]]]:
    """PySAL access: only its E2SFCA is timed, not the making of its tables."""
    import warnings

    warnings.simplefilter("ignore")
    import pandas as pd
    from access import Access, weights

    names = np.arange(len(given["demand"]))
    rows = np.repeat(names, np.diff(given["indptr"]))
    model = Access(
        demand_df=pd.DataFrame({"id": names, "demand": given["demand"]}), demand_index="id", demand_value="demand",
        supply_df=pd.DataFrame({"id": names, "supply": given["supply"]}), supply_index="id", supply_value="supply",
        cost_df=pd.DataFrame({"origin": rows, "dest": given["indices"], "cost": given["minutes"]}),
        cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip
    step = weights.step_fn(dict(zip(BOUNDS, STEPS, strict=True)))

    def compute() -> tuple[Any, dict[str, Any]]:
        start = time.perf_counter()
        model.enhanced_two_stage_fca(name="fca", weight_fn=step, max_cost=BOUNDS[-1])
        seconds = time.perf_counter() - start
        return model.access_df["fca_supply"].to_numpy(), {"secondes": seconds}

    return compute


def peak() -> int:
    """The most memory taken by this program, in megabytes (Linux), without that of the one that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) >> 10


def main(engine: str, source: Path, target: Path) -> None:
    """Run one engine on the pairs of a file."""
    with np.load(source) as kept:
        given = {name: kept[name] for name in kept.files}
    values, told = {"maillage": by_maillage, "access": by_access}[engine](given)()
    told["memoire_mo"] = peak()
    np.save(target, values)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
