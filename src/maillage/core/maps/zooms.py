"""The zooms of the tiles, known without importing the libraries that cut them."""

ZOOMS = range(3, 9)
"""Beyond the last zoom the screen enlarges its tiles: the source itself has no more detail."""
NAMED = 7
"""Zoom from which the communes of a tile carry their name."""
