"""The projet de santé, without a screen: its headings, its path, its legal forms, what is missing in it."""
