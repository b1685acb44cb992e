"""The text of a projet de santé: written by several, read as a whole, with the figures of its diagnosis."""
