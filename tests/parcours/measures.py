"""What a page measures on the screen: does it fit, can a finger reach it, can the keyboard."""

from playwright.sync_api import Locator, Page

TOUCH = 44
"""Least height of what a finger aims at, in pixels."""
NARROW = 320
"""The narrowest screen: a phone, or a page enlarged four times (RGAA 10.11)."""

_WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  const out = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > room + 1);
  return out.slice(0, 5).map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`);
}"""
_SMALL = """(least) => {
  const aimed = "button, .btn, select, summary, .nav a, .brand, footer a, label.choice, .plain-list a," +
    "input:not([type=hidden]):not([type=checkbox]):not([type=radio])";
  const seen = [...document.querySelectorAll(aimed)].filter((e) => e.checkVisibility() && !e.closest("[hidden]"));
  const low = seen.filter((e) => e.getBoundingClientRect().height < least - 0.5);
  const shown = (e) => `${e.tagName} ${e.textContent.trim() || e.name} ${e.getBoundingClientRect().height}`;
  return low.slice(0, 5).map(shown);
}"""
_UNFOLD = "() => document.querySelectorAll('main details').forEach((part) => { part.open = true; })"


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when nothing does."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def too_small(page: Page) -> list[str]:
    """What a finger would miss: fields, buttons, links of the menus lower than 44 pixels."""
    found: list[str] = page.evaluate(_SMALL, TOUCH)
    return found


def unfold(page: Page) -> None:
    """Open every folded part of the page."""
    page.evaluate(_UNFOLD)


def resize(page: Page, width: int) -> None:
    """Another screen, the same page."""
    page.set_viewport_size({"width": width, "height": 900})


def tab_to(page: Page, wanted: Locator, key: str = "Tab", most: int = 80) -> None:
    """Press Tab until ``wanted`` has the focus. Raises ``AssertionError`` when it cannot be reached."""
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached by {most} presses of {key}")
