"""A simulation and an orientation as their engines answer them, small and invented: their figures are of no text."""

from typing import Any

import pytest

TEXT = {"titre": "Guide des indicateurs", "url": "https://exemple.fr/guide", "confiance": "B", "depuis": "2022-01-01"}


def parameter(path: str, value: Any, unit: str, *, confidence: str = "A") -> dict[str, Any]:
    return {
        "chemin": path,
        "libelle": f"Paramètre {path}",
        "valeur": value,
        "unite": unit,
        "depuis": "2022-01-01",
        "jusqu_a": None,
        "confiance": confidence,
        "textes": [
            {"titre": "Guide des indicateurs", "url": "https://exemple.fr/guide"},
            {"titre": "Tableur", "url": None},
        ],
        "a_confirmer": confidence == "C",
    }


def indicator(name: str, level: str, axis: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "libelle": f"Indicateur {name}",
        "niveau": level,
        "axe": axis,
        "points": 100.0,
        "montant": "700.00",
        "explication": "100 points fixes, à 7 € le point : 700 €.",
        "parametres": [parameter("point", 7, "euros par point")],
        "manque": None,
        "gain_possible": None,
    } | changes


@pytest.fixture
def inputs() -> dict[str, Any]:
    return {
        "annee": 2025,
        "patientele": 6000,
        "associes": 9,
        "samedi_matin": True,
        "fermeture_conges": "jusqu_a_3_semaines",
        "taux_c2s": 0.12,
        "taux_ame": None,
    }


@pytest.fixture
def simulation() -> dict[str, Any]:
    return {
        "montant": "1400.00",
        "montant_si_prerequis": None,
        "points": 200.0,
        "majoration": None,
        "prerequis_manquants": [],
        "gains": [
            {"action": "Passer au niveau 2", "montant": "4200.00", "indicateurs": ["qualite"]},
            {"action": "Accueillir 2 stagiaires", "montant": "2100.00", "indicateurs": ["stages"]},
        ],
        "indicateurs": [
            indicator("horaires", "prérequis", 1),
            indicator(
                "stages",
                "option",
                2,
                points=0.0,
                montant="0.00",
                manque="Accueillir 2 stagiaires",
                gain_possible="3150.00",
            ),
            indicator("qualite", "option", 2, manque="Passer au niveau 2", gain_possible="4200.00"),
            indicator("logiciel", "prérequis", 3, parametres=[parameter("label", True, "oui ou non", confidence="C")]),
        ],
        "sommes": [
            {
                "id": "montant",
                "libelle": "Montant de l'année",
                "montant": "1400.00",
                "explication": "200 points à 7 € = 1 400 €.",
                "parametres": [parameter("point", 7, "euros par point")],
            },
            {"id": "majoration", "libelle": "Majoration", "montant": None, "explication": "À voir.", "parametres": []},
        ],
        "avance": "700.00",
        "solde": "700.00",
        "a_confirmer": [{"objet": "Majoration de précarité", "motif": "Seuils non publiés", "qui": "la CPAM"}],
    }


def condition(name: str, state: str) -> dict[str, Any]:
    return {
        "id": name,
        "libelle": f"Condition {name}",
        "etat": state,
        "manque": None if state == "remplie" else f"Faire {name}",
        "nature": "fond",
        "bloquante": True,
        "texte": TEXT,
        "champs": [],
        "parametre": "",
    }


def financing(name: str, low: str | None, high: str | None, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "libelle": f"Aide {name}",
        "payeur": "Assurance Maladie",
        "nature": "rémunération",
        "montant_min": low,
        "montant_max": high,
        "unite": "euros par an",
        "a_confirmer": low is None,
        "motif": "Montant non établi" if low is None else None,
        "conditions": ["Signer le contrat"],
        "texte": TEXT,
        "explication": "Versée chaque année.",
        "lien": "",
        "champ": None,
        "etat": "possible",
        "lecture": "À vérifier : signer le contrat.",
        "conditions_appliquees": [],
        "exclut": [],
        "exclu_par": [],
    } | changes


def structure(name: str, state: str, conditions: list[dict[str, Any]]) -> dict[str, Any]:
    step = {
        "rang": 1,
        "titre": "Fédérer les acteurs",
        "description": "Réunir l'équipe.",
        "etat": "en_cours",
        "aide": ["ARS : méthode"],
        "documents": ["Statuts"],
        "source": "Guide",
    }
    contact = {
        "organisme": "ARS",
        "role": "Accompagne les équipes",
        "telephone": "02 00 00 00 00",
        "email": None,
        "web": "https://www.exemple.fr/ars",
        "verifie": False,
        "source": "guide de 2019",
    }
    return {
        "nom": name,
        "etat": state,
        "resume": f"{name} en une phrase.",
        "conditions": conditions,
        "etapes": [step],
        "financements": [financing("annuelle", "50000.00", "100000.00"), financing("inconnue", None, None)],
        "contacts": [contact],
    }


@pytest.fixture
def orientation() -> dict[str, Any]:
    return {
        "date": "2026-11-01",
        "commune": {
            "code": "35236",
            "nom": "Redon",
            "departement": "35",
            "region": "53",
            "nom_region": "Bretagne",
            "population": 8800,
            "millesime": "2021",
        },
        "region_pack": "bretagne",
        "pack": {"libelle": "Politique régionale de Bretagne", "a_confirmer": True},
        "ordre": ["MSP", "ESS"],
        "structures": {
            "ESS": structure("équipe de soins spécialisés", "impossible", [condition("specialite", "manquante")]),
            "MSP": structure(
                "maison de santé", "pas_encore", [condition("medecins", "remplie"), condition("projet", "inconnue")]
            ),
        },
        "prochaine_question": {
            "champ": "patientele",
            "question": "Combien de patients ?",
            "decide": [],
            "pourquoi": "Utile.",
        },
        "questions": [],
        "a_confirmer": [{"objet": "Zonage", "motif": "Non chargé", "qui": "l'ARS"}],
        "avertissements": ["La politique régionale date de 2019."],
    }


@pytest.fixture
def situation() -> dict[str, Any]:
    return {
        "date": "2026-11-01",
        "commune": "35236",
        "professionnels": [
            {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
            {"profession": "infirmier", "nombre": 1},
        ],
    }
