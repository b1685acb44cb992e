"""What two sources count is one figure."""

import dataclasses
import datetime

from maillage.core.territory.diagnosis.computed import Computed
from maillage.core.territory.diagnosis.material import Material
from maillage.core.territory.diagnosis.measures import Indicator, Layer, Place

PLACES = (Place("35001", "Amont", "35", "53"), Place("35002", "Aval", "35", "53"))


def layer(code, producer, vintage, *values):
    about = Indicator(code, code, "établissements", producer, method="Compté.")
    return Layer(about, vintage, dict(zip(("35001", "35002"), values, strict=True)))


def computed(*layers):
    day = datetime.date(2026, 11, 22)
    return Computed(Material("Ici", day, {}, PLACES, layers, (), None))


FINESS = layer("structure.centre_de_sante", "FINESS", "2025", 1, 0)
RPPS = layer("offre.infirmier", "RPPS", "2025", 7, 2)
PEOPLE = layer("population.totale", "INSEE", "2023", 600, 400)


def test_a_directory_stands_before_the_equipment_and_says_what_the_other_counts():
    bpe = (layer("equipement.centre_de_sante", "BPE", "2024", 4, 0), layer("equipement.infirmier", "BPE", "2024", 5, 5))
    found = computed(FINESS, RPPS, PEOPLE, *bpe)

    assert found.under("equipement.") == []
    assert found.get("structure.centre_de_sante").figure().value == 1
    assert found.get("structure.centre_de_sante").figure().method == "Compté. Autre source : BPE, 2024, en compte 4."
    assert found.get("offre.infirmier.densite").total.value == 900


def test_the_equipment_stands_where_no_directory_counts_it():
    found = computed(dataclasses.replace(FINESS, values={}), layer("equipement.centre_de_sante", "BPE", "2024", 4, 0))

    assert found.get("equipement.centre_de_sante").figure().value == 4


def test_structures_have_a_density_as_professionals_have():
    assert computed(FINESS, PEOPLE).get("structure.centre_de_sante.densite").total.value == 100
