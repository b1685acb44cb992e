"""Conditions, points and amounts: one module per scheme. Every class of a module is loaded by the system."""
