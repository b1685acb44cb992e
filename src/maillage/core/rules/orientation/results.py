"""The answer of an orientation as values, and its JSON.

``as_dict`` of :class:`Orientation` is the contract of the API, of the command line and of the pages: keys in
French, amounts as strings with two decimals, days as ISO text, ``None`` for what is not known.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

StructureState = Literal["possible", "pas_encore", "impossible"]
ConditionState = Literal["remplie", "manquante", "inconnue"]
StepState = Literal["faite", "en_cours", "a_venir"]
AidState = Literal["certain", "possible", "exclu"]
AidConditionKind = Literal["fond", "demarche", "suite"]


@dataclass(frozen=True)
class Territory:
    """Where the team is: plain values read by the caller.

    ``commune_code`` is the INSEE code, ``department`` and ``region`` INSEE codes; ``population`` counts the
    inhabitants of the communes of the situation when it names some, else those of the commune, or is ``None``
    when a commune is not in the source; ``population_vintage`` is its year, in words.
    """

    commune_code: str
    commune_name: str
    department: str
    region: str
    population: int | None
    population_vintage: str | None
    region_name: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON of the commune."""
        return {
            "code": self.commune_code,
            "nom": self.commune_name,
            "departement": self.department,
            "region": self.region,
            "nom_region": self.region_name,
            "population": self.population,
            "millesime": self.population_vintage,
        }


@dataclass(frozen=True)
class Citation:
    """The text that founds a condition or an amount, at the date of the situation."""

    title: str
    url: str | None
    confidence: str | None
    since: datetime.date | None

    def as_dict(self) -> dict[str, Any]:
        """JSON of a text."""
        since = self.since.isoformat() if self.since else None
        return {"titre": self.title, "url": self.url, "confiance": self.confidence, "depuis": since}


@dataclass(frozen=True)
class Condition:
    """One condition of creation; ``id`` is the name of its variable and ``parameter`` the path that founds it.

    ``asked`` is true when somebody else decides: the team asks for it.
    ``to_name`` is true when the people whom the team announced would meet it, once they are named.
    ``missing`` says what to do, or why the rules cannot answer (then ``unsettled`` is true: no answer of the team
    would settle it). ``to_confirm`` is true when ``reason`` says what is uncertain in the texts.
    """

    id: str
    label: str
    state: ConditionState
    missing: str | None
    kind: Literal["fond", "demarche"]
    blocking: bool
    text: Citation | None
    fields: tuple[str, ...]
    parameter: str
    to_confirm: bool = False
    reason: str | None = None
    unsettled: bool = False
    asked: bool = False
    to_name: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON of a condition."""
        return {
            "id": self.id,
            "libelle": self.label,
            "etat": self.state,
            "manque": self.missing,
            "nature": self.kind,
            "bloquante": self.blocking,
            "a_demander": self.asked,
            "texte": self.text.as_dict() if self.text else None,
            "champs": list(self.fields),
            "parametre": self.parameter,
            "a_confirmer": self.to_confirm,
            "motif": self.reason,
        }


@dataclass(frozen=True)
class Step:
    """One step of the path. ``helpers`` are sentences « who : what kind of help »."""

    rank: int
    title: str
    description: str
    state: StepState
    helpers: tuple[str, ...]
    documents: tuple[str, ...]
    source: str

    def as_dict(self) -> dict[str, Any]:
        """JSON of a step."""
        return {
            "rang": self.rank,
            "titre": self.title,
            "description": self.description,
            "etat": self.state,
            "aide": list(self.helpers),
            "documents": list(self.documents),
            "source": self.source,
        }


@dataclass(frozen=True)
class AppliedCondition:
    """One condition of an aid, applied to the case. ``missing`` says what to do, or that the case does not tell.

    ``kind``: without what is of « fond » the aid is excluded; a « demarche » is to be done; a « suite » comes with it.
    """

    label: str
    state: ConditionState
    missing: str | None
    kind: AidConditionKind

    def as_dict(self) -> dict[str, Any]:
        """JSON of a condition of an aid."""
        return {"libelle": self.label, "etat": self.state, "manque": self.missing, "nature": self.kind}


@dataclass(frozen=True)
class Financing:
    """One source of money. ``low`` and ``high`` bound the amount in euros; ``None`` is « not known », never zero.

    ``link`` is the path of the parameter that gives the amount; ``asks`` the field whose answer would give it.
    ``to_confirm`` is of this amount alone; ``reserve`` is the newer text that is told once for all that it may change.
    ``state`` is that of the aid for this team, ``applied`` its conditions one by one, ``reading`` what decides it;
    ``excludes`` and ``excluded_by`` name the aids that it cannot be had with.
    """

    id: str
    label: str
    payer: str
    nature: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    to_confirm: bool
    reason: str | None
    conditions: tuple[str, ...]
    text: Citation | None
    explanation: str
    link: str
    asks: str | None = None
    reserve: str = ""
    state: AidState = "possible"
    reading: str = ""
    applied: tuple[AppliedCondition, ...] = ()
    excludes: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON of a source of money."""
        return {
            "id": self.id,
            "libelle": self.label,
            "payeur": self.payer,
            "nature": self.nature,
            "montant_min": _amount(self.low),
            "montant_max": _amount(self.high),
            "unite": self.unit,
            "a_confirmer": self.to_confirm,
            "motif": self.reason,
            "conditions": list(self.conditions),
            "texte": self.text.as_dict() if self.text else None,
            "explication": self.explanation,
            "lien": self.link,
            "champ": self.asks,
            "etat": self.state,
            "lecture": self.reading,
            "conditions_appliquees": [condition.as_dict() for condition in self.applied],
            "exclut": list(self.excludes),
            "exclu_par": list(self.excluded_by),
        }


