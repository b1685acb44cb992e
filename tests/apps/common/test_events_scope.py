"""An event names a person by a key and says whom it concerns."""

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.services import record

pytestmark = pytest.mark.django_db


def test_a_person_is_named_by_their_key_in_the_log():
    people = cast.create()
    scope = str(people.structure.organisation_id)
    record(by=people.porteuse, at=cast.NOW, verb="essayer", subject=people.projet, scope=scope)
    event = Event.objects.get()
    assert (event.actor, event.scope) == (f"personne:{people.porteuse.pk}", scope)


def test_what_concerns_the_installation_has_no_scope():
    people = cast.create()
    record(by="commande", at=cast.NOW, verb="essayer", subject=people.projet)
    assert Event.objects.get().scope == ""
