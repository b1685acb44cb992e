"""Choosing people in a team of hundreds: who writes and judges a protocol, who votes; by name, without JavaScript."""

import datetime

import pytest
from tests import cast
from tests.web.activity import *  # noqa: F403
from tests.web.activity import Visitor, said
from tests.web.structures.governance import Visitor as Below

from maillage.apps.activity.models import Protocol
from maillage.apps.crisis.models import CrisisPlan, Mobilisable
from maillage.apps.governance.inputs import CollegeFields
from maillage.apps.governance.models import Assembly, Body, Mandate
from maillage.apps.governance.services.bodies import add_college
from maillage.apps.structures.models import Member

DRAFT = {"title": "Plaies", "state": "en_cours", "theme": "Patients obèses", "content": "Tous : prévenir"}
BODY = {"nom": "Assemblée générale", "kind": "assemblee"}


@pytest.fixture
def team(people):
    """The two of the cast, then sixty."""
    joined = {"metier": "pharmacien", "joined_on": datetime.date(2020, 1, 1)}
    rows = [Member(structure=people.structure, nom=f"Pharmacien{rank:02}", **joined) for rank in range(60)]
    Member.objects.bulk_create(rows)
    return {each.nom: each for each in people.structure.members.all()}


@pytest.fixture
def visitor(people):
    return Visitor(people.porteuse, people.projet)


def test_the_writers_of_a_protocol_are_searched_by_name_and_stay_chosen(visitor, team):
    page = visitor.get("protocoles/nouveau/")
    assert page.all("input", name="writers") == []
    typed = {**DRAFT, "q": "pharmacien07", "chercher": "1"}
    page = visitor.posted("protocoles/nouveau/", typed)
    assert Protocol.objects.count() == 0
    assert [each.attrs["value"] for each in page.all("input", name="writers")] == [str(team["Pharmacien07"].pk)]
    assert page.one("input", id="champ-title").attrs["value"] == "Plaies"
    chosen = {"writers": [str(team["Pharmacien07"].pk)], "q": "pharmacien08", "q-avant": "pharmacien07"}
    page = visitor.posted("protocoles/nouveau/", {**DRAFT, **chosen})
    assert ["checked" in each.attrs for each in page.all("input", name="writers")] == [True, False]
    assert "20 autres" in said(visitor.posted("protocoles/nouveau/", {**DRAFT, "q": "pharmacien", "chercher": "1"}))
    visitor.posted("protocoles/nouveau/", {**DRAFT, **chosen, "q-avant": "pharmacien08"})
    assert [str(each.member) for each in Protocol.objects.get().writers.all()] == ["Pharmacien07"]


def test_the_opinion_of_a_whole_metier_is_asked_in_one_tap_or_of_those_chosen(visitor, team):
    visitor.posted("protocoles/nouveau/", {**DRAFT, "metiers": ["pharmacien"]})
    row = Protocol.objects.get()
    path = f"protocoles/{row.pk}/"
    page = visitor.get(path)
    assert "Tous les membres des métiers engagés : 60" in said(page)
    assert page.all("input", name="membres") == []
    page = visitor.posted(f"{path}soumettre/", {"qui": "choisis", "q": "pharmacien59", "chercher": "1"})
    assert len(page.all("input", name="membres")) == 1
    assert row.opinions.count() == 0
    visitor.posted(f"{path}soumettre/", {"qui": "concernes", "membres": []})
    assert row.opinions.count() == 60


def test_a_theme_is_chosen_or_another_is_written(visitor, people):
    visitor.posted("protocoles/nouveau/", {**DRAFT, "theme_autre": ""})
    visitor.posted("protocoles/nouveau/", {**DRAFT, "title": "Mer", "theme": "autre", "theme_autre": "Gens de mer"})
    kept = dict(Protocol.objects.values_list("theme", "theme_code"))
    assert kept == {"Patients obèses": "obesite", "Gens de mer": ""}
    page = visitor.get(f"protocoles/{Protocol.objects.get(title='Mer').pk}/modifier/")
    assert page.one("input", id="champ-theme_autre").attrs["value"] == "Gens de mer"
    visitor.posted("protocoles/nouveau/", DRAFT, status=422)


