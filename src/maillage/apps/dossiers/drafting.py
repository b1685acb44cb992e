"""Writing a dossier before it is sent, or sent again: start it, answer, choose the version, entrust it, leave it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.answering import received
from maillage.apps.dossiers.joining import Given, erase_unused, join, put_back, remove
from maillage.apps.dossiers.models import Dossier, Piece
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.opening import check_open
from maillage.apps.dossiers.permissions import may_draft
from maillage.apps.dossiers.prefill import prefilled
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import Refusal, refused
from maillage.apps.dossiers.starting import departement_of, startable
from maillage.apps.dossiers.telling import tell
from maillage.apps.projets.models import Projet, Version
from maillage.apps.projets.permissions import may_write
from maillage.apps.structures.models import Structure
from maillage.core.dossiers import kinds
from maillage.core.dossiers.answers import counted
from maillage.core.dossiers.calendar import day_in
from maillage.core.kernel.problems import BadInput

STARTED, ANSWERED = "commencer un dossier", "remplir le formulaire"
ENDED = (Dossier.Phase.CLOS,)

__all__ = [
    "ANSWERED", "Given", "Overtaken", "choose_version", "delete", "duplicate", "entrust", "join", "put_back", "remove",
    "start", "write_answers",
]  # fmt: skip


class Overtaken(BadInput):
    """Someone else answered the same questions meanwhile. ``stored`` holds what they wrote, by code; ``revision`` is
    the one to send back to write over it, knowing it."""

    def __init__(self, stored: Mapping[str, Any], revision: int) -> None:
        self.stored, self.revision = dict(stored), revision
        words = "Quelqu'un a répondu à cette question pendant que vous écriviez."
        super().__init__(Refusal(code, None, words) for code in stored)


@transaction.atomic
def start(projet: Projet, kind: str, *, by: User, at: datetime.datetime) -> Dossier:
    """Begin a dossier of a kind for a project, its first answers taken from the structure.

    Raises :class:`NotAllowed`, :class:`BadInput` for a kind that this project may not begin now.
    """
    if not may_write(by, projet):
        raise NotAllowed("commencer un dossier")
    structure = Structure.objects.select_for_update(of=("self",)).get(pk=projet.structure_id)
    today = day_in(structure.region, at)
    definition = kinds.kind(kind, structure.region)
    found = next((each for each in startable(projet, today=today) if each.definition.code == kind), None)
    if found is None:
        raise refused("nature", "Cette démarche n'est pas celle de votre structure.")
    if found.why_not:
        raise refused("nature", found.why_not)
    answers = {code: each.value for code, each in prefilled(definition, structure, projet).items()}
    dossier = Dossier.objects.create(
        kind=kind, structure=structure, projet=projet, filer=structure.organisation, region=structure.region,
        departement=departement_of(structure), state=definition.first, answers=answers, created_at=at, created_by=by,
    )  # fmt: skip
    write_event(dossier, STARTED, by=by, at=at, after={"nature": kind})
    return dossier


@transaction.atomic
def write_answers(
    dossier: Dossier, answers: Mapping[str, Any], revision: int | Mapping[str, int], *, by: User, at: datetime.datetime
) -> Dossier:
    """Keep these answers (what was typed, by code; nothing takes an answer back), written from a revision of the whole,
    or of each.

    Only what the author changed is to be given. Raises :class:`Overtaken` when one of these questions was answered
    otherwise since that revision, :class:`BadInput` beside each answer that cannot be kept; then nothing is written.
    """
    if not may_draft(by, dossier):
        raise NotAllowed("remplir ce dossier")
    dossier = locked(dossier.pk)
    check_open(dossier)
    values = received(definition_of(dossier), answers)
    changed = {code: value for code, value in values.items() if value != dossier.answers.get(code)}
    late = [code for code in changed if dossier.touched.get(code, 0) > _since(revision, code)]
    if late:
        raise Overtaken({code: dossier.answers.get(code) for code in late}, dossier.revision)
    if not changed:
        return dossier
    before = {code: dossier.answers.get(code) for code in changed}
    dossier.revision += 1
    kept = {**dossier.answers, **changed}
    dossier.answers = {code: value for code, value in kept.items() if value is not None}
    dossier.touched = {**dossier.touched, **dict.fromkeys(changed, dossier.revision)}
    dossier.save(update_fields=["answers", "touched", "revision"])
    write_event(dossier, ANSWERED, by=by, at=at, before=before, after=changed)
    return dossier


def _since(revision: int | Mapping[str, int], code: str) -> int:
    return revision if isinstance(revision, int) else revision.get(code, 0)


@transaction.atomic
def choose_version(dossier: Dossier, version: Version | None, *, by: User, at: datetime.datetime) -> Dossier:
    """Say which version of the project is joined; its PDF is made at the deposit."""
    if not may_draft(by, dossier):
        raise NotAllowed("remplir ce dossier")
    dossier = locked(dossier.pk)
    check_open(dossier)
    if version is not None and version.projet.structure_id != dossier.structure_id:
        raise refused("version", "Choisissez une version d'un projet de cette structure.")
    if dossier.version == version:
        return dossier
    before = dossier.version.number if dossier.version else None
    dossier.version = version
    dossier.save(update_fields=["version"])
    after = version.number if version else None
    write_event(
        dossier, "choisir la version du projet", by=by, at=at, before={"version": before}, after={"version": after}
    )
    return dossier


@transaction.atomic
def entrust(dossier: Dossier, organisation: Organisation | None, *, by: User, at: datetime.datetime) -> Dossier:
    """Let a collectivité file a dossier, or take it back (``None``), while it was never filed."""
    if not may_draft(by, dossier):
        raise NotAllowed("confier ce dossier")
    dossier = locked(dossier.pk)
    if dossier.phase != Dossier.Phase.BROUILLON:
        raise refused("collectivite", "Ce dossier est déjà déposé : qui le dépose ne change plus.")
    if definition_of(dossier).depose_par != "collectivite":
        raise refused("collectivite", "Cette démarche est déposée par la structure elle-même.")
    if organisation is not None and not collectivites(dossier).filter(pk=organisation.pk).exists():
        raise refused("collectivite", "Choisissez une collectivité de la liste.")
    before = dossier.filer
    dossier.filer = organisation or dossier.structure.organisation
    if dossier.filer == before:
        return dossier
    dossier.save(update_fields=["filer"])
    write_event(
        dossier,
        "confier le dépôt",
        by=by,
        at=at,
        before={"depose_par": before.nom},
        after={"depose_par": dossier.filer.nom},
    )
    if organisation is not None:
        _tell_collectivite(dossier, organisation, by, at)
    return dossier


def _tell_collectivite(dossier: Dossier, organisation: Organisation, by: User, at: datetime.datetime) -> None:
    held = Role.objects.filter(organisation=organisation, name=Role.Name.PORTEUR, until=None)
    people = User.objects.filter(roles__in=held, is_active=True).distinct()
    title, address = "Un dossier à déposer vous est confié", f"/dossiers/{dossier.pk}/"
    tell(dossier, "message", by=by, at=at, people=people, title=title, address=address)


def collectivites(dossier: Dossier) -> QuerySet[Organisation]:
    """The open collectivités of this installation to which the filing may be entrusted, those of the region."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.COLLECTIVITE, closed_at=None)
    return rows.filter(region__in=("", dossier.region)).order_by("nom")


