"""Who a token lets in: its scopes, its organisation, the roles that its account still holds there; and attacks."""

import datetime
import logging

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests import cast
from tests.api.callers import Caller, token_for
from tests.cast import NOW, give
from tests.dossiers import cpts, draft, filed

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.connections.models import ApiToken
from maillage.apps.connections.tokens import ADVISE, FILE, READ, REVIEW
from maillage.apps.dossiers.models import AvisRequest, Consultation

pytestmark = pytest.mark.django_db
LIST = "/api/dossiers"
AVIS = "00000000-0000-4000-8000-000000000000"
BODIES = {
    "repondre": {"reponses": {}, "revision": 0}, "retirer": {"motif": "Non."}, "attribuer": {"responsable": None},
    "etiqueter": {}, "ecrire": {"texte": "Bonjour."}, "classer": {"motif": "Non."},
    "renvoyer": {"motif": "Non."},
    "demander_pieces": {"pieces": [{"code": "autre"}], "avant_le": "2000-01-01"},
    "donner_avis": {"avis": AVIS, "sens": "sans", "texte": "Rien."},
}  # fmt: skip
BY_FILER = ("repondre", "deposer", "amender", "completer", "retirer")
BY_REVIEWER = ("attribuer", "etiqueter", "declarer_complet", "demander_pieces", "proposer", "renvoyer", "classer")
ALLOWED = (200, 409, 422)
"""Past the rights: done, or refused for what was sent or where the dossier stands."""


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def dossier(people):
    found = filed(cpts(people))
    question = Consultation.objects.create(
        dossier=found, question="Votre avis ?", answer_by=NOW.date(), at=NOW, by=people.instructrice
    )
    AvisRequest.objects.create(consultation=question, organisation=Organisation.objects.get(kind="cpam"))
    return found


def one(dossier):
    return f"{LIST}/{dossier.pk}"


def asked(caller, dossier, geste):
    cache.clear()
    return caller.act(dossier, geste, BODIES.get(geste))[0]


def body_of(people, name):
    found = {"porteuse": "structure", "membre": "structure", "instructrice": "ars", "decideuse": "ars"}
    kind = found.get(name, "cpam")
    rows = Organisation.objects.filter(kind=kind)
    return rows.get(nom="CPTS du pays de Redon") if kind == "structure" else rows.get()


EVERY = {
    ("porteuse", FILE): {*BY_FILER, "ecrire"},
    ("instructrice", REVIEW): {*BY_REVIEWER, "ecrire"},
    ("agent_cpam", ADVISE): {"donner_avis"},
}
"""What each may do, on a filed dossier; anything else is refused."""


@pytest.mark.parametrize("name", ["porteuse", "membre", "instructrice", "decideuse", "agent_cpam"])
@pytest.mark.parametrize("scope", [READ, REVIEW, ADVISE, FILE])
def test_a_token_may_what_its_scope_and_the_role_of_its_account_allow(people, dossier, name, scope):
    caller = Caller(token_for(getattr(people, name), body_of(people, name), scope))
    expected = EVERY.get((name, scope), set())
    for geste in (*BY_FILER, *BY_REVIEWER, "ecrire", "donner_avis"):
        status = asked(caller, dossier, geste)
        assert (status in ALLOWED, status) == (geste in expected, status if geste in expected else 403), geste
    assert caller.get(one(dossier))[0] == (200 if scope == READ else 403)


def test_a_token_of_another_organisation_finds_nothing(people, dossier):
    elsewhere = Organisation.objects.create(kind="ars", nom="ARS Sud", region="93", created_at=NOW)
    give(people.stranger, elsewhere, Role.Name.INSTRUCTEUR)
    other = people.structure.organisation
    for caller in (Caller(token_for(people.stranger, elsewhere)), Caller(token_for(people.redactrice, other))):
        assert caller.get(one(dossier))[0] == 404
        assert caller.get(LIST)[1]["total"] == 0
        assert caller.act(dossier, "declarer_complet")[0] in (403, 404)
        assert caller.act(dossier, "ecrire", {"texte": "Bonjour."})[0] in (403, 404)


def test_a_token_acts_with_the_roles_of_its_organisation_only(people, dossier):
    """The account reviews for the ARS, and belongs to another structure: the token of that structure reads nothing."""
    give(people.instructrice, people.structure.organisation, Role.Name.PORTEUR)
    caller = Caller(token_for(people.instructrice, people.structure.organisation))
    assert caller.get(one(dossier))[0] == 404
    cpam = Organisation.objects.get(kind="cpam")
    give(people.instructrice, cpam, Role.Name.INSTRUCTEUR)
    associated = Caller(token_for(people.instructrice, cpam))
    status, told = associated.get(one(dossier))
    assert (status, told["etiquettes"], told["messages"]) == (200, None, [])
    assert associated.act(dossier, "declarer_complet")[0] == 403


