"""The plan by mission of the agreement: its actions, what they spent and whom they reached; its report as a PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.apps.activity.plan_queries import PUBLIC_HEALTH, MissionPlan, plan_of, public_health
from maillage.apps.structures.models import Structure
from maillage.core.activity.plan import Total, total
from maillage.core.activity.themes import themes
from maillage.core.documents.typst_blocks import blocks_pdf
from maillage.core.kernel import french
from maillage.core.projet.elaboration import structure_code
from maillage.core.projet.missions import AGREEMENTS, LEVELS
from maillage.web.activite.common import exported
from maillage.web.exports import export
from maillage.web.structures.access import of_structure, person
from maillage.web.structures.actions.followed import theme_names
from maillage.web.structures.actions.listing import MARKS
from maillage.web.structures.actions.report import report_blocks

HEADER = (
    "Mission", "Code", "Action", "État", "Pilote", "Partenaires", "Étapes faites", "Étapes", "Budget (€)",
    "Dépensé (€)", "Public touché",
)  # fmt: skip
OLDEST = 2000


@dataclass(frozen=True)
class ThemeFact:
    """What is said of the themes of the public-health missions, with the mark of a tag."""

    mark: str
    icon: str
    label: str
    words: str


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The plan, mission by mission, money and people of the year that its address asks; ``format`` exports it."""
    year, today = year_of(request), timezone.localdate()
    plans = plan_of(structure, today, year)
    if kind := request.GET.get("format"):
        return export(exported(kind), f"plan-d-actions-{year}", HEADER, [row for each in plans for row in _rows(each)])
    code = structure_code(structure.kind)
    context = {
        "structure": structure,
        "dedans": may_see_inside(person(request), structure),
        "peut_ecrire": may_write(person(request), structure),
        "annee": year,
        "annees": range(today.year + 1, today.year - 5, -1),
        "accord": AGREEMENTS[code],
        "plans": plans,
        "sans_action": [each.mission for each in plans if each.mission and not each.lines],
        "niveaux": LEVELS,
        "marques": MARKS,
        "total": whole_of(plans),
        "sante_publique": PUBLIC_HEALTH,
        "themes": theme_facts(structure, plans),
        "source_des_themes": next((each.source for each in themes(code, "mission", today)), ""),
    }
    return render(request, "structures/actions/missions.html", context)


@require_safe
@of_structure
def report(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The report of the plan for a year, as a PDF."""
    year, today = year_of(request), timezone.localdate()
    plans = plan_of(structure, today, year)
    facts = [each.words for each in theme_facts(structure, plans)]
    title = f"Rapport du plan d'actions {year}"
    agreement = AGREEMENTS[structure_code(structure.kind)]
    blocks = report_blocks(structure.nom, agreement, year, plans, whole_of(plans), facts, today)
    content = blocks_pdf(title, blocks, today, header=structure.nom)
    disposition = {"Content-Disposition": f'attachment; filename="plan-d-actions-{year}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def year_of(request: HttpRequest) -> int:
    """The civil year that the address asks, this one by default."""
    asked, today = request.GET.get("annee", ""), timezone.localdate()
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    return year if OLDEST <= year <= today.year + 1 else today.year


def whole_of(plans: Sequence[MissionPlan]) -> Total:
    """The sum of the plan: an action that answers to two missions counts once."""
    lines = {line.action.pk: line.count for each in plans for line in each.lines}
    return total(lines.values())


def theme_facts(structure: Structure, plans: Sequence[MissionPlan]) -> list[ThemeFact]:
    """Whether the public-health missions of an MSP bear on different themes; nothing for another structure."""
    names = theme_names(structure.kind)
    actions = [
        line.action for each in plans if each.mission for line in each.lines if each.mission.code == PUBLIC_HEALTH
    ]
    if not names or not actions:
        return []
    held = public_health(actions)
    facts = [
        ThemeFact("no", "impossible", "à revoir", _same(titles, names.get(theme, theme)))
        for theme, titles in held.shared
    ]
    facts += [ThemeFact("todo", "inconnue", "à compléter", f"Thème à choisir : « {title} ».") for title in held.missing]
    if len(held.themes) > 1 and not held.shared:
        facts.append(ThemeFact("ok", "faite", "différents", f"{len(held.themes)} thèmes différents."))
    return facts


def _same(titles: Sequence[str], theme: str) -> str:
    return f"{_listed(titles)} ont le même thème, « {theme} » : l'accord n'en compte qu'une."


def _listed(titles: Sequence[str]) -> str:
    quoted = [f"« {title} »" for title in titles]
    return f"{', '.join(quoted[:-1])} et {quoted[-1]}"


def _rows(plan: MissionPlan) -> list[list[Any]]:
    mission: Mapping[str, str] = plan.mission.as_dict() if plan.mission else {"titre": "Aucune mission", "code": ""}
    return [
        [
            mission["titre"],
            mission["code"],
            line.action.title,
            line.action.get_state_display(),
            str(line.action.pilot or ""),
            line.action.partners,
            line.count.done,
            line.count.steps,
            french.UNKNOWN if line.count.budget is None else float(line.count.budget),
            float(line.count.spent),
            line.count.reached,
        ]
        for line in plan.lines
    ]
