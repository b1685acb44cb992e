"""A diagnosis is kept with its date, made again beside what changed, forgotten."""

import uuid

import pytest
from django.test import Client

from maillage.apps.common.models import Event
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.territories.models import Commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PAGE = "/territoires/diagnostic/"
REDON, SAINTE_MARIE = "35236", "35294"
TWO = {"communes": [REDON, SAINTE_MARIE], "nom": "Pays de Redon", "structure": "cpts"}


@pytest.fixture
def kept(client):
    """The address of a diagnosis just kept."""
    response = client.post(f"{PAGE}conserver/", TWO)
    assert response.status_code == 302
    return response["Location"]


def test_the_page_offers_to_keep_what_it_shows(visit, client):
    form = visit(PAGE, TWO).one("form", action=f"{PAGE}conserver/")
    sent = [(field.attrs["name"], field.attrs["value"]) for field in form.all("input", type="hidden")]
    asked = {name: [value for other, value in sent if other == name] for name, _ in sent}
    assert asked == {
        "csrfmiddlewaretoken": asked["csrfmiddlewaretoken"],
        "communes": [REDON, SAINTE_MARIE],
        "nom": ["Pays de Redon"],
        "structure": ["cpts"],
    }
    assert client.post(f"{PAGE}conserver/", asked).status_code == 302


def test_a_kept_diagnosis_has_an_address_and_says_its_day(visit, kept):
    page = visit(kept)
    assert page.one("h1").text == "Pays de Redon"
    assert "Diagnostic conservé le" in page.one("main").text
    assert page.all("form", action=f"{PAGE}conserver/") == []


def test_a_kept_diagnosis_does_not_move_when_the_data_do(visit, kept):
    before = visit(kept).one("dl", class_="key-figures").text
    Commune.objects.filter(code=REDON).update(population=20_000)
    assert visit(kept).one("dl", class_="key-figures").text == before


def test_its_table_is_sorted_and_filtered_at_its_own_address(visit, kept):
    page = visit(kept, {"cherche": "redon"})
    table = page.one("table", class_="sortable")
    assert [row.one("th").text for row in table.one("tbody").all("tr")] == ["Redon"]
    assert table.all("th")[0].one("a").attrs["href"].startswith("?")


def test_made_again_without_a_change_it_says_so_and_keeps_nothing(visit, kept):
    page = visit(f"{kept}refaire/")
    assert "ce diagnostic dirait la même chose" in page.one("main").text
    assert page.one("main").all("form") == []
    assert KeptDiagnosis.objects.count() == 1


def test_made_again_it_shows_what_changed_then_keeps_it_beside_the_first(visit, client, kept):
    Commune.objects.filter(code=REDON).update(population=20_000)
    row = next(
        row for row in visit(f"{kept}refaire/").one("main").all("tr") if row.all("th")[0].text.startswith("Population")
    )
    assert row.all("td")[1].text.startswith("22")
    assert KeptDiagnosis.objects.count() == 1
    new = client.post(f"{kept}refaire/")["Location"]
    assert new != kept
    page = visit(new)
    assert "Ce qui a changé depuis le" in page.one("main").text
    assert page.one("a", href=kept).text == "Le précédent"
    assert visit(kept).one("h1").text == "Pays de Redon"


def test_forgotten_its_address_no_longer_answers_and_the_log_remembers_that_it_was(visit, client, kept):
    answer = client.post(f"{kept}oublier/")
    assert "Le diagnostic est oublié" in visit(answer["Location"]).one("main").text
    visit(kept, status=404)
    assert [event.verb for event in Event.objects.filter(subject_type="diagnostics.keptdiagnosis").order_by("pk")] == [
        "conserver",
        "oublier",
    ]


def test_what_can_no_longer_be_made_says_why_and_leads_to_the_choice(visit, client, kept):
    row = KeptDiagnosis.objects.get()
    row.recipe["selection"]["communes"] = ["99999"]
    row.save()
    page = visit(f"{kept}refaire/", status=422)
    assert "« 99999 » n’est pas accepté" in page.one("main").text
    assert page.one("main").all("a")[-1].attrs["href"] == "/territoires/"
    assert client.post(f"{kept}refaire/").status_code == 422


def test_a_territory_that_is_wrong_is_not_kept(visit, client):
    response = client.post(f"{PAGE}conserver/", {"communes": "99999"})
    assert response.status_code == 422
    assert KeptDiagnosis.objects.count() == 0


@pytest.mark.parametrize("part", ["", "refaire/"])
def test_an_address_that_was_never_given_is_not_found(visit, part):
    page = visit(f"{PAGE}{uuid.uuid4()}/{part}", status=404)
    assert "n’existe pas, ou il a été oublié" in page.one("main").text


@pytest.mark.parametrize("part", ["conserver/", "{kept}/oublier/"])
def test_nothing_is_written_by_a_link(client, kept, part):
    address = f"{PAGE}conserver/" if "kept" not in part else f"{kept}oublier/"
    assert client.get(address).status_code == 405
    assert KeptDiagnosis.objects.count() == 1


def test_nothing_is_written_from_another_site(kept):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{kept}oublier/").status_code == 403
    assert strict.post(f"{PAGE}conserver/", TWO).status_code == 403
    assert KeptDiagnosis.objects.count() == 1