@pytest.fixture
def below(people):
    return Below(people.porteuse, people.projet)


@pytest.fixture
def assembly(below, team):
    below.posted("organes/nouveau/", BODY)
    body = Body.objects.get()
    day = (cast.TODAY + datetime.timedelta(days=30)).isoformat()
    called = {"body": str(body.pk), "title": "Assemblée", "day": day, "hour": "20:00", "minutes": "60"}
    below.posted("assemblees/nouvelle/", called)
    return Assembly.objects.get()


def test_who_votes_is_said_a_page_at_a_time(below, people, assembly, team):
    path, called = f"assemblees/{assembly.pk}/votants/", assembly.voters.count()
    page = below.get(path)
    shown = [each.attrs["value"] for each in page.all("input", name="montre")]
    assert len(shown) == 50
    page = below.get(path, q="pharmacien07")
    (only,) = (each.attrs["value"] for each in page.all("input", name="montre"))
    page = below.posted(f"{path}?q=pharmacien07", {"montre": [only]})
    assert f"{called - 1} membres votent" in said(page)
    assert assembly.voters.count() == called - 1
    assert "Pharmacien07" in said(below.get(path, vue="non"))
    college = add_college(assembly.body, CollegeFields(nom="Officine"), by=people.porteuse, at=cast.NOW)
    shown = str(team["Pharmacien08"].pk)
    below.posted(f"{path}?q=08", {"montre": [shown], "membre": [shown], f"college-{shown}": str(college.pk)})
    assert "Pharmacien08" not in said(below.get(path, vue="sans_college"))
    assert assembly.voters.count() == called - 1


def test_presences_come_a_page_at_a_time(below, assembly):
    path = f"assemblees/{assembly.pk}/presences/"
    page = below.get(path)
    assert len(page.all("input", value="present")) == 50
    assert "Page 1 sur 2" in said(page)
    (voter,) = assembly.voters.filter(member__nom="Pharmacien59")
    page = below.posted(f"{path}?page=2", {f"presence-{voter.pk}": "present"})
    assert "Page 2 sur 2" in said(page)
    assert "checked" in page.one("input", id=f"present-{voter.pk}").attrs


class AtCrisis(Below):
    def address(self, path):
        return f"{self.structure}crise/{path}"


@pytest.fixture
def crisis(people):
    return AtCrisis(people.porteuse, people.projet)


def test_the_people_to_call_in_a_crisis_are_searched_and_come_by_pages(crisis, people, team):
    plan = CrisisPlan.objects.create(structure=people.structure)
    Mobilisable.objects.bulk_create([Mobilisable(plan=plan, member=each) for each in team.values()])
    page = crisis.get("")
    assert "61 personnes." in said(page)
    assert "Page 1 sur 2" in said(page)
    page = said(crisis.get("", q="pharmacien07"))
    assert "1 personne sur 61." in page
    assert "Pharmacien08" not in page
    assert "Personne ne correspond." in said(crisis.get("", q="inconnu"))
    assert len(crisis.raw("", format="csv").content.decode("utf-8-sig").splitlines()) == 62


def test_a_protocol_applied_without_a_version_is_said(visitor, people):
    visitor.posted("protocoles/nouveau/", {**DRAFT, "state": "applique"})
    assert "1 sans version publiée" in said(visitor.get("protocoles/"))


def test_the_mandates_of_a_body_that_end_together_are_one_alert(below, people, team):
    body = Body.objects.create(structure=people.structure, nom="Conseil", kind="conseil")
    told = {"body": body, "function": "Membre", "since": cast.TODAY, "until": cast.TODAY}
    Mandate.objects.bulk_create([Mandate(member=team[f"Pharmacien{rank:02}"], **told) for rank in range(3)])
    page = said(below.get(""))
    assert "3 mandats, Conseil" in page
    assert page.count("Finit bientôt") + page.count("Mandat échu") == 1
