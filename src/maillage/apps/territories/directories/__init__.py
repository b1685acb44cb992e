"""Readers of the national directories: professionals (RPPS), establishments (FINESS), and travel times.

They are pure: they turn a file into rows, and say of each line left out its number and the reason, never a name.
"""
