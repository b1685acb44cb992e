"""What every test shares."""

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
