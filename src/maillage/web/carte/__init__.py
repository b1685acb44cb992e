"""The interactive map of the territories, its table, and what it fetches: tiles, values, points."""
