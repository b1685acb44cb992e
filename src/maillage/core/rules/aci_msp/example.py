"""The only complete maison de santé found in public sources: case T25 of the knowledge base.

A federation spreadsheet of 2023 gives it (confidence C, to be confirmed); its 10 to 12 hours a day are read as 10.
"""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "annee": 2025,
    "patientele": 7500,
    "associes": 18,
    "amplitude_horaire": 10,
    "samedi_matin": True,
    "fermeture_conges": "aucune",
    "soins_non_programmes": True,
    "plan_crise": True,
    "diversite_niveau": 1,
    "missions_sante_publique": 2,
    "usagers_niveau": 2,
    "coordination": True,
    "protocoles": 8,
    "reunions_concertation": 6,
    "patients_ald_ou_75_ans": 1275,
    "dossiers_concertes": 85,
    "stages": 4,
    "coordination_externe": True,
    "qualite_niveau": 2,
    "parcours_insuffisance_cardiaque": True,
    "si_standard": True,
    "si_avance": True,
    "taux_c2s": 0.0485,
    "taux_ame": 0.0023,
}
