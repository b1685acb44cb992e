"""A kind of dossier, as the core's :class:`Definition` holds it."""

import datetime
from typing import Any

from pydantic import Field

from maillage.api.answers import Answer, Confidence
from maillage.core.dossiers.definition import Definition


class ConditionDeChamp(Answer):
    """Une réponse dont dépend une question ou une pièce."""

    champ: str = Field(description="Le code de la question dont la réponse est regardée.")
    vaut: list[str | bool] = Field(description="La condition est vraie quand la réponse est l'une de celles-ci.")


class ChoixDeChamp(Answer):
    """Une réponse possible."""

    code: str = Field(description="Ce qui s'écrit dans les réponses.")
    libelle: str = Field(description="Ce qui se montre.")


class ChampDeDemarche(Answer):
    """Une question du formulaire."""

    code: str = Field(description="Son nom dans les réponses.")
    libelle: str = Field(description="La question, en clair.")
    type: str = Field(description="texte, texte_long, entier, nombre, euros, date, oui_non, choix, choix_multiple…")
    obligatoire: bool = Field(description="Si elle doit avoir une réponse pour que le dossier se dépose.")
    si: list[ConditionDeChamp] = Field(description="Elle n'est posée que si toutes ces conditions sont vraies.")
    choix: list[ChoixDeChamp] = Field(description="Les réponses possibles ; vide pour une réponse libre.")
    unite: str | None = Field(description="Son unité, ou null.")
    source: str = Field(description="Le texte qui la demande.")
    confiance: Confidence = Field(description="A, B ou C.")


class PieceDeDemarche(Answer):
    """Une pièce à joindre."""

    code: str = Field(description="Son nom dans le dossier.")
    libelle: str = Field(description="Ce que c'est, en clair.")
    obligatoire: bool = Field(description="Si le dossier ne se dépose pas sans elle.")
    plusieurs: bool = Field(description="Si plusieurs fichiers peuvent y être joints.")
    si: list[ConditionDeChamp] = Field(description="Elle n'est demandée que si toutes ces conditions sont vraies.")
    formats: list[str] = Field(description="Les formats acceptés.")
    source: str = Field(description="Le texte qui la demande.")
    confiance: Confidence = Field(description="A, B ou C.")


class EtatDeDemarche(Answer):
    """Un état du chemin."""

    code: str = Field(description="Son nom.")
    titre: str = Field(description="Ce qui se montre.")
    phase: str = Field(description="brouillon, instruction, attente, commission, decision, suivi ou clos.")


class TransitionDeDemarche(Answer):
    """Un geste qui mène un dossier d'un état à un autre ; ce qui n'y est pas est refusé."""

    geste: str = Field(description="Le nom du geste.")
    de: list[str] = Field(description="Les états d'où il part.")
    vers: str = Field(description="L'état où il mène ; « = » : le même.")
    par: list[str] = Field(description="deposant, instructeur, commission, decideur ou systeme (l'horloge légale).")
    source: str = Field(description="Le texte qui le prévoit, ou l'usage.")
    confiance: Confidence = Field(description="A, B ou C.")


class DelaiDeDemarche(Answer):
    """Le délai légal de la décision."""

    mois: int | None = Field(description="En mois, ou null.")
    jours: int | None = Field(description="En jours, ou null.")
    compte_depuis: str = Field(description="depot ou complet.")
    incomplet_suspend: bool = Field(description="Si une demande de pièces suspend le délai.")
    silence: str = Field(description="Ce que vaut le silence : acceptation, refus, aucun ou a_confirmer.")
    source: str = Field(description="Le texte.")
    confiance: Confidence = Field(description="A, B ou C.")
    a_confirmer: str | None = Field(description="Ce qui est à confirmer, ou null.")


