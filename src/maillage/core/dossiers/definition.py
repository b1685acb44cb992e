"""What the definition of a kind of dossier is made of; the files are in ``data/``, read by :mod:`.kinds`."""

import re
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from maillage.core.rules.base import StructureCode
from maillage.core.rules.packs.data import Confidence, Data, Dated

Actor = Literal["deposant", "instructeur", "commission", "decideur", "systeme"]
"""Who may do a verb: who files, who reviews, the secretary of the commission, who decides, the legal clock."""
ACTORS: dict[Actor, str] = {
    "deposant": "qui dépose",
    "instructeur": "qui instruit",
    "commission": "le secrétariat de la commission",
    "decideur": "qui décide",
    "systeme": "l'horloge légale",
}
Phase = Literal["brouillon", "instruction", "attente", "commission", "decision", "suivi", "clos"]
"""Where a state stands on the way, the same words for every kind: lists, statistics and colours read it."""
Verb = Literal[
    "deposer",
    "amender",
    "retirer",
    "declarer_complet",
    "demander_pieces",
    "completer",
    "inscrire",
    "rendre_avis",
    "informer_commission",
    "proposer",
    "renvoyer",
    "accepter",
    "accepter_sous_conditions",
    "refuser",
    "constater_silence",
    "classer",
    "demarrer",
    "realiser",
    "clore",
]
VERBS: dict[Verb, str] = {
    "deposer": "Déposer",
    "amender": "Déposer une version corrigée",
    "retirer": "Retirer le dossier",
    "declarer_complet": "Déclarer complet",
    "demander_pieces": "Demander des pièces",
    "completer": "Envoyer les compléments",
    "inscrire": "Inscrire à une séance",
    "rendre_avis": "Enregistrer l'avis de la commission",
    "informer_commission": "Enregistrer l'information de la commission",
    "proposer": "Proposer à la décision",
    "renvoyer": "Renvoyer à l'instruction",
    "accepter": "Accepter",
    "accepter_sous_conditions": "Accepter sous conditions",
    "refuser": "Refuser",
    "constater_silence": "Constater le silence gardé",
    "classer": "Classer sans suite",
    "demarrer": "Enregistrer le démarrage",
    "realiser": "Enregistrer la réalisation",
    "clore": "Clore",
}
"""What the button of a verb says, when its transition says nothing else."""
DECIDING: frozenset[Verb] = frozenset({"accepter", "accepter_sous_conditions", "refuser", "constater_silence"})
FieldType = Literal[
    "texte", "texte_long", "entier", "nombre", "euros", "date", "oui_non", "choix", "choix_multiple", "commune",
    "communes", "finess", "siren", "siret",
]  # fmt: skip
Silence = Literal["acceptation", "refus", "aucun", "a_confirmer"]
CODE = re.compile(r"^[a-z][a-z0-9_]*$")


class Sourced(Data):
    """Something that a text says. ``source`` names the text and its article; ``a_confirmer`` says why it is weak."""

    source: str
    confiance: Confidence
    a_confirmer: str = ""


class Condition(Data):
    """True when the answer to ``champ`` is one of ``vaut`` (an answer with several values: when it holds one)."""

    champ: str
    vaut: tuple[str | bool, ...]

    def holds(self, answers: dict[str, Any]) -> bool:
        """Whether these answers make it true; an answer not given makes nothing true."""
        given = answers.get(self.champ)
        values = given if isinstance(given, list) else [given]
        return any(value in self.vaut and type(value) in (str, bool) for value in values)


class Option(Data):
    """One value of a « choix »."""

    code: str
    libelle: str


class FieldData(Sourced):
    """A question of the form. ``si``: asked only when all these conditions hold. ``prerempli`` names where its first
    answer comes from (see apps/dossiers/prefill.py)."""

    code: str
    libelle: str
    type: FieldType
    obligatoire: bool = True
    si: tuple[Condition, ...] = ()
    options: tuple[Option, ...] = ()
    unite: str = ""
    aide: str = ""
    prerempli: str = ""


class DocumentData(Sourced):
    """A document to join. ``origine`` says what Maillage makes by itself: « projet » is the PDF of a named version."""

    code: str
    libelle: str
    obligatoire: bool = True
    plusieurs: bool = False
    si: tuple[Condition, ...] = ()
    origine: Literal["", "projet", "lettre_intention", "engagement"] = ""
    formats: tuple[str, ...] = ("pdf", "docx", "odt")
    aide: str = ""


class CheckData(Sourced):
    """A rule applied by itself. ``regle`` names a function of :mod:`maillage.core.dossiers.checks`.

    A figure or a list of ``parametres`` is ``{parametre: "path"}``: read in the parameters of the rules on the day of
    the check, with the policy of the region.

    ``bloque`` lists the verbs that an unmet check forbids (« deposer », « accepter »); otherwise it only tells.
    """

    code: str
    enonce: str
    regle: str
    parametres: dict[str, Any] = {}
    si: tuple[Condition, ...] = ()
    bloque: tuple[Verb, ...] = ()


class StateData(Data):
    """A state of the path. ``repere`` is its mark in the source (« S6 »)."""

    code: str
    titre: str
    phase: Phase
    repere: str = ""


