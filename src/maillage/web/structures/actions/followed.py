"""What a sheet shows of its follow-up: its steps, its count, each indicator with its values and their chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from maillage.apps.activity.models import Action, ActionNote
from maillage.apps.activity.plan_queries import count_of
from maillage.core.activity.plan import Followed
from maillage.core.activity.themes import themes
from maillage.core.documents.followed_charts import trend
from maillage.core.projet.elaboration import structure_code

MARKS = {True: ("ok", "faite", "faite"), False: ("todo", "a_venir", "à faire")}


@dataclass(frozen=True)
class Indicator:
    """An indicator with its values, the last first; ``chart`` is empty below two."""

    name: str
    target: str
    source: str
    notes: tuple[ActionNote, ...]
    chart: str

    @property
    def last(self) -> Decimal | None:
        """Its last value."""
        return self.notes[0].amount if self.notes else None


@dataclass(frozen=True)
class Follow:
    """The follow-up of an action."""

    count: Followed
    indicators: tuple[Indicator, ...]
    rest: tuple[ActionNote, ...]
    """People reached and spending, the last first."""

    @property
    def left(self) -> Decimal | None:
        """What is left of the budget, ``None`` when it is to be confirmed."""
        return None if self.count.budget is None else self.count.budget - self.count.spent


def follow_of(action: Action) -> Follow:
    """What follows a sheet, read with its steps and its notes."""
    notes = sorted(action.notes.all(), key=lambda each: each.day, reverse=True)
    rest = tuple(each for each in notes if each.kind != ActionNote.Kind.VALEUR)
    return Follow(count_of(action), tuple(_indicators(action, notes)), rest)


def theme_of(action: Action) -> str:
    """The public-health theme of a sheet in words; its code when no text names it any more."""
    if not action.theme:
        return ""
    return theme_names(action.structure.kind).get(action.theme, action.theme)


def theme_names(kind: str) -> dict[str, str]:
    """The public-health themes of the agreement of a structure, by code."""
    code = structure_code(kind)
    return {each.code: each.title for each in themes(code, "mission", timezone.localdate())} | OTHER_THEMES.get(
        code, {}
    )


def _indicators(action: Action, notes: list[ActionNote]) -> Iterator[Indicator]:
    told = {each["nom"]: (each["cible"], each["source"]) for each in action.indicators}
    gone = {each.indicator: ("", "") for each in notes if each.indicator and each.indicator not in told}
    for name, (target, source) in (told | gone).items():
        values = tuple(each for each in notes if each.indicator == name)
        chart = trend(name, [(each.day, each.amount) for each in values])
        yield Indicator(name, target, source, values, chart)


OTHER_THEMES = {"MSP": {"prs": "Cohérent avec le projet régional de santé (hors des thèmes de l'annexe 2)"}}
"""What an agreement lets choose beside the themes that it names."""
