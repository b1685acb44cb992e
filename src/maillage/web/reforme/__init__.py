"""The page that compares the rules with reformed ones."""
