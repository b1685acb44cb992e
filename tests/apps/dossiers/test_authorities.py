"""Who receives a dossier: the authority of the place at the right level, never who files it."""

import pytest
from tests import cast, small_world
from tests.apps.dossiers.filing import begun, fresh
from tests.cast import NOW

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers import depositing, drafting
from maillage.apps.dossiers.authorities import authority_for
from maillage.apps.dossiers.completeness import missing, receiver_of
from maillage.apps.dossiers.models import Deposit
from maillage.core.dossiers.kinds import every_kind, kind
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
REGIONAL = "financement_immobilier_msp"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def collectivite(nom: str, departement: str = "", region: str = "53") -> Organisation:
    return Organisation.objects.create(
        kind="collectivite", nom=nom, region=region, departement=departement, created_at=NOW
    )


def test_an_aid_of_the_region_goes_to_the_region_alone():
    small_world.create_territories()
    wanted = kind(REGIONAL, "53")
    collectivite("Commune de Redon", "35")
    collectivite("Région Pays de la Loire", region="52")
    assert authority_for(wanted, "53", "35") is None
    region = collectivite("Région Bretagne")
    assert authority_for(wanted, "53", "35") == authority_for(wanted, "53", "") == region
    assert authority_for(wanted, "53", "35", apart=(region.pk,)) is None


def test_a_region_twice_here_is_nobody():
    small_world.create_territories()
    collectivite("Région Bretagne")
    collectivite("Conseil régional de Bretagne")
    assert authority_for(kind(REGIONAL, "53"), "53", "35") is None


def test_who_files_never_receives_its_own_dossier(people):
    filer = collectivite("Redon Agglomération")
    dossier = drafting.entrust(begun(people, people.projet, REGIONAL), filer, by=people.porteuse, at=NOW)
    assert receiver_of(dossier) is None
    told = next(each for each in missing(dossier) if each.kind == "autorite")
    assert told.label == "La Région n'est pas encore présente dans Maillage"
    mayor = cast.person("mayor")
    cast.give(mayor, filer, "porteur")
    with pytest.raises(BadInput, match="La Région n'est pas encore présente dans Maillage"):
        depositing.deposit(fresh(dossier), by=mayor, at=NOW)
    assert not Deposit.objects.exists()
    region = collectivite("Région Bretagne")
    assert receiver_of(fresh(dossier)) == region


def test_every_kind_that_a_region_decides_says_so():
    decided = [each for each in every_kind() if each.decide.startswith("la Région")]
    assert decided
    assert {each.echelon for each in decided} == {"region"}
