"""The crisis plan of a structure and its exercises."""
