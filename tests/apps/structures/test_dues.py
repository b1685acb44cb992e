"""Fees: amounts, payments noted in one act, who is let off, the reminder that leaves."""

import datetime
from decimal import Decimal

import pytest
from tests import cast
from tests.apps.structures.entities import Entities

from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures import belongings, dues
from maillage.apps.structures.belonging_fields import BelongingFields, PaymentFields
from maillage.apps.structures.due_members import deadlines
from maillage.apps.structures.dues_accounts import lines_of
from maillage.apps.structures.models import DuesPayment, DuesReminder, DuesYear, Member
from maillage.core.kernel.problems import BadInput, read


@pytest.fixture
def world(people) -> Entities:
    return Entities(people)


def states(world) -> list[str]:
    return [line.account.state for line in lines_of(world.association, 2026)]


def test_several_pay_all_that_remains_in_one_act(world):
    first, second = world.begin(), world.begin(world.membre)
    assert states(world) == ["a_fixer", "a_fixer"]
    year = world.amounts(adherent="50")
    assert states(world) == ["du", "du"]
    world.pay(year, first, amount="20", means="cheque")
    assert states(world) == ["du", "partiel"]
    made = world.pay(year, first, second)
    assert [each.amount for each in made] == [Decimal(30), Decimal(50)]
    assert states(world) == ["a_jour", "a_jour"]
    assert world.pay(year, first, second) == []
    assert Event.objects.filter(verb="noter payé").count() == 2


def test_a_payment_sent_twice_is_noted_once_and_the_refusal_names_what_remains(world):
    first = world.begin()
    year = world.amounts(adherent="50")
    world.pay(year, first, amount="30")
    with pytest.raises(BadInput, match="20\xa0€ au plus"):
        world.pay(year, first, amount="30")
    assert DuesPayment.objects.count() == 1
    world.pay(year, first, amount="20")
    with pytest.raises(BadInput, match="il ne reste rien à payer"):
        world.pay(year, first, amount="20")


def test_a_part_sent_twice_is_noted_once(world):
    first = world.begin()
    year = world.amounts(adherent="50")
    [payment] = world.pay(year, first, amount="20")
    with pytest.raises(BadInput, match="ce paiement est déjà noté"):
        world.pay(year, first, amount="20")
    dues.undo(payment, **world.told)
    world.pay(year, first, amount="20")
    world.told["at"] += datetime.timedelta(minutes=2)
    world.pay(year, first, amount="20")
    assert states(world) == ["partiel"]
    assert DuesPayment.objects.filter(undone_at=None).count() == 2


def test_a_payment_is_undone_and_done_again(world):
    first = world.begin()
    [payment] = world.pay(world.amounts(adherent="50"), first)
    dues.undo(payment, **world.told)
    assert states(world) == ["du"]
    dues.redo(payment, **world.told)
    assert states(world) == ["a_jour"]


def test_someone_is_let_off(world):
    first = world.begin()
    year = world.amounts(adherent="50")
    dues.let_off(year, str(first.pk), **world.told)
    assert states(world) == ["dispense"]
    assert dues.let_off(year, str(first.pk), **world.told) is None


def test_who_left_before_the_year_owes_nothing_and_another_quality_neither(world):
    gone = world.begin()
    belongings.mend(gone, dues_fields(world, gone, until=datetime.date(2026, 2, 1)), **world.told)
    world.begin(world.membre, quality="salarie")
    world.amounts(adherent="50")
    assert [line.belonging for line in lines_of(world.association, 2026)] == [gone]
    assert lines_of(world.association, 2027)[0].belonging.member == world.membre


def dues_fields(world, belonging, **changes):
    kept = {"entity": belonging.entity_id, "quality": belonging.quality, "since": belonging.since}
    return read(BelongingFields, {**kept, **changes})


def test_what_makes_no_sense_is_refused(world, people):
    first, year = world.begin(), world.amounts(adherent="50")
    tomorrow = (cast.TODAY + datetime.timedelta(days=1)).isoformat()
    for said in ({"amount": "0"}, {"day": tomorrow}):
        with pytest.raises(BadInput):
            world.pay(year, first, **said)
    for chosen in ([], ["inconnu"]):
        with pytest.raises(BadInput):
            dues.pay(year, chosen, PaymentFields(), **world.told)
    with pytest.raises(BadInput):
        world.amounts(year=1200, adherent="50")
    with pytest.raises(NotAllowed):
        dues.pay(year, [str(first.pk)], PaymentFields(), by=people.membre, at=cast.NOW)
    assert not DuesPayment.objects.exists()


