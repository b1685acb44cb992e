"""The form of an action sheet: its fields, its rows of indicators, what is read from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import Action
from maillage.apps.activity.services.actions import SCREENED
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import read
from maillage.core.projet.elaboration import structure_code
from maillage.core.projet.missions import AGREEMENTS, LEVELS, Mission, missions
from maillage.core.projet.sheets import SheetTemplate
from maillage.web.activite.common import pilots
from maillage.web.activite.form import NOTHING, Field, Refused, filled, typed_in, written
from maillage.web.screening import received
from maillage.web.structures.actions import needs
from maillage.web.structures.actions.followed import theme_names

EMPTY_ROWS = 2
MORE = "ajouter"
"""Name of the button that adds rows of indicators without saving."""
PARTS = ("nom", "cible", "source")


@dataclass(frozen=True)
class Group:
    """A part of the form."""

    title: str
    fields: Sequence[Field]


def groups(
    structure: Structure, typed: Mapping[str, Any], refused: Refused = NOTHING, action: Action | None = None
) -> list[Group]:
    """The form, part by part."""
    return [Group(title, filled(fields, typed, refused)) for title, fields in _spec(structure, action)]


def every_field(structure: Structure, action: Action | None) -> list[Field]:
    """Every field of the form, in its order."""
    return [each for _, fields in _spec(structure, action) for each in fields]


def typed_of(request: HttpRequest, structure: Structure, action: Action | None) -> dict[str, Any]:
    """What was typed, masked when its author asked for it."""
    rows = [name for name in request.POST if name.startswith("indicateur-")]
    data = received(request, [*SCREENED, *rows])
    return {**typed_in(data, every_field(structure, action)), "indicators": _rows_of(data)}


def values_of(action: Action) -> dict[str, Any]:
    """A sheet as the form shows it."""
    names = (*SCREENED, "starts_on", "ends_on", "budget", "state", "theme")
    return {
        **{name: getattr(action, name) for name in names},
        "besoin": action.need.get("cle", ""),
        "pilot": str(action.pilot_id or ""),
        "missions": [each["code"] for each in action.missions],
        "indicators": list(action.indicators),
    }


def values_of_template(structure: Structure, template: SheetTemplate) -> dict[str, Any]:
    """A template as the form shows it, with the missions that the structure has."""
    known = {mission.code for mission in offered(structure)}
    return {
        "title": template.titre,
        "objective": template.objectif,
        "besoin": needs.first_of(structure, template.besoin),
        "need_text": template.besoin_en_mots,
        "population": template.population,
        "partners": template.partenaires,
        "steps": template.etapes,
        "means": template.moyens,
        "funding": template.financements,
        "evaluation": template.evaluation,
        "missions": [code for code in template.missions if code in known],
        "indicators": [each.model_dump() for each in template.indicateurs],
        "state": "prevue",
    }


def read_fields(typed: Mapping[str, Any]) -> ActionFields:
    """The sheet that was typed. Raises :class:`BadInput`."""
    return read(ActionFields, {**typed, "missions": tuple(typed["missions"])})


def offered(structure: Structure) -> tuple[Mission, ...]:
    """The missions of the agreement of the structure, today."""
    return missions(structure_code(structure.kind), timezone.localdate())


def chosen_missions(structure: Structure, codes: Sequence[str], action: Action | None) -> list[dict[str, str]]:
    """The missions of these codes; one that the agreement does not have any more stays as the sheet told it."""
    known = {each["code"]: each for each in (action.missions if action else [])}
    known |= {mission.code: mission.as_dict() for mission in offered(structure)}
    return [known[code] for code in codes if code in known]


def indicator_rows(typed: Mapping[str, Any], *, more: bool = False) -> list[dict[str, str]]:
    """The rows of indicators that the form shows: what is filled, then empty ones."""
    rows = [dict(row) for row in typed.get("indicators", ()) if any(row.values())]
    return rows + [dict.fromkeys(PARTS, "") for _ in range(EMPTY_ROWS * 2 if more else EMPTY_ROWS)]


def _rows_of(data: QueryDict) -> list[dict[str, str]]:
    columns = [data.getlist(f"indicateur-{part}") for part in PARTS]
    return [dict(zip(PARTS, row, strict=True)) for row in zip(*columns, strict=False)]


def _spec(structure: Structure, action: Action | None) -> list[tuple[str, list[Field]]]:
    return [
        ("L'action", _about(structure, action)),
        ("Qui et quand", _who(structure, action)),
        ("Comment", _how()),
        ("Accord", [_missions(structure, action), *_theme(structure, action)]),
        ("Évaluation", [Field("evaluation", "Comment l'action sera évaluée", "words")]),
    ]


def _about(structure: Structure, action: Action | None) -> list[Field]:
    figures = needs.choices(structure, action.need if action else {})
    help_ = "Un chiffre du diagnostic de territoire, avec son millésime."
    missing = "Aucun diagnostic n'est joint au projet de santé : dites le besoin en mots."
    return [
        Field("title", "Intitulé", required=True),
        Field("objective", "Objectif", "words", "Ce qui aura changé, pour qui."),
        Field("besoin", "Besoin du diagnostic", "select", help_ if len(figures) > 1 else missing, figures),
        Field("need_text", "Le besoin, en mots", "words"),
        Field("population", "Population concernée", "words", rows=2),
    ]


def _who(structure: Structure, action: Action | None) -> list[Field]:
    people = pilots(structure, action.pilot if action else None)
    return [
        Field("pilot", "Pilote", "select", "Un membre de l'équipe.", people),
        Field("partners", "Partenaires", "words", rows=2),
        Field("starts_on", "Début", "day"),
        Field("ends_on", "Fin", "day"),
        Field("state", "État", "select", choices=Action.State.choices),
    ]


def _how() -> list[Field]:
    amount = "Comme « 12 500,50 ». Laissez vide si le montant est à confirmer."
    return [
        Field("steps", "Étapes", "words", "En mots. Vous les daterez dans la fiche, pour suivre l’avancement.", rows=5),
        Field("means", "Moyens", "words"),
        Field("budget", "Budget", "amount", amount, unit="€"),
        Field("funding", "Financements", "words", rows=2),
    ]


def _missions(structure: Structure, action: Action | None) -> Field:
    agreement = AGREEMENTS[structure_code(structure.kind)]
    known = [(each.code, f"{each.title} ({LEVELS[each.level]})") for each in offered(structure)]
    gone = [each for each in (action.missions if action else []) if each["code"] not in dict(known)]
    known += [(each["code"], f"{each['titre']} (n'est plus dans la liste)") for each in gone]
    doubt = next((each.doubt for each in offered(structure) if each.doubt), "")
    help_ = f"{agreement}. À confirmer : {doubt}." if doubt else f"{agreement}."
    return Field("missions", "Missions auxquelles l'action répond", "checks", help_, known)


def _theme(structure: Structure, action: Action | None) -> list[Field]:
    """The theme of public health, where the agreement names some."""
    known = theme_names(structure.kind)
    if not known:
        return []
    kept = action.theme if action else ""
    rows = [("", "Aucun, ou pas une mission de santé publique"), *known.items()]
    rows += [(kept, kept)] if kept and kept not in known else []
    help_ = "L'accord paie deux missions de santé publique au plus, sur deux thèmes différents."
    return [Field("theme", "Thème de santé publique", "select", help_, rows)]


def summary(action: Action) -> list[tuple[str, str]]:
    """The texts of a sheet to read, each under its name; what is empty is left out."""
    named = (
        ("Objectif", action.objective),
        ("Population concernée", action.population),
        ("Partenaires", action.partners),
        ("Étapes", action.steps),
        ("Moyens", action.means),
        ("Financements", action.funding),
        ("Évaluation", action.evaluation),
    )
    return [(name, text) for name, text in named if written(text)]
