"""The money that the rules compute for the structure of a project, as lines to put in its budget."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.apps.orientation.queries import orient
from maillage.apps.projets.budget import BudgetLineFields
from maillage.apps.projets.models import Projet
from maillage.core.documents.wording import interval
from maillage.core.kernel.problems import BadInput
from maillage.core.rules.orientation.situation import PROFESSIONS

NOTE = 250
ORDER = ("certain", "possible", "a_confirmer", "exclu")
"""What is sure first; what the team cannot have yet comes last, with what it lacks."""


@dataclass(frozen=True)
class Suggestion:
    """A source of money. ``low`` and ``high`` in euros, ``None`` when not known; ``told`` is the line of the rules."""

    key: str
    label: str
    payer: str
    state: str
    low: str | None
    high: str | None
    told: Mapping[str, Any]

    @property
    def amount(self) -> Decimal | None:
        """The amount when it is one and established; an interval is to be confirmed."""
        fixed = self.low is not None and self.low == self.high and not self.told["a_confirmer"]
        return Decimal(self.low) if fixed and self.low is not None else None

    def as_line(self, year: int) -> BudgetLineFields:
        """The same as a line of a year: never secured, whatever its state, until someone says that it is."""
        return BudgetLineFields(
            kind="ressource",
            year=year,
            label=self.label[:200],
            envelope=self.payer[:120],
            amount=self.amount,
            note=self._note(),
        )

    def _note(self) -> str:
        text = self.told["texte"]
        bounds = f"{interval(self.low, self.high)}. " if self.low != self.high else ""
        source = f"Source : {text['titre']}." if text else "Aucun texte établi."
        note = f"{bounds[:1].upper()}{bounds[1:]}{source}"
        return note if len(note) <= NOTE else f"{note[: NOTE - 1]}…"


def suggestions(projet: Projet, *, today: datetime.date) -> tuple[list[Suggestion], str]:
    """What the rules give to the structure of a project, the surest first; and why nothing is, in French, or ""."""
    try:
        answer = orient(situation_of(projet, today), today=today)
    except BadInput as wrong:
        return [], f"Les règles ne peuvent pas être appliquées : {wrong}"
    told = answer["structures"][projet.structure.kind.upper()]["financements"]
    return sorted((_suggestion(each) for each in told), key=lambda each: ORDER.index(each.state)), ""


def situation_of(projet: Projet, today: datetime.date) -> dict[str, Any]:
    """The situation of the orientation, brought up to date with the team and the territory of the structure."""
    communes = [each.code for each in projet.structure.communes.all()]
    situation = {**projet.situation, "date": today.isoformat()}
    if communes:
        situation["commune"] = situation.get("commune") if situation.get("commune") in communes else communes[0]
        situation["communes"] = communes
    team = _team(projet)
    if team:
        situation["professionnels"] = team
    situation.setdefault("projet_de_sante", "en_cours")
    return situation


def _team(projet: Projet) -> list[dict[str, Any]]:
    modes = {"liberal": "liberal", "remplacant": "liberal", "salarie": "salarie", "mixte": "mixte"}
    rows = projet.structure.members.filter(left_on=None, metier__in=list(PROFESSIONS)).values_list("metier", "mode")
    counted = Counter((metier, modes.get(mode)) for metier, mode in rows)
    return [
        {"profession": metier, "nombre": count, **({"exercice": mode} if mode else {})}
        for (metier, mode), count in counted.items()
    ]


def _suggestion(told: Mapping[str, Any]) -> Suggestion:
    unknown = told["a_confirmer"] and told["montant_max"] is None and told["etat"] != "exclu"
    state = "a_confirmer" if unknown else told["etat"]
    return Suggestion(
        told["id"], told["libelle"], told["payeur"], state, told["montant_min"], told["montant_max"], told
    )
