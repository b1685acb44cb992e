"""How a structure listens and improves: surveys of its users, its maturity, the actions that follow."""
