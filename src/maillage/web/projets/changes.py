"""What changed between two contents of a project, ready for its template."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.apps.projets.models import Projet
from maillage.core.projet.comparison import Comparison, SectionChange, TableChange
from maillage.core.text import INSERTS, Html

AROUND = 1
"""How many unchanged blocks stand around a change."""
STATES = {"vide": "vide", "en_cours": "en cours", "pret": "prêt", "a_revoir": "à revoir", "": "—"}


class ByName:
    """Shows what a text holds by reference under its name, not its value: values are compared apart."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def figure(self, ref: str) -> str:
        return f"[chiffre : {ref}]"

    def insert(self, kind: str, ref: str) -> str:
        return f"[{INSERTS.get(kind, kind)}{f' : {ref}' if ref else ''}]"

    def image(self, file: str) -> str | None:  # noqa: ARG002 - an image shows in neither text
        return None

    def mention(self, member: str, label: str) -> str | None:  # noqa: ARG002 - what was typed is not shown
        return self.names.get(member)


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


def shown(told: Comparison, projet: Projet) -> Changes:
    """A comparison as its template reads it; those who left the team keep their name."""
    names = ByName({str(member.pk): str(member) for member in projet.structure.members.all()})
    return Changes(tuple(_section(each, names) for each in told.sections), told.tables, told.diagnosis, told.is_empty)


def _section(change: SectionChange, names: ByName) -> Section:
    before, after = change.states
    html = change.text.as_html(names, around=AROUND)
    return Section(change.code, change.title, change.kind, (STATES[before], STATES[after]), html)
