"""The diagnosis of a territory: figures with their sources, warnings of the rules, and what is missing."""