def test_a_draft_is_read_by_who_writes_it_only(people, dossier):
    started = draft(dossier.projet)
    started.authority = dossier.authority
    started.save()
    assert Caller(token_for(people.instructrice, dossier.authority)).get(one(started))[0] == 404
    assert Caller(token_for(people.porteuse, dossier.filer)).get(one(started))[0] == 200


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Bearer inconnu", "un jeton connu"), ("Bearer", "un jeton connu"), ("", "un jeton connu"),
        ("Basic bW9pOnNlY3JldA==", "un jeton connu"), ("mlg_nu", "un jeton connu"), ("Bearer é", "un jeton connu"),
    ],
)  # fmt: skip
def test_what_is_not_a_token_is_refused(client, dossier, given, told):
    response = client.get(LIST, headers={"Authorization": given})
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert told in response.json()["erreurs"][0]["attendu"]


def stopped(secret):
    status, told = Caller(secret).get(LIST)
    return status, told.get("erreurs", [{}])[0].get("attendu", "")


def test_a_token_that_is_over_is_refused(people, dossier):
    before = timezone.now() - datetime.timedelta(minutes=1)
    for fields, why in (({"revoked_at": before}, "révoqué"), ({"expires_at": before}, "expiré")):
        status, told = stopped(token_for(people.instructrice, dossier.authority, **fields))
        assert (status, why in told) == (401, True)


def test_a_token_stops_with_its_account(people, dossier):
    secret = token_for(people.instructrice, dossier.authority)
    assert stopped(secret)[0] == 200
    User.objects.filter(pk=people.instructrice.pk).update(is_active=False)
    assert (stopped(secret)[0], "n'a plus de rôle" in stopped(secret)[1]) == (401, True)
    User.objects.filter(pk=people.instructrice.pk).update(is_active=True)
    Role.objects.filter(user=people.instructrice).update(name=Role.Name.COMMISSION)
    caller = Caller(secret)
    assert caller.act(dossier, "declarer_complet")[0] == 403
    assert caller.get(LIST)[1]["total"] == 0
    Role.objects.filter(user=people.instructrice).update(until=timezone.now())
    assert stopped(secret)[0] == 401


def test_a_token_stops_with_its_organisation(people, dossier):
    secret = token_for(people.porteuse, dossier.filer)
    Organisation.objects.filter(pk=dossier.filer_id).update(closed_at=NOW)
    assert (stopped(secret)[0], "fermée" in stopped(secret)[1]) == (401, True)


def test_a_token_does_not_open_the_pages_nor_the_projects(people, dossier, client):
    secret = token_for(people.porteuse, dossier.filer)
    for address, status in ((f"/dossiers/{dossier.pk}/", 302), ("/api/projets", 401), ("/organisations/", 302)):
        assert client.get(address, headers={"Authorization": f"Bearer {secret}"}).status_code == status


def test_too_many_calls_wait(people, dossier, settings):
    settings.API_PER_MINUTE = 3
    cache.clear()
    caller = Caller(token_for(people.porteuse, dossier.filer))
    assert [caller.get(LIST)[0] for _ in range(4)][-1] == 429
    assert 1 <= int(caller.headers["Retry-After"]) <= 60
    assert Caller(token_for(people.instructrice, dossier.authority)).get(LIST)[0] == 200


def test_the_log_never_holds_a_token(people, dossier, caplog):
    secret = token_for(people.porteuse, dossier.filer)
    with caplog.at_level(logging.DEBUG):
        Caller(secret).get(LIST)
        Caller(secret).get(f"{LIST}?etats=x")
        Caller(secret + "z").get(LIST)
    assert secret not in caplog.text
    assert secret not in str(list(ApiToken.objects.values()))


def test_the_day_of_the_last_use_is_kept(people, dossier):
    secret = token_for(people.porteuse, dossier.filer)
    Caller(secret).get(LIST)
    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_no_cross_site_form_acts_with_a_session(people, client, dossier):
    client.force_login(people.porteuse)
    response = client.post(f"{one(dossier)}/gestes/retirer", '{"motif": "x"}', content_type="text/plain")
    assert response.status_code == 401
    dossier.refresh_from_db()
    assert dossier.state == "depose"
