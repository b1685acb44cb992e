"""The labels that an authority puts on its dossiers: words of its own, that who files does not see."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Count, QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import has_role
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.dossiers.models import Dossier, Label
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.permissions import INSIDERS, REVIEWERS, may_review
from maillage.apps.dossiers.refusals import refused

LONGEST = 40


def labels_of(organisation: Organisation) -> QuerySet[Label]:
    """The labels of an authority by name, each with ``count``: how many dossiers wear it."""
    return Label.objects.filter(organisation=organisation).annotate(count=Count("dossiers")).order_by("name", "pk")


def authorities_of(person: User) -> list[Organisation]:
    """The authorities that a person serves, by name: theirs, and those of their délégations."""
    roles = Role.objects.filter(user=person, until=None, name__in=INSIDERS, organisation__closed_at=None)
    bodies = [each.organisation for each in roles.select_related("organisation__parent")]
    found = {
        each.parent if each.kind == Organisation.Kind.DELEGATION and each.parent else each
        for each in bodies
        if each.kind != Organisation.Kind.STRUCTURE
    }
    return sorted(found, key=lambda each: (each.nom, str(each.pk)))


def may_manage_labels(person: User, organisation: Organisation) -> bool:
    """Whether a person makes, renames and removes the labels of an authority: who reviews in it or in its délégations,
    and who administers it."""
    names = REVIEWERS | {Role.Name.ADMINISTRATEUR}
    if has_role(person, organisation, names):
        return True
    parts = Role.objects.filter(user=person, until=None, name__in=REVIEWERS, organisation__parent=organisation)
    return parts.filter(organisation__kind=Organisation.Kind.DELEGATION, organisation__closed_at=None).exists()


@transaction.atomic
def make_label(organisation: Organisation, name: str, *, by: User, at: datetime.datetime) -> Label:
    """A label of this name, made when the authority has none. Raises :class:`BadInput`, :class:`NotAllowed`."""
    _check(organisation, by)
    name = _checked_name(name)
    found = Label.objects.filter(organisation=organisation, name__iexact=name).first()
    if found is not None:
        return found
    label = Label.objects.create(organisation=organisation, name=name)
    record(by=by, at=at, verb="créer une étiquette", subject=label, after={"nom": name}, scope=str(organisation.pk))
    return label


@transaction.atomic
def rename_label(label: Label, name: str, *, by: User, at: datetime.datetime) -> Label:
    """Give a label another name. Raises :class:`BadInput` when another one has it, :class:`NotAllowed`."""
    _check(label.organisation, by)
    name = _checked_name(name)
    row = Label.objects.select_for_update().get(pk=label.pk)
    if Label.objects.filter(organisation=row.organisation, name__iexact=name).exclude(pk=row.pk).exists():
        raise refused("nom", f"L'étiquette « {name} » existe déjà.")
    before, row.name = row.name, name
    row.save(update_fields=["name"])
    scope = str(row.organisation_id)
    record(
        by=by, at=at, verb="renommer une étiquette", subject=row, before={"nom": before}, after={"nom": name},
        scope=scope,
    )  # fmt: skip
    return row


@transaction.atomic
def remove_label(label: Label, *, by: User, at: datetime.datetime) -> None:
    """Remove a label from the list and from the dossiers that wear it. Raises :class:`NotAllowed`."""
    _check(label.organisation, by)
    row = Label.objects.select_for_update().get(pk=label.pk)
    told = {"nom": row.name, "dossiers": row.dossiers.count()}
    record(by=by, at=at, verb="supprimer une étiquette", subject=row, before=told, scope=str(row.organisation_id))
    row.delete()


@transaction.atomic
def put_label(dossier: Dossier, label: Label, *, by: User, at: datetime.datetime) -> bool:
    """Put a label of the authority on a dossier; whether it was not there. Raises :class:`NotAllowed`."""
    dossier = _of(dossier.pk, label, by)
    if dossier.labels.filter(pk=label.pk).exists():
        return False
    dossier.labels.add(label)
    write_event(dossier, "étiqueter", by=by, at=at, after={"étiquette": label.name}, internal=True)
    return True


@transaction.atomic
def take_label_off(dossier: Dossier, label: Label, *, by: User, at: datetime.datetime) -> bool:
    """Take a label off a dossier; whether it was there. Raises :class:`NotAllowed`."""
    dossier = _of(dossier.pk, label, by)
    if not dossier.labels.filter(pk=label.pk).exists():
        return False
    dossier.labels.remove(label)
    write_event(dossier, "retirer une étiquette", by=by, at=at, before={"étiquette": label.name}, internal=True)
    return True


def _of(identifier: uuid.UUID, label: Label, by: User) -> Dossier:
    dossier = locked(identifier)
    if not may_review(by, dossier):
        raise NotAllowed("poser une étiquette sur ce dossier")
    if label.organisation_id != dossier.authority_id:
        raise refused("etiquette", "Cette étiquette est celle d'une autre autorité.")
    return dossier


def _check(organisation: Organisation, by: User) -> None:
    if not may_manage_labels(by, organisation):
        raise NotAllowed("gérer les étiquettes de cette organisation")


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise refused("nom", "Écrivez le nom de l'étiquette.")
    if len(name) > LONGEST:
        raise refused("nom", f"Une étiquette a {LONGEST} caractères au plus.")
    screened({"nom": name})
    return name
