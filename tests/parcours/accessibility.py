"""axe-core on the page as it stands, with its menus and answers open."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {
  resultTypes: ["violations"],
  preload: false,
  runOnly: %s,
})"""
ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast",)
"""What the dark colours may change."""
PLACES = ("color-contrast", "target-size", "scrollable-region-focusable", "aria-hidden-focus", "landmark-unique")
"""What the width of the screen may change."""


def violations(page: Page, rules: Sequence[str] = ALL) -> list[str]:
    """One line per violation: the rule, what it asks, and the elements that break it.

    ``rules`` are rules of axe or families of them; all by default.

    axe enters by the debugger, which the page's security policy leaves alone: the policy stays in force. It must not
    load the page's style sheets a second time (``preload``): it does so with an inline style, which is refused.
    """
    debugger = page.context.new_cdp_session(page)
    _evaluate(debugger, AXE.read_text(encoding="utf-8"))
    found = _evaluate(
        debugger, f"{RUN % json.dumps(rules)}.then(result => JSON.parse(JSON.stringify(result.violations)))"
    )
    debugger.detach()
    return [_line(violation) for violation in found]


def _evaluate(debugger: Any, expression: str) -> Any:
    answer = debugger.send("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def _line(violation: dict[str, Any]) -> str:
    where = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']} : {violation['help']} → {where}"
