"""The team of a structure and its adhérents: who belongs to what, since when, what they pay, what they show."""
