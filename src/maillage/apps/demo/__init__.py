"""Structures of invented people, to try Maillage with."""
