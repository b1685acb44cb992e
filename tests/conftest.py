"""What every test shares."""

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django import DjangoDbBlocker
from tests import france as real_communes
from tests.written_once import flush_with_guard_lifted

from maillage.apps.common.files import pdfs


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


@pytest.fixture(autouse=True, scope="session")
def _the_same_pdf_is_read_once() -> Iterator[None]:
    """The process that reads a PDF takes a third of a second to start, and most tests deposit the same few PDFs.

    The first reading of each is real; the bounds are part of what is remembered, since some tests change them.
    """
    really, known = pdfs._asked, dict[Any, Any]()

    def read(content: bytes, *bounds: int) -> Any:
        key = (hashlib.sha256(content).digest(), pdfs.WORK, pdfs.WAIT, *bounds)
        if key not in known:
            lines, was_ended = really(content, *bounds)
            if was_ended:
                return lines, was_ended
            known[key] = lines
        return known[key], False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdfs, "_asked", read)
        yield
