"""The registers of a structure on any day: adhérents, associés with their shares, movements, people present."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from maillage.apps.structures.dues_accounts import name_key
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Belonging, LegalEntity, Structure
from maillage.apps.structures.share_counts import movements_of, shares_on
from maillage.core.kernel import french

KINDS: Mapping[str, str] = {
    "presents": "Professionnels présents",
    "adherents": "Registre des adhérents",
    "associes": "Registre des associés",
    "parts": "Registre des mouvements de parts",
}
TO_COMPLETE = "à compléter"
LAW = "Le texte qui demande ce registre est à confirmer : vos statuts disent ce qu'il doit contenir."
ACI = (
    "Le guide de l'accord conventionnel des maisons de santé demande la liste des associés au 31 décembre (nom, numéro "
    "d'assurance maladie, RPPS, profession). Pour une autre structure, le texte est à confirmer."
)
Rows = list[list[Any]]


@dataclass(frozen=True)
class Register:
    """A register on a day; its days are days, which a spreadsheet sorts."""

    kind: str
    title: str
    of_whom: str
    on: datetime.date
    header: Sequence[str]
    rows: Rows
    note: str

    @property
    def words(self) -> list[list[str]]:
        """The rows as they are read, each day in full."""
        return [[french.day(cell) if isinstance(cell, datetime.date) else cell for cell in row] for row in self.rows]

    @property
    def file_name(self) -> str:
        """The name of its files, without their extension."""
        return f"registre-{self.kind}-{self.on.isoformat()}"


def register_of(structure: Structure, kind: str, entity: LegalEntity | None, *, on: datetime.date) -> Register:
    """A register on a day; ``entity`` is the legal person, none for the people present in the structure."""
    if entity is None:
        return Register(kind, KINDS[kind], structure.nom, on, PRESENT, _present(structure, on), ACI)
    header, rows_of = OF_AN_ENTITY[kind]
    note = ACI if kind == "associes" else LAW
    return Register(kind, KINDS[kind], str(entity), on, header, rows_of(entity, on), note)


def without_numbers(register: Register) -> Register:
    """The same, without the numbers of the Assurance Maladie: who only reads does not need them."""
    if NUMBER not in register.header:
        return register
    rank = register.header.index(NUMBER)
    kept = [name for name in register.header if name != NUMBER]
    return replace(register, header=kept, rows=[row[:rank] + row[rank + 1 :] for row in register.rows])


NUMBER = "Numéro AM"
PRESENT = ("Nom", "Prénom", "Profession", NUMBER, "RPPS", "Qualité", "Présent depuis le")
ADHERENTS = ("Nom", "Métier ou nature", "Adhérent depuis le", "Sorti le")
ASSOCIES = ("Nom", "Profession", NUMBER, "RPPS", "Associé depuis le", "Parts")
MOVEMENTS = ("Date", "Cédant", "Acquéreur", "Parts", "Acte ou décision")


def _present(structure: Structure, on: datetime.date) -> Rows:
    """Who was in the team on a day, with what they were in its legal persons."""
    qualities: dict[object, list[str]] = {}
    for row in _standing(Q(entity__structure=structure), on):
        if row.quality not in (said := qualities.setdefault(row.member_id, [])):
            said.append(row.quality)
    labels = dict(Belonging.Quality.choices)
    here = structure.members.filter(Q(left_on=None) | Q(left_on__gt=on), joined_on__lte=on)
    return [
        [
            each.nom,
            each.prenom,
            name_of(each.metier),
            each.numero_am or TO_COMPLETE,
            each.rpps or TO_COMPLETE,
            ", ".join(labels[code] for code in qualities.get(each.pk, [])),
            each.joined_on,
        ]
        for each in here
    ]


def _adherents(entity: LegalEntity, on: datetime.date) -> Rows:
    """Everyone who entered before a day, with when they left."""
    rows = Belonging.objects.filter(
        entity=entity, quality=Belonging.Quality.ADHERENT, since__lte=on, removed_at=None
    ).select_related("member", "partner")
    return [
        [str(each.holder), _what(each), each.since, each.until if _is_past(each.until, on) else ""]
        for each in sorted(rows, key=name_key)
    ]


def _associes(entity: LegalEntity, on: datetime.date) -> Rows:
    held = shares_on(entity, on=on)
    rows = _standing(Q(entity=entity, quality=Belonging.Quality.ASSOCIE), on)
    return [
        [
            str(each.holder),
            _what(each),
            each.member.numero_am or TO_COMPLETE if each.member else "",
            each.member.rpps or TO_COMPLETE if each.member else "",
            each.since,
            str(held.get(str(each.pk), 0)),
        ]
        for each in rows
    ]


def _movements(entity: LegalEntity, on: datetime.date) -> Rows:
    return [
        [
            each.day,
            str(each.giver.holder) if each.giver else "création",
            str(each.taker.holder) if each.taker else "annulation",
            str(each.shares),
            each.reference,
        ]
        for each in movements_of(entity)
        if each.day <= on
    ]


def _standing(wanted: Q, on: datetime.date) -> list[Belonging]:
    """The belongings in force at the end of a day, by name."""
    rows = Belonging.objects.filter(wanted, Q(until=None) | Q(until__gt=on), since__lte=on, removed_at=None)
    return sorted(rows.select_related("member", "partner"), key=name_key)


def _what(row: Belonging) -> str:
    if row.member is not None:
        return name_of(row.member.metier)
    return row.partner.nature if row.partner else ""


def _is_past(day: datetime.date | None, on: datetime.date) -> bool:
    return day is not None and day <= on


OF_AN_ENTITY: Mapping[str, tuple[Sequence[str], Callable[[LegalEntity, datetime.date], Rows]]] = {
    "adherents": (ADHERENTS, _adherents),
    "associes": (ASSOCIES, _associes),
    "parts": (MOVEMENTS, _movements),
}
