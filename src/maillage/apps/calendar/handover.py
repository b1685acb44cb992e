"""« Passation »: what a new coordinator must know on the first day, gathered from what was recorded."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import Role, User
from maillage.apps.activity.between_meetings import open_follow_ups, pending_topics
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import tell
from maillage.apps.calendar.gathering import late_and_coming
from maillage.apps.calendar.models import HandoverNote
from maillage.apps.common.screening import screened
from maillage.apps.contracts.queries import contracts_of, documents_of, read_contract, read_document
from maillage.apps.digital.queries import every_tool
from maillage.apps.governance.queries import current, mandates_of
from maillage.apps.structures.models import Structure
from maillage.apps.structures.queries import present
from maillage.core.activity.habits import Held, habits
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

SIX_MONTHS, A_YEAR = datetime.timedelta(days=183), datetime.timedelta(days=365)
MOST_ROWS = 60
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
UNKNOWN = french.UNKNOWN
Rows = list[tuple[str, ...]]
Heading = HandoverNote.Heading


@dataclass(frozen=True)
class Part:
    """A part of the page: a table, what to say when it is empty, where to read all of it (a path of the structure)."""

    code: str
    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    empty: str
    page: str = ""

    @property
    def shown(self) -> list[list[tuple[str, str]]]:
        """The first rows, each cell with its heading; the document has the others."""
        return [list(zip(self.header, row, strict=True)) for row in self.rows[:MOST_ROWS]]

    @property
    def left(self) -> int:
        """How many rows are not shown."""
        return max(0, len(self.rows) - MOST_ROWS)


def handover_of(person: User, structure: Structure, *, at: datetime.datetime) -> list[Part]:
    """What this person may read of the structure, part by part."""
    today = timezone.localdate(at)
    return [
        _who(person, structure, today),
        _accesses(structure),
        _contracts(person, structure, today),
        *_days(structure, today),
        _to_do(structure),
        _documents(person, structure, today),
        _tools(person, structure),
        _habits(structure, at),
    ]


def notes_of(structure: Structure) -> list[tuple[Heading, HandoverNote | None]]:
    """What was written under each heading."""
    rows = {each.heading: each for each in structure.handover_notes.select_related("written_by")}
    return [(heading, rows.get(heading.value)) for heading in Heading]


@transaction.atomic
def write_note(
    structure: Structure, heading: Heading, text: str, *, seen: str, by: User, at: datetime.datetime
) -> HandoverNote:
    """Write under a heading. ``seen``: the text that was shown, to lose nobody's words. Raises :class:`PatientData`."""
    check_writes(by, structure, "écrire une note de passation")
    screened({heading.value: text})
    start = {"written_at": at, "written_by": by}
    HandoverNote.objects.get_or_create(structure=structure, heading=heading, defaults=start)
    row = HandoverNote.objects.select_for_update(of=("self",)).get(structure=structure, heading=heading)
    if row.text not in (seen, text):
        expected = "le texte à jour : quelqu'un l'a modifié pendant que vous écriviez"
        raise BadInput([Problem(heading.value, None, expected)])
    if row.text != text:
        before, row.text, row.written_at, row.written_by = row.text, text, at, by
        row.save()
        told = {"before": {"texte": before}, "after": {"texte": text}}
        tell(structure, by=by, at=at, verb="écrire une note de passation", subject=row, **told)
    return row


def _who(person: User, structure: Structure, today: datetime.date) -> Part:
    mandates = current(mandates_of(person, structure), today)
    rows: Rows = [(str(each.member), f"{each.function}, {each.body}", _day(each.until)) for each in mandates]
    rows += [(str(each), each.fonction, "") for each in present(structure).exclude(fonction="")]
    empty = "Personne n’est noté : écrivez les mandats dans « Gouvernance », les fonctions dans « Équipe »."
    return Part("qui", "Qui tient quoi", ("Nom", "Fonction ou mandat", "Jusqu’au"), rows, empty, "gouvernance/")


