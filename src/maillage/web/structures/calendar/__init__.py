"""« Vue d'ensemble », « Calendrier », « Passation »: what awaits a structure, and who holds what in it."""
