"""Pages of who files a dossier: list, form, documents, sending, withdrawing."""
