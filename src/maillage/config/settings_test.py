"""Settings of the tests: the same, on a database of their own and with static files served as they are written."""

from maillage.config.settings import *  # noqa: F403
from maillage.config.settings import DATABASES, STORAGES

DEBUG = False
ALLOWED_HOSTS = ["*"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DATABASES["default"].setdefault("TEST", {})
# pytest listens to the journal by itself; a handler would keep the stream of the test that set it up, then closed.
LOGGING_CONFIG = None
