"""The tab « Vérifications » of a dossier: what the automatic checks say, and what who reviews thinks of it."""
