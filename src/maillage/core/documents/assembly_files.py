"""The documents of an assembly: its convocation, its minutes."""

import datetime
from collections.abc import Mapping
from typing import Any

from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french


def assembly_convocation_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of a convocation (see :func:`maillage.apps.governance.content.convocation_content`)."""
    return _pdf("assemblee_convocation.typ", "Convocation", content, today)


def assembly_minutes_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of minutes (see :func:`maillage.apps.governance.content.minutes_content`)."""
    return _pdf("assemblee_proces_verbal.typ", "Procès-verbal", content, today)


def _pdf(template: str, what: str, content: Mapping[str, Any], today: datetime.date) -> bytes:
    told = {
        **content,
        "titre": f"{what} : {content['sujet']}",
        "resume_metadonnees": f"{what} d'une assemblée.",
        "sous_titre": content["structure"],
        "jour": french.day(today),
        "pied": f"{what} établi{'e' if what == 'Convocation' else ''} par {content['entite']} le {french.day(today)}.",
        "adresse": None,
    }
    return render(template, told, today)
