"""Who owes what for a year, and who is up to date: read in a constant number of queries."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from maillage.apps.structures.models import Belonging, DuesPayment, DuesReminder, DuesYear, LegalEntity
from maillage.core.kernel.french import fold
from maillage.core.membership.dues import Account


@dataclass(frozen=True, eq=False)
class Line:
    """A belonging for a year: its account, what was paid, the day of the last reminder."""

    belonging: Belonging
    account: Account
    payments: list[DuesPayment] = field(default_factory=list)
    reminded_at: datetime.datetime | None = None


def lines_of(entity: LegalEntity, year: int) -> list[Line]:
    """Who belonged to a legal person in a year, in a quality that owes something or is not settled yet."""
    dues = DuesYear.objects.filter(entity=entity, year=year).prefetch_related("amounts").first()
    amounts = {each.quality: each.amount for each in dues.amounts.all()} if dues else {}
    rows = of_the_year(entity, year)
    paid: defaultdict[object, list[DuesPayment]] = defaultdict(list)
    for payment in DuesPayment.objects.filter(dues=dues, undone_at=None) if dues else ():
        paid[payment.belonging_id].append(payment)
    reminded = dict(DuesReminder.objects.filter(dues=dues).values_list("belonging_id", "sent_at")) if dues else {}
    return [
        Line(row, _account(amounts.get(row.quality), paid[row.pk]), paid[row.pk], reminded.get(row.pk))
        for row in rows
        if not amounts or row.quality in amounts or paid[row.pk]
    ]


def of_the_year(entity: LegalEntity, year: int) -> list[Belonging]:
    """Who belonged to a legal person on a day of a year at least, by name."""
    rows = Belonging.objects.filter(
        Q(until=None) | Q(until__gt=datetime.date(year, 1, 1)),
        entity=entity,
        since__lte=datetime.date(year, 12, 31),
        removed_at=None,
    )
    return sorted(rows.select_related("member__user", "partner"), key=name_key)


def name_key(belonging: Belonging) -> tuple[str, str, str]:
    """How belongings are sorted: by name, then first name."""
    member = belonging.member
    if member is not None:
        return fold(member.nom), fold(member.prenom), str(belonging.pk)
    return fold(str(belonging.partner)), "", str(belonging.pk)


def address_of(belonging: Belonging) -> str:
    """Where to write to who belongs: the address of the list, else that of the account, else of the organisation."""
    member = belonging.member
    if member is None:
        return belonging.partner.email if belonging.partner else ""
    if member.email:
        return member.email
    return member.user.email if member.user is not None and member.user.is_active else ""


def _account(owed: Decimal | None, payments: list[DuesPayment]) -> Account:
    return Account(
        owed,
        sum((each.amount for each in payments), Decimal(0)),
        any(each.kind == DuesPayment.Kind.DISPENSE for each in payments),
    )
