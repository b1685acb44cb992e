"""Which legal forms a project needs, may take or cannot take, for the funds it aims at, and what follows.

Whether a form suits is asked to the conditions of the rules (« msp_sisa_associes », « cpts_statut »…) with the team
of the project; ``data/formes.yaml`` says what each form is for, its consequences and what to do next.
"""

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from maillage.core.projet.headings import DATA, WEAK, structure_code
from maillage.core.rules.base import ConditionSpec, StructureCode
from maillage.core.rules.orientation.answer import chosen_pack
from maillage.core.rules.orientation.engine import simulate, state
from maillage.core.rules.orientation.results import Territory
from maillage.core.rules.orientation.rulebook import RuleBook, rulebook
from maillage.core.rules.orientation.situation import LABELS, SituationOrientation
from maillage.core.rules.packs.data import Confidence, Data

FormState = Literal["necessaire", "possible", "pas_encore", "a_verifier", "impossible"]
STATES: dict[FormState, str] = {
    "necessaire": "nécessaire",
    "possible": "possible",
    "pas_encore": "pas encore possible",
    "a_verifier": "à vérifier",
    "impossible": "impossible",
}
"""States of a form for a project, in words, from the most to the least useful."""
OF_A_CONDITION: dict[str, FormState] = {"remplie": "possible", "manquante": "impossible", "sans_objet": "possible"}
OF_THE_TEAM: dict[str, FormState] = {"remplie": "possible", "manquante": "pas_encore", "sans_objet": "possible"}


class FormData(Data):
    """What is true of a form for every structure."""

    consequences: tuple[str, ...]
    suite: tuple[str, ...]
    source: str
    confiance: Confidence


class UseData(Data):
    """A form for a structure. ``condition`` and ``equipe`` are rules that decide; ``avis`` stands without one."""

    pour: tuple[str, ...] = ()
    condition: str = ""
    equipe: str = ""
    avis: FormState = "possible"
    pourquoi: str


class StructureForms(Data):
    """The forms of a structure; ``champ`` is the field of the situation that holds one."""

    champ: Literal["forme_juridique", "gestionnaire"]
    formes: dict[str, UseData]


class Book(Data):
    """The content of ``formes.yaml``."""

    fonds: dict[str, str]
    formes: dict[str, FormData]
    structures: dict[StructureCode, StructureForms]


@dataclass(frozen=True)
class FormAdvice:
    """One form. ``why`` are sentences; ``opens`` the funds aimed at that it opens, in words.

    ``todo`` says what the team lacks, empty when nothing; ``to_confirm`` why the advice is uncertain; ``rule`` is the
    path of the parameter that decides, empty when no rule does.
    """

    code: str
    label: str
    state: FormState
    why: str
    opens: tuple[str, ...]
    todo: str
    consequences: tuple[str, ...]
    next_steps: tuple[str, ...]
    source: str
    confidence: Confidence
    to_confirm: str
    rule: str = ""

    @property
    def state_words(self) -> str:
        """The state, in words."""
        return STATES[self.state]


@dataclass(frozen=True)
class Advice:
    """The forms of a project, the most useful first, and one sentence that sums them up."""

    forms: tuple[FormAdvice, ...]
    conclusion: str


def funds_of(structure: str) -> dict[str, str]:
    """The funds that some form opens for a structure: their codes and names."""
    book, code = forms_book(), structure_code(structure)
    opened = {fund for use in book.structures[code].formes.values() for fund in use.pour}
    return {fund: name for fund, name in book.fonds.items() if fund in opened}


def advise(structure: str, situation: SituationOrientation, territory: Territory, *, funds: Collection[str]) -> Advice:
    """The forms for a structure, the team of ``situation`` and the funds aimed at (codes of :func:`funds_of`).

    Raises :class:`BadInput` when the structure does not exist.
    """
    code = structure_code(structure)
    case = _Case(code, situation, territory, rulebook(chosen_pack(situation, territory)), frozenset(funds))
    uses = forms_book().structures[code].formes
    judged = {form: _judged(form, use, case) for form, use in uses.items()}
    found = [_advice(form, judged, case) for form in uses]
    order = list(STATES)
    found.sort(key=lambda each: order.index(each.state))
    return Advice(tuple(found), _conclusion(found))


