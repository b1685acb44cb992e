"""The document of the minutes of a meeting: what its members receive."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french


def minutes_pdf(
    content: Mapping[str, Any], follow_ups: Sequence[Sequence[str]], *, today: datetime.date, by: str
) -> bytes:
    """The PDF. ``content``: ``structure``, ``sujet``, ``faits`` (name, words), ``ordre`` and ``texte`` (words), all in
    French; ``follow_ups``: what was decided, line by line: kind, what, who, before when.
    """
    state = "" if content["est_close"] else " La réunion n'est pas close : ce texte peut changer."
    return render(
        "compte_rendu.typ",
        {
            "titre": f"Compte rendu : {content['sujet']}",
            "resume_metadonnees": "Compte rendu d'une réunion.",
            "sous_titre": content["structure"],
            "jour": french.day(today),
            "adresse": None,
            "faits": [{"nom": name, "valeur": words} for name, words in content["faits"] if words],
            "ordre": content["ordre"].splitlines(),
            "texte": content["texte"].splitlines(),
            "suites": [list(row) for row in follow_ups],
            "etabli": f"Établi par {by}.{state}",
        },
        today,
    )
