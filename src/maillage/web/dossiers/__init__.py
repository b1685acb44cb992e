"""Pages of the dossiers: filing, review, avis, commissions, decisions, register."""
