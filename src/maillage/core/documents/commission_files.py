"""The documents of a commission: the convocation with its agenda, the minutes that approval seals."""

import datetime
from collections.abc import Mapping
from typing import Any

from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french


def convocation_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of a convocation (see :mod:`maillage.apps.dossiers.commissions.content`); ``today``: when it is made."""
    return render(
        "convocation.typ",
        {
            **content,
            "titre": f"Convocation : séance du {content['jour']}",
            "resume_metadonnees": "Convocation à une séance de commission, avec son ordre du jour.",
            "sous_titre": content["commission"],
            "jour": french.day(today),
            "pied": f"Convocation établie par {content['organisation']} le {french.day(today)}.",
            "quand": f"{content['jour']}, {content['horaire']}",
            "adresse": None,
        },
        today,
    )


def minutes_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of minutes, whole or without the items from which the reader is kept away."""
    what = "Extrait du procès-verbal" if content["extrait"] else "Procès-verbal"
    draft = "" if content["numero"] else " (projet)"
    made = content["approuve"] or f"Projet établi le {french.day(today)}."
    return render(
        "proces_verbal.typ",
        {
            **content,
            "titre": f"{what}{draft} : séance du {content['jour']}",
            "resume_metadonnees": "Procès-verbal d'une séance de commission.",
            "sous_titre": content["commission"],
            "jour": french.day(today),
            "pied": f"{what} de la séance du {content['jour']}. {made}",
            "quand": f"{content['jour']}, {content['horaire']}",
            "adresse": None,
        },
        today,
    )
