"""Pages of the meetings of a structure: planned, attended, closed, and the time that they count."""
