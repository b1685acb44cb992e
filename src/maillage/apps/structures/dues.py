"""The verbs on fees: amounts are set, a payment is noted in one act, someone is let off, a reminder leaves."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.common.models import Event
from maillage.apps.common.repeats import JUST_NOW, sent_twice
from maillage.apps.common.services import record
from maillage.apps.structures.belonging_fields import DuesFields, PaymentFields
from maillage.apps.structures.belongings import scope
from maillage.apps.structures.dues_accounts import Line, address_of, lines_of
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import DuesAmount, DuesPayment, DuesReminder, DuesYear, LegalEntity
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.membership.dues import Account

ACT = "modifier les cotisations"
TEXT = """Bonjour,

La cotisation {year} de {entity} n'est pas encore réglée : il reste {rest}{due}.

Si vous l'avez déjà payée, dites-le en répondant à la coordination de {structure}.
"""


@dataclass(frozen=True)
class Reminded:
    """What happened: how many were written to, how many messages did not leave, who has no address."""

    told: int
    failed: int
    without: Sequence[str]


@transaction.atomic
def set_amounts(entity: LegalEntity, year: int, fields: DuesFields, *, by: User, at: datetime.datetime) -> DuesYear:
    """Say what each quality owes for a year. Raises :class:`NotAllowed`, :class:`BadInput`."""
    check_edits(by, entity.structure, ACT)
    held(entity.structure)
    if not 1990 <= year <= 2100:
        raise BadInput([Problem("year", year, "une année de 1990 à 2100")])
    dues, _created = DuesYear.objects.get_or_create(entity=entity, year=year)
    dues.due_on = fields.due_on
    dues.save(update_fields=["due_on"])
    dues.amounts.all().delete()
    said = {quality: amount for quality, amount in fields.amounts.items() if amount is not None}
    DuesAmount.objects.bulk_create(
        DuesAmount(dues=dues, quality=quality, amount=amount) for quality, amount in said.items()
    )
    after = {"annee": year, "avant_le": fields.due_on, **{str(key): value for key, value in said.items()}}
    record(by=by, at=at, verb="fixer", subject=dues, after=after, scope=scope(entity.structure))
    return dues


@transaction.atomic
def pay(
    dues: DuesYear, belongings: Collection[str], fields: PaymentFields, *, by: User, at: datetime.datetime
) -> list[DuesPayment]:
    """Note that these belongings (by key) paid; without an amount, all that remains, if anything does.

    Raises :class:`NotAllowed`, :class:`BadInput`, also beyond what remains: a form sent twice is written once.
    """
    lines, today = _chosen(dues, belongings, by), timezone.localdate(at)
    day = fields.day or today
    if day > today:
        raise BadInput([Problem("day", day.isoformat(), "un jour passé ou aujourd'hui")])
    if fields.amount is not None:
        _check_amount(lines, fields.amount)
        _check_new(dues, lines, fields.model_copy(update={"day": day}), at)
    made = []
    for line in lines:
        if amount := fields.amount or line.account.rest:
            row = DuesPayment(dues=dues, belonging=line.belonging, amount=amount, day=day, means=fields.means)
            row.save()
            made.append(row)
    if made:
        after = {"annee": dues.year, "date": day, "paiements": {str(each.pk): str(each.amount) for each in made}}
        record(by=by, at=at, verb="noter payé", subject=dues, after=after, scope=scope(dues.entity.structure))
    return made


@transaction.atomic
def let_off(dues: DuesYear, belonging: str, *, by: User, at: datetime.datetime) -> DuesPayment | None:
    """Say that someone need not pay for this year. Raises :class:`NotAllowed`, :class:`BadInput`."""
    [line] = _chosen(dues, [belonging], by)
    if line.account.waived:
        return None
    kind, day = DuesPayment.Kind.DISPENSE, timezone.localdate(at)
    row = DuesPayment.objects.create(dues=dues, belonging=line.belonging, kind=kind, amount=Decimal(0), day=day)
    after = {"annee": dues.year, "appartenance": belonging}
    record(by=by, at=at, verb="dispenser", subject=row, after=after, scope=scope(dues.entity.structure))
    return row


@transaction.atomic
def undo(payment: DuesPayment, *, by: User, at: datetime.datetime) -> DuesPayment:
    """Say that a payment was a mistake. Raises :class:`NotAllowed`."""
    return _stand(payment, at, "annuler", by, at)


@transaction.atomic
def redo(payment: DuesPayment, *, by: User, at: datetime.datetime) -> DuesPayment:
    """Put back a payment that was undone. Raises :class:`NotAllowed`, :class:`BadInput` beyond what remains due."""
    return _stand(payment, None, "rétablir", by, at)


def remind(dues: DuesYear, belongings: Collection[str], *, by: User, at: datetime.datetime) -> Reminded:
    """Write to these belongings when they owe something and have an address, once however often it is asked at once.

    The reminders are written before the messages leave; those that did not leave are taken back, and the log says so.
    Raises :class:`NotAllowed`, :class:`BadInput`, :class:`TooMuchMail`.
    """
    structure = dues.entity.structure
    with transaction.atomic():
        late = [line for line in _chosen(dues, belongings, by) if line.account.rest and not _just_reminded(line, at)]
        reached = {line: to for line in late if (to := address_of(line.belonging))}
        mail_quota.reserve(len(reached), by=str(by.pk), scope=scope(structure), at=at)
        DuesReminder.objects.bulk_create(
            DuesReminder(dues=dues, belonging=line.belonging, sent_at=at) for line in reached
        )
        if reached:
            _tell_reminded(dues, "rappeler", list(reached), by=by, at=at)
    gone = {each.to for each in deliver([mail(dues, line, to) for line, to in reached.items()])}
    lost = [line for line, to in reached.items() if to in gone]
    if lost:
        _take_back(dues, lost, by=by, at=at)
    without = [str(line.belonging.holder) for line in late if line not in reached]
    return Reminded(len(reached) - len(lost), len(lost), without)


def to_remind(lines: Iterable[Line]) -> list[str]:
    """The keys of who owes something and can be written to."""
    return [str(line.belonging.pk) for line in lines if line.account.rest and address_of(line.belonging)]


@transaction.atomic
def _take_back(dues: DuesYear, lost: Sequence[Line], *, by: User, at: datetime.datetime) -> None:
    keys = [line.belonging.pk for line in lost]
    DuesReminder.objects.filter(dues=dues, belonging__in=keys, sent_at=at).delete()
    _tell_reminded(dues, "reprendre un rappel", lost, by=by, at=at)


def _tell_reminded(dues: DuesYear, verb: str, lines: Sequence[Line], *, by: User, at: datetime.datetime) -> None:
    after = {"annee": dues.year, "appartenances": [str(line.belonging.pk) for line in lines]}
    record(by=by, at=at, verb=verb, subject=dues, after=after, scope=scope(dues.entity.structure))


def _just_reminded(line: Line, at: datetime.datetime) -> bool:
    return line.reminded_at is not None and line.reminded_at > at - JUST_NOW


def mail(dues: DuesYear, line: Line, to: str) -> Mail:
    """The reminder; nothing personal in its subject."""
    text = TEXT.format(
        year=dues.year,
        entity=dues.entity,
        rest=french.euros(line.account.rest),
        due=f", à payer avant le {french.day(dues.due_on)}" if dues.due_on else "",
        structure=dues.entity.structure.nom,
    )
    return Mail(to, f"Cotisation {dues.year} : rappel", text)


def _chosen(dues: DuesYear, belongings: Collection[str], by: User) -> list[Line]:
    """The lines of these belongings, nobody else writing. Raises :class:`NotAllowed`, :class:`BadInput`."""
    structure = dues.entity.structure
    check_edits(by, structure, ACT)
    held(structure)
    lines = {str(line.belonging.pk): line for line in lines_of(dues.entity, dues.year)}
    if not belongings or not lines.keys() >= set(belongings):
        raise BadInput([Problem("qui", None, "une personne au moins, parmi celles de la liste")])
    return [lines[key] for key in dict.fromkeys(belongings)]


def _check_amount(lines: Sequence[Line], amount: Decimal) -> None:
    if not amount:
        raise BadInput([Problem("amount", "0", "un montant de plus de zéro")])
    beyond = [line for line in lines if amount > line.account.rest]
    if beyond:
        raise BadInput(
            Problem("amount", f"{french.euros(amount)} pour {line.belonging.holder}", _remains(line.account))
            for line in beyond
        )


def _check_new(dues: DuesYear, lines: Sequence[Line], fields: PaymentFields, at: datetime.datetime) -> None:
    """Raise :class:`BadInput` when the same part was noted a moment ago: the log tells when."""
    acts = Event.objects.filter(subject_type=dues._meta.label_lower, subject_id=str(dues.pk), verb="noter payé")
    told = acts.filter(at__gt=at - JUST_NOW).values_list("after__paiements", flat=True)
    noted = {key for payments in told for key in payments}
    said = (fields.amount, fields.day, fields.means)
    for payment in (each for line in lines for each in line.payments):
        if str(payment.pk) in noted and (payment.amount, payment.day, payment.means) == said:
            raise sent_twice("amount", "un autre montant ou un autre moyen", "ce paiement")


def _remains(account: Account) -> str:
    if account.rest:
        return f"{french.euros(account.rest)} au plus, ce qui reste à payer"
    return "rien : " + ("aucun montant n'est fixé" if account.state == "a_fixer" else "il ne reste rien à payer")


def _stand(
    payment: DuesPayment, undone_at: datetime.datetime | None, verb: str, by: User, at: datetime.datetime
) -> DuesPayment:
    structure = payment.dues.entity.structure
    check_edits(by, structure, ACT)
    held(structure)
    payment.refresh_from_db()
    if (payment.undone_at is None) != (undone_at is None):
        if undone_at is None:
            _check_room(payment)
        payment.undone_at = undone_at
        payment.save(update_fields=["undone_at"])
        after = {"annee": payment.dues.year, "montant": str(payment.amount)}
        record(by=by, at=at, verb=verb, subject=payment, after=after, scope=scope(structure))
    return payment


def _check_room(payment: DuesPayment) -> None:
    """Raise :class:`BadInput` when what was undone is no longer due."""
    dues, rows = payment.dues, lines_of(payment.dues.entity, payment.dues.year)
    account = next((line.account for line in rows if line.belonging.pk == payment.belonging_id), None)
    if account is None or payment.amount > account.rest or account.waived:
        told = _remains(account) if account else f"rien : personne ne cotise à ce titre en {dues.year}"
        raise BadInput([Problem("amount", french.euros(payment.amount), told)])


def entity_dues(entity: LegalEntity, year: int) -> DuesYear | None:
    """The fees of a year, when they are set."""
    return DuesYear.objects.filter(entity=entity, year=year).select_related("entity__structure__organisation").first()
