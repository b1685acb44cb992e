"""The parameters that a document stands on and the texts that found them, each text with its number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.core.documents import wording
from maillage.core.kernel import french

Row = Mapping[str, Any]
Text = tuple[str, str]
"""A title and an address, empty when there is none to open."""


def parameters_of(rows: Iterable[Row]) -> list[Row]:
    """Each parameter used, once, in the order of the rows."""
    return list({parameter["chemin"]: parameter for row in rows for parameter in row["parametres"]}.values())


def texts_of(parameters: Iterable[Row]) -> list[Text]:
    """Each text cited, once; the rank in this list is its number."""
    cited = ((text["titre"], wording.link(text["url"])) for row in parameters for text in row["textes"])
    return list(dict.fromkeys(cited))


def numbers(parameter: Row, texts: Sequence[Text]) -> list[int]:
    """The numbers of the texts of a parameter."""
    return [texts.index((text["titre"], wording.link(text["url"]))) + 1 for text in parameter["textes"]]


def told(parameter: Row, texts: Sequence[Text]) -> dict[str, Any]:
    """A parameter as a document shows it."""
    return {
        "libelle": parameter["libelle"],
        "valeur": french.quantity(parameter["valeur"], parameter["unite"]),
        "validite": wording.validity(parameter["depuis"], parameter["jusqu_a"]),
        "confiance": parameter["confiance"],
        "a_confirmer": parameter["a_confirmer"],
        "textes": numbers(parameter, texts),
    }
