"""Closing an account forgets the person, everywhere but where a proof needs the name."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import models
from tests import cast
from tests.cast import NOW, TODAY, give

from maillage.apps.accounts import services
from maillage.apps.accounts.forgetting import forget, obstacles
from maillage.apps.accounts.models import Invitation, Organisation, Role, User
from maillage.apps.accounts.my_data import SECRETS, everything
from maillage.apps.activity.models import Attendance, Meeting
from maillage.apps.projets.models import Signature, Version
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=3)
NAME, EMAIL, RPPS = "Quimperlé-Zoé", "zoe.quimperle@example.org", "10101010101"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def zoe(people):
    """A member with all that an account can have."""
    user = User.objects.create_user(EMAIL, "Une-phrase", nom=NAME, prenom="Zoé", created_at=NOW)
    team = people.structure.organisation
    give(user, team, Role.Name.MEMBRE, writes=True)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "SECRETSECRET"})
    Member.objects.create(
        structure=people.structure,
        user=user,
        nom=NAME,
        email=EMAIL,
        rpps=RPPS,
        metier="infirmier",
        joined_on=TODAY,
    )
    Invitation.objects.create(
        email=EMAIL,
        organisation=Organisation.objects.get(kind="ars"),
        name="instructeur",
        secret_hash="0" * 64,
        invited_by=people.administrateur,
        created_at=NOW,
        expires_at=LATER,
    )
    services.change_name(nom=NAME, prenom="Zoé ", by=user, at=NOW)
    return user


def where_is(*words):
    """The tables and rows where one of these words still is."""
    return [
        f"{model._meta.label} {row}"
        for model in apps.get_models()
        for row in model._base_manager.values()
        if any(word.lower() in str(row).lower() for word in words)
    ]


def test_nothing_of_the_person_remains_in_any_table(zoe):
    assert {line.split()[0] for line in where_is(NAME, EMAIL, RPPS)} >= {
        "accounts.User",
        "accounts.Invitation",
        "account.EmailAddress",
        "structures.Member",
    }
    forget(by=zoe, at=LATER)
    assert where_is(NAME, EMAIL, RPPS, "SECRETSECRET") == []


def test_the_account_is_closed_and_holds_no_role(zoe):
    forget(by=zoe, at=LATER)
    zoe.refresh_from_db()
    assert (zoe.is_active, zoe.forgotten_at, zoe.has_usable_password()) == (False, LATER, False)
    assert str(zoe) == "Une personne dont le compte est fermé"
    assert not Role.objects.filter(user=zoe, until=None).exists()
    assert Invitation.objects.get().revoked_at == LATER
    assert Member.objects.get(metier="infirmier", rpps="", user=None).left_on == LATER.date()


def test_open_sessions_end(zoe):
    session = SessionStore()
    session["anything"] = 1
    session.create()
    model = apps.get_model("usersessions", "UserSession")
    model.objects.create(
        user=zoe, session_key=session.session_key, ip="127.0.0.1", user_agent="", created_at=NOW, last_seen_at=NOW
    )
    forget(by=zoe, at=LATER)
    assert not Session.objects.exists()


@pytest.mark.parametrize("proof", ["signature", "attendance"])
def test_the_name_stays_beside_a_proof_and_nothing_else(zoe, people, proof):
    member = Member.objects.get(user=zoe)
    if proof == "signature":
        version = Version.objects.create(
            projet=people.projet, number=1, name="V1", content={}, fingerprint="0" * 64, at=NOW, author=people.porteuse
        )
        Signature.objects.create(
            version=version, member=member, method="compte", fingerprint="0" * 64, recorded_by=zoe, at=NOW
        )
    else:
        meeting = Meeting.objects.create(structure=people.structure, title="Réunion", starts_at=NOW, minutes=60)
        Attendance.objects.create(meeting=meeting, member=member, presence="present", minutes=60)
    forget(by=zoe, at=LATER)
    member.refresh_from_db()
    assert (member.nom, member.rpps, member.email, member.user) == (NAME, RPPS, "", None)
    assert where_is(EMAIL) == []


def test_the_only_person_who_runs_a_structure_is_told_what_to_do(people):
    services.leave(organisation=people.structure.organisation, by=people.coordinatrice, at=LATER)
    assert "MSP de Redon" in obstacles(people.porteuse)[0].expected
    with pytest.raises(BadInput):
        forget(by=people.porteuse, at=LATER)
    people.porteuse.refresh_from_db()
    assert people.porteuse.is_active
    services.close(organisation=people.structure.organisation, by=people.porteuse, at=LATER)
    forget(by=people.porteuse, at=LATER)


def test_the_last_administrator_of_the_installation_stays(people):
    with pytest.raises(BadInput, match="administrer ce site"):
        forget(by=people.administrateur, at=LATER)
    cast.person("second", is_administrator=True)
    forget(by=people.administrateur, at=LATER)


def test_the_export_tells_all_that_concerns_the_person(zoe):
    told = everything(zoe)
    assert told["compte"]["adresse électronique"] == EMAIL
    natures = {table["nature"]: table["lignes"] for table in told["donnees"]}
    assert natures["membres de l'équipe"][0]["identifiant RPPS"] == RPPS
    assert natures["rôles"][0]["rôle"] == "membre"
    assert natures["invitations"][0]["adresse électronique"] == EMAIL
    assert "SECRETSECRET" not in str(told)
    assert "0" * 64 not in str(told)


def test_the_export_gives_back_no_secret():
    """Whatever is named like a secret in a table that points to an account is left out."""
    named = {
        field.name
        for model in apps.get_models()
        if any(isinstance(field, models.ForeignKey) and field.related_model is User for field in model._meta.fields)
        for field in model._meta.concrete_fields
        if any(word in field.name for word in ("password", "secret", "token", "session_key"))
    }
    assert named <= SECRETS
