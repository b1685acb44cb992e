"""Finding the date of a meeting: the polls of a structure, and the page where each answers by their own link."""
