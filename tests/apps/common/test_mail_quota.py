"""A day has a number of messages, for an account and for an organisation; a reminder waits for the former one."""

import datetime

import pytest
from tests.cast import NOW

from maillage.apps.common import mail_quota
from maillage.apps.common.mail_quota import TooMuchMail, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.MAIL_PER_ACCOUNT, settings.MAIL_PER_ORGANISATION = 3, 5


def test_an_account_sends_what_a_day_allows_then_the_next_day(settings):
    reserve(2, by="a", scope="s", at=NOW)
    with pytest.raises(TooMuchMail) as refused:
        reserve(2, by="a", scope="s", at=NOW)
    assert str(refused.value).replace("\u202f", " ") == (
        "Aucun message n'est parti : votre compte peut en envoyer 3 par jour, il en reste 1 aujourd'hui, "
        "et il en faudrait 2. Recommencez demain."
    )
    reserve(1, by="a", scope="s", at=NOW)
    with pytest.raises(TooMuchMail, match="il n'en reste plus"):
        reserve(1, by="a", scope="s", at=NOW)
    reserve(3, by="a", scope="s", at=NOW + datetime.timedelta(days=1))


def test_what_may_still_leave_today_is_the_least_of_both():
    reserve(2, by="a", scope="s", at=NOW)
    reserve(2, by="b", scope="s", at=NOW)
    assert [mail_quota.left(by=who, scope="s", at=NOW) for who in ("a", "c")] == [1, 1]
    assert mail_quota.left(by="a", scope="s", at=NOW + datetime.timedelta(days=1)) == 3


def test_an_organisation_has_its_own_number():
    reserve(3, by="a", scope="s", at=NOW)
    with pytest.raises(TooMuchMail, match="votre organisation peut en envoyer 5"):
        reserve(3, by="b", scope="s", at=NOW)
    reserve(3, by="b", scope="other", at=NOW)


def test_nothing_to_send_is_never_too_much():
    reserve(3, by="a", scope="s", at=NOW)
    reserve(0, by="a", scope="s", at=NOW)


def test_a_reminder_waits_for_the_former_one():
    assert mail_quota.may_remind("version:1")
    assert not mail_quota.may_remind("version:1")
    assert mail_quota.may_remind("version:2")
    mail_quota.forget_reminder("version:1")
    assert mail_quota.may_remind("version:1")
