"""Calls for projects: the page, its RSS feed and its calendar."""
