"""The territories: choose one, read its diagnosis, try what would change."""
