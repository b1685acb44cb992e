"""The report of the plan of a year: what each mission did, with whom, for how much, and its indicators."""

import datetime
from collections.abc import Iterator, Sequence

from maillage.apps.activity.models import Action, ActionNote
from maillage.apps.activity.plan_queries import Line, MissionPlan
from maillage.core.activity.plan import Followed, Total
from maillage.core.documents.blocks import Block, Grid, Heading, Item, Paragraph
from maillage.core.kernel import french

NONE = "–"


def report_blocks(
    structure: str,
    agreement: str,
    year: int,
    plans: Sequence[MissionPlan],
    whole: Total,
    facts: Sequence[str],
    today: datetime.date,
) -> Iterator[Block]:
    """The blocks of the report; an action that answers to two missions is described under the first."""
    yield Heading(f"Rapport du plan d'actions {year}")
    yield Paragraph(f"{structure}. {agreement}. Arrêté au {french.day(today)}.")
    yield Paragraph(summary(whole, year), lead="En bref : ")
    for fact in facts:
        yield Item(fact, lead="Santé publique : ")
    told: set[object] = set()
    for plan in plans:
        if plan.lines:
            yield from _mission(plan, told, year)
    empty = [each.mission.title for each in plans if each.mission and not each.lines]
    if empty:
        yield Heading("Missions sans action")
        yield Paragraph(f"{' ; '.join(empty)}.")


def summary(whole: Total, year: int) -> str:
    """The plan in two sentences."""
    actions = f"{french.number(whole.actions)} {french.plural(whole.actions, 'action')}"
    words = f"{actions} ; en {year}, {french.number(whole.whole.reached)} personnes touchées et "
    words += f"{french.euros(whole.whole.spent)} dépensés. Budget prévu : {budget_words(whole.whole)}"
    unknown = f" ({whole.unknown} {french.plural(whole.unknown, 'budget')} à confirmer)" if whole.unknown else ""
    return f"{words}{unknown}."


def budget_words(count: Followed) -> str:
    """The budget, or « à confirmer »."""
    return french.UNKNOWN if count.budget is None else french.euros(count.budget)


def _mission(plan: MissionPlan, told: set[object], year: int) -> Iterator[Block]:
    yield Heading(plan.mission.title if plan.mission else "Actions hors des missions de l'accord")
    header = ("Action", "État", "Pilote", "Étapes", "Budget", "Dépensé", "Public")
    rows = tuple(_row(line) for line in plan.lines)
    widths = (0.3, 0.11, 0.17, 0.09, 0.12, 0.12, 0.09)
    yield Grid(header, rows, f"Actions et comptes de {year}", numbers=(4, 5, 6), widths=widths)
    for line in plan.lines:
        if line.action.pk not in told:
            told.add(line.action.pk)
            yield from _action(line.action, year)


def _row(line: Line) -> tuple[str, ...]:
    action, count = line.action, line.count
    steps = f"{count.done} / {count.steps}" if count.steps else NONE
    budget, spent = budget_words(count), french.euros(count.spent)
    state = action.get_state_display()
    return (action.title, state, str(action.pilot or "à désigner"), steps, budget, spent, french.number(count.reached))


def _action(action: Action, year: int) -> Iterator[Block]:
    values = [each for each in action.notes.all() if each.kind == ActionNote.Kind.VALEUR and each.day.year == year]
    texts = [("Objectif : ", action.objective), ("Partenaires : ", action.partners), ("Bilan : ", action.evaluation)]
    if not values and not any(text for _lead, text in texts):
        return
    yield Heading(action.title, level=2)
    for lead, text in texts:
        if text:
            yield Paragraph(text, lead=lead)
    if values:
        targets = {each["nom"]: each["cible"] for each in action.indicators}
        rows = tuple(
            (each.indicator, french.day(each.day), french.number(each.amount, 2), targets.get(each.indicator) or NONE)
            for each in values
        )
        yield Grid(("Indicateur", "Jour", "Valeur", "Cible"), rows, f"Indicateurs de {year}", numbers=(2,))
