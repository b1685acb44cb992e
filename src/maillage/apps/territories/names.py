"""Names of places: INSEE's articles, and what two spellings of a name share."""

from typing import NamedTuple

from maillage.core.kernel.french import fold

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


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
    """The name without accents, hyphens nor apostrophes, « St » and « Ste » in full.

    >>> search_key("St-Étienne"), search_key("L'Haÿ-les-Roses"), search_key("STE MERE EGLISE")
    ('saint etienne', 'l hay les roses', 'sainte mere eglise')
    """
    return " ".join(ABBREVIATIONS.get(word, word) for word in fold(text).split())
