"""``maillage organisation``: the bodies that only who administers the site creates."""

import pytest
from tests.cast import person

from maillage.apps.accounts.models import Organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("territories")]
ARS = ("organisation", "creer", "ars", "ARS Bretagne", "--par", "chef@example.org")


@pytest.fixture(autouse=True)
def chief(territories):
    """Who administers the site."""
    return person("chef", is_administrator=True)


def test_an_authority_is_created_and_its_administrateur_invited(maillage, mailoutbox):
    ran = maillage(*ARS, "--region", "53", "--administrateur", "anne@example.org", "--adresse", "https://site.example/")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "« ARS Bretagne » est créée.\nL'invitation est envoyée à anne@example.org.\n"
    assert "https://site.example/invitations/" in mailoutbox[0].body
    assert Organisation.objects.get().invitations.get().name == "administrateur"
    assert maillage("organisation", "lister").out == "ars\tARS Bretagne\t0 personne(s)\n"


def test_what_is_missing_or_not_allowed_is_said(maillage):
    person("membre")
    assert "region : " in maillage(*ARS).err
    ran = maillage(*ARS[:-1], "membre@example.org", "--region", "53")
    assert (ran.code, "n'administre pas ce site" in ran.err) == (2, True)
    assert maillage(*ARS[:-1], "personne@example.org", "--region", "53").code == 2
    assert maillage("organisation", "lister").code == 2


def test_an_email_that_does_not_leave_leaves_the_organisation(maillage, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    ran = maillage(*ARS, "--region", "53", "--administrateur", "anne@example.org")
    assert (ran.code, "n'est pas parti" in ran.err) == (2, True)
    assert Organisation.objects.count() == 1


def test_the_first_person_is_offered_several_roles_at_once(maillage, mailoutbox):
    who = ("--region", "53", "--administrateur", "anne@example.org")
    ran = maillage(*ARS, *who, "--role", "instructeur", "--role", "instructeur", "--role", "administrateur")
    assert (ran.code, ran.err) == (0, "")
    assert "Un e-mail par rôle (" in ran.out
    offered = Organisation.objects.get().invitations.values_list("name", flat=True)
    assert sorted(offered) == ["administrateur", "instructeur"]
    assert len(mailoutbox) == 2


def test_a_role_that_such_an_organisation_has_not_creates_nothing(maillage):
    ran = maillage(*ARS, "--region", "53", "--administrateur", "anne@example.org", "--role", "porteur")
    assert (ran.code, "role : " in ran.err) == (2, True)
    assert maillage(*ARS, "--region", "53", "--role", "instructeur").code == 2
    assert Organisation.objects.count() == 0
