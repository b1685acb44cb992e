"""The orientation: which structures fit a team, why, by which steps and with what money."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from maillage.core.kernel import french
from maillage.core.rules.base import STRUCTURE_CODES, StructureCode
from maillage.core.rules.dates import check_day
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.conditions import evaluate
from maillage.core.rules.orientation.financings import financings
from maillage.core.rules.orientation.helpers import contacts
from maillage.core.rules.orientation.questions import questions
from maillage.core.rules.orientation.results import (
    Condition,
    Orientation,
    StructureAnswer,
    StructureState,
    Territory,
    ToConfirm,
)
from maillage.core.rules.orientation.rulebook import RuleBook, rulebook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.orientation.steps import steps
from maillage.core.rules.orientation.summary import summary
from maillage.core.rules.regions import NATIONAL

# At equal nearness, the structure that lasts and funds the team first.
PREFERENCE: tuple[StructureCode, ...] = ("MSP", "ESP", "CPTS", "CDS", "ESS")
STATES: tuple[StructureState, ...] = ("possible", "pas_encore", "impossible")


def orient(situation: SituationOrientation, territory: Territory, *, today: datetime.date) -> Orientation:
    """Everything that can be said of a team on a territory.

    ``today`` bounds the dates accepted. Raises :class:`BadInput` when the date of the situation is outside.
    """
    check_day(situation.date, today=today)
    pack = chosen_pack(situation, territory)
    book = rulebook(pack)
    conditions = evaluate(situation, territory, book)
    answers = {code: _answer(code, conditions[code], situation, territory, pack, book) for code in STRUCTURE_CODES}
    described = packs.pack(pack) if pack else None
    return Orientation(
        date=situation.date,
        territory=territory,
        pack=pack,
        pack_label=described.libelle if described else "Règles nationales",
        pack_to_confirm=described is None or described.partiel,
        team_described=situation.team_described,
        structures={str(code): answer for code, answer in answers.items()},
        order=order(answers),
        questions=questions(situation, answers),
        to_confirm=tuple(_grouped(_to_confirm(answers, territory, pack))),
        warnings=(*_warnings(situation, territory, pack, today), *_newer_texts(answers)),
    )


def chosen_pack(situation: SituationOrientation, territory: Territory) -> str | None:
    """The regional policy to apply: the one asked, else that of the region; ``None`` for the national rules."""
    if situation.region_pack == NATIONAL:
        return None
    return situation.region_pack or packs.pack_of_region(territory.region)


def state_of(conditions: tuple[Condition, ...]) -> StructureState:
    """« impossible » when a blocking condition is missing, « possible » when every condition of substance is met."""
    if any(condition.blocking and condition.state == "manquante" for condition in conditions):
        return "impossible"
    met = all(condition.state == "remplie" for condition in conditions if condition.kind == "fond")
    return "possible" if met else "pas_encore"


def order(answers: dict[StructureCode, StructureAnswer]) -> tuple[StructureCode, ...]:
    """Structures from the nearest to the furthest: their state, then what is missing, then what is unknown."""
    return tuple(sorted(PREFERENCE, key=lambda code: _distance(answers[code])))


def _distance(answer: StructureAnswer) -> tuple[int, int, int]:
    substance = [condition.state for condition in answer.conditions if condition.kind == "fond"]
    return STATES.index(answer.state), substance.count("manquante"), substance.count("inconnue")


def _answer(
    code: StructureCode,
    conditions: tuple[Condition, ...],
    situation: SituationOrientation,
    territory: Territory,
    pack: str | None,
    book: RuleBook,
) -> StructureAnswer:
    state = state_of(conditions)
    return StructureAnswer(
        name=packs.nation().noms[code],
        state=state,
        summary=_not_created(code, situation.date)
        or summary(state, conditions, team_described=situation.team_described),
        conditions=conditions,
        steps=steps(situation, pack, book, code),
        financings=financings(situation, territory, pack, book, code, conditions),
        contacts=contacts(situation, territory, pack, code),
    )


def _not_created(code: StructureCode, date: datetime.date) -> str:
    """That a structure did not exist yet on a day. Empty from the day of its law."""
    created = packs.nation().creees_le.get(code)
    if created is None or created <= date:
        return ""
    return f"N'existait pas encore au {french.day(date)} : la loi la crée le {french.day(created)}."


def _reserves(answers: dict[StructureCode, StructureAnswer]) -> Iterator[ToConfirm]:
    """Newer texts that may change the amounts of the answer, each once."""
    told = {money.reserve for answer in answers.values() for money in answer.financings}
    for reserve in packs.nation().reserves:
        if reserve.motif in told:
            yield ToConfirm(reserve.objet, reserve.motif, reserve.qui)


def _newer_texts(answers: dict[StructureCode, StructureAnswer]) -> list[str]:
    """One sentence for the newer texts that may change what the structures still open are paid."""
    still_open = {code: answer for code, answer in answers.items() if answer.state != "impossible"}
    told = [f"{each.subject} : {each.reason}." for each in _reserves(still_open)]
    return [" ".join(["Des textes plus récents peuvent changer ces montants.", *told])] if told else []


def _to_confirm(
    answers: dict[StructureCode, StructureAnswer], territory: Territory, pack: str | None
) -> Iterator[ToConfirm]:
    """What bears on the whole answer, then on each condition and each amount."""
    if pack is None:
        region = territory.region_name or "votre région"
        yield ToConfirm(
            f"Politique régionale ({region})", "elle n'est pas écrite ici : seules les règles nationales", "votre ARS"
        )
    elif packs.pack(pack).partiel:
        yield ToConfirm(
            f"Politique régionale ({packs.pack(pack).nom})",
            "elle n'est écrite ici qu'en partie : le reste suit les règles nationales",
            "votre ARS",
        )
    yield from _reserves(answers)
    for code, answer in answers.items():
        yield from _of_structure(code, answer)


def _of_structure(code: StructureCode, answer: StructureAnswer) -> Iterator[ToConfirm]:
    for condition in answer.conditions:
        if condition.to_confirm:
            yield ToConfirm(f"{code} : {condition.label}", condition.reason or "", "votre ARS")
    for money in answer.financings:
        if money.to_confirm and money.asks is None:
            yield ToConfirm(f"{code} : {money.label}", money.reason or "", money.payer)


def _grouped(items: Iterable[ToConfirm]) -> Iterator[ToConfirm]:
    """One line per reason and per person to ask: what shares them is named together."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in items:
        together[item.reason, item.who].append(item.subject)
    for (reason, who), subjects in together.items():
        yield ToConfirm(" ; ".join(dict.fromkeys(subjects)), reason, who)


def _warnings(
    situation: SituationOrientation, territory: Territory, pack: str | None, today: datetime.date
) -> Iterator[str]:
    if pack is None:
        where = f" de la région {territory.region_name}" if territory.region_name else " de votre région"
        yield f"La politique{where} n'est pas écrite ici : seules les règles nationales sont appliquées."
    else:
        yield packs.pack(pack).avertissement
        if packs.pack_of_region(territory.region) != pack:
            yield f"« {packs.pack(pack).libelle} » est appliquée à une commune d'une autre région."
    if situation.date > today:
        yield f"La date demandée est à venir : la réponse suit les textes connus au {french.day(today)}."
    if situation.communes and territory.population is None:
        yield "La population du territoire n'est pas connue : une commune manque dans la source."


__all__ = ["Territory", "orient"]
