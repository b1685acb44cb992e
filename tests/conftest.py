"""What every test shares."""

import sys
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests import france as real_communes


@pytest.fixture(scope="module")
def france(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The real communes, for every test of the module: see tests/france.py."""
    with django_db_blocker.unblock():
        real_communes.prepare()
        with transaction.atomic():
            real_communes.fill()
            yield
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _forget_accessibility() -> Iterator[None]:
    """The model of one test must not serve another: two small worlds may look alike."""
    yield
    model = sys.modules.get("maillage.apps.territories.accessibility.model")
    if model is not None:
        model.forget()
