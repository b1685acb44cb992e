"""What changed between two contents of a project, ready for its template."""

from dataclasses import dataclass

from maillage.core.projet.comparison import Comparison, SectionChange, TableChange
from maillage.core.text import INSERTS, Html

AROUND = 1
"""How many unchanged blocks stand around a change."""
STATES = {"vide": "vide", "en_cours": "en cours", "pret": "prêt", "a_revoir": "à revoir", "": "—"}


class ByName:
    """Shows what a text holds by reference under its name, not its value: values are compared apart."""

    def figure(self, ref: str) -> str:
        return f"[chiffre : {ref}]"

    def insert(self, kind: str, ref: str) -> str:
        return f"[{INSERTS.get(kind, kind)}{f' : {ref}' if ref else ''}]"

    def image(self, file: str) -> str | None:  # noqa: ARG002 - an image shows in neither text
        return None

    def mention(self, member: str, label: str) -> str:
        return label or member


@dataclass(frozen=True)
class Section:
    """A heading that changed, its text with what came and went."""

    code: str
    title: str
    kind: str
    states: tuple[str, str]
    html: Html


@dataclass(frozen=True)
class Changes:
    """All that changed, as the template reads it."""

    sections: tuple[Section, ...]
    tables: tuple[TableChange, ...]
    diagnosis: bool
    is_empty: bool


def shown(told: Comparison) -> Changes:
    """A comparison as its template reads it."""
    return Changes(tuple(_section(each) for each in told.sections), told.tables, told.diagnosis, told.is_empty)


def _section(change: SectionChange) -> Section:
    before, after = change.states
    html = change.text.as_html(ByName(), around=AROUND)
    return Section(change.code, change.title, change.kind, (STATES[before], STATES[after]), html)
