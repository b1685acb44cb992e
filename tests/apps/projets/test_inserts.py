"""What a text shows by reference, and what the diagnosis made again changes in it."""

import datetime

import pytest
from tests import cast, text_world

from maillage.apps.activity.models import Action, Protocol
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import refreshing, sections
from maillage.apps.projets.contents import content_of, fingerprint_of, with_places
from maillage.apps.projets.inserts import choices_of, figures_of, inserted
from maillage.apps.projets.models import BudgetLine, Section
from maillage.apps.structures.models import LegalEntity, Member, OpeningHours, Site
from maillage.core.kernel.problems import BadInput
from maillage.core.text import from_markdown

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return text_world.create()


def shown(people, kind, ref=""):
    return inserted(content_of(people.projet), kind, ref)


def test_a_figure_has_its_value_its_unit_and_its_vintage(people):
    figure = figures_of(content_of(people.projet))["population.totale"]
    assert (figure.text, figure.unit, figure.vintage) == ("11\u202f000", "habitants", "2020")


def test_a_figure_without_a_value_is_to_be_confirmed_and_never_zero(people):
    assert figures_of(content_of(people.projet))["apl.medecin_generaliste"].text == "à confirmer"


def test_a_project_without_a_diagnosis_says_so(people):
    people.projet.diagnosis = None
    assert figures_of(content_of(people.projet)) == {}
    assert shown(people, "table", "communes").missing == "Le projet n'a pas encore de diagnostic."


def test_every_choice_of_the_rail_shows_something_or_says_why(people):
    content = content_of(people.projet)
    for choice in choices_of(content):
        found = inserted(content, choice.kind, choice.ref)
        assert found.rows or found.drawings or found.missing, choice


def test_what_is_no_longer_in_the_diagnosis_is_said(people):
    assert shown(people, "table", "jamais").missing == "Cet élément n'est pas dans le diagnostic du projet."
    assert shown(people, "chart", "jamais").missing == "Cet élément n'est pas dans le diagnostic du projet."


def test_the_members_are_those_of_the_team_today(people):
    rows = shown(people, "members").rows
    assert [row[:2] for row in rows] == [["Membre Exemple", "infirmier"], ["Porteuse Exemple", "médecin généraliste"]]
    assert {row[4] for row in rows} == {"à confirmer"}
    people.structure.members.update(left_on=cast.TODAY)
    assert shown(people, "members").missing == "Rien n'est encore saisi."


@pytest.mark.usefixtures("france")
def test_the_opening_hours_are_a_week_by_place(people):
    site = Site.objects.create(structure=people.structure, nom="Cabinet", commune="35236")
    for opens, closes in ((8, 12), (14, 19)):
        OpeningHours.objects.create(
            site=site, weekday=0, opens=datetime.time(opens, 30), closes=datetime.time(closes, 0)
        )
    (row,) = shown(people, "hours").rows
    assert row[:3] == ["Cabinet", "8 h 30–12 h, 14 h 30–19 h", "fermé"]
    assert shown(people, "sites").rows == [["Cabinet", "à confirmer", "Redon"]]


@pytest.mark.usefixtures("france")
def test_a_place_has_the_name_of_its_commune_even_in_a_version_frozen_without_it(people):
    Site.objects.create(structure=people.structure, nom="Cabinet", commune="35236")
    Member.objects.filter(prenom="Porteuse").update(commune="35236")
    content = content_of(people.projet)
    frozen = {key: value for key, value in content.items() if key != "communes"}
    for told in (content, with_places(frozen)):
        assert inserted(told, "sites", "").columns[2] == "Commune"
        assert [row[2] for row in inserted(told, "sites", "").rows] == ["Redon"]
        assert [row[5] for row in inserted(told, "members", "").rows] == ["à confirmer", "Redon"]
    assert fingerprint_of(frozen) == fingerprint_of(content)


def test_actions_protocols_budget_and_legal_forms_come_from_their_screens(people):
    Protocol.objects.create(structure=people.structure, title="Plaies", metiers=["infirmier"], state="applique")
    Action.objects.create(structure=people.structure, title="Dépister", starts_on=datetime.date(2027, 1, 1))
    line = {"projet": people.projet, "year": 2027, "label": "Coordination"}
    BudgetLine.objects.create(**line, kind="depense", amount="1200.50")
    BudgetLine.objects.create(**line, kind="ressource")
    LegalEntity.objects.create(structure=people.structure, form="sisa")
    assert shown(people, "protocols").rows[0][0::4] == ["Plaies", "appliqué"]
    assert shown(people, "actions").rows[0][3:5] == ["à partir du 1er\u00a0janvier\u00a02027", "à confirmer"]
    assert [row[4] for row in shown(people, "budget").rows] == ["1\u202f200,50\u00a0€", "à confirmer"]
    assert shown(people, "legal").rows[0][:3] == ["SISA", "à confirmer", "envisagée"]


@pytest.fixture
def used(people):
    """The project whose text shows the population and a figure that is nowhere."""
    section = Section.objects.get(code=text_world.CODE)
    body = from_markdown("Ici vivent {{chiffre:population.totale}} et {{chiffre:aucun}}.")
    sections.save(section, body=body, base=0, by=people.porteuse, at=cast.NOW)
    return people


@pytest.mark.usefixtures("france")
def test_what_the_diagnosis_made_again_changes_in_the_text_is_told_before(used):
    found = refreshing.preview(used.projet, today=cast.TODAY)
    (change,) = found.used
    assert (change.change.code, change.change.before) == ("population.totale", "11\u202f000")
    assert change.change.after not in ("11\u202f000", "")
    assert [section.code for section in change.sections] == [text_world.CODE]
    assert used.projet.diagnosis.next.count() == 0


@pytest.mark.usefixtures("france")
def test_a_diagnosis_made_again_replaces_the_former_one_which_is_kept(used):
    before = used.projet.diagnosis
    projet = refreshing.refresh(used.projet, by=used.redactrice, at=cast.NOW, today=cast.TODAY)
    assert projet.diagnosis.previous == before
    assert Event.objects.filter(verb="actualiser le diagnostic", subject_id=str(projet.pk)).count() == 1
    assert refreshing.preview(projet, today=cast.TODAY).used == ()


@pytest.mark.usefixtures("france")
def test_who_may_not_write_does_not_make_the_diagnosis_again(used):
    with pytest.raises(NotAllowed):
        refreshing.refresh(used.projet, by=used.membre, at=cast.NOW, today=cast.TODAY)


def test_without_a_diagnosis_there_is_nothing_to_make_again(people):
    people.projet.diagnosis = None
    people.projet.save()
    with pytest.raises(BadInput):
        refreshing.refresh(people.projet, by=people.porteuse, at=cast.NOW, today=cast.TODAY)
