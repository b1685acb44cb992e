"""What « Et si… » says of a line that cannot be: in the words of the page, with the names of the places."""

import re

from maillage.core.kernel.problems import Problem
from maillage.web.territoires.asked import told
from maillage.web.territoires.changes import in_words, place_in_words
from maillage.web.territoires.moves import LINES

CODES = re.compile(r"\b\d{5}\b(?!:)")
INDICATOR = "l'indicateur «"
"""What the engine says when an age is not known: a code that means nothing on a page."""
NO_AGES = (
    "l'âge des professionnels n'est pas connu ici, le répertoire ne le donne pas. La personne qui tient cette "
    "installation peut charger l'APL que la DREES publie par âge des médecins, ou une offre avec les âges"
)


def refusal(profession: str, problem: Problem) -> str:
    """What an error of the engine says of a line, in the words of the page and with the names of the places."""
    if problem.field not in LINES:
        return told(problem.value, problem.expected)
    line = in_words(profession, problem.field, str(problem.value))
    if INDICATOR in problem.expected:
        return f"« {line} » ne peut pas se calculer : {NO_AGES}."
    named = CODES.sub(lambda found: place_in_words(found[0]), problem.expected)
    return f"« {line} » n'est pas possible. Attendu : {named}."
