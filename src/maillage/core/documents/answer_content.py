"""What the document of an answer of a simulator of the kit says: texts ready to be laid out."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from maillage.core.documents import answer_words, citations, wording
from maillage.core.documents.answer_comparison import compare_answers
from maillage.core.documents.answer_words import STATES
from maillage.core.documents.comparison import Told, written
from maillage.core.documents.facts_words import declared
from maillage.core.kernel import french
from maillage.core.rules.simulation.situation import SimulatorSpec

Row = Mapping[str, Any]
TONES = {
    "certain": "ok",
    "remplie": "ok",
    "etabli": "ok",
    "possible": "bientot",
    "manquante": "non",
    "exclu": "non",
}
"""Tone of a state; what is not known is the rest."""


def answer_content(
    simulator: SimulatorSpec, told: Told, *, today: datetime.date, address: str = "", reference: Told | None = None
) -> dict[str, Any]:
    """Data of ``answer.typ``: French text only, amounts, days and numbers already written."""
    answer = told.simulation
    total = answer_words.total(answer)
    applying = answer_words.headings(simulator, answer["lignes"], applying=True)
    apart = answer_words.headings(simulator, answer["lignes"], applying=False)
    lines = (line for group in applying for line in group["lignes"])
    parameters = citations.parameters_of(row for line in lines for row in (line, *line["conditions"]))
    texts = citations.texts_of(parameters)
    return {
        "titre": simulator.title,
        "sous_titre": f"Règles au {french.iso_day(answer['date'])}",
        "resume_metadonnees": simulator.summary,
        "jour": french.day(today),
        "adresse": wording.printed(address),
        "total": {"nom": simulator.total or answer_words.RESULT, "montant": total.amount, "condition": total.condition},
        "hors_total": answer_words.beside(answer),
        "echeances": answer_words.deadlines(answer),
        "groupes": [_group(group, texts) for group in applying],
        "exclus": [{"titre": group["titre"], "lignes": [_brief(line) for line in group["lignes"]]} for group in apart],
        "a_confirmer": list(answer["a_confirmer"]),
        "comparaison": written(compare_answers(simulator, reference, told)) if reference else None,
        "parametres": [citations.told(row, texts) for row in parameters],
        "textes": [{"titre": title, "url": url} for title, url in texts],
        "declare": declared(simulator.model, told.inputs),
    }


def _group(group: Row, texts: Sequence[citations.Text]) -> dict[str, Any]:
    return {"titre": group["titre"], "lignes": [_line(line, texts) for line in group["lignes"]]}


def _line(line: Row, texts: Sequence[citations.Text]) -> dict[str, Any]:
    conditions = line.get("conditions", ())
    used = citations.parameters_of([line, *conditions])
    return {
        "libelle": line["libelle"],
        "mot": STATES.get(line["etat"], "remplie" if line["etat"] == "remplie" else ""),
        "ton": TONES.get(line["etat"], "inconnu"),
        "mesure": answer_words.measure(line),
        "explication": line["explication"],
        "conditions": " ".join(condition["explication"] for condition in conditions),
        "manque": line["manque"] or "",
        "textes": sorted({rank for parameter in used for rank in citations.numbers(parameter, texts)}),
    }


def _brief(line: Row) -> dict[str, str]:
    return {"libelle": line["libelle"], "explication": line["explication"]}
