"""The verbs on powers: give one, record one, take it back."""

import datetime

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.queries import HERE
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.governance.counting import presences
from maillage.apps.governance.models import Assembly, Power, Voter
from maillage.apps.governance.services.assemblies import held_open
from maillage.apps.governance.writing import checked
from maillage.core.kernel.problems import BadInput, Problem

PRESENT = "{name} est noté présent : un pouvoir se donne quand on est absent."
FULL = "{name} a déjà {count} pouvoir(s) : vos statuts n'en permettent pas plus."
FORBIDDEN = "Vos statuts ne permettent pas de voter par pouvoir."


@transaction.atomic
def give_power(assembly: Assembly, giver: int, holder: int, *, by: User, at: datetime.datetime) -> Power:
    """Record the power of a voter, or give one's own. Raises :class:`NotNow`, :class:`BadInput`.

    Who writes in the structure records any; a member gives their own.
    """
    row, gives, holds = _voters(assembly, giver, holder)
    is_own = gives.member.user_id is not None and gives.member.user_id == by.pk
    if not is_own:
        check_writes(by, row.body.structure, "noter un pouvoir")
    _check(row, gives, holds)
    power = Power.objects.filter(giver=gives).first() or Power(giver=gives)
    power.holder, power.is_own, power.at, power.by = holds, is_own, at, by
    checked(power)
    power.save()
    told = {"donne": str(gives.member_id), "reçoit": str(holds.member_id)}
    tell(row.body.structure, by=by, at=at, verb="donner pouvoir", subject=row, after=told)
    return power


@transaction.atomic
def take_power_back(assembly: Assembly, giver: int, *, by: User, at: datetime.datetime) -> None:
    """Take back a power; it may be given again. Raises :class:`NotAllowed` for that of someone else."""
    row = held_open(assembly)
    power = Power.objects.filter(giver=giver, giver__assembly=row).select_related("giver__member").first()
    if power is None:
        return
    if power.giver.member.user_id != by.pk:
        check_writes(by, row.body.structure, "retirer un pouvoir")
    told = {"donne": str(power.giver.member_id), "reçoit": str(power.holder.member_id)}
    power.delete()
    tell(row.body.structure, by=by, at=at, verb="retirer un pouvoir", subject=row, before=told)


def own_voter(assembly: Assembly, person: User) -> Voter | None:
    """The place of a person among those called to vote, when they have an account."""
    return assembly.voters.filter(member__user=person).select_related("member").first()


def _voters(assembly: Assembly, giver: int, holder: int) -> tuple[Assembly, Voter, Voter]:
    row = held_open(assembly)
    found = {each.pk: each for each in row.voters.filter(pk__in=(giver, holder)).select_related("member")}
    if giver not in found:
        raise BadInput([Problem("giver", None, "un membre appelé à voter")])
    if holder not in found or holder == giver:
        raise BadInput([Problem("holder", None, "un autre membre appelé à voter")])
    return row, found[giver], found[holder]


def _check(assembly: Assembly, gives: Voter, holds: Voter) -> None:
    if presences(assembly).get(gives.member_id) in HERE:
        raise NotNow(PRESENT.format(name=gives.member))
    if Power.objects.filter(giver=holds).exists():
        raise NotNow(f"{holds.member} a déjà donné son propre pouvoir.")
    if gives.powers.exists():
        raise NotNow(f"{gives.member} a reçu un pouvoir : retirez-le d'abord.")
    most = assembly.rules.powers_most if assembly.rules else None
    if most == 0:
        raise NotNow(FORBIDDEN)
    if most is not None and holds.powers.exclude(giver=gives).count() >= most:
        raise NotNow(FULL.format(name=holds.member, count=most))
