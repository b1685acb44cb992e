"""An answer as its page shows it: the total in one line, the lines by heading, what does not apply apart."""

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

from maillage.core.documents import answer_words
from maillage.core.documents.answer_words import NOT_APPLYING, STATES
from maillage.core.kernel.problems import Problem
from maillage.core.rules.simulation.engine import lines_of
from maillage.core.rules.simulation.results import Answer
from maillage.core.rules.simulation.situation import SimulatorSpec
from maillage.web.simuler import headline as bar

LOOKS = {
    "certain": ("ok", "remplie"),
    "possible": ("warn", "pas_encore"),
    "exclu": ("no", "impossible"),
    "a_preciser": ("todo", "inconnue"),
    "a_confirmer": ("todo", "inconnue"),
    "remplie": ("ok", "remplie"),
    "manquante": ("no", "manquante"),
    "inconnue": ("todo", "inconnue"),
    "sans_objet": ("todo", "a_venir"),
}
"""Colour and icon of each state; an established fact has none."""
CASE = re.compile(r"^cas [^ ]+( et [^ ]+)?( :|,) ")
WAITING = ("inconnue", "a_preciser", "possible")
FEW = 4
"""Up to as many lines that do not apply, they are shown at once."""
Row = Mapping[str, Any]


def headline(
    simulator: SimulatorSpec, answer: Row | None, wrong: Mapping[str, Problem], waiting: Sequence[str]
) -> dict[str, Any]:
    """The total in one line, or why there is none."""
    label = simulator.total or answer_words.RESULT
    if wrong:
        return bar.to_mend(label, wrong)
    if answer is None:
        lacking = f"donnez d'abord : {', '.join(waiting).lower()}" if waiting else "répondez à quelques questions"
        return bar.headline(answer_words.RESULT, lacking, "todo")
    amount, condition, tone = answer_words.total(answer)
    return bar.headline(label, amount, tone, condition=condition)


def example_told(simulator: SimulatorSpec) -> str:
    """Where the example comes from, without the number of its case."""
    return CASE.sub("", simulator.example_source)


def shown(simulator: SimulatorSpec, answer: Answer, given: Container[str]) -> dict[str, Any]:
    """The answer with its lines by heading; ``exclus`` are the headings of what does not apply.

    ``given``: the fields answered. A line that waits for an answer leads to the questions that it waits for.
    """
    told = answer.as_dict()
    questions = _questions(simulator, given)
    told["lignes"] = [
        {**line, "questions": questions.get(line["variable"], []) if line["etat"] in WAITING else []}
        for line in told["lignes"]
    ]
    apart = _headings(simulator, told, applying=False)
    return {
        **told,
        "jour": answer.day,
        "sujets": answer_words.subjects(told),
        "dates": answer_words.deadlines(told),
        "hors_total": answer_words.beside(told),
        "groupes": _headings(simulator, told, applying=True),
        "exclus": apart,
        "nombre_exclus": (count := sum(len(group["lignes"]) for group in apart)),
        "exclus_ouverts": count <= FEW,
    }


def _headings(simulator: SimulatorSpec, told: Row, *, applying: bool) -> list[dict[str, Any]]:
    found = answer_words.headings(simulator, told["lignes"], applying=applying)
    return [{"titre": group["titre"], "lignes": [_line(line) for line in group["lignes"]]} for group in found]


def _questions(simulator: SimulatorSpec, given: Container[str]) -> dict[str, list[dict[str, str]]]:
    """``name`` and ``titre`` of the questions that each line reads and that are not answered, by variable."""
    titles = {name: str(info.title) for name, info in simulator.model.model_fields.items()}
    return {
        name: [{"name": field, "titre": titles[field]} for field in spec.fields if field not in given]
        for name, spec in lines_of(simulator)
    }


def _line(line: Row) -> dict[str, Any]:
    """A line with its look; what its conditions ask and cite is not said again."""
    colour, icon = LOOKS.get(line["etat"], ("", ""))
    conditions = [_line(condition) for condition in line.get("conditions", ())]
    asked = {question["name"] for condition in conditions for question in condition["questions"]}
    cited = {parameter["chemin"] for condition in conditions for parameter in condition["parametres"]}
    return {
        **line,
        "couleur": colour,
        "icone": icon,
        "mot": STATES.get(line["etat"], ""),
        "mesure": answer_words.measure(line),
        "faire": "À savoir" if line["etat"] in NOT_APPLYING else "À faire",
        "questions": [question for question in line["questions"] if question["name"] not in asked],
        "parametres": [parameter for parameter in line["parametres"] if parameter["chemin"] not in cited],
        "conditions": conditions,
    }
