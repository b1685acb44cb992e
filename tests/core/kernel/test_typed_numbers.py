"""Numbers as people type them."""

import pytest

from maillage.core.kernel.typed_numbers import plain_number


@pytest.mark.parametrize(("text", "number"), [("12", 12), (" 2,5 ", 2.5), ("-3.25", -3.25), ("+1", 1), ("007", 7)])
def test_a_plain_number_is_read_with_a_comma_or_a_dot(text, number):
    assert plain_number(text) == number


@pytest.mark.parametrize("text", ["1_0", "٣", "１", "1e3", "nan", "inf", "", ".", "1,2,3", "0x10", "9" * 40])
def test_what_only_a_program_would_read_as_a_number_is_refused(text):
    with pytest.raises(ValueError, match="n'est pas un nombre"):
        plain_number(text)