class TransitionData(Sourced):
    """A verb that takes a dossier from some states to one, and who may do it. « = » as ``vers`` keeps the state."""

    verbe: Verb
    de: tuple[str, ...]
    vers: str
    par: tuple[Actor, ...]
    libelle: str = ""


class DelayData(Sourced):
    """The legal delay of the decision, in months or days, counted from the deposit or from the complete file.

    ``incomplet_suspend``: a request for missing pieces stops the clock until they are received. ``parametre``: path of
    the parameter of the rules that gives the same figure with its texts; a test holds them equal.
    """

    mois: int | None = None
    jours: int | None = None
    parametre: str = ""
    compte_depuis: Literal["depot", "complet"]
    incomplet_suspend: bool = False
    silence: Silence
    silence_source: str = ""
    alertes_jours: tuple[int, ...] = (15, 5)


class FilingDelayData(Sourced):
    """A delay of who files, since a fact told in the field ``champ`` (a change is told within 15 days)."""

    champ: str
    jours: int
    parametre: str = ""


class GroundData(Sourced):
    """A ground on which the text lets the authority refuse. A kind without any says nothing of its grounds."""

    code: str
    libelle: str


class AdviceData(Sourced):
    """The commission that gives an avis (``objet`` « avis »), or that is told (« information »)."""

    commission: str
    objet: Literal["avis", "information"] = "avis"
    vote: bool | None = None
    obligatoire: bool = True


class Letter(Data):
    """A letter of this kind; ``modele`` names a file of ``data/courriers/``."""

    pour: Literal["accuse", "pieces", "accord", "conditions", "refus", "silence", "recepisse", "convocation"]
    modele: str


class Definition(Dated):
    """A kind of dossier, as one region files it (``pack``; empty for the nation)."""

    code: str
    titre: str
    resume: str
    famille: Literal[
        "accompagnement", "validation", "engagement", "agrement", "financement", "adhesion", "modification", "audit"
    ]
    structures: tuple[StructureCode, ...]
    depose_par: Literal["structure", "collectivite"] = "structure"
    deposant: str
    """Who files, as a newcomer reads it (« le gestionnaire du centre »)."""
    autorite: Literal["ars", "cpam", "collectivite"]
    echelon: Literal["", "region"] = ""
    """« region »: the collectivité that receives is the Région itself, never a commune or a département."""
    decide: str
    associes: tuple[Literal["ars", "cpam", "collectivite"], ...] = ()
    reconnait: bool = False
    conventionne: Literal["", "aci", "accord_national"] = ""
    numerote: str
    textes: tuple[str, ...] = ()
    source: str
    confiance: Confidence
    a_confirmer: str = ""
    champs: tuple[FieldData, ...] = ()
    pieces: tuple[DocumentData, ...] = ()
    verifications: tuple[CheckData, ...] = ()
    etats: tuple[StateData, ...]
    transitions: tuple[TransitionData, ...]
    delai: DelayData | None = None
    delai_du_deposant: FilingDelayData | None = None
    motifs_de_refus: tuple[GroundData, ...] = ()
    avis: tuple[AdviceData, ...] = ()
    courriers: tuple[Letter, ...] = ()
    recours: Annotated[str, Field(description="mention of the ways to appeal; empty: à confirmer")] = ""
    pack: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "Definition":
        """A state that a transition names exists; every code is unique; the path begins by a draft and ends."""
        states = [each.code for each in self.etats]
        named = {name for each in self.transitions for name in (*each.de, each.vers) if name != "="}
        problems = [f"état inconnu : {name}" for name in sorted(named - set(states))]
        checks = [each.code for each in self.verifications]
        for group in (states, [f.code for f in self.champs], [p.code for p in self.pieces], checks):
            problems += [f"code en double : {code}" for code in sorted({c for c in group if group.count(c) > 1})]
            problems += [f"code mal écrit : {code}" for code in group if not CODE.match(code)]
        asked = {each.code for each in self.champs}
        parts: list[FieldData | DocumentData | CheckData] = [*self.champs, *self.pieces, *self.verifications]
        problems += [
            f"condition sur un champ inconnu : {condition.champ}"
            for part in parts
            for condition in part.si
            if condition.champ not in asked
        ]
        if not self.etats or self.etats[0].phase != "brouillon":
            problems.append("le premier état est un brouillon")
        if problems:
            raise ValueError(f"{self.code} : {' ; '.join(problems)}")
        return self

    def state(self, code: str) -> StateData:
        """A state by its code. Raises ``KeyError``."""
        found = next((each for each in self.etats if each.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    @property
    def first(self) -> str:
        """The state of a new dossier."""
        return self.etats[0].code

    def asked(self, answers: dict[str, Any]) -> tuple[FieldData, ...]:
        """The questions to ask, with these answers."""
        return tuple(each for each in self.champs if all(condition.holds(answers) for condition in each.si))

    def documents(self, answers: dict[str, Any]) -> tuple[DocumentData, ...]:
        """The documents to join, with these answers."""
        return tuple(each for each in self.pieces if all(condition.holds(answers) for condition in each.si))

    def checks(self, answers: dict[str, Any]) -> tuple[CheckData, ...]:
        """The checks to apply, with these answers."""
        return tuple(each for each in self.verifications if all(condition.holds(answers) for condition in each.si))
