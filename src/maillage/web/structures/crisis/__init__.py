"""Pages of the crisis plan of a structure: the plan, its lists, its versions, its exercises and events."""
