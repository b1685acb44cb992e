"""Charts: what a reader, a screen reader and a printer find in them."""

import re
from decimal import Decimal
from xml.parsers import expat

import pytest

from maillage.core.documents.charts import AmountPoint, Reference, Scenario, amounts_by_patientele
from maillage.core.documents.drawing import COLOURS, DASHES, SHAPES

POINTS = [AmountPoint(patients, 22_750 + 7 * patients) for patients in (0, 2000, 4000, 8000)]
CURRENT = AmountPoint(4000, "50750.00")
OTHER = Scenario("Avec une IPA", [AmountPoint(0, 24_000), AmountPoint(8000, 90_000)], AmountPoint(4000, 57_000))


def parsed(image: str) -> tuple[list[str], dict[str, str]]:
    """The names of the elements and the text of the last element of each name; raises when it is not XML."""
    names: list[str] = []
    texts: dict[str, str] = {}
    reader = expat.ParserCreate()
    reader.StartElementHandler = lambda name, _: names.append(name)
    reader.CharacterDataHandler = lambda text: texts.update({names[-1]: texts.get(names[-1], "") + text})
    reader.Parse(image, True)
    return names, texts


def words(image: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", image)


def plain(text: str) -> str:
    """The text with ordinary spaces, to be read in a test."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_chart_says_its_name_and_its_figures_to_those_who_do_not_see_it() -> None:
    image = amounts_by_patientele(POINTS, CURRENT, OTHER)
    _, texts = parsed(image)
    assert texts["title"] == "Montant annuel de l’ACI selon la patientèle"
    assert plain(texts["desc"]) == (
        "Votre situation : de 22 750 € pour 0 patient à 78 750 € pour 8 000 patients ; 50 750 € pour 4 000 patients."
        " Avec une IPA : de 24 000 € pour 0 patient à 90 000 € pour 8 000 patients ; 57 000 € pour 4 000 patients."
    )
    title = re.search(r'<title id="([^"]+)"', image)
    assert title
    assert f'role="img" lang="fr" aria-labelledby="{title[1]}"' in image


def test_numbers_are_written_as_in_french() -> None:
    drawn = words(amounts_by_patientele(POINTS, CURRENT))
    assert {"60\u202f000\u00a0€", "0\u00a0€", "4\u202f000\u00a0patients", "50\u202f750\u00a0€"} <= set(drawn)


def test_two_scenarios_differ_by_more_than_their_colour() -> None:
    image = amounts_by_patientele(POINTS, CURRENT, OTHER)
    assert len(set(DASHES)) == len(set(SHAPES)) == 2
    assert 'stroke-dasharray="9,5"' in image
    assert {"Votre situation", "Avec une IPA"} <= set(words(image))


def test_a_chart_has_no_script_no_style_and_nothing_to_fetch() -> None:
    names, _ = parsed(image := amounts_by_patientele(POINTS, CURRENT, OTHER))
    assert not {"script", "style", "image", "foreignObject", "a"} & set(names)
    assert " style=" not in image
    assert "url(" not in image
    assert re.findall(r"https?://[^\" ]*", image) == ["http://www.w3.org/2000/svg"]


def test_the_same_values_give_the_same_bytes_and_other_values_other_identifiers() -> None:
    first = amounts_by_patientele(POINTS, CURRENT)
    assert first == amounts_by_patientele(POINTS, CURRENT)
    identifiers = [re.findall(r' id="([^"]+)"', image) for image in (first, amounts_by_patientele(POINTS))]
    assert not set(identifiers[0]) & set(identifiers[1])


def test_positions_do_not_depend_on_the_fonts_of_the_machine() -> None:
    image = amounts_by_patientele([AmountPoint(0, 0), AmountPoint(8000, 80_000)], AmountPoint(4000, 40_000))
    assert image.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="690" height="424" viewBox="0 0 690 424"')
    assert 'd="M0,280L430,0"' in image  # the whole line, corner to corner
    assert 'transform="translate(215,140)"' in image  # the dot, in the middle


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_can_be_read_on_white(colour: str) -> None:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def test_an_unknown_amount_is_left_out_and_never_drawn_as_zero() -> None:
    points = [AmountPoint(0, None), *POINTS[1:]]
    _, texts = parsed(amounts_by_patientele(points, AmountPoint(3000, None)))
    assert texts["desc"].startswith("Votre situation\u00a0: de 36\u202f750\u00a0€ pour 2\u202f000\u00a0patients")
    assert "3\u202f000" not in texts["desc"]


@pytest.mark.parametrize("points", [[], [AmountPoint(4000, None)]])
def test_there_is_no_chart_when_no_amount_is_known(points: list[AmountPoint]) -> None:
    assert amounts_by_patientele(points, AmountPoint(4000, None)) == ""


def test_an_amount_of_zero_everywhere_is_drawn_on_the_axis() -> None:
    image = amounts_by_patientele([AmountPoint(0, 0), AmountPoint(8000, Decimal(0))], AmountPoint(8000, "0.00"))
    assert 'd="M0,280L430,280"' in image


def test_labels_that_would_touch_stand_on_several_rows() -> None:
    references = [Reference(4000, "barème"), Reference(4100, "plus tard"), Reference(8000, "seuil")]
    image = amounts_by_patientele(POINTS, references=references)
    heights = {
        text: height for height, text in re.findall(r'translate\([-\d.]+,([-\d.]+)\)"[^>]*>([^<]*)</text>', image)
    }
    assert heights["barème"] != heights["plus tard"]
    assert heights["barème"] == heights["seuil"]


def test_names_of_equal_curves_do_not_cover_each_other() -> None:
    image = amounts_by_patientele(POINTS, CURRENT, Scenario("Jumelle", POINTS, CURRENT))
    heights = [float(height) for height in re.findall(r"translate\(440,([-\d.]+)\)", image)]
    assert abs(heights[0] - heights[1]) == pytest.approx(20, abs=0.1)


def test_names_are_text_never_markup() -> None:
    image = amounts_by_patientele(POINTS, None, Scenario('<script>&"#$', POINTS))
    names, texts = parsed(image)
    assert "script" not in names
    assert '<script>&"#$' in texts["desc"]


def test_a_long_name_is_cut_on_the_drawing_and_whole_in_the_description() -> None:
    name = "Avec une infirmière en pratique avancée et la qualité au niveau 3"
    image = amounts_by_patientele(POINTS, None, Scenario(name, POINTS))
    assert "Avec une infirmière…" in words(image)
    assert f"{name}\u00a0:" in image
