"""What the tests of the pages of governance share: a visitor below it, a bureau and a mandate."""

import pytest
from tests.web.activity import *  # noqa: F403
from tests.web.activity import Visitor as Anywhere

from maillage.apps.governance.models import Body, Mandate

BODY = {"nom": "Bureau", "kind": "bureau", "entity": "", "seats": "3", "mandate_months": "36"}


class Visitor(Anywhere):
    """Someone below the structure."""

    def address(self, path):
        return self.structure + "gouvernance/" + path


@pytest.fixture
def visitor(people):
    return lambda part: Visitor(getattr(people, part), people.projet)


@pytest.fixture
def bureau(porteuse):
    porteuse.posted("organes/nouveau/", BODY)
    return Body.objects.get()


@pytest.fixture
def member(people):
    return people.structure.members.get(user=people.porteuse)


@pytest.fixture
def mandate(porteuse, bureau, member):
    sent = {"member": str(member.pk), "function": "Présidence", "since": "2026-11-22", "until": ""}
    porteuse.posted(f"organes/{bureau.pk}/mandats/nouveau/", sent)
    return Mandate.objects.get()
