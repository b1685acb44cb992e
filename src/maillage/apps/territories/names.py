"""Names of places: INSEE's articles, and what two spellings of a name share."""

import re
from typing import NamedTuple

from maillage.core.kernel.french import fold

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
ORDINAL = re.compile(r"\b0?([1-9]|1[0-9]|20) ?(?:e|er|ere|re|eme|ieme|nd|nde)\b")


class Grammar(NamedTuple):
    """The article before a name (« Le  ») and the link after a noun (« du  »: la mairie du Havre)."""

    article: str
    link: str


GRAMMARS = {
    0: Grammar("", "de "),
    1: Grammar("", "d'"),
    2: Grammar("Le ", "du "),
    3: Grammar("La ", "de la "),
    4: Grammar("Les ", "des "),
    5: Grammar("L'", "de l'"),
    6: Grammar("Aux ", "des "),
    7: Grammar("Las ", "de las "),
    8: Grammar("Los ", "de los "),
}
"""By code TNCC of the INSEE (« type de nom en clair », https://www.insee.fr/fr/information/2560684)."""


def search_key(text: str) -> str:
    """The name without accents, hyphens nor apostrophes, « St » and « Ste » in full, ordinals in one form.

    >>> search_key("St-Étienne"), search_key("L'Haÿ-les-Roses"), search_key("STE MERE EGLISE")
    ('saint etienne', 'l hay les roses', 'sainte mere eglise')
    >>> search_key("Marseille 8ème"), search_key("Paris 1 er")
    ('marseille 8e', 'paris 1er')
    """
    words = ORDINAL.sub(lambda found: ordinal(found[1]), fold(text)).split()
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def ordinal(number: str) -> str:
    """A number as the name of an arrondissement writes it: « 1er », « 8e »."""
    rank = int(number)
    return "1er" if rank == 1 else f"{rank}e"
