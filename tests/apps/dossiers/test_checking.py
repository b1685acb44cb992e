"""The checks of a dossier: of the draft before its deposit, of what was filed after it."""

import pytest
from tests import cast, small_world
from tests.apps.dossiers.filing import ready
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, draft, filed

from maillage.apps.accounts import journal
from maillage.apps.common.models import Event
from maillage.apps.dossiers.checking import checked, forbidding, kept, snapshot
from maillage.apps.dossiers.depositing import deposit
from maillage.apps.dossiers.facts import FACTS, own_of
from maillage.apps.dossiers.models import Agreement, Decision, Deposit, Perimeter, Recognition
from maillage.apps.dossiers.moving import write_event
from maillage.apps.dossiers.uniqueness import agreements_of
from maillage.apps.structures.models import LegalEntity
from maillage.core.dossiers.checks.facts import Own
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
ASSOCIATION = {"form": "association_1901", "state": "constituee"}


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return draft(cpts(people), answers={"communes": ["35236"]})


def check(dossier, code):
    return next(each for each in checked(dossier, today=TODAY) if each.code == code)


def recognised(people, *communes, nom="CPTS voisine", is_published=True):
    """Another CPTS that the register shows on these communes."""
    projet = cpts(people, nom=nom, communes=communes)
    number = f"PSC-53-2026-{Decision.objects.count() + 900}"
    other = filed(projet, state="accepte", number=number)
    decision = Decision.objects.create(
        dossier=other, number=f"D-{number}", sense="accord", decided_on=TODAY, at=NOW, by=people.decideuse
    )
    made = Recognition.objects.create(
        structure=projet.structure, decision=decision, kind="cpts", nom=nom, region="53", since=TODAY,
        is_published=is_published,
    )  # fmt: skip
    for code in communes:
        Perimeter.objects.create(recognition=made, kind="cpts", commune=code)
    return decision


def test_a_draft_is_checked_as_it_is_now(dossier):
    assert check(dossier, "association").state == "inconnu"
    entity = LegalEntity.objects.create(structure=dossier.structure, form="association_1901")
    assert check(dossier, "association").state == "manque"
    entity.state = "constituee"
    entity.save()
    assert check(dossier, "association").state == "remplie"


def test_every_check_says_its_text(dossier):
    for each in checked(dossier, today=TODAY):
        assert each.source, each.code
        assert each.confidence in "ABC", each.code
        assert each.found, each.code


def test_a_recognised_cpts_on_the_same_commune_forbids_the_deposit(dossier, people):
    recognised(people, "35236", "35294")
    (found,) = forbidding(dossier, "deposer", today=TODAY)
    assert found.code == "territoire_libre"
    assert "CPTS voisine" in found.why
    assert "Redon" in found.why
    assert [each.code for each in forbidding(dossier, "completer", today=TODAY)] == ["territoire_libre"]


def test_a_recognised_cpts_elsewhere_forbids_nothing(dossier, people):
    recognised(people, "35294")
    assert not forbidding(dossier, "deposer", today=TODAY)


def test_a_decision_not_told_yet_is_for_who_reviews_only(dossier, people):
    recognised(people, "35236", is_published=False)
    found = check(dossier, "territoire_libre")
    assert found.state == "remplie"
    assert "CPTS voisine" not in found.why
    assert "CPTS voisine" in found.inside
    assert "inside" not in found.as_dict()


def test_a_dossier_of_another_on_the_same_communes_warns_who_reviews_only(dossier, people):
    other = filed(cpts(people, nom="CPTS rivale"), number="PSC-53-2026-0042", answers={"communes": ["35236"]})
    found = check(dossier, "territoire_libre")
    assert found.state == "remplie"
    assert "rivale" not in found.why
    assert other.number in found.inside
    assert not forbidding(dossier, "deposer", today=TODAY)


def test_after_the_deposit_the_checks_read_what_was_filed(people):
    dossier = filed(cpts(people), answers={"communes": ["35236"]})
    LegalEntity.objects.create(structure=dossier.structure, **ASSOCIATION)
    own = own_of(dossier, today=TODAY).model_dump(mode="json")
    content = {"reponses": {"communes": ["35294"]}, "pieces": [], FACTS: {**own, "formes": []}}
    Deposit.objects.create(dossier=dossier, number=1, at=NOW, by=people.porteuse, content=content, fingerprint="0" * 64)
    found = check(dossier, "association")
    assert found.state == "inconnu"
    assert found.since_filed is not None
    assert found.since_filed.state == "remplie"
    recognised(people, "35294")
    assert check(dossier, "territoire_libre").state == "manque"
    assert [each.code for each in forbidding(dossier, "accepter", today=TODAY)] == ["territoire_libre"]
    assert not forbidding(dossier, "completer", today=TODAY)


def test_a_deposit_that_kept_no_fact_is_read_with_those_of_today(people):
    dossier = filed(cpts(people), answers={"communes": ["35236"]})
    LegalEntity.objects.create(structure=dossier.structure, **ASSOCIATION)
    Deposit.objects.create(
        dossier=dossier, number=1, at=NOW, by=people.porteuse, content={"nature": "reprise"}, fingerprint="0" * 64
    )
    found = check(dossier, "association")
    assert (found.state, found.since_filed) == ("remplie", None)


