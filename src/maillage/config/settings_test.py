"""Settings of the tests: the same, on a database of their own and with static files served as they are written."""

from maillage.config.settings import *  # noqa: F403
from maillage.config.settings import DATABASES, PASSWORD_HASHERS, STORAGES, VAR

DEBUG = False
ALLOWED_HOSTS = ["*"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DATABASES["default"].setdefault("TEST", {})
# What tests prepare must never mix with what an installation did.
TERRITORIES_DIR = VAR / "tests" / "territoires"
# pytest listens to the journal by itself; a handler would keep the stream of the test that set it up, then closed.
LOGGING_CONFIG = None
# Argon2 takes a tenth of a second for each account, on purpose: the tests open thousands of accounts.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
