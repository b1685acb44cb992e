"""A project as the rules take it: its territory, its team, its legal forms, how far its text is."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from maillage.apps.orientation.queries import territory_of
from maillage.apps.projets.models import Projet, Section
from maillage.apps.structures.models import LegalEntity
from maillage.apps.structures.queries import announced, situation_of_team, still_to_name
from maillage.apps.structures.services import codes_of
from maillage.core.kernel.french import plural
from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.orientation.results import Condition
from maillage.core.rules.orientation.situation import PROFESSIONS, GroupeDeProfessionnels, SituationOrientation

if TYPE_CHECKING:
    from maillage.core.rules.orientation.results import Territory
    from maillage.core.rules.orientation.rulebook import RuleBook

MANAGER, FORM = "gestionnaire", "forme_juridique"
NOT_SAID = ("date", "projet_de_sante", "projet_valide_pour", FORM)
"""What the orientation knew on its day and the project says by itself since."""
REGULATION = "cds.reglement_de_fonctionnement"
BEST = ("remplie", "inconnue", "manquante")
"""States of a condition that one of several legal persons may meet, the best first."""
NO_FORM = "aucune"
THOUGHT_OF = "Elle est envisagée : dites-la « constituée » quand elle l'est."


def situation_of(projet: Projet, *, today: datetime.date) -> SituationOrientation:
    """The project as a situation of the orientation: who is named, and who is announced and still to name.

    Raises :class:`BadInput` without a territory.
    """
    structure = projet.structure
    codes = codes_of(structure)
    said = {name: value for name, value in projet.situation.items() if name not in NOT_SAID}
    team = situation_of_team(structure) + announced(structure, projet.situation)
    told = {
        **said,
        "date": today.isoformat(),
        "commune": codes[0] if codes else said.get("commune", ""),
        "communes": codes or said.get("communes"),
        "professionnels": team or said.get("professionnels"),
        "projet_de_sante": _progress(projet, today),
        "specialite": structure.specialite or said.get("specialite"),
        "reglement_de_fonctionnement": _is_ready(projet, REGULATION) or said.get("reglement_de_fonctionnement"),
    }
    if told["projet_de_sante"] == "aucun":
        told |= {"recepisse": None, "agrement": None}
    return read(SituationOrientation, told)


def conditions_of(projet: Projet, *, today: datetime.date) -> tuple[Condition, ...]:
    """The conditions of the structure of a project, by the rules of a day; none while it has no territory.

    Only who is named and what is constituted meet a condition. What who is announced would meet is « à nommer ».
    With several legal persons, a condition is met when one of them meets it.
    """
    from maillage.core.rules.orientation.answer import chosen_pack  # OpenFisca costs a second to import.
    from maillage.core.rules.orientation.rulebook import rulebook

    try:
        situation = situation_of(projet, today=today)
        territory = territory_of(situation)
    except BadInput:
        return ()
    rules = _Rules(projet, territory, rulebook(chosen_pack(situation, territory)))
    awaited = dict(still_to_name(projet.structure, projet.situation))
    whole = rules.best(situation)
    found = rules.best(_named_only(projet, situation)) if awaited else whole
    thought = rules.best(situation, thought_of=True) if rules.thought_of else whole
    return tuple(
        _to_name(projet, rules, situation, each, awaited)
        if each.state != "remplie" and whole.get(code, each).state == "remplie"
        else _thought_of(each, thought.get(code, each))
        for code, each in found.items()
    )


class _Rules:
    """The rules of a project: its territory, its legal persons, its structure."""

    def __init__(self, projet: Projet, territory: "Territory", book: "RuleBook") -> None:
        self.kind, self.territory, self.book = projet.structure.kind, territory, book
        rows = list(projet.structure.legal_entities.values_list("form", "state"))
        self.constituted = list(
            dict.fromkeys(form for form, state in rows if state == LegalEntity.State.CONSTITUEE or self.kind == "cds")
        )
        self._without: dict[str, dict[str, Condition]] = {}
        self.thought_of = [
            form for form in dict.fromkeys(form for form, _state in rows) if form not in self.constituted
        ]

    def best(self, situation: SituationOrientation, *, thought_of: bool = False) -> dict[str, Condition]:
        """Each condition by its code, with the legal person that meets it best."""
        from maillage.core.projet.headings import structure_code
        from maillage.core.rules.orientation.conditions import evaluate

        best: dict[str, Condition] = {}
        for each in self._by_form(situation, thought_of=thought_of):
            for condition in evaluate(each, self.territory, self.book)[structure_code(self.kind)]:
                known = best.setdefault(condition.id, condition)
                best[condition.id] = min(known, condition, key=lambda met: BEST.index(met.state))
        return best

    def without(
        self, situation: SituationOrientation, named: list[dict[str, Any]], metier: str, condition: str
    ) -> str | None:
        """The state of a condition when those of a profession who are announced do not come."""
        if metier not in self._without:
            others = [each for each in situation.professionnels or [] if each.profession != metier]
            own = [GroupeDeProfessionnels.model_validate(each) for each in named if each["profession"] == metier]
            self._without[metier] = self.best(situation.model_copy(update={"professionnels": others + own}))
        found = self._without[metier].get(condition)
        return found.state if found else None

    def _by_form(self, situation: SituationOrientation, *, thought_of: bool) -> Iterator[SituationOrientation]:
        """The situation with each legal form; « aucune » when all are thought of, as it is when none is said."""
        forms = self.constituted + (self.thought_of if thought_of else [])
        field = MANAGER if self.kind == "cds" else FORM
        if not forms and not self.thought_of:
            yield situation
        for form in forms or ([NO_FORM] if self.thought_of else []):
            yield situation.model_copy(update={field: form})


def _named_only(projet: Projet, situation: SituationOrientation) -> SituationOrientation:
    groups = [GroupeDeProfessionnels.model_validate(each) for each in situation_of_team(projet.structure)]
    return situation.model_copy(update={"professionnels": groups})


def _thought_of(found: Condition, thought: Condition) -> Condition:
    """A condition, missing when only a legal person that is thought of would meet it."""
    if found.state == "remplie" or thought.state != "remplie":
        return found
    return replace(found, state="manquante", missing=f"{THOUGHT_OF} {found.missing or ''}".strip())


def _to_name(
    projet: Projet, rules: _Rules, situation: SituationOrientation, found: Condition, awaited: dict[str, int]
) -> Condition:
    """A condition that people who are announced would meet: « Médecin généraliste : 1 nommé, 1 annoncé à nommer. »."""
    named = situation_of_team(projet.structure)
    needed = [metier for metier in awaited if rules.without(situation, named, metier, found.id) != "remplie"]
    counts = Counter[str]()
    for group in named:
        counts[group["profession"]] += group["nombre"]
    told = " ".join(
        f"{PROFESSIONS[metier][0].capitalize()} : {counts[metier]} {plural(counts[metier], 'nommé')}, "
        f"{awaited[metier]} {plural(awaited[metier], 'annoncé')} à nommer."
        for metier in needed or awaited
    )
    return replace(found, to_name=True, missing=told)


def _progress(projet: Projet, today: datetime.date) -> str:
    """« redige » when every required heading is ready, « en_cours » when something is written, else « aucun »."""
    from maillage.core.projet.headings import headings_of  # OpenFisca costs a second to import.

    states = dict(projet.sections.values_list("code", "state"))
    if not set(states.values()) - {Section.State.VIDE}:
        return "aucun"
    headings = headings_of(projet.structure.kind, projet.structure.region, today)
    ready = all(states.get(each.code) == Section.State.PRET for each in headings if each.required)
    return "redige" if ready else "en_cours"


def _is_ready(projet: Projet, code: str) -> bool | None:
    state = projet.sections.filter(code=code).values_list("state", flat=True).first()
    return None if state is None else state == Section.State.PRET


def contacts_of(projet: Projet, *, today: datetime.date) -> list[dict[str, Any]]:
    """Who can help the team of a project where it is: organisations only, as JSON; none without a territory."""
    from maillage.core.projet.headings import structure_code
    from maillage.core.rules.orientation.answer import chosen_pack
    from maillage.core.rules.orientation.helpers import contacts

    try:
        situation = situation_of(projet, today=today)
        territory = territory_of(situation)
    except BadInput:
        return []
    code = structure_code(projet.structure.kind)
    found = contacts(situation, territory, chosen_pack(situation, territory), code)
    return [each.as_dict() | {"structures": [code]} for each in found]
