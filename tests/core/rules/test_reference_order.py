"""The first text of a value is the one that is shown: it is the strongest."""

import pytest

from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation.packs import aids
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system

LAW = (
    "Code ",
    "Ordonnance",
    "Loi ",
    "Décret",
    "Arrêté",
    "Circulaire",
    "ACI des CPTS",
    "Accord national",
    "Cahier des",
    "Convention",
)
OFFICIAL = ("Sénat", "Assemblée nationale", "Ameli", "ameli", "Assurance Maladie", "CNAM", "Ordre des")
PRESS = (
    "Concours pluripro", "Le Concours", "Le Quotidien", "L'Information dentaire", "Weka", "Clinic,", "Nomos", "Accens",
    "Orisha", "L'Assurance en mouvement", "ID.CiTé", "Cegedim", "APM/",
)  # fmt: skip
# What one region writes for itself: a text of another region only when nothing else is found.
REGIONAL = (
    "ARS Bretagne",
    "URPS",
    "CPTS ",
    "GECO Lib'",
    "PAPS Bretagne",
    "FMPS",
    "ARS Bourgogne",
    "ARS Nouvelle",
    "APTA",
)
OTHERS, NEWSPAPER, ELSEWHERE = 2, 3, 4


def strength(title: str, layer: str) -> int:
    """0 for the law, then the State and the Assurance Maladie, then the profession, then the press.

    In the nation, the guide of a region comes last; in its region it stands with the profession.
    """
    if title.startswith(REGIONAL):
        return OTHERS if layer else ELSEWHERE
    kinds = ((0, LAW), (1, OFFICIAL), (NEWSPAPER, PRESS))
    return next((rank for rank, beginnings in kinds if title.startswith(beginnings)), OTHERS)


@pytest.mark.parametrize("layer", ["", *pack_codes()])
def test_the_strongest_text_of_a_value_comes_first(layer: str) -> None:
    weaker_first = {
        (text.path, dated.since): titles
        for text in system(layer).texts()
        if text.pack == layer
        for dated in text.values
        if (not layer or dated.references not in {each.references for each in system().text(text.path).values})
        and (titles := [reference.title for reference in dated.references])
        and strength(titles[0], layer) > min(strength(title, layer) for title in titles)
    }
    assert weaker_first == {}


def founding() -> set[str]:
    """Paths of the parameters that found a condition or give the amount of an aid, in the nation."""
    book = rulebook(None)
    paths = {spec.parameter for conditions in book.conditions.values() for _, _, spec in conditions}
    for aid in (aid for structure in STRUCTURE_CODES for aid in aids(None, structure)):
        paths |= {aid.parametre, aid.minimum, *(path for path in book.texts if path.startswith(f"{aid.par_taille}."))}
    return paths


def test_nothing_of_the_nation_is_first_founded_on_the_guide_of_a_region() -> None:
    assert [
        (path, dated.since)
        for path in sorted(founding() - {""})
        for dated in system().text(path).values
        if dated.references and strength(dated.references[0].title, "") == ELSEWHERE
    ] == []


def test_the_running_of_a_cpts_cites_the_senate_before_the_press() -> None:
    for size in range(1, 5):
        first = system().text(f"financements.cpts.fonctionnement.taille_{size}").values[-1].references[0]
        assert first.title.startswith("Sénat, rapport r25-032")


def test_the_value_of_the_point_cites_the_assurance_maladie_first() -> None:
    (dated,) = system().text("aci_msp.valeur_du_point").values
    assert dated.references[0].title.startswith("Ameli")
    assert dated.references[-1].title.startswith("Le Quotidien")
