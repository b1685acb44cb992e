"""The places of a structure: their hours, when they close, what they do then, and what the agreement counts of it."""