def test_a_reminder_leaves_to_who_owes_and_has_an_address(world, mailoutbox):
    Member.objects.filter(pk=world.porteuse.pk).update(email="odile@example.org")
    paid, owes = world.begin(world.membre), world.begin()
    year = world.amounts(adherent="50")
    world.pay(year, paid)
    sent = dues.remind(year, [str(paid.pk), str(owes.pk)], **world.told)
    assert (sent.told, sent.failed, sent.without) == (1, 0, [])
    [mail] = mailoutbox
    assert mail.to == ["odile@example.org"]
    assert "Exemple" not in mail.subject
    assert "il reste 50" in mail.body
    assert DuesReminder.objects.get().belonging == owes
    assert next(line for line in lines_of(world.association, 2026) if line.belonging == owes).reminded_at == cast.NOW


def test_a_reminder_asked_twice_at_once_leaves_once(world, mailoutbox):
    Member.objects.filter(pk=world.porteuse.pk).update(email="odile@example.org")
    owes, year = world.begin(), world.amounts(adherent="50")
    assert dues.to_remind(lines_of(world.association, 2026)) == [str(owes.pk)]
    for _time in range(2):
        dues.remind(year, [str(owes.pk)], **world.told)
    assert len(mailoutbox) == DuesReminder.objects.count() == 1


def test_a_reminder_is_written_before_it_leaves_and_taken_back_when_it_does_not(world, monkeypatch):
    Member.objects.filter(pk=world.porteuse.pk).update(email="odile@example.org")
    owes, year = world.begin(), world.amounts(adherent="50")
    seen = []

    def refused(mails):
        seen.append(Event.objects.filter(verb="rappeler").count())
        return tuple(mails)

    monkeypatch.setattr(dues, "deliver", refused)
    sent = dues.remind(year, [str(owes.pk)], **world.told)
    assert (seen, sent.told, sent.failed) == ([1], 0, 1)
    assert not DuesReminder.objects.exists()
    assert Event.objects.filter(verb="reprendre un rappel").count() == 1


def test_a_payment_put_back_stays_within_what_is_due(world):
    row, year = world.begin(), world.amounts(adherent="50")
    [payment] = world.pay(year, row)
    dues.undo(payment, **world.told)
    [other] = world.pay(year, row, amount="30")
    with pytest.raises(BadInput, match="20"):
        dues.redo(payment, **world.told)
    dues.undo(other, **world.told)
    dues.redo(payment, **world.told)
    assert {line.account.state for line in lines_of(world.association, 2026)} == {"a_jour"}


def test_too_many_messages_leave_none(world, mailoutbox, settings):
    settings.MAIL_PER_ACCOUNT = 0
    owes = world.begin()
    with pytest.raises(TooMuchMail):
        dues.remind(world.amounts(adherent="50"), [str(owes.pk)], **world.told)
    assert mailoutbox == []
    assert not DuesReminder.objects.exists()


def test_the_accounts_of_many_are_read_in_a_constant_number_of_queries(world, django_assert_num_queries):
    year = world.amounts(adherent="50")
    for number in range(20):
        member = Member.objects.create(
            structure=world.structure, nom=f"Membre {number}", metier="infirmier", joined_on=cast.TODAY
        )
        world.pay(year, world.begin(member))
    with django_assert_num_queries(5):
        assert len(lines_of(world.association, 2026)) == 20


def test_the_calendar_awaits_fees_until_everyone_has_paid(world):
    first, day = world.begin(), datetime.date(2026, 6, 30)
    year = world.amounts(adherent="50")
    DuesYear.objects.update(due_on=day)
    [due] = deadlines(world.structure, since=day, until=day)
    assert (due.day, due.nature, due.what) == (
        day, "cotisation", "Cotisations 2026 de Les amis : 1 personne à relancer"
    )  # fmt: skip
    world.pay(year, first)
    assert list(deadlines(world.structure, since=day, until=day)) == []
