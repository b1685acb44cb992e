"""The line of an indicator, the bars of a question: what they say to who does not see them."""

import datetime
import re
from decimal import Decimal

from maillage.core.documents.followed_charts import counted_bars, trend
from maillage.core.documents.svg import alternative

FIRST = datetime.date(2026, 10, 1)


def test_a_line_needs_two_values_and_says_each():
    assert trend("Doses", [(FIRST, Decimal(40))]) == ""
    drawn = trend("Doses", [(datetime.date(2026, 11, 1), Decimal("95.5")), (FIRST, Decimal(40))])
    said = alternative(drawn).replace("\u202f", " ").replace("\u00a0", " ")
    assert said == "Doses : évolution 1er octobre 2026 : 40 ; 1er novembre 2026 : 95,5."


def test_values_that_are_all_nil_are_drawn_too():
    assert "<svg" in trend("Chutes", [(FIRST, Decimal(0)), (datetime.date(2026, 11, 1), Decimal(0))])


def test_bars_say_their_counts_and_nobody_is_not_drawn():
    assert counted_bars("Su ?", [("Oui", 0), ("Non", 0)]) == ""
    said = alternative(counted_bars("Su ?", [("Oui", 4), ("Non", 1)])).replace("\u00a0", " ")
    assert "Oui : 4 réponses ; Non : 1 réponse" in said


def test_a_long_line_writes_its_ends_and_its_highest_value_and_holds_on_a_phone():
    values = [Decimal(each) for each in (40, 52, 61, 99, 70, 64, 58, 55, 57, 60)]
    drawn = trend("Doses", [(FIRST + datetime.timedelta(days=30 * rank), value) for rank, value in enumerate(values)])
    written = [value for value in values if f">{value}</text>" in drawn]
    assert written == [40, 99, 60]
    assert int(re.search(r'viewBox="0 0 (\d+)', drawn)[1]) <= 340
