"""Writing to others has a measure: beyond it the page says so, and what was written stays."""

import html

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from tests import cast

from maillage.apps.accounts.models import Invitation
from maillage.apps.activity.models import Meeting
from maillage.apps.projets import versions
from maillage.apps.projets.models import Comment, Section
from maillage.apps.structures.models import Member
from maillage.core.text import from_markdown

pytestmark = pytest.mark.django_db
NONE_LEFT = "Aucun message n'est parti"
TOO_SOON = "Une relance est partie il y a moins de 10 minutes"


@pytest.fixture
def people() -> cast.Cast:
    people = cast.create()
    body = from_markdown("La MSP ouvre de 8 h à 20 h.").as_dict()
    Section.objects.create(projet=people.projet, code="msp.acces", title="Accès", position=0, body=body)
    return people


@pytest.fixture
def post(client, people):
    """Posts as the porteuse; the words of the page that follows."""
    client.force_login(people.porteuse)

    def posted(name, data=None, *, on=people.projet.pk, **more):
        key = {"projet": on} if on and "structure" not in more else {}
        answer = client.post(reverse(f"web:{name}", kwargs={**key, **more}), data or {}, follow=True)
        return html.unescape(answer.content.decode()).replace("\u202f", " ").replace("’", "'")

    return posted


def asked(people):
    version = versions.name_version(people.projet, name="Relecture", by=people.porteuse, at=cast.NOW)
    return versions.ask_for_signatures(version, by=people.porteuse, at=cast.NOW)


def test_signatories_are_reminded_once_in_ten_minutes(people, post):
    asked(people)
    post("projet_versions_relancer", numero=1)
    sent = len(mail.outbox)
    assert sent > 0
    assert TOO_SOON in post("projet_versions_relancer", numero=1)
    assert len(mail.outbox) == sent


def test_a_reminder_that_did_not_leave_makes_nobody_wait(people, post, settings):
    asked(people)
    settings.MAIL_PER_ACCOUNT = 0
    assert NONE_LEFT in post("projet_versions_relancer", numero=1)
    settings.MAIL_PER_ACCOUNT = 300
    assert TOO_SOON not in post("projet_versions_relancer", numero=1)
    assert mail.outbox


def test_a_comment_is_kept_when_its_mention_cannot_leave(people, post, settings):
    settings.MAIL_PER_ORGANISATION = 0
    named = Member.objects.get(user=people.membre)
    told = post("projet_document_commentaires", {"texte": "À relire.", "mention": str(named.pk)}, code="msp.acces")
    assert "Le commentaire est écrit." in told
    assert NONE_LEFT in told
    assert (Comment.objects.count(), mail.outbox) == (1, [])


def test_a_meeting_writes_to_nobody_beyond_the_day(people, post, settings):
    settings.MAIL_PER_ACCOUNT = 1
    meeting = Meeting.objects.create(
        structure=people.structure, title="Le territoire", starts_at=timezone.now(), minutes=60
    )
    assert NONE_LEFT in post("structure_reunions_inviter", structure=people.structure.pk, reunion=meeting.pk)
    assert mail.outbox == []


def test_an_invitation_beyond_the_day_keeps_what_was_typed(people, post, settings):
    settings.MAIL_PER_ACCOUNT = 0
    team = people.structure.organisation
    said = {"email": "claire@example.org", "role": "membre"}
    told = post("organisation_inviter", said, on=None, organisation=team.pk)
    assert NONE_LEFT in told
    assert "Il faut Aucun" not in told
    assert 'value="claire@example.org"' in told
    assert not Invitation.objects.exists()
    settings.MAIL_PER_ACCOUNT = 1
    post("organisation_inviter", said, on=None, organisation=team.pk)
    row = Invitation.objects.get()
    assert NONE_LEFT in post("organisation_invitation_renvoyer", on=None, organisation=team.pk, invitation=row.pk)
