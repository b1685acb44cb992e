"""Taking over the dossiers of a procedure of « Démarche numérique »."""
