"""The document of a crisis plan that a team seals."""

import datetime
from collections.abc import Mapping
from typing import Any

from maillage.core.documents.sealed_files import part, sealed_pdf

TEXTS = (
    ("alerte", "L'alerte : qui la reçoit, qui déclenche le plan"),
    ("coordination", "Avec qui : l'ARS, la CPTS, l'hôpital, la commune"),
    ("information", "Informer l'équipe et le public"),
    ("retour", "Le retour à la normale"),
)
INSIDE = "Ce document porte des coordonnées de professionnels : ne le diffusez qu'aux personnes du plan."


def plan_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of a version of a plan (see :func:`maillage.apps.crisis.sealing.content_of`)."""
    texts = [part(title, content[name]) for name, title in TEXTS]
    cell = part(
        "La cellule de crise", content["cellule"], ("Fonction", "Titulaire", "Remplaçant", "Rôle"), content["fonctions"]
    )
    people = part(
        "Qui peut être mobilisé", "", ("Nom", "Métier", "Pour quoi faire", "Disponibilité", "Joindre"),
        content["mobilisables"],
    )  # fmt: skip
    contacts = part("Qui appeler", "", ("Organisme", "Pour quoi", "Téléphone", "Courriel"), content["contacts"])
    procedures = [
        part(f"{each['risque']} : {each['intitule']}", each["etapes"] or "À écrire.") for each in content["procedures"]
    ]
    return sealed_pdf(
        title="Plan de crise sanitaire",
        about="Plan de réponse aux crises sanitaires, publié et scellé.",
        subtitle=f"{content['structure']} · version {content['numero']}",
        subject="Le plan",
        facts=[
            ("Structure", content["structure"]),
            ("Version", str(content["numero"])),
            ("À revoir le", content["a_revoir_le"] or "à fixer"),
        ],
        parts=[texts[0], cell, people, contacts, *procedures, *texts[1:]],
        closing=f"Version {content['numero']} publiée par {content['publie_par']} le {content['publie_le']}.",
        today=today,
        warning=INSIDE,
    )
