"""Who holds what in a legal person, on any day: counted from movements, without a database."""
