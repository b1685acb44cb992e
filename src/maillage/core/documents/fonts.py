"""The font of our documents: that of our pages where its files are installed, else the one that Typst carries.

The build copies the TrueType files of Atkinson Hyperlegible Next here from npm; they are never committed. Fonts of
the machine are never used: the same document has the same pages everywhere.
"""

import functools
from pathlib import Path
from typing import Any

DIRECTORY = Path(__file__).parent / "fonts"
FAMILIES = ("Atkinson Hyperlegible Next", "Libertinus Serif")


@functools.cache
def collection() -> Any:
    """The fonts given to Typst (a ``typst.Fonts``), read once."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(DIRECTORY)] if DIRECTORY.is_dir() else [])


@functools.cache
def families() -> tuple[str, ...]:
    """The families of ``FAMILIES`` that can be used here, in order of preference; never empty."""
    known = set(collection().families())
    return tuple(family for family in FAMILIES if family in known)