def _accesses(structure: Structure) -> Part:
    roles = Role.objects.filter(organisation=structure.organisation_id, until=None).select_related("user")
    rows = [
        (each.user.full_name, str(each.get_name_display()), _day(timezone.localdate(each.since)))
        for each in roles.order_by("name", "user__nom", "pk")
    ]
    return Part("acces", "Qui entre dans Maillage", ("Nom", "Rôle", "Depuis le"), rows, "Personne n’a de rôle.")


def _contracts(person: User, structure: Structure, today: datetime.date) -> Part:
    rows = []
    for each in contracts_of(person, structure):
        found = read_contract(each, today).standing
        told = (each.title, str(each.entity or UNKNOWN), _day(found.ends_on, UNKNOWN), _day(found.leave_by))
        rows.append(told)
    header = ("Contrat", "Signataire", "Finit le", "À dénoncer avant le")
    return Part("contrats", "Contrats et conventions", header, rows, "Aucun contrat n’est enregistré.", "entites/")


def _days(structure: Structure, today: datetime.date) -> list[Part]:
    """The six months to come, and what is late."""
    overdue, coming = late_and_coming(structure, since=today, until=today + SIX_MONTHS, today=today)
    header = ("Jour", "Quoi", "Nature")
    told = [[(_day(each.day), each.due.what, each.nature_told) for each in rows] for rows in (coming, overdue)]
    return [
        Part("a-venir", "Les six mois à venir", header, told[0], "Rien n’est prévu.", "calendrier/?vue=liste"),
        Part("retard", "En retard", header, told[1], "Rien n’est en retard.", "calendrier/"),
    ]


def _to_do(structure: Structure) -> Part:
    rows: Rows = [
        (each.what, str(each.owner or "personne pour l’instant"), _day(each.due_on))
        for each in open_follow_ups(structure)
    ]
    rows += [(f"Sujet à traiter : {each.title}", "", "") for each in pending_topics(structure)]
    header = ("Quoi", "Responsable", "Pour le")
    return Part("suites", "Tâches et sujets ouverts", header, rows, "Rien n’est ouvert.", "reunions/suites/")


def _documents(person: User, structure: Structure, today: datetime.date) -> Part:
    rows = []
    for each in documents_of(person, structure):
        last = read_document(each, today).last
        expires = _day(last.expires_on) if last else ""
        rows.append((each.title, str(each.get_category_display()), str(each.owner or ""), expires))
    header = ("Document", "Catégorie", "Responsable", "Expire le")
    return Part("documents", "Documents", header, rows, "Aucun document n’est rangé.", "documents/")


def _tools(person: User, structure: Structure) -> Part:
    tools = every_tool(person, structure).filter(removed_at=None, ended_on=None)
    rows = [(each.product, str(each.get_use_display()), each.link, _day(each.renews_on)) for each in tools]
    header = ("Outil", "Usage", "Adresse", "À renouveler le")
    return Part("outils", "Outils numériques", header, rows, "Aucun outil n’est noté.", "numerique/")


def _habits(structure: Structure, at: datetime.datetime) -> Part:
    rows = structure.meetings.filter(state=Meeting.State.CLOSE, starts_at__gte=at - A_YEAR, starts_at__lte=at)
    held = [Held(each.kind, timezone.localtime(each.starts_at), each.minutes, each.place) for each in rows]
    kinds = dict(Meeting.Kind.choices)
    told = [
        (
            str(kinds.get(each.kind, each.kind)).capitalize(),
            french.number(each.count),
            WEEKDAYS[each.weekday] if each.weekday is not None else "variable",
            f"{each.hour:%H:%M}" if each.hour else "variable",
            f"{each.minutes} minutes",
            each.place or "variable",
        )
        for each in habits(held)
    ]
    header = ("Réunion", "Sur douze mois", "Jour", "Heure", "Durée", "Lieu")
    empty = "Moins de trois réunions closes de même nature en douze mois : aucune habitude à dire."
    return Part("habitudes", "Les réunions habituelles", header, told, empty, "reunions/")


def _day(day: datetime.date | None, otherwise: str = "") -> str:
    return french.day(day) if day else otherwise


def written(notes: Iterable[tuple[Heading, HandoverNote | None]]) -> list[tuple[str, str]]:
    """The notes that hold something, as the document tells them: heading, text."""
    return [(str(heading.label), note.text) for heading, note in notes if note is not None and note.text]
