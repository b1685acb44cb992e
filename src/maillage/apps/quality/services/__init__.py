"""The verbs of the quality: surveys, users, maturity."""