@dataclass(frozen=True)
class _Case:
    structure: StructureCode
    situation: SituationOrientation
    territory: Territory
    rules: RuleBook
    funds: frozenset[str]

    @property
    def known(self) -> StructureForms:
        return forms_book().structures[self.structure]

    def spec(self, name: str) -> ConditionSpec:
        return next(spec for variable, _, spec in self.rules.conditions[self.structure] if variable == name)


@dataclass(frozen=True)
class _Judged:
    state: FormState
    doubt: str = ""
    todo: str = ""


def _advice(form: str, judged: dict[str, _Judged], case: _Case) -> FormAdvice:
    book, use, mine = forms_book(), case.known.formes[form], judged[form]
    about, refused = book.formes[form], mine.state == "impossible"
    opened = [fund for fund in book.fonds if fund in use.pour and fund in case.funds]
    alone = any(_alone(fund, judged, case) for fund in opened)
    return FormAdvice(
        code=form,
        label=LABELS["forme_juridique"][form],
        state="necessaire" if alone and mine.state == "possible" else mine.state,
        why=use.pourquoi,
        opens=() if refused else tuple(book.fonds[fund] for fund in opened),
        todo=mine.todo,
        consequences=about.consequences,
        next_steps=() if refused else about.suite,
        source=about.source,
        confidence=about.confiance,
        to_confirm=mine.doubt or (WEAK if about.confiance == "C" else ""),
        rule=case.spec(use.condition).parameter if use.condition else "",
    )


def _alone(fund: str, judged: dict[str, _Judged], case: _Case) -> bool:
    """Whether a fund is opened by a single form, those that are refused left out."""
    uses = case.known.formes
    return sum(fund in use.pour and judged[form].state != "impossible" for form, use in uses.items()) == 1


def _judged(form: str, use: UseData, case: _Case) -> _Judged:
    """The state of a form for the team, why it is uncertain, and what the team lacks."""
    if not use.condition:
        return _Judged(use.avis)
    chosen = case.situation.model_copy(update={case.known.champ: form})
    simulation = simulate(chosen, case.territory, case.rules)
    answer, why = state(simulation, chosen, use.condition)
    why = why or case.rules.doubt(case.spec(use.condition).parameter, chosen.date)
    found = OF_A_CONDITION.get(answer, "a_verifier")
    if found != "possible" or not use.equipe:
        return _Judged(found, why)
    answer, unknown = state(simulation, chosen, use.equipe)
    met = OF_THE_TEAM.get(answer, "a_verifier")
    return _Judged(met, unknown or why, "" if met == "possible" else case.spec(use.equipe).todo)


def _conclusion(found: list[FormAdvice]) -> str:
    """One sentence: what is needed for the funds aimed at."""
    needed = [each for each in found if each.state == "necessaire"]
    later = [each for each in found if each.todo and each.opens]
    if needed:
        words = " et ".join(f"{each.label}, pour : {' ; '.join(each.opens)}" for each in needed)
        together = " Ces personnes morales vivent ensemble." if len(needed) > 1 else ""
        return f"Il vous faut : {words}.{together}{''.join(_not_yet(later))}"
    if later:
        return "".join(_not_yet(later)).strip()
    opening = [each.label for each in found if each.state == "possible" and each.opens]
    if opening:
        return f"Plusieurs formes conviennent : {', '.join(opening)}."
    return "Aucun financement visé ne demande une forme précise."


def _not_yet(later: list[FormAdvice]) -> Iterator[str]:
    for each in later:
        yield f" {each.label} : {STATES[each.state]}. {each.todo}"


@functools.cache
def forms_book() -> Book:
    """The description of the forms, read once."""
    content: dict[str, Any] = yaml.safe_load((DATA / "formes.yaml").read_text("utf-8"))
    return Book.model_validate(content)
