"""The dashboard of a project: where it stands, what to do now."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.apps.accounts import journal
from maillage.apps.accounts.journal import Asked
from maillage.apps.accounts.models import User
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import may_draft
from maillage.apps.dossiers.queries import definition_of, visible
from maillage.apps.projets.completeness import completeness_for
from maillage.apps.projets.models import Projet, SectionConflict, Task
from maillage.apps.projets.permissions import may_manage, may_read_discussion, may_write
from maillage.apps.projets.roadmaps import Roadmap, roadmap_of
from maillage.apps.projets.signatures import Signatures, signatures_of
from maillage.apps.projets.tasks import tasks_of
from maillage.apps.projets.versions import last_version
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.queries import present, still_to_name
from maillage.core.kernel.french import plural
from maillage.web.dossiers.depot.waiting import what_awaits
from maillage.web.projets.access import of_projet, person
from maillage.web.projets.menu import address_of

MOST_ACTS, MOST_DEADLINES, MOST_TASKS = 5, 5, 6
HOLDS = ("prendre", "liberer")
"""Acts of who opens a section to write in it, and leaves it."""
TO_FILE = (Dossier.Phase.BROUILLON, Dossier.Phase.ATTENTE)
CHECKS = {"manque": "no", "inconnu": "todo", "a_nommer": "todo"}


@dataclass(frozen=True)
class ToDo:
    """Something that awaits this person: words, an address, perhaps a day."""

    words: str
    address: str
    due_on: datetime.date | None = None


@of_projet
def dashboard(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The first page of a project."""
    who, today = person(request), timezone.localdate()
    roadmap, signatures = roadmap_of(projet, today=today), signatures_of(projet)
    checks = completeness_for(who, projet, today=today)
    context = {
        "projet": projet,
        "peut_ecrire": may_write(who, projet),
        "peut_gerer": may_manage(who, projet),
        "etape": roadmap.next,
        "etapes_faites": roadmap.done,
        "etapes": len(roadmap.steps),
        "a_faire": list(to_do(who, projet, signatures))[:MOST_TASKS],
        "completude": checks,
        "faits": checks.done,
        "rubriques": len(checks.headings),
        "manques": [check for check in checks.checks if check.state in CHECKS][:4],
        "signatures": signatures,
        "equipe": present(projet.structure).count(),
        "signataires": present(projet.structure).filter(is_signatory=True).count(),
        "a_nommer": sum(count for _metier, count in still_to_name(projet.structure, projet.situation)),
        "actes": last_acts(who, projet),
        "echeances": deadlines(who, projet, roadmap, today)[:MOST_DEADLINES],
        "aujourd_hui": today,
    }
    return render(request, "projets/tableau_de_bord.html", context)


def last_acts(who: User, projet: Projet) -> list[journal.Line]:
    """The last acts on the project that this person may read; who held a section and let it go is left to the log."""
    acts = journal.events_for(who, Asked(scope=str(projet.structure.organisation_id))).exclude(verb__in=HOLDS)
    return list(journal.lines(acts[:MOST_ACTS]))


def to_do(who: User, projet: Projet, signatures: Signatures) -> Iterator[ToDo]:
    """What awaits this person, the most pressing first."""
    if signatures.version is not None and _has_to_sign(who, projet, signatures):
        number = signatures.version.number
        yield ToDo("Signer le projet", address_of("projet_versions_une", projet, numero=number))
    own = SectionConflict.objects.filter(section__projet=projet, author=who, resolved_at=None).select_related("section")
    for conflict in own:
        yield ToDo(
            f"Rapprocher deux textes : {conflict.section.title}",
            address_of("projet_document_rapprocher", projet, code=conflict.section.code, identifiant=conflict.pk),
        )
    for task in _open_tasks(who, projet).filter(in_charge__user=who):
        yield ToDo(task.title, address_of("projet_taches_une", projet, tache=task.pk), task.due_on)
    yield from _to_file(who, projet)
    if may_write(who, projet):
        yield from _to_gather(projet)


def _to_file(who: User, projet: Projet) -> Iterator[ToDo]:
    """What the dossiers of the structure ask of this person."""
    for dossier in visible(who).filter(structure=projet.structure, phase__in=TO_FILE):
        waiting = what_awaits(dossier) if may_draft(who, dossier) else None
        if waiting is not None:
            yield ToDo(f"{definition_of(dossier).titre} : {waiting.words}", waiting.address)


def _to_gather(projet: Projet) -> Iterator[ToDo]:
    """What the orientation counted and the project does not name yet."""
    team = address_of("structure_equipe", projet)
    missing = still_to_name(projet.structure, projet.situation)
    for metier, count in missing:
        yield ToDo(f"Nommer {count} {plural(count, *metiers()[metier])}", f"{team}#a-nommer")
    if not missing and not present(projet.structure).exists():
        yield ToDo("Ajouter les membres de l’équipe", team)
    if not projet.structure.sites.exists():
        yield ToDo("Dire où l’équipe reçoit, et quand", address_of("structure_horaires", projet))


def _has_to_sign(who: User, projet: Projet, signatures: Signatures) -> bool:
    if last_version(projet) != signatures.version:
        return False
    own = {str(pk) for pk in present(projet.structure).filter(user=who).values_list("pk", flat=True)}
    return any(line.member in own and line.signature is None for line in signatures.lines)


def _open_tasks(who: User, projet: Projet) -> QuerySet[Task]:
    """The tasks that are to do; none for who is not of the structure."""
    rows = tasks_of(projet).filter(done_at=None)
    return rows if may_read_discussion(who, projet) else rows.none()


def deadlines(who: User, projet: Projet, roadmap: Roadmap, today: datetime.date) -> list[dict[str, Any]]:
    """The next days that count: steps and tasks, those that are late first."""
    address = address_of("projet_feuille_de_route", projet)
    found: list[dict[str, Any]] = [
        {"jour": step.date.day, "quoi": step.about.title, "adresse": f"{address}#etape-{step.code}"}
        for step in roadmap.steps
        if not step.is_over and step.date.day is not None
    ]
    found += [
        {
            "jour": task.due_on,
            "quoi": task.title,
            "adresse": address_of("projet_taches_une", projet, tache=task.pk),
        }
        for task in _open_tasks(who, projet).exclude(due_on=None)
    ]
    return [
        {**each, "en_retard": each["jour"] < today}
        for each in sorted(found, key=lambda each: (each["jour"], each["quoi"]))
    ]
