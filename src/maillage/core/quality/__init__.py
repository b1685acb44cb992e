"""How a structure listens to its users and looks at its own maturity. Pure."""
