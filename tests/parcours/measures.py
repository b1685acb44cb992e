"""What a page measures on the screen: does it fit, can a finger reach it, can the keyboard."""

from playwright.sync_api import Locator, Page

TOUCH = 44
"""Least height of what a finger aims at, in pixels."""
LEAST_TEXT = 16
"""Least size of a text, in pixels."""
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
_SMALL_PRINT = """(least) => {
  const written = (e) => [...e.childNodes].some((part) => part.nodeType === 3 && part.textContent.trim());
  const seen = [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility() && !e.closest("svg"));
  const size = (e) => parseFloat(getComputedStyle(e).fontSize);
  const small = seen.filter((e) => written(e) && size(e) < least - 0.01);
  return small.slice(0, 5).map((e) => `${e.tagName}.${e.className} ${size(e)} ${e.textContent.trim().slice(0, 30)}`);
}"""
_LOW_LINKS = """(least) => {
  const alone = (e) => e.parentElement.textContent.trim() === e.textContent.trim();
  const seen = [...document.querySelectorAll("a:not(.skip)")].filter((e) => e.checkVisibility() && alone(e));
  const low = seen.filter((e) => e.getBoundingClientRect().height < least - 0.5);
  return low.slice(0, 5).map((e) => `${e.textContent.trim()} ${e.getBoundingClientRect().height}`);
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


def small_print(page: Page) -> list[str]:
    """Text under 16 pixels."""
    found: list[str] = page.evaluate(_SMALL_PRINT, LEAST_TEXT)
    return found


def low_links(page: Page) -> list[str]:
    """Links alone on their line that are lower than 44 pixels: asked of a touch screen (a mouse aims better)."""
    found: list[str] = page.evaluate(_LOW_LINKS, TOUCH)
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