def test_what_a_structure_says_is_kept_whole(dossier):
    LegalEntity.objects.create(structure=dossier.structure, **ASSOCIATION)
    own = own_of(dossier, today=TODAY)
    assert Own.model_validate(own.model_dump(mode="json")) == own
    assert own.communes == ("35236",)


def test_what_the_checks_said_at_the_decision_is_read_later(dossier, people):
    assert kept(dossier) is None
    found = checked(dossier, today=TODAY)
    write_event(dossier, "décider", by=people.decideuse, at=NOW, after={"verifications": snapshot(found)})
    LegalEntity.objects.create(structure=dossier.structure, **ASSOCIATION)
    before = kept(dossier)
    assert before is not None
    assert (before.at, before.verb) == (NOW, "décider")
    assert [(each.code, each.state, each.why) for each in before.checks] == [
        (each.code, each.state, each.why) for each in found
    ]


def test_the_log_tells_the_checks_of_a_decision_in_a_line_each(dossier, people):
    after = {"verifications": snapshot(checked(dossier, today=TODAY))}
    write_event(dossier, "décider", by=people.decideuse, at=NOW, after=after, internal=True)
    (line,) = journal.lines(Event.objects.filter(subject_id=str(dossier.pk)))
    ((_label, told),) = line.after
    assert "Aucune autre CPTS reconnue n'est sur ce territoire : remplie" in told
    assert "confiance" not in told


def test_a_structure_knows_its_agreements(dossier, people):
    decision = recognised(people, "35294")
    Agreement.objects.create(structure=decision.dossier.structure, decision=decision, mode="aci", since=TODAY)
    assert agreements_of(decision.dossier.structure) == ()
    Decision.objects.update(notified_at=NOW)
    assert agreements_of(decision.dossier.structure) == ("aci",)
    assert agreements_of(dossier.structure) == ()


def test_a_deposit_keeps_what_the_structure_said_of_itself(people, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    dossier = ready(people)
    made = deposit(dossier, by=people.porteuse, at=NOW)
    assert made.content[FACTS]["formes"] == ["association_1901"]
    dossier.structure.legal_entities.all().delete()
    found = check(made.dossier, "association")
    assert found.state == "remplie"
    assert found.since_filed is not None
    assert found.since_filed.state == "inconnu"


def test_a_deposit_is_refused_on_the_territory_of_another(people, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    dossier = ready(people)
    recognised(people, "35236")
    with pytest.raises(BadInput) as refused:
        deposit(dossier, by=people.porteuse, at=NOW)
    assert any("CPTS voisine" in each.message for each in refused.value.problems)
    assert not Deposit.objects.exists()


def ess(people, nom, number, speciality="cardiologie"):
    """A filed dossier of an ESS on Redon."""
    projet = cpts(people, nom=nom)
    structure = projet.structure
    structure.kind, structure.specialite = "ess", speciality
    structure.save()
    return filed(projet, "projet_sante_ess", number=number)


def test_an_ess_is_alone_with_its_speciality_on_its_perimeter(people):
    first, second = ess(people, "ESS du cœur", "ESS-53-2026-0001"), ess(people, "ESS voisine", "ESS-53-2026-0002")
    other = ess(people, "ESS de la peau", "ESS-53-2026-0003", "dermatologie")
    decision = Decision.objects.create(
        dossier=first, number="D-1", sense="accord", decided_on=TODAY, at=NOW, by=people.decideuse
    )
    made = Recognition.objects.create(
        structure=first.structure, decision=decision, kind="ess", nom="ESS du cœur", region="53", since=TODAY,
        specialite="Cardiologie",
    )  # fmt: skip
    Perimeter.objects.create(recognition=made, kind="ess", specialite="cardiologie", commune="35236")
    states = {}
    for each in (first, second, other):
        each.answers = {"derogation": False}
        states[each.number] = check(each, "ess_libre").state
    assert states == {"ESS-53-2026-0001": "remplie", "ESS-53-2026-0002": "manque", "ESS-53-2026-0003": "remplie"}


def test_the_two_modes_exclude_each_other(people):
    projet = cpts(people, nom="Centre de santé")
    projet.structure.kind = "cds"
    projet.structure.save()
    asked = filed(projet, "adhesion_aci_cds", number="ACI-53-2026-0001")
    assert check(asked, "non_cumul").state == "remplie"
    rival = filed(projet, "adhesion_accord_national_cds", number="ACN-53-2026-0001")
    assert check(asked, "non_cumul").state == "inconnu"
    decision = Decision.objects.create(
        dossier=rival, number="D-1", sense="accord", decided_on=TODAY, at=NOW, by=people.decideuse
    )
    Agreement.objects.create(structure=projet.structure, decision=decision, mode="accord_national", since=TODAY)
    hidden = check(asked, "non_cumul")
    assert (hidden.state, "déjà" in hidden.why) == ("inconnu", False)
    Decision.objects.update(notified_at=NOW)
    found = check(asked, "non_cumul")
    assert found.state == "manque"
    assert "l'accord national" in found.why
    assert [each.code for each in forbidding(asked, "accepter", today=TODAY)] == ["non_cumul"]
