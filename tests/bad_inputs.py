"""Bad input with the words that answer it: the API and the command line are held to the same table."""

import json
from typing import Any, NamedTuple

TEAM = [{"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"}]
ORIENTATION: dict[str, Any] = {"date": "2026-11-22", "commune": "35236"}
SIMULATION: dict[str, Any] = {"annee": 2025, "patientele": 4000, "associes": 10}


class BadCase(NamedTuple):
    """A document, the field that is wrong, and a part of what is said to be expected."""

    name: str
    raw: bytes
    field: str
    expected: str


def orientation(name: str, field: str, expected: str, **changes: Any) -> BadCase:
    return BadCase(name, json.dumps({**ORIENTATION, **changes}).encode(), field, expected)


def simulation(name: str, field: str, expected: str, **changes: Any) -> BadCase:
    return BadCase(name, json.dumps({**SIMULATION, **changes}).encode(), field, expected)


NOT_A_DOCUMENT = [
    BadCase("empty", b"", "", "une situation en JSON"),
    BadCase("not an object", b"[1, 2]", "", "un objet JSON"),
    BadCase("not JSON", b"{'date': 1}", "", "du JSON valide, à la ligne 1, colonne 2"),
    BadCase("NaN", b'{"patientele": NaN}', "", "NaN et Infinity ne sont pas des nombres JSON"),
    BadCase("Infinity", b'{"patientele": Infinity}', "", "NaN et Infinity ne sont pas des nombres JSON"),
    BadCase("not UTF-8", '{"commune": "Évry"}'.encode("latin-1"), "", "du texte en UTF-8"),
]
BAD_ORIENTATIONS = [
    *NOT_A_DOCUMENT,
    BadCase("no commune", b'{"date": "2026-11-22"}', "commune", "champ obligatoire"),
    BadCase("no date", b'{"commune": "35236"}', "date", "champ obligatoire"),
    orientation("unknown commune", "commune", "35236 (Redon)", commune="35263"),
    orientation("merged commune", "commune", "35236 (Redon), la commune actuelle", commune="35900"),
    orientation("merged commune of the territory", "communes.1", "35236 (Redon)", communes=["35238", "35900"]),
    orientation("not a code", "commune", "le code INSEE d'une commune", commune="Redon"),
    orientation(
        "unknown profession",
        "professionnels.0.profession",
        "vouliez-vous dire « infirmier » ?",
        professionnels=[{"profession": "infirmière"}],
    ),
    orientation(
        "negative number",
        "professionnels.0.nombre",
        "un nombre d'au moins 0",
        professionnels=[{"profession": "infirmier", "nombre": -1}],
    ),
    orientation("absurd number", "patientele", "un nombre d'au plus", patientele=10**9),
    orientation(
        "more members than liberals",
        "specialistes_adherents",
        "au plus 8, le nombre de spécialistes libéraux",
        specialistes_liberaux=8,
        specialistes_adherents=9,
    ),
    orientation(
        "more liberals than present",
        "specialistes_liberaux",
        "au plus 5, le nombre de spécialistes présents",
        specialistes_presents=5,
        specialistes_liberaux=8,
    ),
    orientation("number as text", "patientele", "un nombre entier", patientele="4000"),
    orientation("not a list", "professionnels", "une liste", professionnels={"infirmier": 1}),
    orientation("unknown field", "couleur", "un champ connu", couleur="bleu"),
    orientation("impossible date", "date", "une date de la forme AAAA-MM-JJ", date="2026-02-30"),
    orientation("unknown legal form", "forme_juridique", "vouliez-vous dire « sisa » ?", forme_juridique="siza"),
    orientation("date before the rules", "date", "", date="1998-01-01"),
]
BAD_SIMULATIONS = [
    *NOT_A_DOCUMENT,
    BadCase("no year", b'{"patientele": 1, "associes": 1}', "annee", "champ obligatoire"),
    simulation("year before the rules", "annee", "2017", annee=2010),
    simulation("year after the rules", "annee", "2017", annee=2150),
    simulation("negative number", "patientele", "un nombre d'au moins 0", patientele=-1),
    simulation("absurd number", "patientele", "un nombre d'au plus", patientele=10**9),
    simulation("number as text", "associes", "un nombre entier", associes="10"),
    simulation("true for a number", "associes", "un nombre entier", associes=True),
    simulation("text for true", "coordination", "vrai ou faux", coordination="oui"),
    simulation("percentage for a fraction", "taux_c2s", "une part entre 0 et 1", taux_c2s=12),
    simulation("unknown choice", "fermeture_conges", "aucune", fermeture_conges="ete"),
    simulation("unknown field", "associés", "un champ connu", **{"associés": 10}),
    simulation("part above the whole", "patients_ald_ou_75_ans", "d'au plus 4", patients_ald_ou_75_ans=5000),
    simulation("more files than patients", "dossiers_concertes", "un dossier par patient", dossiers_concertes=50_000),
    BadCase(
        "same field twice", b'{"annee": 2025, "annee": 2026, "patientele": 1, "associes": 1}', "annee", "plusieurs fois"
    ),
    simulation("nobody in the team", "associes", "un nombre d'au moins 1", associes=0),
    simulation("half a day too long", "amplitude_horaire", "un nombre d'au plus 24", amplitude_horaire=36),
    simulation("more than everybody", "taux_ame", "une part d'au plus 0,3", taux_c2s=0.7, taux_ame=0.4),
]
