"""The governance of a structure leaves with it and arrives elsewhere, the same."""

import io

from tests import cast, small_world
from tests.apps.transfer.elsewhere import forget
from tests.droits.gouvernance import Governance

from maillage.apps.governance.models import Mandate, Minutes, Power
from maillage.apps.governance.services.powers import give_power
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure
from maillage.apps.transfer import exporting, importing


def archive_of(structure):
    content = io.BytesIO()
    exporting.write_structure(structure, content, at=cast.NOW)
    return content


def test_bodies_mandates_assemblies_and_minutes_arrive_the_same(db, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    people = cast.create()
    assembly = Governance(people).assembly
    first, second = assembly.voters.all()[:2]
    give_power(assembly, first.pk, second.pk, by=people.porteuse, at=cast.NOW)
    Projet.objects.update(state=Projet.State.PREPARATION)
    before = archive_of(people.structure)
    forget(people.structure)
    assert not Mandate.objects.exists()
    importing.take_over(before, by=people.administrateur, at=cast.NOW)
    assert archive_of(Structure.objects.get()).getvalue() == before.getvalue()
    assert (Mandate.objects.count(), Minutes.objects.count(), Power.objects.count()) == (1, 1, 1)
