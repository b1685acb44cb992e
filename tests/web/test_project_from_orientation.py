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
