"""A member of a commission: invited to it by its name, and a dashboard that shows their sessions."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from tests import cast, small_world
from tests.commissions import before_a_commission, board, follow

from maillage.apps.accounts.models import Invitation
from maillage.apps.dossiers.commissions import seats
from maillage.apps.dossiers.commissions.inputs import SeatFields

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    small_world.create_territories()
    people = cast.create()
    follow(monkeypatch, before_a_commission())
    return board(people)


def browser(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
    client = Client()
    client.force_login(user)
    return client


def text_of(response):
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_an_invitation_to_a_seat_names_the_commission_in_the_mail_on_its_page_and_when_it_is_accepted(
    made, django_capture_on_commit_callbacks
):
    fields = SeatFields(college="ESSORT", represents="ESSORT", titulaire_nom="Noé", titulaire_email="noe@example.org",
                        since="2026-11-22")  # fmt: skip
    seat = seats.add_seat(made.commission, fields, **made.by)
    with django_capture_on_commit_callbacks(execute=True):
        seats.invite(seat, "titulaire", link=lambda secret: f"/invitations/{secret}/", **made.by)
    sent = mail.outbox[-1].body
    assert "vous invite à siéger à « Commission des CPTS » (" in sent
    assert "rejoindre" not in sent
    noe = cast.person("noe")
    EmailAddress.objects.get_or_create(user=noe, email="noe@example.org", defaults={"verified": True, "primary": True})
    client = browser(noe)
    assert "Commission des CPTS" in text_of(client.get("/tableau-de-bord/", follow=True))
    row = Invitation.objects.get(email="noe@example.org")
    done = text_of(client.post(f"/invitations/{row.pk}/accepter/", follow=True))
    assert "Vous siégez à « Commission des CPTS »." in done


def test_the_dashboard_of_a_member_shows_their_sessions_and_no_projects(made):
    client = browser(made.anne)
    before = text_of(client.get("/tableau-de-bord/", follow=True))
    assert "Aucune séance ne vous attend" in before
    made.plan()
    made.convoke()
    after = text_of(client.get("/tableau-de-bord/", follow=True))
    assert "Commission des CPTS, le 3 décembre 2026" in after
    assert "Votre rôle ne permet pas encore" not in before + after
    page = text_of(client.get(f"/commissions/seances/{made.session.pk}/"))
    assert "<title>Séance du 3 décembre 2026 · Commission des CPTS · Maillage</title>" in page
