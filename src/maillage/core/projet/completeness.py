"""What a project still lacks before it is sent: one list, for its authors and for the ARS that receives the file.

Each check says what it looks at, its state, what is missing, where to go (a symbolic target that the pages turn into
an address), and by which source it is asked. A check that is only advised never stops a file.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from maillage.core.kernel import french
from maillage.core.projet.controls import CONTROLS, Found
from maillage.core.projet.facts import ProjectFacts, SectionFacts
from maillage.core.projet.headings import DATA, Heading, headings_of, structure_code
from maillage.core.rules.orientation.results import Condition
from maillage.core.rules.packs.data import Confidence, Data

CheckState = Literal["ok", "manque", "inconnu", "a_nommer", "plus_tard", "conseille"]
STATES: dict[CheckState, str] = {
    "ok": "fait",
    "manque": "manque",
    "inconnu": "à préciser",
    "a_nommer": "à nommer",
    "plus_tard": "plus tard",
    "conseille": "conseillé",
}
"""States of a check, in words."""
STOPS = ("manque", "inconnu", "a_nommer")
"""States of what is required that keep a file from being sent."""
HEADING = "rubrique."
SHOWN_NAMES = 8
READY, TO_READ_AGAIN = "pret", "a_revoir"


class ControlData(Data):
    """The words of a check."""

    groupe: str
    libelle: str
    si_absente: str
    obligation: Literal["requise", "conseillee"] = "requise"
    cible: str
    source: str
    confiance: Confidence


class ControlBook(Data):
    """The content of ``controles.yaml``."""

    controles: dict[str, ControlData]
    groupes: dict[str, str]
    champs: dict[str, str]


@dataclass(frozen=True)
class Check:
    """One thing to look at. ``target`` is where to go: « rubrique:msp.membres », « equipe », « signatures »…

    ``missing`` is a French sentence, empty when nothing is; ``rule`` the variable of the rules that decides, if any;
    what is not ``required`` is never counted.
    """

    code: str
    group: str
    label: str
    state: CheckState
    missing: str
    target: str
    source: str
    confidence: str
    to_confirm: str = ""
    rule: str = ""
    required: bool = True

    def as_dict(self) -> dict[str, Any]:
        """JSON of a check."""
        return {
            "code": self.code,
            "groupe": self.group,
            "libelle": self.label,
            "etat": self.state,
            "manque": self.missing or None,
            "cible": self.target,
            "source": self.source,
            "confiance": self.confidence or None,
            "a_confirmer": self.to_confirm or None,
            "regle": self.rule or None,
            "requis": self.required,
        }


@dataclass(frozen=True)
class Completeness:
    """Every check, by group. ``is_ready`` when nothing that is required is missing or unknown.

    The headings are counted apart; what is only advised is counted nowhere, done or not.
    """

    checks: tuple[Check, ...]

    def count(self, state: CheckState) -> int:
        """How many checks are in a state."""
        return sum(check.state == state for check in self.checks)

    @property
    def headings(self) -> list[Check]:
        """The headings of the document."""
        return [check for check in self.checks if check.code.startswith(HEADING)]

    @property
    def headings_ready(self) -> int:
        """How many headings are ready."""
        return sum(check.state == "ok" for check in self.headings)

    @property
    def required(self) -> int:
        """How many checks must be met, the headings apart."""
        return len(self._counted())

    @property
    def done(self) -> int:
        """How many of them are."""
        return sum(check.state == "ok" for check in self._counted())

    def _counted(self) -> list[Check]:
        return [check for check in self.checks if check.required and not check.code.startswith(HEADING)]

    @property
    def is_ready(self) -> bool:
        """Whether the file may be sent."""
        return not any(check.required and check.state in STOPS for check in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """JSON of the list: the contract of the API and of the pages."""
        return {
            "complet": self.is_ready,
            "faits": self.done,
            "attendus": self.required,
            "rubriques_pretes": self.headings_ready,
            "rubriques": len(self.headings),
            "conseilles": self.count("conseille"),
            "controles": [check.as_dict() for check in self.checks],
        }


def completeness(facts: ProjectFacts) -> Completeness:
    """Every check of a project, by group, in the order of the document and of the data.

    Raises :class:`BadInput` when the structure does not exist.
    """
    found = [*_of_text(facts), *_of_project(facts), *_of_law(facts)]
    order = list(control_book().groupes)
    return Completeness(tuple(sorted(found, key=lambda check: order.index(check.group))))


def _of_text(facts: ProjectFacts) -> Iterator[Check]:
    for heading in headings_of(facts.structure, facts.region, facts.day):
        section = facts.sections.get(heading.code, SectionFacts())
        yield _heading(heading, section)
        if "diagnostic" in heading.controls and section.words and facts.diagnosis:
            yield _control("rubriques_chiffrees", Found(bool(section.shown)), heading)
        if section.lost:
            yield _control("references_perdues", Found(False, number=section.lost), heading)
    for code in OF_THE_TEXT:
        yield _control(code, CONTROLS[code](facts))


def _heading(heading: Heading, section: SectionFacts) -> Check:
    missing = _not_ready(section)
    state: CheckState = "ok" if not missing else "manque" if heading.required else "conseille"
    return Check(
        code=f"{HEADING}{heading.code}",
        required=heading.required,
        group="texte",
        label=f"{heading.number}. {heading.title}",
        state=state,
        missing=missing,
        target=f"rubrique:{heading.code}",
        source=heading.source,
        confidence=heading.confidence,
        to_confirm=heading.to_confirm,
    )


def _not_ready(section: SectionFacts) -> str:
    """What a heading lacks, empty when it is ready and says something."""
    if not section.words and not section.inserts:
        return "Rien n'est encore écrit."
    if section.state == READY:
        return ""
    if section.state == TO_READ_AGAIN:
        return "À revoir, puis à marquer « prête »."
    return "En cours d'écriture : marquez-la « prête » quand elle l'est."


def _of_project(facts: ProjectFacts) -> Iterator[Check]:
    """The checks that the headings of this structure call for, each once, then those of every project."""
    headings = headings_of(facts.structure, facts.region, facts.day)
    asked = {control for heading in headings for control in heading.controls}
    for code, look in CONTROLS.items():
        if (code in asked or code in ALWAYS) and code not in (*WITH_VERSION, *OF_THE_TEXT):
            yield _control(_named(code, facts), look(facts))
    if "signatures" in asked:
        yield from (_control(code, CONTROLS[code](facts)) for code in WITH_VERSION)


ALWAYS = frozenset({"etapes", "delais"})
"""Looked at whatever the headings."""
WITH_VERSION = ("version", "version_a_jour", "signatures")
"""Looked at when the members sign; the last two come later, once a version is presented to them."""
OF_THE_TEXT = ("fusions", "commentaires")


def _named(code: str, facts: ProjectFacts) -> str:
    """A check whose words or weight change with the structure."""
    return f"{code}_cpts" if f"{code}_cpts" in control_book().controles and facts.structure.lower() == "cpts" else code


def _control(code: str, found: Found, heading: Heading | None = None) -> Check:
    data = control_book().controles[code]
    told = {"noms": _listed(found.who), "nombre": str(found.number), "titre": heading.title if heading else ""}
    required: CheckState = "inconnu" if found.met is None else "manque"
    advised = data.obligation == "conseillee"
    state: CheckState = "ok" if found.met else found.state or ("conseille" if advised else required)
    return Check(
        code=f"{code}.{heading.code}" if heading else code,
        group=data.groupe,
        label=data.libelle.format(**told),
        state=state,
        missing=found.instead or ("" if found.met else data.si_absente.format(**told)),
        target=f"rubrique:{heading.code}" if heading else data.cible,
        source=data.source,
        confidence=data.confiance,
        required=not advised,
    )


def _listed(names: tuple[str, ...]) -> str:
    rest = len(names) - SHOWN_NAMES
    shown = ", ".join(names[:SHOWN_NAMES])
    return shown if rest <= 0 else f"{shown} et {rest} {french.plural(rest, 'autre')}"


def _of_law(facts: ProjectFacts) -> Iterator[Check]:
    """The conditions of the structure, without what somebody else decides: it comes after the sending."""
    prefix = structure_code(facts.structure).lower()
    for condition in facts.conditions:
        if not condition.asked:
            yield _condition(condition, prefix)


def _condition(condition: Condition, prefix: str) -> Check:
    states: dict[str, CheckState] = {"remplie": "ok", "manquante": "manque", "inconnue": "inconnu"}
    state: CheckState = "a_nommer" if condition.to_name else states[condition.state]
    advised = condition.kind == "demarche" and not condition.blocking
    fields = control_book().champs
    return Check(
        code=f"condition.{condition.id}",
        group="droit",
        label=condition.label,
        required=not advised,
        state="conseille" if advised and state != "ok" else state,
        missing=condition.missing or "",
        target=next((fields[name] for name in condition.fields if name in fields), "parametres"),
        source=condition.text.title if condition.text else french.UNKNOWN,
        confidence=(condition.text.confidence if condition.text else None) or "C",
        to_confirm=(condition.reason or "") if condition.to_confirm else "",
        rule=condition.id if condition.id.startswith(prefix) else "",
    )


@functools.cache
def control_book() -> ControlBook:
    """The words of the checks, read once."""
    content: dict[str, Any] = yaml.safe_load((DATA / "controles.yaml").read_text("utf-8"))
    return ControlBook.model_validate(content)
