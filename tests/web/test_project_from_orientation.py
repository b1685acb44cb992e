"""The answer of an orientation leads to the project of any of the five structures."""

from urllib.parse import parse_qs, urlsplit

import pytest
from tests.web.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]
SITUATION = "commune=35236&communes=Sainte-Marie&p-medecin_generaliste=2&p-infirmier=1&exercice=liberal"


def test_the_answer_of_an_orientation_offers_to_start_each_structure(client):
    page = read(client.get(f"/orientation/resultat/?{SITUATION}").content.decode())
    offered = {link.attrs["href"] for link in page.all("a") if link.text.startswith("Démarrer ce projet")}
    asked = {parse_qs(urlsplit(each).query)["structure"][0] for each in offered}
    assert asked == {"esp", "msp", "cds", "ess", "cpts"}
    assert all("p-medecin_generaliste=2" in each and "communes=Sainte-Marie" in each for each in offered)


def test_a_visitor_is_told_that_the_orientation_is_kept_and_can_open_an_account(client):
    answer = client.get(f"/projets/nouveau/?structure=msp&{SITUATION}", follow=True)
    page = read(answer.content.decode()).one("main")
    assert "Votre orientation est gardée" in page.text
    (link,) = [each for each in page.all("a", class_="btn") if each.text == "Créer un compte"]
    (wanted,) = parse_qs(urlsplit(link.attrs["href"]).query)["next"]
    assert wanted.startswith("/projets/nouveau/?structure=msp&commune=35236")


def test_a_visitor_who_starts_blank_is_not_told_of_an_orientation(client):
    text = read(client.get("/projets/nouveau/", follow=True).content.decode()).one("main").text
    assert "Votre orientation" not in text
    assert "créez un compte ou connectez-vous" in text


def test_signing_in_for_anything_else_says_nothing_of_it(client):
    text = read(client.get("/projets/", follow=True).content.decode()).one("main").text
    assert "créez un compte ou connectez-vous" not in text
