"""Maillage: the open platform of French *exercice coordonné*."""

__version__ = "0.1.0"
