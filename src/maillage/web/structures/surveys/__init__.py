"""Surveys of the users of a structure, and what it does with them."""
