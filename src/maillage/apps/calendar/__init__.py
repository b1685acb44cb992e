"""Everything that a structure awaits on a day, and who is told."""
