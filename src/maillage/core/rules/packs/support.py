"""Who helps a team, at which step, with what: the accompaniment, as data."""

import datetime
from typing import Literal

from maillage.core.rules.base import StructureCode
from maillage.core.rules.packs.data import Confidence, Dated

Nature = Literal["methode", "consultant", "argent", "contrat", "decision"]
NATURES: dict[Nature, str] = {
    "methode": "méthode",
    "consultant": "temps de consultant",
    "argent": "argent",
    "contrat": "contrat",
    "decision": "décision",
}
"""What a team receives, in words."""


class SupportData(Dated):
    """One help. ``qui`` gives it, ``aide`` says it in a few words.

    ``parametre`` is the path of its amount, which ``borne`` calls exact or the most that is given; ``documents`` what
    is asked to have it; ``avis`` the body that gives an opinion, ``decide`` the one that decides. A help of the same
    ``id`` is replaced, and those of ``remplace`` are left out, as long as this one stands.
    """

    id: str
    structure: StructureCode
    etape: str
    qui: str
    nature: Nature
    aide: str
    parametre: str = ""
    borne: Literal["exact", "plafond"] = "exact"
    documents: tuple[str, ...] = ()
    avis: str = ""
    decide: str = ""
    remplace: tuple[str, ...] = ()
    source: str
    confiance: Confidence


def in_force(
    national: tuple[SupportData, ...], regional: tuple[SupportData, ...], date: datetime.date
) -> tuple[SupportData, ...]:
    """The helps of a day: those of the region, then the national ones that they neither replace nor leave out."""
    standing = tuple(support for support in regional if support.exists_on(date))
    left_out = {name for support in standing for name in (support.id, *support.remplace)}
    return (*standing, *(support for support in national if support.exists_on(date) and support.id not in left_out))
