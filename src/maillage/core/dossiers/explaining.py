"""A kind of dossier told to a newcomer: who files, what is asked, how long, what silence says, what follows what.

The public page and the reference of the documentation read it; nothing here is decided, only worded.
"""

from dataclasses import dataclass

from maillage.core.dossiers import path
from maillage.core.dossiers.checks import RULES
from maillage.core.dossiers.definition import (
    ACTORS,
    VERBS,
    AdviceData,
    CheckData,
    Definition,
    DocumentData,
    FieldData,
    Silence,
    StateData,
    TransitionData,
)
from maillage.core.kernel import french

FAMILIES = {
    "accompagnement": "Demande d'accompagnement",
    "validation": "Projet de santé à valider",
    "engagement": "Engagement de conformité",
    "agrement": "Agrément",
    "financement": "Demande de financement",
    "adhesion": "Adhésion",
    "modification": "Modification",
    "audit": "Demande d'audit",
}
FROM = {"depot": "à compter du dépôt", "complet": "à compter du dossier complet"}
SILENCES: dict[Silence, str] = {
    "acceptation": "Le silence vaut acceptation.",
    "refus": "Le silence vaut refus.",
    "aucun": "Le silence ne décide de rien.",
    "a_confirmer": "Ce que vaut le silence est à confirmer.",
}
USAGE = "Organisation de l'instruction dans Maillage"
"""The source of what no text describes."""
NO_DELAY = "Aucun délai n'est établi par les textes consultés : à confirmer."
SUSPENDED = "Une demande de pièces arrête ce délai jusqu'à leur réception."
COMMISSIONS = {"carpec": "la CARPEC", "commission_cpts": "la commission régionale des CPTS"}
TYPES = {
    "texte": "texte", "texte_long": "texte", "entier": "nombre", "nombre": "nombre", "euros": "montant", "date": "date",
    "oui_non": "oui ou non", "choix": "un choix", "choix_multiple": "plusieurs choix", "commune": "commune",
    "communes": "communes", "finess": "numéro FINESS", "siren": "numéro SIREN", "siret": "numéro SIRET",
}  # fmt: skip


ORDER = tuple(VERBS)
"""In which order the ways of a state are told."""


@dataclass(frozen=True)
class Way:
    """What may be done from a state: its words, who does it, the state that follows (``None``: the same)."""

    said: str
    actors: str
    target: StateData | None
    transition: TransitionData

    @property
    def is_ours(self) -> bool:
        """Whether no text describes it."""
        return self.transition.source == USAGE


@dataclass(frozen=True)
class Step:
    """A state of the path, with what may be done from it."""

    state: StateData
    ways: tuple[Way, ...]


def steps(definition: Definition) -> tuple[Step, ...]:
    """The path, state by state."""
    return tuple(Step(state, _ways(definition, state)) for state in definition.etats)


def delay(definition: Definition) -> str:
    """How long the decision may take, in a sentence."""
    if definition.delai is None:
        return NO_DELAY
    told = definition.delai
    count, unit = (told.mois, "mois") if told.mois is not None else (told.jours or 0, "jour")
    words = f"{french.number(count or 0)} {unit if unit == 'mois' else french.plural(count or 0, unit)}"
    suspended = f" {SUSPENDED}" if told.incomplet_suspend else ""
    return f"{words} {FROM[told.compte_depuis]}.{suspended}"


def silence(definition: Definition) -> str:
    """What no answer in time means; nothing without a delay."""
    return SILENCES[definition.delai.silence] if definition.delai else ""


def filing_delay(definition: Definition) -> str:
    """How long who files has; nothing when no text says it."""
    told = definition.delai_du_deposant
    if told is None:
        return ""
    field = next(each for each in definition.champs if each.code == told.champ)
    return f"À déposer dans les {told.jours} jours qui suivent : {field.libelle[:1].lower()}{field.libelle[1:]}."


def advice(given: AdviceData) -> str:
    """« Avis de la CARPEC, sans vote »."""
    name = COMMISSIONS.get(given.commission, given.commission)
    if given.objet == "information":
        return f"{name[:1].upper()}{name[1:]} est informée du projet{', sans vote' if given.vote is False else ''}."
    return f"{name[:1].upper()}{name[1:]} donne un avis ; elle ne décide pas."


def asked_when(definition: Definition, part: FieldData | DocumentData | CheckData) -> str:
    """« si « Ce que vous ouvrez » : une antenne »; nothing for what is always asked."""
    fields = {each.code: each for each in definition.champs}
    told = [
        f"« {fields[each.champ].libelle} » : {' ou '.join(_value(fields[each.champ], value) for value in each.vaut)}"
        for each in part.si
    ]
    return f"si {' et '.join(told)}" if told else ""


def effect(check: CheckData) -> str:
    """What an unmet check forbids, in words."""
    if not check.bloque:
        return "signalé à qui instruit"
    words = {VERBS[verb].lower() for verb in check.bloque}
    return f"empêche de : {', '.join(sorted(words))}"


def parameters_of(check: CheckData) -> tuple[str, ...]:
    """The paths of the parameters of the rules from which a check reads its figures."""
    named = RULES[check.regle].parameters.model_validate(check.parametres).named()
    return tuple(dict.fromkeys(named))


def _ways(definition: Definition, state: StateData) -> tuple[Way, ...]:
    return tuple(
        Way(
            each.libelle or VERBS[each.verbe],
            " ou ".join(ACTORS[actor] for actor in each.par),
            None if each.vers == path.SAME else definition.state(each.vers),
            each,
        )
        for each in sorted(definition.transitions, key=lambda each: ORDER.index(each.verbe))
        if state.code in each.de
    )


def _value(field: FieldData, value: str | bool) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return next((each.libelle for each in field.options if each.code == value), value)
