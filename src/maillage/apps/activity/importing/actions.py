"""Action sheets from a spreadsheet."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.importing.lists import Columns, Listed, Team, examine, without_twice
from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import Action
from maillage.apps.activity.services.actions import SCREENED, create_action
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Structure
from maillage.apps.structures.sheets import Row
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.projet.missions import Mission, missions

COLUMNS: Columns = {
    "title": ("intitulé", "titre", "action"),
    "objective": ("objectif",),
    "need_text": ("besoin",),
    "population": ("population", "population concernée", "public"),
    "partners": ("partenaires",),
    "pilot": ("pilote", "responsable"),
    "starts_on": ("début", "date de début"),
    "ends_on": ("fin", "date de fin"),
    "steps": ("étapes",),
    "means": ("moyens",),
    "budget": ("budget", "budget (€)"),
    "funding": ("financements",),
    "evaluation": ("évaluation",),
    "state": ("état",),
    "missions": ("missions", "missions de l'accord"),
}
NEEDED = ("title",)
EXAMPLE = (
    "Prévention des chutes", "Moins de chutes à domicile", "", "Personnes de plus de 75 ans", "", "Prénom Nom",
    "01/01/2027", "31/12/2027", "", "", "1 500", "", "", "prévue", "",
)  # fmt: skip
APART = re.compile(r"[,;\n]")


@dataclass(frozen=True)
class Sheet:
    """A line: the sheet and the missions of the agreement that it answers to."""

    fields: ActionFields
    missions: tuple[Mission, ...]


def read_actions(structure: Structure, rows: Sequence[Row], *, today: datetime.date) -> Listed[Sheet]:
    """Examine a list of actions; nothing is written. Raises :class:`BadInput` when a title of column is missing."""
    team = Team(list(structure.members.filter(left_on=None)))
    known = {fold(name): each for each in _missions(structure, today) for name in (each.code, each.title)}
    listed = examine(rows, COLUMNS, NEEDED, lambda cells: _sheet(cells, team, known))
    titles = structure.actions.exclude(state=Action.State.ABANDONNEE).values_list("title", flat=True)
    return without_twice(listed, map(fold, titles), lambda sheet: fold(sheet.fields.title))


@transaction.atomic
def bring_actions(structure: Structure, sheets: Sequence[Sheet], *, by: User, at: datetime.datetime) -> list[Action]:
    """Write every sheet of a list, or none. Raises :class:`NotAllowed`, :class:`BadInput`, :class:`PatientData`."""
    return [
        create_action(structure, each.fields, missions=[one.as_dict() for one in each.missions], by=by, at=at)
        for each in sheets
    ]


def _missions(structure: Structure, today: datetime.date) -> tuple[Mission, ...]:
    codes = {"esp": "ESP", "msp": "MSP", "cds": "CDS", "ess": "ESS", "cpts": "CPTS"}
    return missions(codes[structure.kind], today)


def _sheet(cells: Mapping[str, str], team: Team, known: Mapping[str, Mission]) -> Sheet:
    told: dict[str, object] = {name: value for name, value in cells.items() if value and name != "missions"}
    problems: list[Problem] = []
    chosen = []
    for words in filter(None, map(str.strip, APART.split(cells.get("missions", "")))):
        if fold(words) in known:
            chosen.append(known[fold(words)])
        else:
            problems.append(Problem("missions", words, "le titre ou le code d'une mission de l'accord"))
    states = {fold(label): code for code, label in Action.State.choices}
    if "state" in told:
        told["state"] = states.get(fold(cells["state"]), cells["state"])
    try:
        if "pilot" in told:
            told["pilot"] = team.find("pilot", cells["pilot"]).pk
        fields = read(ActionFields, {"title": "", **told, "missions": tuple(each.code for each in chosen)})
        screened({name: str(getattr(fields, name)) for name in SCREENED})
    except BadInput as wrong:
        raise BadInput([*problems, *wrong.problems]) from None
    if problems:
        raise BadInput(problems)
    return Sheet(fields, tuple(chosen))
