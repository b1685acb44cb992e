"""What a webhook can be told of: a closed list, so that who listens knows what may come."""

TEST = "essai"
"""What the button « Essayer » sends; it is never chosen."""
EVENTS: dict[str, str] = {
    "dossier.depot": "un dossier est déposé, corrigé, complété ou retiré",
    "dossier.instruction": "un dossier est déclaré complet, examiné en commission, proposé à la décision ou classé",
    "dossier.pieces_demandees": "des pièces sont demandées",
    "dossier.message": "un message est écrit entre qui dépose et qui instruit",
    "dossier.decision": "une décision est notifiée ou retirée, ou le silence constaté",
    "dossier.suivi": "un projet démarre, se réalise ou se clôt ; une condition est suivie",
    "dossier.autre": "tout autre acte sur un dossier",
}
