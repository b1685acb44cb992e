"""What maps show: an indicator at a level for the whole country, and the points to lay over it."""
