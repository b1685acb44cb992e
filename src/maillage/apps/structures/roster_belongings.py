"""What a line of a list says of the belonging of a person: legal person, quality, dates, shares, fee paid."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from maillage.apps.structures.belonging_fields import (
    DAY_EXPECTED,
    amount_of,
    count_of,
    half_days_of,
    quality_of,
)
from maillage.apps.structures.fields import day_of
from maillage.apps.structures.models import Belonging, DuesAmount, LegalEntity, Member
from maillage.apps.structures.share_counts import shares_held
from maillage.core.kernel import french
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import Problem, nearest

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "entite": ("personne morale", "entité", "association ou société"),
    "qualite": ("qualité", "statut dans la personne morale"),
    "depuis": ("qualité depuis le", "adhérent depuis le", "associé depuis le", "depuis le"),
    "demi_journees": ("demi-journées par semaine", "demi-journées"),
    "parts": ("parts", "nombre de parts"),
    "cotisation": ("cotisation payée", "cotisation"),
    "annee": ("année de cotisation", "année"),
}
"""How these columns may be called; the first name is the one of the template to download."""
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Begun:
    """What a person becomes, ``standing`` when they are it; then ``shares`` and ``paid`` are what was not noted yet."""

    entity: LegalEntity
    quality: Belonging.Quality
    since: datetime.date
    half_days: Decimal | None = None
    shares: int | None = None
    paid: Decimal | None = None
    year: int = 0
    standing: Belonging | None = None

    @property
    def is_new(self) -> bool:
        """Whether the person is not it yet."""
        return self.standing is None

    @property
    def writes(self) -> bool:
        """Whether there is something to note."""
        return bool(self.is_new or self.shares or self.paid)

    @property
    def words(self) -> str:
        """What the report says of it."""
        more = [f"{self.shares} parts"] if self.shares else []
        more += [f"cotisation {self.year} payée"] if self.paid else []
        return ", ".join([f"{self.quality.label}, {self.entity}", *more])


def begun_by(
    cells: Cells, entities: Sequence[LegalEntity], today: datetime.date, known: Member | None = None
) -> tuple[Begun | None, list[Problem]]:
    """What a line says of a belonging, and what is wrong; nothing when it says nothing of it.

    ``known``: the member who it is about, when they are in the team.
    """
    said = {name: cells[name] for name in COLUMNS if cells.get(name)}
    if not said:
        return None, []
    problems: list[Problem] = []
    entity = _told(problems, "entite", said.get("entite", ""), lambda words: _entity(words, entities))
    default = Belonging.Quality.ASSOCIE.value if said.get("parts") else ""
    quality = _told(problems, "qualite", said.get("qualite", default), quality_of)
    row = standing(known, entity, quality) if known and not problems else None
    told = said.get("depuis") or cells.get("joined_on", "")
    since = row.since if row and not told else _told(problems, "depuis", told, _day)
    numbers = {
        name: _told(problems, name, said.get(name, ""), reading)
        for name, reading in (("demi_journees", half_days_of), ("parts", count_of), ("cotisation", amount_of))
    }
    year = _told(problems, "annee", said.get("annee", ""), lambda words: _year(words, today))
    if problems:
        return None, problems
    found = Begun(
        entity, Belonging.Quality(quality), since,
        numbers["demi_journees"], numbers["parts"], numbers["cotisation"] or None, year,
    )  # fmt: skip
    found = replace(found, **_not_noted(found, row)) if row else found
    wrong = list(_contradictions(found, today))
    return (None if wrong else found), wrong


def standing(member: Member, entity: LegalEntity, quality: str) -> Belonging | None:
    """The belonging of a member who has this quality in this legal person already."""
    rows = member.belongings.filter(entity=entity, quality=quality, until=None, removed_at=None)
    return rows.select_related("entity__structure__organisation").first()


def shares_said_twice(cells: Cells, begun: Begun, today: datetime.date) -> str:
    """What a line says of shares when others are noted: a list notes the first ones, never a movement."""
    words = cells.get("parts", "")
    if begun.standing is None or begun.shares or not words:
        return ""
    held = shares_held(begun.standing, on=today)
    return "" if words == str(held) else f"{words} parts dans la liste, {held} notées : notez un mouvement de parts"


def _not_noted(begun: Begun, row: Belonging) -> dict[str, Any]:
    """What a line adds to a belonging that stands: the first shares, the first payment of a year."""
    has_shares = row.shares_taken.filter(undone_at=None).exists()
    has_paid = row.payments.filter(dues__year=begun.year, undone_at=None).exists()
    return {
        "standing": row,
        "since": max(begun.since, row.since),
        "shares": None if has_shares else begun.shares,
        "paid": None if has_paid else begun.paid,
    }


def _told(problems: list[Problem], field: str, words: str, reading: Any) -> Any:
    try:
        return reading(words)
    except ValueError as expected:
        problems.append(Problem(field, words or None, str(expected)))
        return None


def _entity(words: str, entities: Sequence[LegalEntity]) -> LegalEntity:
    if not words and len(entities) == 1:
        return entities[0]
    names = {
        fold(name): each
        for each in entities
        for name in (each.nom, each.form, each.form.partition("_")[0], str(each))
        if name
    }
    if (key := fold(words)) in names:
        return names[key]
    near = nearest(key, list(names)) if key and names else None
    raise ValueError(
        f"une personne morale de la structure{f' (vouliez-vous dire « {names[near]} » ?)' if near else ''}"
    )


def _day(words: str) -> datetime.date:
    day = day_of(words)
    if not isinstance(day, datetime.date):
        raise ValueError(f"{DAY_EXPECTED}, dans la colonne « qualité depuis le » ou « entré le »")
    return day


def _year(words: str, today: datetime.date) -> int:
    if not words:
        return today.year
    if not (words.isascii() and words.isdigit() and 1990 <= int(words[:5]) <= 2100):
        raise ValueError("une année (par exemple 2026)")
    return int(words)


def _contradictions(begun: Begun, today: datetime.date) -> Iterator[Problem]:
    if begun.shares and begun.quality != Belonging.Quality.ASSOCIE:
        yield Problem("parts", begun.shares, "rien : seul un associé a des parts")
    if begun.shares and begun.since > today:
        yield Problem("depuis", begun.since.isoformat(), "un jour passé : des parts sont notées")
    if begun.half_days and begun.quality != Belonging.Quality.VACATAIRE:
        yield Problem("demi_journees", str(begun.half_days), "rien : seul un vacataire a des demi-journées ici")
    if begun.paid:
        yield from _overpaid(begun, begun.paid)


def _overpaid(begun: Begun, paid: Decimal) -> Iterator[Problem]:
    """A fee that nobody set, or beyond what is owed."""
    amounts = DuesAmount.objects.filter(dues__entity=begun.entity, dues__year=begun.year)
    owed = dict(amounts.values_list("quality", "amount"))
    if not owed:
        yield Problem("cotisation", str(paid), f"rien tant que les montants {begun.year} ne sont pas fixés")
    elif paid > owed.get(begun.quality, 0):
        yield Problem("cotisation", str(paid), f"{french.euros(owed.get(begun.quality, 0))} au plus, le montant fixé")
