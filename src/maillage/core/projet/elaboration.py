"""What the time spent to write a projet de santé may give: minutes, an hourly rate, the conditions and the ceilings.

The region's policy is data: ``financements.elaboration`` and ``financements.cpts.elaboration`` of its pack. The rate is
published nowhere: the one that the team agreed with its ARS is an argument, and without it no amount is made up.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from maillage.core.kernel import french
from maillage.core.kernel.money import round_cents
from maillage.core.rules.base import StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.simulation.uses import ParameterUse, ToConfirm, use_of
from maillage.core.rules.system import system

MINUTES = Decimal(60)
RATE = "financements.elaboration.tarif_horaire"
CEILING = "financements.cpts.elaboration.plafond"
MANDATED = "financements.cpts.elaboration.mandates_exclus"
LIBERALS = "financements.cpts.elaboration.liberaux_seuls"
PASS, CAPPED_BY_PASS = "aci_cpts.indemnites.plafond_annuel", "aci_cpts.indemnites.plafonnees"
AIDS: dict[StructureCode, str] = {
    "ESP": "financements.esp.fir",
    "MSP": "financements.msp.demarrage",
    "CDS": "financements.cds.accompagnement",
    "ESS": "financements.ess.amorcage",
    "CPTS": CEILING,
}
"""The parameter of the aid that may pay the time, by structure."""
Reason = Literal["", "mandat", "statut", "statut_inconnu"]
REASONS: dict[Reason, str] = {
    "": "",
    "mandat": "mandaté par un organisme : son temps n'est pas indemnisé",
    "statut": "n'exerce pas en libéral : son temps n'est pas indemnisé",
    "statut_inconnu": "mode d'exercice à préciser",
}
LIBERAL = ("liberal", "mixte", "remplacant")


@dataclass(frozen=True)
class TimeSpent:
    """What a member spent in a civil year, in minutes; ``mandated`` is the part spent for a body that sent them.

    ``mode`` is how they practise (« liberal », « salarie »…), empty when it is not known.
    """

    key: str
    name: str
    metier: str
    mode: str
    year: int
    minutes: int
    mandated: int = 0


@dataclass(frozen=True)
class Share:
    """What a member may receive for a year; ``kept``: minutes that count; ``amount``: euros, ``None`` when unknown."""

    spent: TimeSpent
    kept: int
    amount: Decimal | None
    reason: Reason
    is_capped: bool = False


@dataclass(frozen=True)
class Statement:
    """The whole, with what it is made of. ``total`` in euros is after the ceiling, ``asked`` before it."""

    shares: tuple[Share, ...]
    minutes: int
    kept: int
    rate: Decimal | None
    asked: Decimal | None
    total: Decimal | None
    ceiling: int | None
    explanation: str
    parameters: tuple[ParameterUse, ...]
    to_confirm: tuple[ToConfirm, ...]


@dataclass(frozen=True)
class Terms:
    """The rules of a day for a structure of a region. ``uses``: what was read, by path; ``who``: whom to ask.

    ``most``: by civil year, the most that a professional may receive in euros; ``None`` when it is not established.
    """

    structure: StructureCode
    uses: dict[str, ParameterUse]
    who: str
    most: dict[int, int | None]

    def is_true(self, path: str) -> bool:
        """Whether a condition is written; one that is not established does not hold."""
        return path in self.uses and self.uses[path].value is True


def terms(structure: StructureCode, region: str, day: datetime.date, years: Iterable[int] = ()) -> Terms:
    """What the texts of ``day`` say for a structure of a region (INSEE code); ``years``: those of the time spent."""
    code = packs.pack_of_region(region)
    paths = [RATE, AIDS[structure], *((MANDATED, LIBERALS, CAPPED_BY_PASS, PASS) if structure == "CPTS" else ())]
    engine = system(code or "")
    uses = {path: use_of(engine.text(path), day) for path in paths}
    most = {year: use_of(engine.text(PASS), datetime.date(year, 1, 1)).value for year in years}
    return Terms(structure, uses, _who(structure, code, day), most)


def statement(rules: Terms, spent: Sequence[TimeSpent], *, agreed: Decimal | None = None) -> Statement:
    """What the time spent may give. ``agreed``: the hourly rate agreed with the ARS, in euros.

    Each share is rounded once, to the cent; the total is the sum of the shares, within the ceiling of the region.
    """
    known = rules.uses[RATE].value
    rate = agreed if agreed is not None else None if known is None else round_cents(known)
    shares = tuple(_share(rules, each, rate) for each in spent)
    ceiling = rules.uses[CEILING].value if rules.structure == "CPTS" else None
    asked = None if rate is None else sum((share.amount or Decimal(0) for share in shares), Decimal("0.00"))
    total = asked if asked is None or ceiling is None else min(asked, round_cents(ceiling))
    return Statement(
        shares=shares,
        minutes=sum(each.minutes for each in spent),
        kept=sum(share.kept for share in shares),
        rate=rate,
        asked=asked,
        total=total,
        ceiling=ceiling,
        explanation=_explanation(shares, rate, asked, total),
        parameters=tuple(rules.uses.values()),
        to_confirm=tuple(_doubts(rules, shares, agreed)),
    )


def structure_code(kind: str) -> StructureCode:
    """The code of the rules of a kind of structure (« msp »). Raises ``ValueError`` when there is none."""
    return next(code for code in get_args(StructureCode) if code == kind.upper())


def _share(rules: Terms, spent: TimeSpent, rate: Decimal | None) -> Share:
    excluded = spent.mandated if rules.is_true(MANDATED) else 0
    kept, reason = spent.minutes - excluded, _reason(rules, spent, excluded)
    if reason == "statut":
        kept = 0
    if rate is None:
        return Share(spent, kept, None, reason)
    amount = round_cents(Decimal(kept) * rate / MINUTES)
    most = rules.most.get(spent.year) if rules.is_true(CAPPED_BY_PASS) else None
    capped = most is not None and amount > most
    return Share(spent, kept, round_cents(most) if most is not None and capped else amount, reason, capped)


def _reason(rules: Terms, spent: TimeSpent, excluded: int) -> Reason:
    if rules.is_true(LIBERALS) and spent.mode not in LIBERAL:
        return "statut" if spent.mode else "statut_inconnu"
    return "mandat" if excluded else ""


def _explanation(shares: Sequence[Share], rate: Decimal | None, asked: Decimal | None, total: Decimal | None) -> str:
    kept = sum(share.kept for share in shares)
    if rate is None or asked is None:
        return f"{hours(kept)} à indemniser × tarif de l'heure, à confirmer."
    words = f"{hours(kept)} × {french.euros(rate)} l'heure = {french.euros(asked)}, arrondi au centime par personne."
    if total is not None and total < asked:
        words += f" L'aide est plafonnée à {french.euros(total)} : {french.euros(asked - total)} dépassent."
    return words


def _doubts(rules: Terms, shares: Iterable[Share], agreed: Decimal | None) -> Iterable[ToConfirm]:
    rate, aid = rules.uses[RATE], rules.uses[AIDS[rules.structure]]
    if agreed is None and rate.value is None:
        yield ToConfirm("le tarif de l'heure", rate.reason, rules.who)
    if aid.value is None or aid.doubtful:
        yield ToConfirm(f"le montant de l'aide ({aid.label[:1].lower()}{aid.label[1:]})", aid.reason, rules.who)
    for path in (MANDATED, LIBERALS):
        if path in rules.uses and rules.uses[path].value is None:
            yield ToConfirm(rules.uses[path].label, rules.uses[path].reason, rules.who)
    if rules.structure != "CPTS":
        yield ToConfirm(
            "qui est indemnisé", "les textes de cette structure ne disent pas si les mandatés sont exclus", rules.who
        )
    if unsaid := [share.spent.name for share in shares if share.reason == "statut_inconnu"]:
        yield ToConfirm(f"le mode d'exercice de {', '.join(dict.fromkeys(unsaid))}", "il n'est pas dit", "votre équipe")
    if rules.is_true(CAPPED_BY_PASS) and (years := [str(year) for year, most in rules.most.items() if most is None]):
        told = "l'arrêté du plafond de la sécurité sociale n'est pas établi"
        yield ToConfirm(f"le plafond par professionnel en {', '.join(years)}", told, rules.who)


def _who(structure: StructureCode, code: str | None, day: datetime.date) -> str:
    paying = (
        support.qui
        for support in packs.supports(code, day)
        if support.structure == structure and support.etape == "projet" and support.qui.startswith("ARS")
    )
    return next(paying, f"ARS {packs.pack(code).nom}" if code else "l'ARS de votre région")


def hours(minutes: int) -> str:
    """Minutes as people say them.

    >>> hours(90), hours(45), hours(120)
    ('1\\xa0h\\xa030', '45\\xa0min', '2\\xa0h')
    """
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest}{french.NO_BREAK_SPACE}min"
    return french.NO_BREAK_SPACE.join(part for part in (str(whole), "h", f"{rest:02d}" if rest else "") if part)
