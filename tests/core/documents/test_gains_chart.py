"""The chart of who gains and who loses."""

from maillage.core.documents.gains_chart import classes, gains_chart


def test_the_classes_hold_every_gap_once() -> None:
    gaps = [0.0, 0.0, 12.5, 900, 4_000, -250, -3_999.99]
    found = classes(gaps)

    assert sum(row.count for row in found) == len(gaps)
    assert sum(row.count for row in found if row.loss) == 2


def test_ends_that_hold_nothing_are_left_out() -> None:
    labels = [row.label for row in classes([500, 900])]

    assert labels[-1] == "inchangé"
    assert labels[0].startswith("gagne de")


def test_the_image_says_its_values_in_words() -> None:
    image = gains_chart([100.0, 0.0])

    assert "inchangé : 1 structure" in image.replace("\xa0", " ")
    assert gains_chart([]) == ""
