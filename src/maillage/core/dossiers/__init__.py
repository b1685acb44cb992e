"""Kinds of dossier as data: who files what, what is checked, the path of states, delays and letters."""
