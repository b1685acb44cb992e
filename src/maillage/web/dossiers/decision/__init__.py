"""Pages of the decision: prepared, taken, signed, notified, followed; withdrawn, ended."""
