"""An answer as its page shows it: lines under their headings, the words and colours of each state."""

from typing import Any

from maillage.core.rules.simulation.results import Answer, Line

STATES = {
    "certain": ("ok", "remplie", ""),
    "possible": ("warn", "pas_encore", "possible"),
    "exclu": ("no", "impossible", "exclu"),
    "a_preciser": ("todo", "inconnue", "à préciser"),
    "a_confirmer": ("todo", "inconnue", "à confirmer"),
    "remplie": ("ok", "remplie", "remplie"),
    "manquante": ("no", "manquante", "manquante"),
    "inconnue": ("todo", "inconnue", "à préciser"),
    "sans_objet": ("", "", "sans objet"),
    "etabli": ("", "", ""),
}
"""Colour, icon and word of each state."""


def shown(answer: Answer) -> dict[str, Any]:
    """The answer with its lines by heading, in the order in which headings appear."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in answer.lines:
        groups.setdefault(line.group, []).append(_line(line))
    return {
        **answer.as_dict(),
        "jour": answer.day,
        "jusqu_a": answer.low == 0 and answer.possible > 0,
        "groupes": [{"titre": title, "lignes": lines} for title, lines in groups.items()],
        "dates": answer.deadlines,
    }


def _line(line: Line) -> dict[str, Any]:
    colour, icon, word = STATES[line.state]
    return {
        **line.as_dict(),
        "couleur": colour,
        "icone": icon,
        "mot": word,
        "jour": line.day,
        "intervalle": line.low is not None and line.low != line.high,
        "exclus": line.excludes,
    }
