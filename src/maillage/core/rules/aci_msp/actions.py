"""What one change of the team would bring, over all the lines that it raises.

Recruiting an IPA raises three lines of the grid: it is one change, which the rules count as one.
"""

from collections.abc import Mapping

import numpy as np

from maillage.core.rules.aci_msp.engine import (
    FIELDS,
    NOISE,
    Columns,
    Outcome,
    attained,
    calculation,
    cents,
    figures,
    lines,
    paid,
)
from maillage.core.rules.aci_msp.results import Change

IPA = "ipa"
CHANGES: Mapping[str, tuple[str, ...]] = {
    "": FIELDS,
    "MSP-1.6a": ("missions_sante_publique",),
    "MSP-2.2": ("protocoles",),
    "MSP-2.3": ("reunions_concertation", "patients_ald_ou_75_ans", "dossiers_concertes"),
}
"""The changes that can raise several lines: the fields that they attain, by the line whose advice says them.

The first is the recruitment of an IPA. It counts its bonuses alone, each once what it asks besides is done.
"""


def changes(year: int, outcome: Outcome) -> list[tuple[Change, ...]]:
    """For each row of an outcome, the changes that raise several lines at once and bring something.

    The missing prerequisites are held to be reached, as for the gains of the lines.
    """
    raised = _raised(year, outcome)
    points = outcome.unlocked_points[:, None] + raised.sum(axis=2)
    variants = np.column_stack([points, outcome.unlocked_points])
    amounts = paid(year, variants, outcome.increase, outcome.inputs["nouvelle_structure"])
    gains = cents(amounts[:, :-1] - amounts[:, -1:])
    ids = [line.spec.id for line in lines()]
    return [
        tuple(
            Change(advice, gain, names)
            for advice, gain, found in zip(CHANGES, row, held, strict=True)
            if gain > 0 and len(names := tuple(name for name, up in zip(ids, found, strict=True) if up)) > 1
        )
        for row, held in zip(gains.tolist(), (raised > NOISE).tolist(), strict=True)
    ]


def _raised(year: int, outcome: Outcome) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Points that each change adds to each line but the missing prerequisites, (n, changes, K)."""
    now, full = outcome.inputs, attained(outcome.inputs, figures(year))
    each = [now | {name: full[name] for name in fields} for fields in CHANGES.values()]
    together: Columns = {name: np.concatenate([columns[name] for columns in each]) for name in now}
    run = calculation(year, together)
    points = np.stack([run.calculate(line.variable, year) for line in lines()], axis=1)
    by_change = points.reshape(len(CHANGES), *outcome.points.shape).transpose(1, 0, 2)
    gap = by_change - outcome.points[:, None, :]
    bonuses = np.array([line.spec.fields[0] == IPA for line in lines()])
    gap[:, 0] = np.where(bonuses & ~now[IPA][:, None], gap[:, 0], 0)
    return np.where(outcome.missing[:, None, :] | (gap < NOISE * 10), 0, gap)
