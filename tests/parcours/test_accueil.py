"""The first page, as a visitor finds it."""

import re

from playwright.sync_api import expect


def test_the_home_page_says_one_thing_and_asks_one(new_page, width):
    page = new_page("/", width=width)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_label("Votre commune")).to_be_visible()


def test_the_keyboard_reaches_the_field_and_the_skip_link_comes_first(new_page):
    page = new_page("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    field = page.get_by_label("Votre commune")
    for _ in range(20):
        page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            break
    expect(field).to_be_focused()


def test_it_works_without_javascript(new_page):
    page = new_page("/", javascript=False)
    page.get_by_label("Votre commune").fill("Redon")
    page.get_by_label("Votre commune").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page).not_to_have_url(re.compile(r"^http://[^/]+/$"))
