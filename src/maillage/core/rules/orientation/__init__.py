"""Orientation: from a team and a place to the structures that fit, why, how and with what money."""
