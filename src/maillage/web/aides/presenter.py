"""What the pages of the aids show, as plain rows: words, amounts, states, links already chosen."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from maillage.core.rules.aids.aid import KINDS, STEPS, STRUCTURES, WHO, Aid, AidOnDay, named
from maillage.core.rules.aids.case import ORDER, AppliedAid, applied_aid
from maillage.core.rules.aids.catalogue import aid_named, where
from maillage.core.rules.aids.on_day import on_day
from maillage.core.rules.aids.search import Wanted, search
from maillage.web.aides.asked import Asked, Case
from maillage.web.orientation.presenter import aci_address

STATES = {"certain": "Certaines", "possible": "Possibles", "exclu": "Exclues dans votre cas"}
SEVERAL = "Plusieurs professions"
SHOWN_WHO = 3
SHORT = 3
"""Aids that a group shows at once, whatever is asked."""
EXPORT_HEADER = (
    "Identifiant", "Aide", "Pour qui", "Où", "Payeur", "Type", "Étape", "Montant, au moins", "Montant, au plus",
    "Unité", "À confirmer", "Conditions", "Calcul", "État dans votre cas", "Pourquoi",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """An aid of the list. ``applied`` is what the orientation says of it, ``None`` without one."""

    aid: Aid
    day: AidOnDay
    applied: AppliedAid | None

    @property
    def who(self) -> str:
        """Those who may have it, in a few words."""
        return named(self.aid.who, WHO) if len(self.aid.who) <= SHOWN_WHO else SEVERAL

    @property
    def where(self) -> str:
        """Where it is given, empty for the nation."""
        return where(self.aid)

    @property
    def kinds(self) -> str:
        """Its types in words."""
        return named(self.aid.kinds, KINDS)

    @property
    def steps(self) -> str:
        """The moments at which it helps, in words."""
        return named(self.aid.steps, STEPS)

    @property
    def money(self) -> dict[str, Any]:
        """Its amount as the template of the amounts reads it: for this team when the orientation says it."""
        if self.applied and self.applied.money:
            return dict(self.applied.money)
        return {
            "montant_min": self.day.low,
            "montant_max": self.day.high,
            "unite": self.day.unit,
            "a_confirmer": self.day.to_confirm,
        }

    @property
    def is_simulated(self) -> bool:
        """Whether its amount depends on the case, that the simulator computes."""
        return bool(self.aid.simulator) and self.money["montant_min"] is None and self.money["montant_max"] is None


@dataclass(frozen=True)
class Group:
    """Aids under one heading; ``is_open`` when they are shown at once."""

    title: str
    rows: tuple[Row, ...]
    is_open: bool


def row(aid: Aid, date: datetime.date, case: Case | None) -> Row:
    """One aid on a day, applied to a case."""
    applied = applied_aid(aid, case.orientation, case.professions) if case else None
    return Row(aid, on_day(aid, date), applied)


def rows(asked: Asked) -> list[Row]:
    """The aids that answer what is asked."""
    return [row(aid, asked.wanted.date, asked.case) for aid in search(asked.wanted)]


def groups(found: Iterable[Row], asked: Asked) -> list[Group]:
    """The aids by state when there is a case, else by who may have them."""
    by_title: dict[str, list[Row]] = {STATES[state]: [] for state in ORDER} if asked.case else {}
    for each in found:
        title = STATES[each.applied.state] if each.applied else _family(each.aid)
        by_title.setdefault(title, []).append(each)
    shown = {title: members for title, members in by_title.items() if members}
    nearest = next(iter(shown), "") if asked.case else ""
    return [
        Group(title, tuple(members), title == nearest or _is_open(title, members, asked))
        for title, members in shown.items()
    ]


def _is_open(title: str, members: list[Row], asked: Asked) -> bool:
    """What was searched is shown at once; what is excluded is left folded."""
    return (asked.is_filtered and title != STATES["exclu"]) or len(members) <= SHORT


def simulator(aid: Aid, case: Case | None) -> str:
    """The address of the simulator that gives the detail, filled with the team for the ACI; empty without one."""
    if not aid.simulator:
        return ""
    if aid.simulator == "aci-msp":
        return aci_address(case.situation) if case else reverse("web:aci_msp")
    return reverse("web:simulateur", args=[aid.simulator])


def rivals(aid: Aid) -> list[tuple[Aid, str]]:
    """The aids that this one cannot be had with, and whom they are for."""
    found = [other for name in aid.excludes if (other := aid_named(name))]
    return [(other, named(other.who[:SHOWN_WHO], WHO)) for other in found]


def same_elsewhere(aid: Aid, wanted: Wanted) -> list[Row]:
    """The same aid as the nation or another region writes it."""
    if aid.is_line:
        return []
    others = [other for other in search(Wanted(wanted.date)) if other.name == aid.name and other.id != aid.id]
    return [row(other, wanted.date, None) for other in others]


def export_rows(found: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
    """The list, as a table."""
    for each in found:
        money, said = each.money, each.aid.as_dict(each.day)
        yield (
            each.aid.id, each.aid.label, named(each.aid.who, WHO), each.where or "France", each.aid.payer, each.kinds,
            each.steps, money["montant_min"] or "", money["montant_max"] or "", money["unite"],
            "oui" if each.day.to_confirm else "non", " ; ".join(said["conditions"]), said["calcul"],
            each.applied.state if each.applied else "", each.applied.reading if each.applied else "",
        )  # fmt: skip


def _family(aid: Aid) -> str:
    if aid.structure:
        return STRUCTURES[aid.structure]
    if aid.who[0].startswith("medecin") and len(aid.who) <= SHOWN_WHO:
        return "Médecins"
    return WHO[aid.who[0]] if len(aid.who) == 1 else SEVERAL
