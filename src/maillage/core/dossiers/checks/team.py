"""Checks of who carries the project and of its team."""

from collections.abc import Iterable
from dataclasses import replace

from maillage.core.dossiers.checks.facts import Facts, OwnCondition
from maillage.core.dossiers.checks.registry import Parameters, Quantity, quantity, rule
from maillage.core.dossiers.checks.results import Finding
from maillage.core.kernel import french
from maillage.core.rules.orientation.situation import LABELS

ALIASES = {"association": "association_1901"}
"""Other names that the definitions give to a legal form."""
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
TEAM = {
    "esp": ("esp_medecin_generaliste", "esp_ensemble", "esp_autres_professionnels", "esp_paramedicaux"),
    "msp": ("msp_medecins_generalistes", "msp_paramedicaux", "msp_professions"),
    "cds": ("cds_professionnels",),
    "ess": ("ess_specialite", "ess_medecins_specialistes"),
    "cpts": ("cpts_initiative_liberale",),
}
"""The conditions of the orientation that speak of the team, by structure."""


class FormParameters(Parameters):
    """``formes``: legal forms that are accepted (« association_1901 », « sisa »…). ``champ``: the question whose answer
    is the form; without it, the legal persons of the structure. ``piece``: the document that proves it."""

    formes: tuple[str, ...]
    champ: str = ""
    piece: str = "statuts"


class TeamParameters(Parameters):
    """``conditions``: those of the orientation (« msp_paramedicaux »); by default, those that speak of the team."""

    conditions: tuple[str, ...] = ()


class DoctorsParameters(Parameters):
    """``minimum``: how many doctors. ``champ``: the question whose answer counts them; without it, who is named in the
    team with one of the ``professions``."""

    minimum: Quantity
    champ: str = ""
    professions: tuple[str, ...] = DOCTORS


class FieldsParameters(Parameters):
    """``minimum``: how many fields of actors. ``champ``: the question that names them; without it, the project."""

    minimum: Quantity
    champ: str = ""


@rule("forme_juridique", FormParameters)
def legal_form(facts: Facts, asked: FormParameters) -> Finding:
    """La personne morale constituée a l'une des formes demandées. Une personne morale seulement envisagée ne suffit
    pas ; sans personne morale écrite, la réponse est « à préciser »."""
    fields = (asked.champ,) if asked.champ else ()
    documents = (asked.piece,) if asked.piece else ()
    return replace(_legal_form(facts, asked), fields=fields, documents=documents)


@rule("equipe_minimale", TeamParameters)
def team(facts: Facts, asked: TeamParameters) -> Finding:
    """L'équipe remplit les conditions de création que l'orientation applique à cette structure. Seules comptent les
    personnes nommées ; celles qui sont seulement annoncées restent à nommer."""
    wanted = asked.conditions or TEAM.get(facts.structure, ())
    found = [each for each in facts.own.conditions if each.code in wanted]
    if not found:
        return Finding("inconnu", "Le territoire ou l'équipe n'est pas décrit : les conditions ne sont pas calculées.")
    used = tuple(each.code for each in found)
    weak = " ; ".join(dict.fromkeys(each.a_confirmer for each in found if each.a_confirmer))
    met = _labels(each for each in found if each.etat == "remplie")
    told = f"Rempli : {met}." if met else "Aucune de ces conditions n'est remplie."
    if missing := [each for each in found if each.etat == "manquante"]:
        return Finding("manque", told, _lacking(missing), to_confirm=weak, rules=used)
    if unknown := [each for each in found if each.etat == "inconnue"]:
        return Finding("inconnu", told, f"À préciser : {_labels(unknown)}.", to_confirm=weak, rules=used)
    return Finding("remplie", told, to_confirm=weak, rules=used)


@rule("medecins_minimum", DoctorsParameters)
def doctors(facts: Facts, asked: DoctorsParameters) -> Finding:
    """L'équipe compte assez de médecins : d'après la réponse du formulaire, ou d'après les personnes nommées."""
    minimum = quantity(facts, asked.minimum)
    fields = (asked.champ,) if asked.champ else ()
    count = facts.number(asked.champ) if asked.champ else _named(facts, asked.professions)
    if count is None:
        who = facts.label(asked.champ) if asked.champ else "La composition de l'équipe"
        return Finding("inconnu", f"{who} : sans réponse.", f"Attendu : au moins {_doctors(minimum)}.", fields=fields)
    told = f"{_doctors(count).capitalize()}."
    if count >= minimum:
        return Finding("remplie", told, fields=fields)
    return Finding("manque", told, f"Il en faut au moins {french.number(minimum)}.", fields=fields)


@rule("plusieurs_champs", FieldsParameters)
def several_fields(facts: Facts, asked: FieldsParameters) -> Finding:
    """Les acteurs viennent de plusieurs champs : la ville, l'hôpital, le médico-social, le social."""
    minimum = quantity(facts, asked.minimum)
    given = (facts.chosen(asked.champ) or None) if asked.champ else facts.own.champs
    fields = (asked.champ,) if asked.champ else ()
    if given is None:
        return Finding("inconnu", "Les champs des acteurs ne sont pas dits.", fields=fields)
    words = LABELS["champs"]
    told = f"Champs : {', '.join(words.get(each) or facts.worded(asked.champ, each) for each in given) or 'aucun'}."
    if len(set(given)) >= minimum:
        return Finding("remplie", told, fields=fields)
    return Finding("manque", told, f"Il en faut au moins {french.number(minimum)}.", fields=fields)


def _legal_form(facts: Facts, asked: FormParameters) -> Finding:
    wanted = {ALIASES.get(each, each) for each in asked.formes}
    constituted = facts.chosen(asked.champ) if asked.champ else facts.own.formes
    expected = f"Attendu : {_forms(sorted(wanted))}."
    if met := [each for each in constituted if ALIASES.get(each, each) in wanted]:
        return Finding("remplie", f"Personne morale constituée : {_forms(met)}.")
    if constituted:
        return Finding("manque", f"Personne morale constituée : {_forms(constituted)}.", expected)
    if thought := [each for each in facts.own.pensees if ALIASES.get(each, each) in wanted]:
        later = "Elle n'est qu'envisagée : constituez-la, puis écrivez-le dans la page « Forme juridique »."
        return Finding("manque", f"Personne morale envisagée : {_forms(thought)}.", later)
    return Finding("inconnu", "Aucune personne morale constituée n'est écrite.", expected)


def _named(facts: Facts, professions: Iterable[str]) -> int | None:
    return sum(facts.own.equipe.get(each, 0) for each in professions) if facts.own.equipe else None


def _doctors(count: object) -> str:
    value = int(str(count)) if str(count).isdigit() else float(str(count))
    return f"{french.number(value)} {french.plural(value, 'médecin')}"


def _forms(codes: Iterable[str]) -> str:
    words = LABELS["forme_juridique"]
    return ", ".join(words.get(ALIASES.get(each, each), each) for each in codes)


def _labels(conditions: Iterable[OwnCondition]) -> str:
    return " ; ".join(each.libelle[:1].lower() + each.libelle[1:] for each in conditions)


def _lacking(conditions: Iterable[OwnCondition]) -> str:
    return " ".join(f"{each.libelle} : {each.manque or 'ce n’est pas le cas'}".rstrip(".") + "." for each in conditions)
