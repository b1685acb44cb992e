"""Round graduations for axes, computed here so that a chart never depends on the fonts of the machine that draws it."""

import math

STEPS = (1, 2, 2.5, 5, 10)


def graduations(maximum: float, count: int = 5) -> list[float]:
    """Round values from 0, evenly spaced, the last one at or above ``maximum`` (same unit), about ``count`` of them.

    A maximum that is not positive is read as 1, so that an axis always has a length.

    >>> graduations(57750), graduations(0)
    ([0, 20000, 40000, 60000], [0, 0.2, 0.4, 0.6, 0.8, 1.0])
    """
    reach = maximum if maximum > 0 else 1
    raw = reach / count
    power = 10 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in STEPS if factor * power >= raw * (1 - 1e-9))
    marks = math.ceil(reach / step - 1e-9)
    return [round(index * step, 9) for index in range(marks + 1)]
