"""What the settings of an installation say of its safety."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from maillage.apps.common.deployment.check import Check, know, mend, ok
from maillage.core.kernel.french import number

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
SHORTEST_KEY = 50
FEWEST_LETTERS = 10
YEAR = 365 * 24 * 3600
UNSAFE = ("unsafe-", "*", "data:", "http:", "https:", "blob:")
IMAGES = "img-src"
CSP = "csp.middleware.CSPMiddleware"
SECOND_FACTOR = "second_factor_required"


def settings_checks() -> Iterator[Check]:
    """Key, debugging, names, https, cookies, policy of contents, second factor, identity providers."""
    yield _key()
    yield _debug()
    yield _hosts()
    yield _https()
    yield _cookies()
    yield _hsts()
    yield _policy()
    yield _second_factor()
    yield _providers()


def is_open() -> bool:
    """Whether the site answers to others than its own machine."""
    return not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS


def _key() -> Check:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS:
        todo = "Donnez à SECRET_KEY une valeur aléatoire d'au moins 50 caractères, et gardez-la hors du code."
        return mend("Clé secrète", f"trop courte ou trop simple ({number(len(key))} caractères)", todo)
    return ok("Clé secrète", f"{number(len(key))} caractères")


def _debug() -> Check:
    if settings.DEBUG:
        return mend("Mode de mise au point", "DEBUG est actif : les erreurs montrent le code", "Retirez DEBUG.")
    return ok("Mode de mise au point", "arrêté")


def _hosts() -> Check:
    hosts = settings.ALLOWED_HOSTS
    if "*" in hosts:
        return mend("Noms du site", "ALLOWED_HOSTS accepte tous les noms", "Écrivez-y les noms de votre site.")
    if not is_open():
        todo = "Pour l'ouvrir à d'autres, donnez ses noms dans ALLOWED_HOSTS."
        return know("Noms du site", "le site ne répond qu'à cette machine", todo)
    return ok("Noms du site", ", ".join(hosts))


def _https() -> Check:
    clear = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
    if not is_open():
        return know("https", "sans objet : le site ne répond qu'à cette machine")
    if clear:
        todo = "N'écrivez dans CSRF_TRUSTED_ORIGINS que des adresses en https://."
        return mend("https", f"des formulaires sont acceptés d'une adresse en clair : {', '.join(clear)}", todo)
    if not settings.HTTPS:
        todo = "Mettez un relais qui porte TLS devant le site, et retirez HTTPS=false."
        return mend("https", "le site est ouvert et se lit en clair", todo)
    return ok("https", "obligatoire ; le relais doit écrire X-Forwarded-Proto")


def _cookies() -> Check:
    flags = {
        "SESSION_COOKIE_SECURE": settings.SESSION_COOKIE_SECURE or not is_open(),
        "CSRF_COOKIE_SECURE": settings.CSRF_COOKIE_SECURE or not is_open(),
        "SESSION_COOKIE_HTTPONLY": settings.SESSION_COOKIE_HTTPONLY,
        "SESSION_COOKIE_SAMESITE": settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict"),
        "X_FRAME_OPTIONS": settings.X_FRAME_OPTIONS == "DENY",
    }
    missing = [name for name, held in flags.items() if not held]
    if missing:
        return mend("Témoins de connexion", f"réglages affaiblis : {', '.join(missing)}", "Remettez-les comme livrés.")
    return ok("Témoins de connexion", "protégés des scripts, des autres sites et des cadres")


def _hsts() -> Check:
    seconds = settings.SECURE_HSTS_SECONDS
    if not is_open():
        return know("HSTS", "sans objet : le site ne répond qu'à cette machine")
    if not seconds:
        return mend("HSTS", "les navigateurs ne retiennent pas le https", "Retirez HSTS_SECONDS=0.")
    if seconds < YEAR:
        todo = "Une fois le https éprouvé, retirez HSTS_SECONDS : un an sans elle."
        return know("HSTS", f"retenu {number(seconds // 86400)} jours", todo)
    return ok("HSTS", "les navigateurs retiennent le https un an")


def _policy() -> Check:
    directives: dict[str, Any] = settings.CONTENT_SECURITY_POLICY.get("DIRECTIVES", {})
    loose = [
        f"{name} {value}"
        for name, values in directives.items()
        for value in values
        if any(word in str(value) for word in UNSAFE) and not (name == IMAGES and value == "data:")
    ]
    if CSP not in settings.MIDDLEWARE or "default-src" not in directives or loose:
        seen = f"affaiblie : {', '.join(loose)}" if loose else "absente"
        return mend("Contenus autorisés (CSP)", seen, "Remettez CONTENT_SECURITY_POLICY comme livrée.")
    return ok("Contenus autorisés (CSP)", "ceux du site seulement, sans script ni style dans les pages")


def _second_factor() -> Check:
    if not any(SECOND_FACTOR in name for name in settings.MIDDLEWARE):
        todo = "Remettez second_factor_required dans MIDDLEWARE."
        return mend("Second facteur", "n'est exigé de personne", todo)
    return ok("Second facteur", "exigé des ARS, des CPAM et des administrateurs")


def _providers() -> Check:
    given = [app for provider in settings.SOCIALACCOUNT_PROVIDERS.values() for app in provider.get("APPS", [])]
    if not given:
        todo = "Pro Santé Connect et ProConnect s'ouvrent par les réglages PSC_… et PROCONNECT_…, avec l'opérateur."
        return know("Fournisseurs d'identité", "aucun : on entre par adresse et mot de passe", todo)
    incomplete = [str(app["name"]) for app in given if not (app.get("client_id") and app.get("secret"))]
    if incomplete:
        return mend("Fournisseurs d'identité", f"incomplets : {', '.join(incomplete)}", "Donnez identifiant et secret.")
    return ok("Fournisseurs d'identité", ", ".join(str(app["name"]) for app in given))
