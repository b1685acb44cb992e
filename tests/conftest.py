"""What every test shares."""

import sys
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django import DjangoDbBlocker
from tests import france as real_communes
from tests.written_once import flush_with_guard_lifted


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


@pytest.fixture(autouse=True, scope="session")
def _log_can_be_flushed() -> Iterator[None]:
    """The database refuses to empty its log; between two tests that commit, it has to be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_with_guard_lifted)
        yield
