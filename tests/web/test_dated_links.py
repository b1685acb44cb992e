"""From an explanation, the page of a rule opens on the day and the region that the explanation speaks of."""

import re

import pytest
from django.test import Client

from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulators import SIMULATORS
from maillage.web.simulateurs import answers


def links_to_rules(client: Client, address: str) -> list[str]:
    result = client.get(address).content.decode().split('id="resultat"')[1]
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/regles/[^"]+)"', result)]


@pytest.mark.parametrize("year", [2022, 2025, 2027])
def test_a_figure_of_the_aci_opens_on_its_year(client: Client, year: int) -> None:
    links = links_to_rules(client, f"/simuler/aci-msp/?annee={year}&patientele=6000&associes=10")

    assert links
    assert {link.partition("?")[2] for link in links} == {f"date={year}-01-01"}
    assert f'value="{year}-01-01"' in client.get(links[0]).content.decode()


@pytest.mark.parametrize("code", SIMULATORS)
def test_a_line_of_a_simulator_opens_on_its_day_and_its_region(client: Client, code: str) -> None:
    simulator = SIMULATORS[code]
    asked = {**simulator.example, "region_pack": "bretagne"}
    day = simulate(simulator, simulator.model(**asked)).day

    links = links_to_rules(client, f"/simuler/{code}/?{answers.typed_of(simulator, asked)}")

    assert links
    assert {link.partition("?")[2] for link in links} == {f"date={day.isoformat()}&region=bretagne"}


def test_without_a_region_a_line_opens_on_its_day_alone(client: Client) -> None:
    simulator = SIMULATORS["aci-cpts"]
    asked = {name: value for name, value in simulator.example.items() if name != "region_pack"}

    links = links_to_rules(client, f"/simuler/aci-cpts/?{answers.typed_of(simulator, asked)}")

    assert all(re.search(r"\?date=\d{4}-\d\d-\d\d$", link) for link in links)
