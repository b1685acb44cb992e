"""The simulator of a centre de santé: what it declares, and what its formulas share."""