@dataclass(frozen=True)
class Contact:
    """An organisation that helps. ``verified`` stays false while nobody has checked what an old guide prints."""

    organisation: str
    role: str
    phone: str | None
    email: str | None
    web: str | None
    verified: bool
    source: str

    def as_dict(self) -> dict[str, Any]:
        """JSON of a contact."""
        return {
            "organisme": self.organisation,
            "role": self.role,
            "telephone": self.phone,
            "email": self.email,
            "web": self.web,
            "verifie": self.verified,
            "source": self.source,
        }


@dataclass(frozen=True)
class StructureAnswer:
    """What is said of one of the five structures."""

    name: str
    state: StructureState
    summary: str
    conditions: tuple[Condition, ...]
    steps: tuple[Step, ...]
    financings: tuple[Financing, ...]
    contacts: tuple[Contact, ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON of a structure."""
        return {
            "nom": self.name,
            "etat": self.state,
            "resume": self.summary,
            "conditions": [condition.as_dict() for condition in self.conditions],
            "etapes": [step.as_dict() for step in self.steps],
            "financements": [financing.as_dict() for financing in self.financings],
            "contacts": [contact.as_dict() for contact in self.contacts],
        }


@dataclass(frozen=True)
class Question:
    """A field not given, the conditions that its answer would decide, and why it is worth asking."""

    field: str
    text: str
    decides: tuple[str, ...]
    why: str

    def as_dict(self) -> dict[str, Any]:
        """JSON of a question."""
        return {"champ": self.field, "question": self.text, "decide": list(self.decides), "pourquoi": self.why}


@dataclass(frozen=True)
class ToConfirm:
    """Something that the rules do not know: what, why, and who can tell."""

    subject: str
    reason: str
    who: str

    def as_dict(self) -> dict[str, Any]:
        """JSON of a thing to confirm."""
        return {"objet": self.subject, "motif": self.reason, "qui": self.who}


@dataclass(frozen=True)
class Orientation:
    """The whole answer. ``order`` lists the structures from the nearest to the furthest.

    ``team_described`` is false when nothing says who is in the team: then « pas_encore » says nothing of it.
    """

    date: datetime.date
    territory: Territory
    pack: str | None
    pack_label: str
    pack_to_confirm: bool
    team_described: bool
    structures: dict[str, StructureAnswer]
    order: tuple[str, ...]
    questions: tuple[Question, ...]
    to_confirm: tuple[ToConfirm, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """JSON of the answer."""
        return {
            "date": self.date.isoformat(),
            "commune": self.territory.as_dict(),
            "region_pack": self.pack,
            "pack": {"libelle": self.pack_label, "a_confirmer": self.pack_to_confirm},
            "equipe_decrite": self.team_described,
            "ordre": list(self.order),
            "structures": {code: answer.as_dict() for code, answer in self.structures.items()},
            "prochaine_question": self.questions[0].as_dict() if self.questions else None,
            "questions": [question.as_dict() for question in self.questions],
            "a_confirmer": [item.as_dict() for item in self.to_confirm],
            "avertissements": list(self.warnings),
        }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
