"""A project whose text is being written: the cast, three headings of an MSP, the diagnosis of two communes."""

import dataclasses
import importlib

from tests import cast
from tests.web import diagnosis_sample

from maillage.apps.accounts.models import User
from maillage.apps.projets.models import Section

RECIPE = {
    "format": 1,
    "version": "0",
    "jour": "2026-11-22",
    "selection": {"communes": ["35236", "35294"]},
    "millesimes": {},
    "parametres": {},
}
CODE = "msp.besoins_du_territoire"
HEADINGS = ((CODE, "Les besoins du territoire"), ("msp.objectifs", "Les objectifs"), ("msp.membres", "Les membres"))


def create() -> cast.Cast:
    """The cast and its project, with three headings to write and the diagnosis of two communes."""
    from maillage.apps.diagnostics import services
    from maillage.core.text import empty

    people = cast.create()
    diagnosis = dataclasses.replace(diagnosis_sample.sample(), recipe=RECIPE)
    people.projet.diagnosis = services.keep(diagnosis, by="test", at=cast.NOW)
    people.projet.save()
    for position, (code, title) in enumerate(HEADINGS, 1):
        body = empty().as_dict()
        Section.objects.create(projet=people.projet, code=code, title=title, position=position, body=body)
    return people


def session_of(user: User) -> str:
    """The key of a session open for this person."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)
