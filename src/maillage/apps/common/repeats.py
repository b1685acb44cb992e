"""A form sent twice: what was noted a moment ago is not noted again."""

import datetime

from maillage.core.kernel.problems import BadInput, Problem

JUST_NOW = datetime.timedelta(minutes=2)
"""How long the same movement of money or shares is taken for the same form sent again."""


def sent_twice(field: str, other: str, what: str = "ce mouvement") -> BadInput:
    """The refusal: ``other`` is what tells a real second movement from the first."""
    expected = f"{other}, ou deux minutes d'attente : {what} est déjà noté, il y a un instant"
    return BadInput([Problem(field, what, expected)])
