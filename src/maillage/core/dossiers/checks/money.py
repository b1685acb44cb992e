"""Checks of a request for money or for a conventional mode: maxima, balance, what excludes what."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from maillage.core.dossiers.checks.facts import Facts, OwnBudget
from maillage.core.dossiers.checks.registry import Parameters, Quantity, quantity, rule
from maillage.core.dossiers.checks.results import Finding
from maillage.core.kernel import french
from maillage.core.projet.schedule import add_months

MODES = {"aci": "l'ACI", "accord_national": "l'accord national"}


class ModeParameters(Parameters):
    """``mode``: the conventional mode that this dossier asks for."""

    mode: Literal["aci", "accord_national"]


class PartsParameters(Parameters):
    """``champ``: the question that lists the parts asked for, of which ``premier`` binds to ``second``;
    ``champ_engagement``: yes to the promise to do the second; ``champ_existant``: yes when the centre is open."""

    champ: str = "volets"
    premier: str = "volet_1"
    second: str = "volet_2"
    champ_engagement: str = "engagement_volet_2"
    champ_existant: str = "centre_existant"


class MaximumParameters(Parameters):
    """``champ``: the question whose answer is the amount. ``maximum``: in euros; ``champ_maximum``: a question whose
    answer is another maximum (the forecast deficit). One of them at least; the lowest counts."""

    champ: str = "montant"
    maximum: Quantity | None = None
    champ_maximum: str = ""


class FirstYearsParameters(Parameters):
    """``champ``: the day of the opening; ``annees``: the years of activity during which one may ask;
    ``champ_ouvert``: yes when the centre is open («» when not asked)."""

    champ: str = "ouvert_le"
    annees: Quantity
    champ_ouvert: str = ""


class BalanceParameters(Parameters):
    """``champ``: yes when the multi-year plan of who files is balanced; without an answer, or without the question, the
    budget of the project. ``champ_ressources``: yes when named resources cover the deficit."""

    champ: str = ""
    champ_ressources: str = ""


@rule("non_cumul", ModeParameters)
def exclusive(facts: Facts, asked: ModeParameters) -> Finding:
    """L'ACI et l'accord national s'excluent : une structure n'adhère qu'à l'un des deux, et une fois."""
    wanted = MODES[asked.mode]
    if facts.agreements:
        held = ", ".join(MODES.get(each, each) for each in facts.agreements)
        again = asked.mode in facts.agreements
        missing = (
            "L'adhésion est déjà en cours." if again else "Mettez fin à cette adhésion avant d'en demander une autre."
        )
        return Finding("manque", f"La structure adhère déjà à {held}.", missing)
    if others := [each for each in facts.requests if each.agrees and each.agrees != asked.mode]:
        numbers = ", ".join(each.number for each in others)
        why = f"Les deux adhésions s'excluent : une seule peut être accordée, {wanted} ou l'autre."
        return Finding("inconnu", f"Une autre adhésion est demandée : dossier {numbers}.", why)
    return Finding("remplie", "La structure n'adhère ni à l'ACI ni à l'accord national.")


@rule("volet_lie", PartsParameters)
def bound_parts(facts: Facts, asked: PartsParameters) -> Finding:
    """Le premier volet engage au second ; un centre déjà ouvert peut demander le second seul."""
    parts = facts.chosen(asked.champ)
    fields = (asked.champ, asked.champ_engagement, asked.champ_existant)
    if not parts:
        return Finding("inconnu", "Les volets demandés ne sont pas dits.", fields=fields)
    told = f"Demandé : {facts.said(asked.champ)}."
    if asked.premier in parts:
        return _promised(facts, asked, told, asked.second in parts)
    existing = facts.told(asked.champ_existant)
    if existing:
        return Finding("remplie", f"{told} Le centre est déjà ouvert.", fields=fields)
    if existing is None:
        return Finding("inconnu", told, "Dites si le centre est déjà ouvert.", fields=fields)
    return Finding("manque", told, "Un nouveau centre commence par le premier volet.", fields=fields)


@rule("plafond", MaximumParameters)
def maximum(facts: Facts, asked: MaximumParameters) -> Finding:
    """Le montant demandé ne dépasse pas le plafond du texte, ni celui qu'une autre réponse donne (le déficit prévu)."""
    fields = tuple(each for each in (asked.champ, asked.champ_maximum) if each)
    amount = facts.number(asked.champ)
    limits: list[tuple[Decimal, str]] = []
    if asked.maximum is not None:
        limits.append((quantity(facts, asked.maximum), "plafond"))
    if asked.champ_maximum:
        other = facts.number(asked.champ_maximum)
        if other is None:
            return Finding("inconnu", f"{facts.label(asked.champ_maximum)} : sans réponse.", fields=fields)
        limits.append((other, facts.label(asked.champ_maximum)))
    if amount is None:
        return Finding("inconnu", f"{facts.label(asked.champ)} : sans réponse.", _limits(limits), fields=fields)
    told = f"Demandé : {french.euros(amount)}. {_limits(limits)}".strip()
    lowest = min((value for value, _said in limits), default=None)
    if lowest is None or amount <= lowest:
        return Finding("remplie" if lowest is not None else "inconnu", told, fields=fields)
    return Finding("manque", told, f"Ramenez la demande à {french.euros(lowest)} au plus.", fields=fields)


