"""The log never holds the secret of an agenda."""

import logging

from maillage.config.log_secrets import WithoutSecrets
from maillage.config.settings import LOGGING


def test_the_secret_of_an_agenda_is_hidden_in_a_line():
    told = ("Not Found", "/agenda/aZ9_secret-key.ics")
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", told, None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /agenda/….ics"
    other = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", ("Not Found", "/aides/"), None)
    assert WithoutSecrets().filter(other)
    assert other.getMessage() == "Not Found: /aides/"


def test_every_line_of_the_site_passes_through_it():
    assert all("secrets" in each["filters"] for each in LOGGING["handlers"].values())
