"""When a structure is open: closures, continuity, and its public page."""
