"""An example of the body of each act."""

from typing import Any

ANYONE = "00000000-0000-4000-8000-000000000000"
EXAMPLES: dict[str, dict[str, Any]] = {
    "repondre": {"reponses": {"population": 42000}, "revision": 0},
    "deposer": {},
    "amender": {},
    "completer": {},
    "retirer": {"motif": "Le projet est repris avec un autre territoire."},
    "attribuer": {"responsable": ANYONE},
    "etiqueter": {"ajouter": ["prioritaire"], "retirer": []},
    "declarer_complet": {},
    "demander_pieces": {
        "pieces": [{"code": "projet_sante", "precision": "Le texte signé par la présidence."}],
        "texte": "Il nous manque cette pièce pour continuer.",
        "avant_le": "2026-12-31",
    },
    "proposer": {"note": "Rien ne s'y oppose."},
    "renvoyer": {"motif": "Le budget est à revoir avant de décider."},
    "classer": {"motif": "Les pièces demandées ne sont pas arrivées."},
    "ecrire": {"texte": "Bonjour, votre dossier est entre nos mains.", "interne": False},
    "donner_avis": {"avis": ANYONE, "sens": "favorable", "texte": "Le territoire est cohérent."},
}
