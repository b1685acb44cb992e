"""Numbers as people type them in a command, an address or a form. Python's own reading takes « 1_0 » for ten."""

import re

PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,25})?")


def plain_number(text: str) -> float:
    """« 12 », « -3,5 », « 3.5 »: ASCII digits and one comma or dot. Raises :class:`ValueError` for anything else.

    >>> plain_number("2,5"), plain_number(" 12 ")
    (2.5, 12.0)
    """
    bare = text.strip()
    if not PLAIN.fullmatch(bare):
        raise ValueError(f"« {text} » n'est pas un nombre")
    return float(bare.replace(",", "."))
