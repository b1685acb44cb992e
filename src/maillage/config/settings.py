"""Settings, read from the environment (see docs/reference/reglages.md). Nothing else reads the environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env

from maillage.config.database import checked_url
from maillage.config.identity import identity_app
from maillage.config.mail import mail_settings, site_address
from maillage.config.secret_key import LOCAL_HOSTS, secret_key

ROOT = Path(__file__).resolve().parents[3]
env = Env()
env.read_env(ROOT / ".env", recurse=False)

# In a checkout, beside the code; once installed from a wheel, where the command is run.
HOME = ROOT if (ROOT / "pyproject.toml").is_file() else Path.cwd()
VAR = env.path("MAILLAGE_VAR", HOME / "var")

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", list(LOCAL_HOSTS))
# Whether the site answers this machine only, as it does for who tries it.
LOCAL_ONLY = set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS)
SECRET_KEY = secret_key(env.str("SECRET_KEY", ""), VAR / "secret_key", ALLOWED_HOSTS, DEBUG)
# Former keys, that still read what they ciphered (second factors) until it is written again.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "maillage.apps.common",
    "maillage.apps.territories",
    "maillage.apps.diagnostics",
    "maillage.apps.accounts",
    "maillage.apps.notifications",
    "maillage.apps.connections",
    "maillage.apps.structures",
    "maillage.apps.activity",
    "maillage.apps.governance",
    "maillage.apps.contracts",
    "maillage.apps.quality",
    "maillage.apps.crisis",
    "maillage.apps.digital",
    "maillage.apps.opening",
    "maillage.apps.projets",
    "maillage.apps.dossiers",
    "maillage.apps.calendar",
    # Before allauth, so that our templates stand in place of its own.
    "maillage.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "maillage.web.comptes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "maillage.web.middleware.without_null",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "maillage.web.comptes.second_factor.second_factor_required",
    "django_htmx.middleware.HtmxMiddleware",
    "maillage.web.middleware.method_not_allowed_page",
]

ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.web.menu.menu",
                "maillage.web.comptes.context.accounts",
            ],
            "builtins": ["maillage.web.templatetags.francais"],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASE_URL = checked_url(env.str("DATABASE_URL", f"sqlite:///{VAR / 'maillage.sqlite3'}"))
DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_MINIMUM = 12
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "nom", "prenom")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MINIMUM},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:tableau_de_bord"
SESSION_COOKIE_AGE = env.int("SESSION_DAYS", 14) * 24 * 3600

# Shared by every process of the site: rates and lock-outs are counted there. MAX_ENTRIES: a flood must not empty it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Before the site, how many proxies of ours add to X-Forwarded-For; none: the address of the connection is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

ACCOUNT_ADAPTER = "maillage.web.comptes.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "maillage.web.comptes.names.NamesForm"
ACCOUNT_FORMS = {
    "login": "maillage.web.comptes.forms.LoginForm",
    "signup": "maillage.web.comptes.forms.SignupForm",
    "add_email": "maillage.web.comptes.forms.AddEmailForm",
    "change_password": "maillage.web.comptes.forms.ChangePasswordForm",
    "set_password": "maillage.web.comptes.forms.SetPasswordForm",
    "reset_password": "maillage.web.comptes.forms.ResetPasswordForm",
    "reset_password_from_key": "maillage.web.comptes.forms.ResetPasswordKeyForm",
    "reauthenticate": "maillage.web.comptes.forms.ReauthenticateForm",
    "request_login_code": "maillage.web.comptes.forms.RequestLoginCodeForm",
    "confirm_login_code": "maillage.web.comptes.forms.ConfirmLoginCodeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Maillage] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = env.bool("LOGIN_BY_CODE", False)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Five mistakes on one address, or thirty from one machine, and it must wait.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/10m/ip,5/10m/key",
    "confirm_email": "1/1m/key",
    "reset_password": "20/m/ip,5/10m/key",
}

MFA_ADAPTER = "maillage.web.comptes.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "maillage.web.comptes.mfa_forms.AuthenticateForm",
    "reauthenticate": "maillage.web.comptes.mfa_forms.ReauthenticateForm",
    "activate_totp": "maillage.web.comptes.mfa_forms.ActivateTOTPForm",
    "add_webauthn": "maillage.web.comptes.mfa_forms.AddWebAuthnForm",
    "edit_webauthn": "maillage.web.comptes.mfa_forms.EditWebAuthnForm",
}
MFA_TOTP_ISSUER = "Maillage"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Nobody enters without a confirmed address; this only lets who has a second factor change theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
# Keys are tied to the name of the site; on one's own machine only, that name is served without https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_ONLY

SOCIALACCOUNT_ADAPTER = "maillage.web.comptes.identite.adapter.IdentityAdapter"
SOCIALACCOUNT_FORMS = {"signup": "maillage.web.comptes.forms.IdentitySignupForm"}
SOCIALACCOUNT_PROVIDERS = {
    "identite": {
        "APPS": [
            *identity_app(
                "proconnect",
                {
                    "url": env.str("PROCONNECT_URL", ""),
                    "client_id": env.str("PROCONNECT_CLIENT_ID", ""),
                    "secret": env.str("PROCONNECT_SECRET", ""),
                },
                {
                    "scope": env.list("PROCONNECT_SCOPE", ["openid", "given_name", "usual_name", "email", "siret"]),
                    "acr": env.list("PROCONNECT_ACR", []),
                    "second_factor": env.list("PROCONNECT_SECOND_FACTOR", []),
                },
            ),
            *identity_app(
                "psc",
                {
                    "url": env.str("PSC_URL", ""),
                    "client_id": env.str("PSC_CLIENT_ID", ""),
                    "secret": env.str("PSC_SECRET", ""),
                },
                {
                    "scope": env.list("PSC_SCOPE", ["openid", "scope_all"]),
                    "acr": env.list("PSC_ACR", ["eidas1"]),
                    "second_factor": env.list("PSC_SECOND_FACTOR", []),
                },
            ),
        ]
    }
}

# Without a mail server, e-mails are files, so that who tries the site on a laptop finds the link of confirmation.
MAIL_FOLDER = VAR / "courriels"
globals().update(mail_settings(env.str("EMAIL_URL", ""), MAIL_FOLDER))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "Maillage <ne-pas-repondre@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# How the mails that no page sends (notifications) name this site.
SITE_ADDRESS = site_address(env.str("MAILLAGE_ADRESSE", ""), ALLOWED_HOSTS)
# Messages to others in a day: invitations, reminders, mentions. A stolen account must not flood anyone.
MAIL_PER_ACCOUNT = env.int("MAIL_PER_ACCOUNT", 300)
MAIL_PER_ORGANISATION = env.int("MAIL_PER_ORGANISATION", 1_000)

# What people deposit, outside of what the web serves.
FILES_DIR = VAR / "fichiers"
FILE_MEGABYTES = env.int("FILE_MEGABYTES", 20)
# An antivirus that reads what is deposited: the address of a ClamAV daemon (host:port, or the path of its socket).
CLAMAV = env.str("MAILLAGE_CLAMAV", "")

# What is prepared from official files and does not belong in a database: travel times, shapes for maps, grids.
TERRITORIES_DIR = VAR / "territoires"

# Calls that one token of the API may make in a minute.
API_PER_MINUTE = env.int("MAILLAGE_API_PAR_MINUTE", 120)
# Webhooks may be sent to private addresses, and without TLS: on an intranet only.
WEBHOOKS_PRIVATE = env.bool("MAILLAGE_WEBHOOKS_PRIVES", False)

# Where the code of this instance is offered, as the AGPL asks of who serves it.
SOURCE_URL = env.str("MAILLAGE_SOURCE_URL", "")

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # The map cuts its tiles in a worker, from a file of ours.
        "worker-src": [SELF],
    }
}
# A site open to others is reached over https: its cookies go no other way, and browsers remember it for a year.
HTTPS = env.bool("HTTPS", not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600 if HTTPS else 0)
# The relay that carries TLS says so in this header; it must write it itself, whatever the visitor sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "maillage.web.public.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "maillage.config.log_secrets.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "loggers": {"numexpr": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
