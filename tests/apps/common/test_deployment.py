"""Checking an installation: each thing that is wrong is seen and told with what to do."""

import datetime

import pytest
from django.db import OperationalError, connection
from tests import cast
from tests.written_once import guard_lifted

from maillage.apps.accounts.deployment import account_checks
from maillage.apps.common.deployment import machine_checks, settings_checks
from maillage.apps.common.deployment.check import State
from maillage.apps.common.files import storage
from maillage.apps.common.services import record
from maillage.apps.territories.models import Region

OPEN = {
    "ALLOWED_HOSTS": ["maillage.exemple.fr"],
    "HTTPS": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "DEBUG": False,
}


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture(autouse=True)
def opened(settings, tmp_path):
    """A site open to others, well set."""
    for name, value in OPEN.items():
        setattr(settings, name, value)
    settings.VAR = settings.FILES_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "static"
    return settings


def seen(checks, subject):
    return next(check for check in checks if check.subject == subject)


def test_a_site_well_set_has_nothing_to_mend_in_its_settings():
    assert [check for check in settings_checks.settings_checks() if check.state == State.MEND] == []


@pytest.mark.parametrize(
    ("name", "value", "subject"),
    [
        ("SECRET_KEY", "court", "Clé secrète"),
        ("SECRET_KEY", "a" * 80, "Clé secrète"),
        ("DEBUG", True, "Mode de mise au point"),
        ("ALLOWED_HOSTS", ["*"], "Noms du site"),
        ("HTTPS", False, "https"),
        ("CSRF_TRUSTED_ORIGINS", ["http://maillage.exemple.fr"], "https"),
        ("SESSION_COOKIE_SECURE", False, "Témoins de connexion"),
        ("CSRF_COOKIE_SECURE", False, "Témoins de connexion"),
        ("X_FRAME_OPTIONS", "SAMEORIGIN", "Témoins de connexion"),
        ("SECURE_HSTS_SECONDS", 0, "HSTS"),
        ("CONTENT_SECURITY_POLICY", {}, "Contenus autorisés (CSP)"),
        (
            "CONTENT_SECURITY_POLICY",
            {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'unsafe-inline'"]}},
            "Contenus autorisés (CSP)",
        ),
        ("MIDDLEWARE", ["csp.middleware.CSPMiddleware"], "Second facteur"),
        (
            "SOCIALACCOUNT_PROVIDERS",
            {"identite": {"APPS": [{"name": "ProConnect", "client_id": "a", "secret": ""}]}},
            "Fournisseurs d'identité",
        ),
    ],
)
def test_a_setting_that_weakens_the_site_is_to_be_mended(opened, name, value, subject):
    setattr(opened, name, value)
    check = seen(settings_checks.settings_checks(), subject)
    assert check.state == State.MEND
    assert check.todo.endswith(".")


def test_a_site_for_its_own_machine_is_told_what_does_not_matter(opened):
    opened.ALLOWED_HOSTS, opened.HTTPS, opened.SECURE_HSTS_SECONDS = ["127.0.0.1"], False, 0
    opened.SESSION_COOKIE_SECURE = opened.CSRF_COOKIE_SECURE = False
    states = {check.subject: check.state for check in settings_checks.settings_checks()}
    assert states["https"] == states["HSTS"] == states["Noms du site"] == State.KNOW
    assert State.MEND not in states.values()


def test_a_short_hsts_is_only_told(opened):
    opened.SECURE_HSTS_SECONDS = 3600 * 24
    assert seen(settings_checks.settings_checks(), "HSTS").state == State.KNOW


@pytest.mark.django_db
def test_a_machine_that_is_ready_is_told_ready():
    checks = list(machine_checks.machine_checks(now()))
    told = {check.subject: check.state for check in checks}
    assert told["Tables"] == told["Journal"] == told["Horloge"] == told["Dossier des fichiers"] == State.OK


@pytest.mark.django_db
def test_a_log_without_its_guard_is_to_be_mended():
    with guard_lifted(connection):
        assert seen(machine_checks.machine_checks(now()), "Journal").state == State.MEND


@pytest.mark.django_db
def test_a_clock_that_went_back_is_to_be_mended():
    record(by="Claire", at=now() + datetime.timedelta(minutes=5), verb="lire", subject=Region(code="53"))
    check = seen(machine_checks.machine_checks(now()), "Horloge")
    assert (check.state, "décalée" in check.seen) == (State.MEND, True)


@pytest.mark.django_db
def test_files_that_nothing_names_are_told():
    storage.put(b"stray")
    later = now() + datetime.timedelta(days=2)
    assert "1 fichier" in seen(machine_checks.machine_checks(later), "Fichiers déposés").seen


@pytest.mark.django_db
def test_tables_that_are_behind_are_to_be_mended(monkeypatch):
    monkeypatch.setattr(machine_checks, "is_migrated", lambda: False)
    assert seen(machine_checks.machine_checks(now()), "Tables").state == State.MEND


def test_a_database_that_does_not_answer_is_told_and_the_rest_is_checked(monkeypatch):
    def refuse() -> None:
        raise OperationalError("refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    checks = list(machine_checks.machine_checks(now()))
    assert checks[0].state == State.MEND
    assert seen(checks, "Antivirus").state == State.KNOW


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "subject"),
    [
        ("CLAMAV", "127.0.0.1:1", "Antivirus"),
        ("FILES_DIR", "STATIC_ROOT", "Dossier des fichiers"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "Courriels"),
    ],
)
def test_what_the_machine_lacks_is_to_be_mended(opened, name, value, subject):
    setattr(opened, name, opened.STATIC_ROOT / "fichiers" if value == "STATIC_ROOT" else value)
    check = seen(machine_checks.machine_checks(now()), subject)
    assert (check.state, bool(check.todo)) == (State.MEND, True)


@pytest.mark.django_db
def test_static_files_are_to_be_gathered(opened):
    assert seen(machine_checks.machine_checks(now()), "Fichiers statiques").state == State.MEND
    opened.STATIC_ROOT.mkdir()
    (opened.STATIC_ROOT / "staticfiles.json").write_text("{}")
    assert seen(machine_checks.machine_checks(now()), "Fichiers statiques").state == State.OK


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("backend", "sender", "told"),
    [
        ("smtp.EmailBackend", "Maillage <ne-pas-repondre@localhost>", "l'expéditeur est celui d'un essai"),
        ("smtp.EmailBackend", "Maillage <ne-pas-repondre@exemple.fr>", "le serveur ne répond pas"),
    ],
)
def test_a_mail_server_is_really_asked(opened, backend, sender, told):
    opened.EMAIL_BACKEND, opened.DEFAULT_FROM_EMAIL = f"django.core.mail.backends.{backend}", sender
    opened.EMAIL_HOST, opened.EMAIL_PORT, opened.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    check = seen(machine_checks.machine_checks(now()), "Courriels")
    assert check.state == State.MEND
    assert told in check.seen


@pytest.mark.django_db
def test_accounts_that_lack_what_their_role_asks_are_counted_never_named():
    people = cast.create()
    (check,) = account_checks()
    assert "4 personnes doivent encore ajouter un second facteur" in check.seen
    assert people.instructrice.email not in check.seen
    people.administrateur.is_administrator = False
    people.administrateur.save()
    assert "personne n'administre" in next(iter(account_checks())).seen
