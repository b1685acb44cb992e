"""The national grid of 200 m, out of core: what is on disk, what is computed, by whom."""
