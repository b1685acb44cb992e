"""The verbs on a commission and its seats: create, say its rules, seat someone, end a mandate, invite."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver

from maillage.apps.accounts import invitations
from maillage.apps.accounts.invitations import Link, invitation_accepted
from maillage.apps.accounts.models import Invitation, Organisation, Role, User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.apps.dossiers.commissions.base import check_runs, tell
from maillage.apps.dossiers.commissions.inputs import RuleFields, SeatFields
from maillage.apps.dossiers.models import Commission, Seat
from maillage.apps.dossiers.permissions import may_run_commissions
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers import commissions as known

PEOPLE = ("titulaire", "suppleant")
WRITTEN = (
    "college", "represents", "titulaire_nom", "titulaire_email", "suppleant_nom", "suppleant_email", "votes", "since",
    "until",
)  # fmt: skip


@transaction.atomic
def create(organisation: Organisation, code: str, *, by: User, at: datetime.datetime, day: datetime.date) -> Commission:
    """Create a commission that the kinds of dossier of the region name, with a seat for each body that its text names.

    Raises :class:`BadInput` when it exists already or when nothing names it.
    """
    body = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if body.closed_at is not None or not may_run_commissions(by, body):
        raise NotAllowed("tenir une commission")
    names = known.named(body.region, body.kind)
    if code not in names:
        raise refused("code", "Choisissez une commission de cette région.")
    if Commission.objects.filter(organisation=body, code=code, closed_at=None).exists():
        raise refused("code", "Cette commission existe déjà : ouvrez-la dans la liste.")
    commission = Commission.objects.create(organisation=body, code=code, nom=names[code][:200], created_at=at)
    told = known.commission(code, body.region)
    rows = [(college.nom, each) for college in (told.colleges if told else ()) for each in college.sieges]
    Seat.objects.bulk_create(
        Seat(commission=commission, college=college, represents=each, since=day, position=rank)
        for rank, (college, each) in enumerate(rows)
    )
    tell(commission, "créer", commission, by=by, at=at, after={"nom": commission.nom, "sieges": len(rows)})
    return commission


@transaction.atomic
def set_rules(commission: Commission, fields: RuleFields, *, by: User, at: datetime.datetime) -> Commission:
    """Say the name and the rules of a commission. A rule is said with the text that it comes from."""
    row = _held(commission, by, "fixer les règles d'une commission")
    if _says_a_rule(fields) and not fields.rules_source:
        raise refused("rules_source", "Dites quel texte fixe ces règles (règlement intérieur, arrêté…).")
    screened({"nom": fields.nom, "rules_source": fields.rules_source}, kinds=OF_A_NAME)
    before = {name: _plain(getattr(row, name)) for name in RuleFields.model_fields}
    for name in RuleFields.model_fields:
        setattr(row, name, getattr(fields, name))
    row.save()
    after = {name: _plain(getattr(row, name)) for name in RuleFields.model_fields}
    tell(row, "fixer les règles", row, by=by, at=at, before=before, after=after)
    return row


@transaction.atomic
def close(commission: Commission, *, by: User, at: datetime.datetime) -> Commission:
    """Close a commission that has no session under way: it stays readable."""
    row = _held(commission, by, "fermer une commission")
    if row.sessions.filter(state__in=("preparee", "convoquee", "ouverte", "tenue")).exists():
        raise refused("", "Une séance n'est pas finie : approuvez son procès-verbal, ou annulez-la.")
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    tell(row, "fermer", row, by=by, at=at, after={"nom": row.nom})
    return row


@transaction.atomic
def add_seat(commission: Commission, fields: SeatFields, *, by: User, at: datetime.datetime) -> Seat:
    """Add a seat; whoever has an account here is found by their address."""
    row = _held(commission, by, "ajouter un siège")
    last = row.seats.order_by("-position").first()
    seat = Seat(commission=row, position=last.position + 1 if last else 0)
    return _write(seat, fields, "ajouter un siège", by, at)


@transaction.atomic
def change_seat(seat: Seat, fields: SeatFields, *, by: User, at: datetime.datetime) -> Seat:
    """Correct a seat. To replace a person, end the mandate and add a seat: the history stays."""
    commission = _held(seat.commission, by, "modifier un siège")
    row = Seat.objects.select_for_update().get(pk=seat.pk, commission=commission)
    return _write(row, fields, "modifier un siège", by, at)


@transaction.atomic
def end_seat(seat: Seat, day: datetime.date, *, by: User, at: datetime.datetime) -> Seat:
    """End the mandate of a seat on a day; it stays in the history."""
    commission = _held(seat.commission, by, "terminer un mandat")
    row = Seat.objects.select_for_update().get(pk=seat.pk, commission=commission)
    if day < row.since:
        raise refused("until", "Un mandat ne finit pas avant d'avoir commencé.")
    before = {"until": str(row.until) if row.until else None}
    row.until = day
    row.save(update_fields=["until"])
    tell(commission, "terminer un mandat", row, by=by, at=at, before=before, after={"until": str(day)})
    return row


def invite(seat: Seat, holder: str, *, link: Link, by: User, at: datetime.datetime) -> Invitation | None:
    """Give an account to a person of a seat: found at once when they have a role here, invited as « membre de
    commission » otherwise (then the invitation). Raises :class:`BadInput`."""
    check_runs(by, seat.commission, "inviter un membre de commission")
    if holder not in PEOPLE:
        raise refused("", "Choisissez le titulaire ou le suppléant.")
    address = getattr(seat, f"{holder}_email")
    if not address:
        raise refused("", "Ce siège n'a pas d'adresse : ajoutez-la d'abord.")
    found = account_of(seat.commission.organisation, address)
    if found is not None:
        _link(seat, holder, found, by=by, at=at)
        return None
    organisation = seat.commission.organisation
    return invitations.invite(
        organisation=organisation, email=address, name=Role.Name.COMMISSION, link=link, by=by, at=at
    )


@receiver(invitation_accepted)
def link_seats(*, invitation: Invitation, user: User, at: datetime.datetime, **_rest: Any) -> None:
    """Give the account to the seats that have the address which was invited."""
    rows = Seat.objects.filter(commission__organisation=invitation.organisation)
    for holder in PEOPLE:
        for seat in rows.filter(**{holder: None, f"{holder}_email__iexact": invitation.email}):
            _link(seat, holder, user, by=user, at=at)


def commissions_named(invitation: Invitation) -> str:
    """The commissions where an invitation gives a seat, by name; empty when it gives none."""
    if invitation.name != Role.Name.COMMISSION:
        return ""
    address = Q(titulaire_email__iexact=invitation.email) | Q(suppleant_email__iexact=invitation.email)
    rows = Seat.objects.filter(address, commission__organisation=invitation.organisation, commission__closed_at=None)
    return " et ".join(rows.order_by("commission__nom").values_list("commission__nom", flat=True).distinct())


invitations.SEATED.append(commissions_named)


def account_of(organisation: Organisation, address: str) -> User | None:
    """The open account of an address, when it has a role in what runs the commission."""
    found = User.objects.filter(email=address, is_active=True, roles__organisation=organisation, roles__until=None)
    return found.first() if address else None


@transaction.atomic
def _link(seat: Seat, holder: str, user: User, *, by: User, at: datetime.datetime) -> None:
    row = Seat.objects.select_for_update().get(pk=seat.pk)
    setattr(row, holder, user)
    row.save(update_fields=[holder])
    scope = str(seat.commission.organisation_id)
    record(by=by, at=at, verb="relier", subject=row, after={"siege": str(row), holder: user.event_actor}, scope=scope)


def _held(commission: Commission, by: User, act: str) -> Commission:
    row = Commission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=commission.pk)
    check_runs(by, row, act)
    if row.closed_at is not None:
        raise refused("", "Cette commission est fermée.")
    return row


def _write(seat: Seat, fields: SeatFields, verb: str, by: User, at: datetime.datetime) -> Seat:
    screened({name: str(getattr(fields, name)) for name in WRITTEN[:6] if "email" not in name}, kinds=OF_A_NAME)
    before = None if seat._state.adding else _told(seat)
    for name in WRITTEN:
        setattr(seat, name, getattr(fields, name))
    for holder in PEOPLE:
        address, now = getattr(fields, f"{holder}_email"), getattr(seat, holder)
        if now is None or now.email != address:
            setattr(seat, holder, account_of(seat.commission.organisation, address))
    seat.save()
    tell(seat.commission, verb, seat, by=by, at=at, before=before, after=_told(seat))
    return seat


def _told(seat: Seat) -> dict[str, Any]:
    """A seat as the log keeps it: never a name nor an address, that a forgotten account could not take back."""
    told = {"college": seat.college, "represente": seat.represents, "voix": seat.votes}
    people = {holder: seat_user.event_actor for holder in PEOPLE if (seat_user := getattr(seat, holder)) is not None}
    return {**told, **people, "depuis": str(seat.since), "jusqu_a": str(seat.until) if seat.until else None}


def _says_a_rule(fields: RuleFields) -> bool:
    set_ones = (fields.quorum_share, fields.conflicts_leave_quorum, fields.notice_days)
    return fields.votes or fields.quorum_once or any(each is not None for each in set_ones)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str) or value is None else str(value)
