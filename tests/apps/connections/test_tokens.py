"""Tokens: who makes and revokes them, within which scopes, and how the log names what they do."""

import datetime

import pytest
from tests import cast
from tests.cast import NOW, TODAY, give

from maillage.apps.accounts import journal
from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.connections import tokens
from maillage.apps.connections.models import ApiToken
from maillage.apps.connections.tokens import ADVISE, FILE, READ, READ_STRUCTURE, REVIEW, WRITE_STRUCTURE
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
SOON = TODAY + datetime.timedelta(days=30)


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def team(people):
    return people.structure.organisation


def make(organisation, by, *, scopes=(READ,), until=SOON, name="Logiciel"):
    return tokens.create(organisation, name=name, scopes=scopes, until=until, by=by, at=NOW)


def test_only_the_hash_of_a_secret_is_kept(people, team):
    made, secret = make(team, people.porteuse)
    kept = str(list(ApiToken.objects.values()))
    assert (secret in kept, made.secret_hash == tokens.hash_of(secret), secret.startswith(made.hint)) == (
        False, True, True,
    )  # fmt: skip
    assert secret not in str(list(Event.objects.values()))


def test_a_token_works_until_the_end_of_its_last_day_here(people, team):
    made, _secret = make(team, people.porteuse, until=TODAY)
    end = datetime.datetime(2026, 11, 22, 23, 0, tzinfo=datetime.UTC)
    assert (made.last_day, tokens.why_stopped(made, end - datetime.timedelta(seconds=1))) == (TODAY, "")
    assert tokens.why_stopped(made, end).startswith("expiré")
    assert made.expires_at == end


@pytest.mark.parametrize(
    ("who", "kind", "offered"),
    [
        ("porteuse", "structure", {READ, FILE, READ_STRUCTURE, WRITE_STRUCTURE}),
        ("membre", "structure", {READ, READ_STRUCTURE}),
        ("instructrice", "ars", {READ, REVIEW, ADVISE}),
        ("decideuse", "ars", {READ, ADVISE}), ("stranger", "ars", set()), ("administrateur", "ars", set()),
    ],
)  # fmt: skip
def test_the_scopes_offered_are_those_that_the_roles_allow(people, who, kind, offered):
    body = Organisation.objects.get(kind=kind)
    assert set(tokens.scopes_of(getattr(people, who), body)) == offered


def test_who_does_not_manage_the_organisation_makes_and_revokes_nothing(people, team):
    made, _secret = make(team, people.porteuse)
    for who in (people.membre, people.stranger, people.instructrice):
        with pytest.raises(NotAllowed):
            make(team, who)
        with pytest.raises(NotAllowed):
            tokens.revoke(made, by=who, at=NOW)
        assert tokens.tokens_of(who, team) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"name": "x" * 81}, {"scopes": ()}, {"scopes": (REVIEW,)}, {"scopes": ("tout",)},
        {"until": TODAY - datetime.timedelta(days=1)}, {"until": TODAY + datetime.timedelta(days=367)},
    ],
)  # fmt: skip
def test_a_wrong_token_is_refused_and_nothing_is_kept(people, team, wrong):
    with pytest.raises(BadInput):
        make(team, people.porteuse, **wrong)
    assert not ApiToken.objects.exists()


def test_an_organisation_does_not_heap_tokens_up(people, team, monkeypatch):
    monkeypatch.setattr(tokens, "MOST_IN_FORCE", 2)
    first, _secret = make(team, people.porteuse)
    make(team, people.porteuse)
    with pytest.raises(BadInput, match="révoquez"):
        make(team, people.porteuse)
    tokens.revoke(first, by=people.porteuse, at=NOW)
    assert make(team, people.porteuse)


def test_a_token_revoked_twice_is_revoked_once(people, team):
    made, _secret = make(team, people.porteuse)
    for later in (0, 1):
        tokens.revoke(made, by=people.coordinatrice, at=NOW + datetime.timedelta(hours=later))
    made.refresh_from_db()
    assert (made.revoked_at, Event.objects.filter(verb="révoquer").count()) == (NOW, 1)


def test_the_log_names_the_token_that_acts(people, team):
    made, secret = make(team, people.porteuse, name="Tableau de bord")
    found = tokens.recognised(secret)
    assert found is not None
    actor = tokens.person_of(found).event_actor
    assert actor == f"jeton:{made.pk}"
    Event.objects.create(
        at=NOW, actor=actor, verb="essayer", subject_type="accounts.organisation", subject_id=str(team.pk)
    )
    [line] = journal.lines(Event.objects.filter(verb="essayer"))
    assert line.actor == "jeton « Tableau de bord »"
    assert people.porteuse.event_actor == f"personne:{people.porteuse.pk}"


def test_a_scope_whose_role_is_lost_is_told(people, team):
    made, _secret = make(team, people.porteuse, scopes=(READ, FILE))
    assert tokens.lost_scopes(made) == []
    Role.objects.filter(user=people.porteuse, organisation=team).update(until=NOW)
    give(people.porteuse, team, Role.Name.MEMBRE)
    assert tokens.lost_scopes(made) == ["Déposer"]
