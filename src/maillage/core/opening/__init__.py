"""When a place is open: its week, its closures, and what the agreement of the maisons de santé counts of it. Pure."""
