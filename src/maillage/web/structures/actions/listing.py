"""The action sheets of a project: the list, what can be done from it, its exports."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Action
from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.apps.activity.queries import action_of, actions_of
from maillage.apps.activity.services import actions as services
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french
from maillage.core.projet.elaboration import structure_code
from maillage.core.projet.sheets import sheet_templates
from maillage.web.activite.common import asked, done, exported, found, now, query
from maillage.web.exports import export
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.actions.form import summary
from maillage.web.structures.paging import paged

NAMES = ("etat", "pilote", "mission", "q", "tri")
SORTS = {
    "": "Ordre du plan",
    "titre": "Intitulé",
    "debut": "Début",
    "budget": "Budget",
    "etat": "État",
}
ACTIVE, ALL = "", "toutes"
STATES = {ACTIVE: "Sauf abandonnées", ALL: "Toutes", **dict(Action.State.choices)}
MARKS = {
    "prevue": ("todo", "a_venir"),
    "en_cours": ("warn", "en_cours"),
    "finie": ("ok", "faite"),
    "abandonnee": ("no", "impossible"),
}
"""Colour and icon of each state."""
HEADER = (
    "Rang", "Intitulé", "État", "Pilote", "Début", "Fin", "Budget (€)", "Objectif", "Besoin du diagnostic",
    "Besoin en mots", "Population", "Partenaires", "Étapes", "Moyens", "Financements", "Indicateurs", "Évaluation",
    "Missions",
)  # fmt: skip
Act = Callable[[Action, User], Any]
STEPS: Mapping[str, int] = {"monter": -1, "descendre": 1}
TURNS: Mapping[str, tuple[str, str]] = {
    "commencer": ("en_cours", "L'action est en cours."),
    "finir": ("finie", "L'action est finie."),
    "abandonner": ("abandonnee", "L'action est abandonnée : elle reste dans la liste « Toutes »."),
    "reprendre": ("prevue", "L'action est de nouveau prévue."),
}
"""The buttons that change the state: the state, what is said."""


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered and sorted as its address asks; ``format`` exports what is shown."""
    told = asked(request, NAMES)
    rows = listed(structure, told)
    if kind := request.GET.get("format"):
        return export(exported(kind), "fiches-actions", HEADER, [exported_row(rank, each) for rank, each in rows])
    every = list(actions_of(structure))
    paging = paged(request, rows, query(told))
    context = {
        "structure": structure,
        "dedans": may_see_inside(person(request), structure),
        "lignes": [_line(row, rows) for row in paging["page"]],
        "trouvees": len(rows),
        **paging,
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": STATES.items(),
        "tris": SORTS.items(),
        "pilotes": sorted(
            {(str(each.pilot_id), str(each.pilot)) for each in every if each.pilot}, key=lambda row: row[1]
        ),
        "missions": sorted({(each["code"], each["titre"]) for action in every for each in action.missions}),
        "peut_ecrire": may_write(person(request), structure),
        "peut_ordonner": not any(told.values()),
        "modeles": sheet_templates(structure_code(structure.kind)),
        "retire": request.session.pop("fiche_retiree", None),
    }
    return render(request, "structures/actions/liste.html", context)


@require_safe
@of_structure
def printed(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Every sheet that the list shows, in full, to print."""
    rows = [each for _, each in listed(structure, asked(request, NAMES))]
    context = {
        "structure": structure,
        "fiches": [{"action": each, "textes": summary(each), "marque": MARKS[each.state]} for each in rows],
        "retour": query(asked(request, NAMES)),
    }
    return render(request, "structures/actions/imprimer.html", context)


@require_POST
@for_writers
def act(request: HttpRequest, structure: Structure, fiche: uuid.UUID, acte: str) -> HttpResponse:
    """Move, duplicate, change the state or remove a sheet."""
    action, by = found(action_of(structure, fiche)), person(request)
    if acte in STEPS:
        done(request, lambda: services.move_action(action, STEPS[acte], by=by, at=now()), "")
        return redirect(f"{_list(structure)}#fiche-{action.pk}")
    if acte in TURNS:
        state, words = TURNS[acte]
        done(request, lambda: services.set_action_state(action, state, by=by, at=now()), words)
        return redirect("web:structure_actions_fiche", structure.pk, action.pk)
    if acte == "dupliquer":
        copy = services.duplicate_action(action, by=by, at=now())
        messages.success(request, "La fiche est dupliquée : voici sa copie.")
        return redirect("web:structure_actions_modifier", structure.pk, copy.pk)
    if acte == "supprimer":
        title = action.title
        request.session["fiche_retiree"] = {"cle": services.remove_action(action, by=by, at=now()), "titre": title}
        return redirect("web:structure_actions", structure.pk)
    raise Http404


@require_POST
@for_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a sheet."""
    key = request.POST.get("cle", "")
    done(
        request,
        lambda: services.put_action_back(structure, key, by=person(request), at=now()),
        "La fiche est rétablie.",
    )
    return redirect("web:structure_actions", structure.pk)


def listed(structure: Structure, told: Mapping[str, str]) -> list[tuple[int, Action]]:
    """The sheets that are asked for, each with its rank in the project."""
    rows = [row for row in enumerate(actions_of(structure), start=1) if _answers(row[1], told)]
    keys: dict[str, Callable[[Action], Any]] = {
        "titre": lambda each: french.fold(each.title),
        "debut": lambda each: (each.starts_on is None, each.starts_on),
        "budget": lambda each: (each.budget is None, -(each.budget or 0)),
        "etat": lambda each: Action.State.values.index(each.state),
    }
    key = keys.get(told["tri"])
    return rows if key is None else sorted(rows, key=lambda row: key(row[1]))


def _line(row: tuple[int, Action], rows: list[tuple[int, Action]]) -> dict[str, Any]:
    rank, action = row
    ends = {"premier": row == rows[0], "dernier": row == rows[-1]}
    return {"action": action, "rang": rank, "marque": MARKS[action.state], **ends}


def exported_row(rank: int, action: Action) -> list[Any]:
    """A sheet as a line of a spreadsheet."""
    need = action.need
    return [
        rank,
        action.title,
        action.get_state_display(),
        str(action.pilot or ""),
        action.starts_on.isoformat() if action.starts_on else "",
        action.ends_on.isoformat() if action.ends_on else "",
        french.UNKNOWN if action.budget is None else float(action.budget),
        action.objective,
        f"{need['libelle']} : {need['valeur']} ({need['millesime']})" if need else "",
        action.need_text,
        action.population,
        action.partners,
        action.steps,
        action.means,
        action.funding,
        " ; ".join(f"{row['nom']} ({row['cible']}, {row['source']})" for row in action.indicators),
        action.evaluation,
        " ; ".join(each["titre"] for each in action.missions),
    ]


def _answers(action: Action, told: Mapping[str, str]) -> bool:
    state = told["etat"]
    words = french.fold(f"{action.title} {action.objective} {action.need_text} {action.partners}")
    return (
        (state == ALL or (action.state == state if state else action.state != Action.State.ABANDONNEE))
        and (not told["pilote"] or str(action.pilot_id) == told["pilote"])
        and (not told["mission"] or told["mission"] in [each["code"] for each in action.missions])
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _list(structure: Structure) -> str:
    return redirect("web:structure_actions", structure.pk).url
