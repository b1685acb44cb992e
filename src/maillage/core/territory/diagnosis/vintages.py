"""Which vintage is the newer, when files write « 2021 », « 2025-04 » or « population municipale 2023 (INSEE) »."""

import re

YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def year_of(vintage: str) -> int:
    """The year that a vintage is of: the first that it writes, 0 when it writes none.

    >>> year_of("recensement 2021 (INSEE), géographie 2024"), year_of("à confirmer")
    (2021, 0)
    """
    found = YEAR.search(vintage)
    return int(found.group()) if found else 0


def order(vintage: str) -> tuple[int, str]:
    """What sorts vintages, the oldest first: their year, then as they are written (« 2025-04 »)."""
    return year_of(vintage), vintage