class DemarcheResume(Answer):
    """Une démarche : une sorte de dossier, en bref."""

    code: str = Field(description="Son nom.", examples=["projet_sante_cpts"])
    titre: str = Field(description="Son titre.")
    resume: str = Field(description="Ce qu'elle permet, en clair.")
    famille: str = Field(description="validation, engagement, agrement, financement, adhesion, modification, audit…")
    structures: list[str] = Field(description="Pour quelles structures : esp, msp, cds, ess, cpts.")
    depose_par: str = Field(description="structure ou collectivite.")
    autorite: str = Field(description="À qui elle se dépose : ars, cpam ou collectivite.")
    decide: str = Field(description="Qui décide.")
    region: str | None = Field(description="Le pack régional qui la précise, ou null.")
    depuis: str | None = Field(description="Depuis quand elle existe (AAAA-MM-JJ), ou null quand ce n'est pas établi.")
    jusqu_a: str | None = Field(description="Jusqu'à quand, ou null.")
    source: str = Field(description="Le texte qui la prévoit.")
    confiance: Confidence = Field(description="A, B ou C.")
    a_confirmer: str | None = Field(description="Ce qui est à confirmer, ou null.")


class Demarches(Answer):
    """Les démarches d'une région."""

    demarches: list[DemarcheResume] = Field(description="Chacune, par famille.")


class Demarche(DemarcheResume):
    """Une démarche, entière : son formulaire, ses pièces, son chemin, ses délais."""

    textes: list[str] = Field(description="Les textes qui la règlent.")
    champs: list[ChampDeDemarche] = Field(description="Les questions, dans l'ordre.")
    pieces: list[PieceDeDemarche] = Field(description="Les pièces, dans l'ordre.")
    etats: list[EtatDeDemarche] = Field(description="Les états.")
    transitions: list[TransitionDeDemarche] = Field(description="Le chemin.")
    delai: DelaiDeDemarche | None = Field(description="Le délai légal, ou null quand aucun texte n'en donne.")


def summary_of(definition: Definition) -> dict[str, Any]:
    """A kind as :class:`DemarcheResume` describes it."""
    told = definition.model_dump(mode="json")
    same = ("code", "titre", "resume", "famille", "structures", "depose_par", "autorite", "decide", "source")
    return {
        **{name: told[name] for name in same},
        "structures": [each.lower() for each in told["structures"]],
        "region": definition.pack or None,
        "depuis": None if definition.depuis == datetime.date.min else told["depuis"],
        "jusqu_a": None if definition.jusqu_a == datetime.date.max else told["jusqu_a"],
        "confiance": told["confiance"],
        "a_confirmer": definition.a_confirmer or None,
    }


def whole_of(definition: Definition) -> dict[str, Any]:
    """A kind as :class:`Demarche` describes it."""
    told = definition.model_dump(mode="json")
    return {
        **summary_of(definition),
        "textes": told["textes"],
        "champs": [_field(each) for each in told["champs"]],
        "pieces": [{name: each[name] for name in PieceDeDemarche.model_fields} for each in told["pieces"]],
        "etats": [{name: each[name] for name in EtatDeDemarche.model_fields} for each in told["etats"]],
        "transitions": [_transition(each) for each in told["transitions"]],
        "delai": _delay(told["delai"]),
    }


def _field(told: dict[str, Any]) -> dict[str, Any]:
    same = ("code", "libelle", "type", "obligatoire", "si", "source", "confiance")
    return {**{name: told[name] for name in same}, "choix": told["options"], "unite": told["unite"] or None}


def _transition(told: dict[str, Any]) -> dict[str, Any]:
    same = ("de", "vers", "par", "source", "confiance")
    return {"geste": told["verbe"], **{name: told[name] for name in same}}


def _delay(told: dict[str, Any] | None) -> dict[str, Any] | None:
    if told is None:
        return None
    same = [name for name in DelaiDeDemarche.model_fields if name != "a_confirmer"]
    return {**{name: told[name] for name in same}, "a_confirmer": told["a_confirmer"] or None}