@transaction.atomic
def delete(dossier: Dossier, *, by: User, at: datetime.datetime) -> None:
    """Erase a draft that was never filed, with its files. The log keeps that it was there."""
    if not may_draft(by, dossier):
        raise NotAllowed("supprimer ce dossier")
    dossier = locked(dossier.pk)
    if dossier.phase != Dossier.Phase.BROUILLON or dossier.deposits.exists():
        raise refused("", "Ce dossier a été déposé : il se retire, il ne se supprime pas.")
    files = [piece.file for piece in dossier.pieces.select_related("file")]
    write_event(dossier, "supprimer un brouillon", by=by, at=at, before={"nature": dossier.kind})
    dossier.delete()
    erase_unused(files, by=by, at=at)


@transaction.atomic
def duplicate(dossier: Dossier, *, by: User, at: datetime.datetime) -> Dossier:
    """Begin a new draft from a dossier that is over (withdrawn, refused…): its answers, its pieces, its version."""
    if dossier.projet is None or not may_write(by, dossier.projet):
        raise NotAllowed("recommencer ce dossier")
    if dossier.phase not in ENDED:
        raise refused("", "Ce dossier n'est pas clos : amendez-le, ou retirez-le d'abord.")
    made = start(dossier.projet, dossier.kind, by=by, at=at)
    definition = definition_of(made)
    made.answers = {**made.answers, **counted(definition, dossier.answers)}
    made.version = dossier.version
    made.save(update_fields=["answers", "version"])
    made_here = {each.code for each in definition.pieces if each.origine == "projet"}
    Piece.objects.bulk_create(
        Piece(dossier=made, code=each.code, file=each.file, added_at=at, added_by=by)
        for each in dossier.pieces.filter(withdrawn_at=None).select_related("file")
        if each.code not in made_here
    )
    write_event(made, "reprendre un dossier", by=by, at=at, after={"repris_de": str(dossier)})
    return made
