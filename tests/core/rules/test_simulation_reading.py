"""Numbers of the texts read one by one: those that no text gives are not-a-number."""

import numpy as np

from maillage.core.rules.simulation.reading import by_day, by_key, known
from maillage.core.rules.system import system

SIZES = "financements.cpts.plafond.taille_{}"


def texts(day):
    return system().get_parameters_at_instant(day)


def test_a_number_is_read_by_its_path():
    assert known(texts("2024-01-01"), SIZES.format(4)) == 580000


def test_a_number_that_no_text_gives_is_not_a_number():
    assert np.isnan(known(texts("2024-01-01"), SIZES.format(1)))


def test_each_row_reads_the_number_of_its_key():
    found = by_key(texts("2020-01-01"), SIZES, np.array([4, np.nan, 1, 4]))
    np.testing.assert_array_equal(found, [450000, np.nan, 220000, 450000])


def test_each_row_reads_the_number_that_stood_on_its_day():
    days = np.array(["2020-01-01", "1970-01-01", "2024-01-01"], dtype="datetime64[D]")
    np.testing.assert_array_equal(by_day(texts, SIZES.format(4), days), [450000, np.nan, 580000])
