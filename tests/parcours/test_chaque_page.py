"""Every kind of page, loaded once: axe by day and by night, the width of a phone, the size of a finger."""

import pytest
from tests.parcours.accessibility import COLOURS, PLACES, violations
from tests.parcours.conftest import PHONE
from tests.parcours.measures import NARROW, low_links, resize, small_print, too_small, too_wide, unfold
from tests.web.addresses import PAGES, REFUSED

ALL = {**{name: (address, 200) for name, address in PAGES.items()}, **REFUSED}


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_for_everyone(new_page, complaints, name):
    address, status = ALL[name]
    page = new_page(address)
    if status != 200:
        complaints.forgive(str(status))
    unfold(page)
    found = {"axe": violations(page)}
    found["small print"] = small_print(page)
    page.emulate_media(color_scheme="dark")
    found["axe, dark"] = violations(page, COLOURS)
    resize(page, PHONE)
    page.get_by_text("Menu", exact=True).click()
    found["axe, phone, menu open"] = violations(page, PLACES)
    page.get_by_text("Menu", exact=True).click()
    found["axe, phone"] = violations(page, PLACES)
    found["a finger misses"] = too_small(page)
    found["wider than a phone"] = too_wide(page)
    resize(page, NARROW)
    found["wider than the narrowest screen"] = too_wide(page)
    assert {what: lines for what, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "help, one region",
        "result",
        "aids, filtered",
        "aid, of a team",
        "simulator",
        "rules, filtered",
        "parameter",
    ],
)
def test_a_link_alone_on_its_line_is_high_enough_for_a_finger(new_page, name):
    page = new_page(PAGES[name], width=PHONE, touch=True)
    unfold(page)
    assert low_links(page) == []
