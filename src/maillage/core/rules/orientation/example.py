"""The example of an orientation, that the API shows and the command writes."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "date": "2026-11-22",
    "commune": "35236",
    "professionnels": [
        {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
        {"profession": "infirmier", "nombre": 1, "exercice": "liberal"},
    ],
    "projet_de_sante": "en_cours",
}
