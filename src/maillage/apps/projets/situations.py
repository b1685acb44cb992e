"""A project as the rules take it: its territory, its team, its legal forms, how far its text is."""

import datetime
from collections.abc import Iterator
from typing import Any

from maillage.apps.orientation.queries import territory_of
from maillage.apps.projets.models import Projet, Section
from maillage.apps.structures.queries import situation_of_team
from maillage.apps.structures.services import codes_of
from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.orientation.results import Condition
from maillage.core.rules.orientation.situation import SituationOrientation

MANAGER, FORM = "gestionnaire", "forme_juridique"
NOT_SAID = ("date", "projet_de_sante", "projet_valide_pour", FORM)
"""What the orientation knew on its day and the project says by itself since."""
REGULATION = "cds.reglement_de_fonctionnement"
BEST = ("remplie", "inconnue", "manquante")
"""States of a condition that one of several legal persons may meet, the best first."""


def situation_of(projet: Projet, *, today: datetime.date) -> SituationOrientation:
    """The project as a situation of the orientation. Raises :class:`BadInput` without a territory."""
    structure = projet.structure
    codes = codes_of(structure)
    said = {name: value for name, value in projet.situation.items() if name not in NOT_SAID}
    team = situation_of_team(structure)
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

    With several legal persons, a condition is met when one of them meets it.
    """
    from maillage.core.projet.headings import structure_code  # OpenFisca costs a second to import.
    from maillage.core.rules.orientation.answer import chosen_pack
    from maillage.core.rules.orientation.conditions import evaluate
    from maillage.core.rules.orientation.rulebook import rulebook

    try:
        situation = situation_of(projet, today=today)
        territory = territory_of(situation)
    except BadInput:
        return ()
    book = rulebook(chosen_pack(situation, territory))
    code = structure_code(projet.structure.kind)
    best: dict[str, Condition] = {}
    for each in _by_form(projet, situation):
        for condition in evaluate(each, territory, book)[code]:
            known = best.setdefault(condition.id, condition)
            best[condition.id] = min(known, condition, key=lambda met: BEST.index(met.state))
    return tuple(best.values())


def forms_of(projet: Projet) -> list[str]:
    """The legal forms that the project has or thinks of, each once."""
    return list(dict.fromkeys(projet.structure.legal_entities.values_list("form", flat=True)))


def _by_form(projet: Projet, situation: SituationOrientation) -> Iterator[SituationOrientation]:
    """The situation with each legal form of the project; once as it is when it has none."""
    forms = forms_of(projet)
    field = MANAGER if projet.structure.kind == "cds" else FORM
    if not forms:
        yield situation
    for form in forms:
        yield situation.model_copy(update={field: form})


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
