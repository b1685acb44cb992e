"""The verbs on a whole project: start it, name it, share it, put it away, take it over for another structure."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.apps.diagnostics import queries as diagnostics
from maillage.apps.diagnostics import services as kept_diagnoses
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_manage, may_write
from maillage.apps.projets.sections_of import add_sections
from maillage.apps.projets.workflow import transition
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.services import check_structure, codes_of, create_structure
from maillage.apps.structures.services import rename as rename_structure
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.territory.diagnosis.results import Diagnosis

LONGEST_TITLE = 200
COPIED = (
    "user_id", "nom", "prenom", "email", "metier", "fonction", "mode", "rpps", "rpps_checked_at", "etp", "commune",
    "is_signatory", "joined_on",
)  # fmt: skip
"""What a member keeps from a structure to another; sites are those of a structure."""


@dataclass(frozen=True)
class NewProjet:
    """What a project starts from. ``communes``: codes INSEE; ``situation``: that of the orientation, or nothing.

    ``carrier`` says what the person who creates it does in the team, ``None`` when they are not of it.
    """

    kind: str
    nom: str
    communes: Sequence[str]
    region: str = ""
    specialite: str = ""
    situation: Mapping[str, Any] = field(default_factory=dict)
    carrier: MemberFields | None = None


def create_projet(new: NewProjet, *, by: User, at: datetime.datetime, today: datetime.date) -> Projet:
    """Start a project: its structure, who carries it, its headings, the diagnosis of its territory.

    One transaction: everything is written or nothing. Raises :class:`BadInput` with everything that is wrong.
    """
    if new.situation:
        read(SituationOrientation, dict(new.situation))
    check_structure(kind=new.kind, nom=new.nom, communes=new.communes, specialite=new.specialite)
    if new.carrier is not None:
        screened({"nom_porteur": new.carrier.nom, "prenom_porteur": new.carrier.prenom}, kinds=OF_A_NAME)
    diagnosis = _diagnosis(new.kind, new.nom, new.communes, today)
    with transaction.atomic():
        structure = create_structure(
            kind=new.kind,
            nom=new.nom,
            communes=new.communes,
            region=new.region,
            specialite=new.specialite,
            by=by,
            at=at,
        )
        if new.carrier is not None:
            _add_carrier(structure, new.carrier, by, at)
        kept = kept_diagnoses.keep(diagnosis, by=by.event_actor, at=at)
        return _start(structure, new.situation, kept, by=by, at=at, today=today)


@transaction.atomic
def rename(projet: Projet, *, title: str, by: User, at: datetime.datetime) -> Projet:
    """Give a project another title. Raises :class:`NotAllowed`, :class:`BadInput`."""
    _check_writes(projet, by, "renommer le projet")
    words = " ".join(title.replace("\0", "").split())
    if not words or len(words) > LONGEST_TITLE:
        raise BadInput([Problem("title", words or None, f"un titre d'au plus {LONGEST_TITLE} caractères")])
    screened({"title": words})
    before, projet.title = projet.title, words
    if before != words:
        projet.save(update_fields=["title"])
        _log(projet, "renommer", by, at, {"titre": before}, {"titre": words})
    return projet


@transaction.atomic
def name_both(projet: Projet, *, title: str, nom: str, by: User, at: datetime.datetime) -> None:
    """Give another title to a project and another name to its structure, or neither.

    Raises :class:`NotAllowed`, and :class:`BadInput` with everything that is wrong.
    """
    problems: list[Problem] = []
    try:
        rename(projet, title=title, by=by, at=at)
    except BadInput as wrong:
        problems += wrong.problems
    try:
        rename_structure(projet.structure, nom=nom, by=by, at=at)
    except BadInput as wrong:
        problems += wrong.problems
    if problems:
        raise BadInput(problems)


@transaction.atomic
def move(projet: Projet, *, verb: str, by: User, at: datetime.datetime) -> Projet:
    """Share, stop sharing, archive or restore a project (see the table of :mod:`.workflow`).

    Raises :class:`NotAllowed`, and :class:`BadInput` when the state does not allow it.
    """
    row = Projet.objects.select_for_update(of=("self",)).get(pk=projet.pk)
    if not may_manage(by, row):
        raise NotAllowed(f"{verb} ce projet")
    found = transition(verb, row.state)
    row.state = found.target
    row.save(update_fields=["state"])
    _log(row, verb, by, at, {"etat": found.source}, {"etat": found.target})
    projet.state = row.state
    return row


@transaction.atomic
def take_over(projet: Projet, *, kind: str, nom: str, by: User, at: datetime.datetime, today: datetime.date) -> Projet:
    """Start the project of another structure from this one: same team, same territory, texts of the same headings.

    The former project stays as it is. Raises :class:`NotAllowed`, :class:`BadInput`.
    """
    if not may_manage(by, projet):
        raise NotAllowed("reprendre ce projet pour une autre structure")
    former = projet.structure
    structure = create_structure(kind=kind, nom=nom, communes=codes_of(former), region=former.region, by=by, at=at)
    Member.objects.bulk_create(_copy_member(each, structure) for each in former.members.filter(left_on=None))
    texts = {f"{kind}.{each.code.partition('.')[2]}": each.body for each in projet.sections.all()}
    new = _start(structure, projet.situation, projet.diagnosis, by=by, at=at, today=today, texts=texts)
    _log(projet, "reprendre", by, at, None, {"projet": str(new.pk), "nature": kind})
    return new


def diagnose(projet: Projet, *, by: User, at: datetime.datetime, today: datetime.date) -> KeptDiagnosis:
    """Make the diagnosis of the territory with the data of today, keep it, and attach it to the project.

    The former one stays kept. Raises :class:`NotAllowed`, :class:`BadInput`.
    """
    _check_writes(projet, by, "refaire le diagnostic")
    structure = projet.structure
    found = _diagnosis(structure.kind, structure.nom, codes_of(structure), today)
    with transaction.atomic():
        before = projet.diagnosis
        kept = kept_diagnoses.keep(found, by=by.event_actor, at=at, previous=before)
        return attach(projet, kept, by=by, at=at)


@transaction.atomic
def attach(projet: Projet, kept: KeptDiagnosis, *, by: User, at: datetime.datetime) -> KeptDiagnosis:
    """Make a kept diagnosis the one of the project. Raises :class:`NotAllowed`."""
    _check_writes(projet, by, "choisir le diagnostic")
    before, projet.diagnosis = projet.diagnosis_id, kept
    if before != kept.pk:
        projet.save(update_fields=["diagnosis"])
        former = {"diagnostic": str(before)} if before else None
        _log(projet, "rattacher", by, at, former, {"diagnostic": str(kept.pk)})
    return kept


def _start(
    structure: Structure,
    situation: Mapping[str, Any],
    diagnosis: KeptDiagnosis | None,
    *,
    by: User,
    at: datetime.datetime,
    today: datetime.date,
    texts: Mapping[str, Any] | None = None,
) -> Projet:
    projet = Projet.objects.create(
        structure=structure,
        title=f"Projet de santé — {structure.nom}"[:LONGEST_TITLE],
        situation=dict(situation),
        diagnosis=diagnosis,
        starts_on=today,
        created_at=at,
        created_by=by,
    )
    add_sections(projet, day=today, texts=texts)
    _log(projet, "creer", by, at, None, {"structure": str(structure.pk), "nature": structure.kind})
    return projet


def _diagnosis(kind: str, nom: str, codes: Sequence[str], today: datetime.date) -> Diagnosis:
    chosen = {"communes": list(codes), "structure": kind, "nom": nom[:120]}
    return diagnostics.diagnose(read_selection(chosen), today=today)


def _add_carrier(structure: Structure, fields: MemberFields, by: User, at: datetime.datetime) -> None:
    values = fields.model_dump(exclude={"site", "joined_on"})
    Member.objects.create(structure=structure, user=by, joined_on=timezone.localdate(at), **values)


def _copy_member(member: Member, structure: Structure) -> Member:
    return Member(structure=structure, **{name: getattr(member, name) for name in COPIED})


def _check_writes(projet: Projet, by: User, act: str) -> None:
    if not may_write(by, projet):
        raise NotAllowed(act)


def _log(
    projet: Projet,
    verb: str,
    by: User,
    at: datetime.datetime,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    scope = str(projet.structure.organisation_id)
    record(by=by, at=at, verb=verb, subject=projet, before=before, after=after, scope=scope)