@rule("deux_premieres_annees", FirstYearsParameters)
def first_years(facts: Facts, asked: FirstYearsParameters) -> Finding:
    """La demande est faite pendant les premières années d'activité du centre, au jour du dépôt."""
    years = int(quantity(facts, asked.annees))
    fields = tuple(each for each in (asked.champ, asked.champ_ouvert) if each)
    opened = facts.date(asked.champ)
    if opened is None and asked.champ_ouvert and facts.told(asked.champ_ouvert) is False:
        return Finding("remplie", "Le centre n'est pas encore ouvert.", fields=fields)
    if opened is None:
        return Finding("inconnu", "Le jour de l'ouverture n'est pas dit.", fields=fields)
    end, day = add_months(opened, 12 * years), facts.filed_on or facts.day
    if day < opened:
        return Finding("remplie", f"Ouverture prévue le {french.day(opened)}.", fields=fields)
    told = f"Ouverture le {french.day(opened)} : les {years} ans finissent le {french.day(end)}."
    if day < end:
        return Finding("remplie", told, fields=fields)
    return Finding("manque", told, "Cette demande se fait pendant ces années-là.", fields=fields)


@rule("budget_equilibre", BalanceParameters)
def balanced(facts: Facts, asked: BalanceParameters) -> Finding:
    """Le plan de financement est équilibré : d'après la réponse du formulaire, ou d'après le budget du projet, année
    par année. Un déficit que couvre une ressource nommée est équilibré. Une ligne sans montant : « à préciser »."""
    fields = tuple(each for each in (asked.champ, asked.champ_ressources) if each)
    if (covered := facts.told(asked.champ_ressources)) is True:
        return Finding("remplie", "Des ressources nommées couvrent le déficit.", fields=fields)
    if asked.champ and (told := facts.told(asked.champ)) is not None:
        said = f"{facts.label(asked.champ)} : {facts.said(asked.champ)}."
        missing = "Nommez les ressources qui l'équilibrent."
        return Finding("remplie", said, fields=fields) if told else Finding("manque", said, missing, fields=fields)
    if not facts.own.budget:
        return Finding("inconnu", "Le budget n'est pas écrit.", fields=fields)
    return _by_year(facts.own.budget, fields, covered)


def _by_year(years: Iterable[OwnBudget], fields: tuple[str, ...], covered: bool | None) -> Finding:
    rows, short, unknown = [], [], []
    for each in years:
        if each.depenses is None or each.ressources is None:
            unknown.append(str(each.annee))
            continue
        balance = each.ressources - each.depenses
        rows.append(f"{each.annee} : {french.difference(balance)}")
        if balance < 0:
            short.append(str(each.annee))
    told = f"Solde par année : {' ; '.join(rows)}." if rows else "Aucune année n'a tous ses montants."
    if short and covered is not False and unknown:
        return Finding("manque", told, f"Nommez les ressources de {', '.join(short)}.", fields=fields)
    if short:
        return Finding("manque", told, f"Nommez les ressources qui équilibrent {', '.join(short)}.", fields=fields)
    if unknown:
        return Finding("inconnu", told, f"Des lignes n'ont pas de montant : {', '.join(unknown)}.", fields=fields)
    return Finding("remplie", told, fields=fields)


def _promised(facts: Facts, asked: PartsParameters, told: str, both: bool) -> Finding:
    fields = (asked.champ, asked.champ_engagement)
    promise = facts.told(asked.champ_engagement)
    if promise is False:
        return Finding(
            "manque", f"{told} Le second volet est refusé.", "Le premier volet engage au second.", fields=fields
        )
    if promise or both:
        return Finding("remplie", f"{told} Le second volet est accepté.", fields=fields)
    return Finding("inconnu", told, "Dites si vous vous engagez à faire le second volet.", fields=fields)


def _limits(limits: Iterable[tuple[Decimal, str]]) -> str:
    return " ".join(f"{said[:1].upper()}{said[1:]} : {french.euros(value)}." for value, said in limits)
