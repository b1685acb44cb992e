"""Invitations: sent after the act, answered by the person invited and by nobody else."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from tests import cast
from tests.cast import NOW, TODAY, person

from maillage.apps.accounts import invitations
from maillage.apps.accounts.models import Invitation, Role
from maillage.apps.accounts.queries import invitation_by_secret, invitations_of, received_invitations
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.models import Member
from maillage.core.kernel.french import day
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
CLAIRE = "claire@example.org"
END = day(datetime.date(2026, 12, 6))
LATER = NOW + datetime.timedelta(days=3)
TOO_LATE = NOW + datetime.timedelta(days=14)


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def invite(people, django_capture_on_commit_callbacks):
    """Invites someone as the porteuse does, e-mail included."""

    def act(email=CLAIRE, name="membre", **given):
        asked = {"organisation": people.structure.organisation, "link": link, "by": people.porteuse, "at": NOW}
        with django_capture_on_commit_callbacks(execute=True):
            made = invitations.invite(email=email, name=name, **{**asked, **given})
        made.refresh_from_db()
        return made

    return act


def link(secret):
    return f"https://exemple.fr/invitations/{secret}/"


def secret_sent():
    return re.search(r"/invitations/([\w-]+)/", mail.outbox[-1].body)[1]


def test_an_invitation_leaves_by_email_and_only_the_hash_of_its_secret_is_kept(invite, people):
    made = invite(" Claire@Example.org ", writes=True)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([CLAIRE], "Une invitation vous attend sur Maillage")
    assert "Porteuse Exemple vous invite à rejoindre « MSP de Redon »" in sent.body
    assert END in sent.body
    assert made.sent_at == NOW
    assert secret_sent() not in str(Invitation.objects.values().get())
    assert invitation_by_secret(secret_sent()) == made
    assert CLAIRE not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"email": "claire"}, "email"),
        ({"email": ""}, "email"),
        ({"name": "instructeur"}, "role"),
        ({"name": ""}, "role"),
        ({"email": "membre@example.org"}, "email"),
    ],
)
def test_what_cannot_be_offered_is_told_beside_its_field(invite, asked, field):
    with pytest.raises(BadInput) as refused:
        invite(**asked)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_the_same_role_is_offered_once(invite):
    invite()
    with pytest.raises(BadInput):
        invite()
    invite(name="signataire")


def test_who_does_not_run_the_organisation_invites_nobody(invite, people):
    for user in (people.membre, people.redactrice, people.accompagnatrice, people.instructrice, people.stranger):
        with pytest.raises(NotAllowed):
            invite(by=user)
    assert mail.outbox == []


def test_an_email_that_does_not_leave_is_told_and_the_invitation_stays(invite, people, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    made = invite()
    assert (made.sent_at, made.is_pending) == (None, True)


def test_sending_again_draws_another_secret(invite, people, django_capture_on_commit_callbacks):
    made = invite()
    former = secret_sent()
    with django_capture_on_commit_callbacks(execute=True):
        invitations.resend(invitation=made, link=link, by=people.coordinatrice, at=LATER)
    assert invitation_by_secret(former) is None
    found = invitation_by_secret(secret_sent())
    assert (found, found.expires_at) == (made, LATER + invitations.LIFETIME)


def test_accepting_gives_the_role_and_links_the_member_of_the_team(invite, people):
    line = Member.objects.create(
        structure=people.structure, nom="Morel", email="Claire@example.org", metier="infirmier", joined_on=TODAY
    )
    made, claire = invite(writes=True), person("claire")
    role = invitations.accept(invitation=made, by=claire, at=LATER)
    line.refresh_from_db()
    assert (role.name, role.writes, role.since, line.user) == ("membre", True, LATER, claire)
    assert list(Event.objects.filter(at=LATER).values_list("verb", flat=True)) == ["relier", "accepter"]


def test_accepting_what_is_held_already_adds_the_pen(invite, people):
    made, claire = invite(writes=True), person("claire")
    cast.give(claire, people.structure.organisation, Role.Name.MEMBRE)
    assert invitations.accept(invitation=made, by=claire, at=LATER).writes
    assert Role.objects.filter(user=claire, until=None).count() == 1


def test_another_account_does_not_answer_in_her_place(invite, people):
    made = invite()
    for act in (invitations.accept, invitations.refuse):
        with pytest.raises(NotAllowed):
            act(invitation=made, by=people.stranger, at=LATER)


def test_an_account_answers_for_each_of_its_verified_addresses(invite, people):
    made = invite()
    EmailAddress.objects.create(user=people.stranger, email=CLAIRE, verified=False)
    assert not received_invitations(people.stranger, LATER).exists()
    EmailAddress.objects.update(verified=True)
    assert list(received_invitations(people.stranger, LATER)) == [made]
    assert list(received_invitations(people.stranger, TOO_LATE)) == []
    invitations.accept(invitation=made, by=people.stranger, at=LATER)


@pytest.mark.parametrize("how", ["accepted", "refused", "revoked", "expired"])
def test_a_closed_invitation_says_why_and_is_not_answered(invite, people, how):
    made, claire = invite(), person("claire")
    when = TOO_LATE if how == "expired" else LATER
    acts = {
        "accepted": lambda: invitations.accept(invitation=made, by=claire, at=LATER),
        "refused": lambda: invitations.refuse(invitation=made, by=claire, at=LATER),
        "revoked": lambda: invitations.revoke(invitation=made, by=people.porteuse, at=LATER),
        "expired": lambda: None,
    }
    acts[how]()
    made.refresh_from_db()
    words = {"accepted": "acceptée", "refused": "refusée", "revoked": "retirée", "expired": END}
    assert words[how] in invitations.why_closed(made, when)
    with pytest.raises(BadInput):
        invitations.accept(invitation=made, by=claire, at=when)


def test_what_was_answered_is_neither_sent_again_nor_taken_back(invite, people):
    made = invite()
    invitations.accept(invitation=made, by=person("claire"), at=LATER)
    with pytest.raises(BadInput):
        invitations.revoke(invitation=made, by=people.porteuse, at=LATER)
    with pytest.raises(BadInput):
        invitations.resend(invitation=made, link=link, by=people.porteuse, at=LATER)


def test_only_who_manages_the_people_sees_whom_they_invited(invite, people):
    made, team = invite(), people.structure.organisation
    assert list(invitations_of(people.coordinatrice, team)) == [made]
    assert list(invitations_of(people.membre, team)) == []
