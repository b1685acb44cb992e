"""The life of a protocol: its states, the acts that lead from one to another, what may be done in each."""

from collections.abc import Sequence
from dataclasses import dataclass

PREVU, EN_COURS, A_VALIDER, APPLIQUE, RETIRE = "prevu", "en_cours", "a_valider", "applique", "retire"
STATES = {
    PREVU: "prévu",
    EN_COURS: "en cours d'écriture",
    A_VALIDER: "à valider",
    APPLIQUE: "appliqué",
    RETIRE: "retiré",
}
"""The states, in the order of the life."""
APPROVED, TO_CHANGE, AWAITED = "approuve", "a_revoir", "attendu"
OPINIONS = {AWAITED: "avis attendu", APPROVED: "approuve", TO_CHANGE: "demande un changement"}
"""What a member says of a draft."""


@dataclass(frozen=True)
class Act:
    """An act: where it starts, where it leads, its words on a button, why it is refused elsewhere."""

    code: str
    sources: tuple[str, ...]
    target: str
    words: str
    refused: str


ACTS = {
    act.code: act
    for act in (
        Act(
            "soumettre",
            (PREVU, EN_COURS),
            A_VALIDER,
            "Demander l'avis des membres",
            "Seul un protocole en cours d'écriture se soumet à l'avis des membres.",
        ),
        Act(
            "reprendre",
            (A_VALIDER,),
            EN_COURS,
            "Reprendre l'écriture",
            "Ce protocole n'est pas à valider.",
        ),
        Act(
            "publier",
            (EN_COURS, A_VALIDER, APPLIQUE),
            APPLIQUE,
            "Publier",
            "Seul un protocole écrit se publie.",
        ),
        Act(
            "reviser",
            (APPLIQUE,),
            EN_COURS,
            "Réviser",
            "Seul un protocole appliqué se révise.",
        ),
        Act(
            "abandonner",
            (EN_COURS, A_VALIDER),
            APPLIQUE,
            "Abandonner la révision",
            "Ce protocole n'est pas en révision.",
        ),
        Act(
            "retirer",
            (EN_COURS, A_VALIDER, APPLIQUE),
            RETIRE,
            "Retirer",
            "Ce protocole n'est pas en vigueur : supprimez-le s'il ne sert plus.",
        ),
        Act(
            "remettre",
            (RETIRE,),
            APPLIQUE,
            "Remettre en vigueur",
            "Ce protocole n'est pas retiré.",
        ),
    )
}
"""The acts, by code."""


def allowed(act: str, state: str, version: int) -> bool:
    """Whether an act is possible on a protocol; ``version``: the number of its last published version, 0 for none.

    >>> allowed("publier", APPLIQUE, 0), allowed("publier", APPLIQUE, 1), allowed("retirer", EN_COURS, 0)
    (True, False, False)
    """
    found = ACTS[act]
    if state not in found.sources:
        return False
    if act == "publier":
        return state != APPLIQUE or not version
    return act not in ("reviser", "abandonner", "retirer", "remettre") or version > 0


def is_written(state: str, version: int) -> bool:
    """Whether its text may be changed now: never once it is published, awaits opinions or is retired."""
    return state in (PREVU, EN_COURS) or (state == APPLIQUE and not version)


def is_in_force(state: str, version: int) -> bool:
    """Whether the team applies it today: a published version still applies while the next one is written."""
    return state == APPLIQUE or (version > 0 and state != RETIRE)


def is_approved(answers: Sequence[str]) -> bool:
    """Whether everyone who was asked approves; nobody asked approves nothing."""
    return bool(answers) and all(answer == APPROVED for answer in answers)


@dataclass(frozen=True)
class Paid:
    """How many protocols in force an agreement may pay. ``most`` and ``points`` are ``None`` when not established."""

    themed: int
    others: int
    in_mission: int
    most: int | None
    points: int | None

    @property
    def counted(self) -> int | None:
        """Those of the themes of the agreement, up to the most; ``None`` when the most is not known."""
        return None if self.most is None else min(self.themed, self.most)

    @property
    def total(self) -> int | None:
        """The points that they give."""
        return None if self.counted is None or self.points is None else self.counted * self.points

    @property
    def beyond(self) -> int:
        """Those that the most leaves out."""
        return 0 if self.most is None else max(self.themed - self.most, 0)
