"""A project starts whole or not at all, is shared and put away by who runs it, and is taken over."""

import pytest
from tests import cast, small_world

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.projets import services
from maillage.apps.projets.models import Projet, Section
from maillage.apps.projets.queries import visible_projet
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.models import Structure, TerritoryCommune
from maillage.core.kernel.problems import BadInput, read
from maillage.core.text import from_markdown
from maillage.core.text import read as read_text

SITUATION = {
    "date": "2026-11-22",
    "commune": "35236",
    "communes": ["35236", "35294"],
    "professionnels": [{"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"}],
}
WHEN = {"at": cast.NOW, "today": cast.TODAY}


@pytest.fixture
def people(db):
    small_world.create_territories()
    return cast.create()


def new(**changes):
    told = {"kind": "msp", "nom": "MSP du Lac", "communes": ("35236", "35294"), "situation": SITUATION, **changes}
    return services.NewProjet(**told)


@pytest.fixture
def projet(people):
    carrier = read(MemberFields, {"nom": "Exemple", "prenom": "Stranger", "metier": "infirmier"})
    return services.create_projet(new(carrier=carrier), by=people.stranger, **WHEN)


def test_a_project_made_from_an_orientation_keeps_all_of_it(people, projet):
    assert projet.situation == SITUATION
    assert [each.code for each in projet.structure.communes.all()] == ["35236", "35294"]
    assert (projet.structure.region, projet.structure.kind, projet.state) == ("53", "msp", "preparation")
    assert visible_projet(people.stranger, projet.pk) == projet
    assert visible_projet(people.porteuse, projet.pk) is None


def test_a_project_starts_with_its_headings_and_its_diagnosis(projet):
    codes = list(projet.sections.values_list("code", flat=True))
    assert codes
    assert all(code.startswith("msp.") for code in codes)
    assert set(projet.sections.values_list("state", flat=True)) == {"vide"}
    assert [each["code"] for each in projet.diagnosis.result["communes"]] == ["35236", "35294"]


def test_who_creates_a_project_is_a_member_when_they_are_of_the_team(people, projet):
    member = projet.structure.members.get()
    assert (member.user, member.metier) == (people.stranger, "infirmier")
    other = services.create_projet(new(nom="Autre"), by=people.stranger, **WHEN)
    assert not other.structure.members.exists()


def test_each_write_of_a_creation_is_told_once(projet):
    told = sorted(Event.objects.values_list("subject_type", "verb"))
    assert told == [
        ("diagnostics.keptdiagnosis", "conserver"), ("projets.projet", "creer"), ("structures.structure", "creer"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "mps"},
        {"nom": ""},
        {"communes": ()},
        {"communes": ("99999",)},
        {"region": "11"},
        {"situation": {"date": "hier"}},
    ],
)
def test_a_project_that_makes_no_sense_leaves_nothing(people, changes):
    with pytest.raises(BadInput):
        services.create_projet(new(**changes), by=people.stranger, **WHEN)
    assert (Projet.objects.count(), Structure.objects.count(), KeptDiagnosis.objects.count()) == (1, 1, 0)
    assert Organisation.objects.filter(kind="structure").count() == 1
    assert not Event.objects.exists()


def test_a_project_is_shared_then_no_longer(people):
    services.move(people.projet, verb="partager", by=people.coordinatrice, at=cast.NOW)
    assert visible_projet(people.instructrice, people.projet.pk)
    services.move(people.projet, verb="cesser de partager", by=people.porteuse, at=cast.NOW)
    assert visible_projet(people.instructrice, people.projet.pk) is None
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["partager", "cesser de partager"]


@pytest.mark.parametrize("who", ["membre", "redactrice", "accompagnatrice", "instructrice", "stranger"])
def test_only_who_runs_the_structure_shares_archives_and_takes_over(people, who):
    person = getattr(people, who)
    for verb in ("partager", "archiver"):
        with pytest.raises(NotAllowed):
            services.move(people.projet, verb=verb, by=person, at=cast.NOW)
    with pytest.raises(NotAllowed):
        services.take_over(people.projet, kind="cpts", nom="CPTS", by=person, **WHEN)
    assert not Event.objects.exists()


def test_an_archived_project_is_neither_renamed_nor_diagnosed(people):
    services.move(people.projet, verb="archiver", by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotAllowed):
        services.rename(people.projet, title="Autre", by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotAllowed):
        services.diagnose(people.projet, by=people.porteuse, **WHEN)


def test_a_project_takes_another_title(people):
    services.rename(people.projet, title="  Notre  projet ", by=people.redactrice, at=cast.NOW)
    services.rename(people.projet, title="Notre projet", by=people.redactrice, at=cast.NOW)
    assert Event.objects.get().after == {"titre": "Notre projet"}
    for title in ("", "x" * 201):
        with pytest.raises(BadInput):
            services.rename(people.projet, title=title, by=people.redactrice, at=cast.NOW)


def test_the_diagnosis_is_made_again_and_the_former_one_stays(people):
    first = services.diagnose(people.projet, by=people.redactrice, **WHEN)
    TerritoryCommune.objects.create(structure=people.structure, code="35294", position=1)
    second = services.diagnose(people.projet, by=people.redactrice, **WHEN)
    assert second.previous == first
    assert KeptDiagnosis.objects.filter(pk=first.pk).exists()
    people.projet.refresh_from_db()
    assert people.projet.diagnosis == second
    assert Event.objects.filter(verb="rattacher").count() == 2


def test_a_project_taken_over_keeps_the_team_and_the_texts_of_the_same_headings(people, projet):
    written = from_markdown("Nous sommes prêts.").as_dict()
    projet.sections.update(body=written)
    esp = services.take_over(projet, kind="esp", nom="ESP du Lac", by=people.stranger, **WHEN)
    assert [each.nom for each in esp.structure.members.all()] == ["Exemple"]
    assert esp.diagnosis == projet.diagnosis
    shared = {code.partition(".")[2] for code in projet.sections.values_list("code", flat=True)}
    for section in esp.sections.all():
        same = section.code.partition(".")[2] in shared
        assert read_text(section.body).is_empty is not same
        assert section.state == (Section.State.A_REVOIR if same else Section.State.VIDE)
    assert projet.structure.members.count() == 1


def test_a_title_that_tells_who_a_patient_is_is_stopped(people):
    with pytest.raises(BadInput) as refused:
        services.rename(people.projet, title="Suivi du 1 85 05 78 006 084 91", by=people.porteuse, at=cast.NOW)
    assert refused.value.problems[0].field == "title"
