"""What a phone feels of the map of 35 000 communes: Chromium at 390 px, processor slowed four times. Printed only.

The machine of the tests has no graphics card: Chromium draws with the processor too (SwiftShader), which a phone
does not. Frames are thus a lower bound; the tasks that freeze a page are those of the main thread, measured apart.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright
from tools import machine, served

OPTIONS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
MAP = "/territoires/carte/?indicateur=population.part_65_plus&niveau=commune"
SLOWED = 4
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((each) => each.duration)))
  .observe({ type: "longtask", buffered: true });
"""
READY = "[data-map][data-ready=true]"
PAN = """async () => {
  const map = document.querySelector("[data-map]").map;
  const frames = [];
  window.tasks.length = 0;
  let last = performance.now();
  const end = last + 4000;
  let side = 1;
  while (performance.now() < end) {
    await new Promise((next) => requestAnimationFrame(next));
    const now = performance.now();
    frames.push(now - last);
    last = now;
    if (frames.length % 60 === 0) side = -side;
    map.panBy([3 * side, side], { animate: false });
  }
  return { frames, tasks: window.tasks };
}"""
ZOOM = """async () => {
  const map = document.querySelector("[data-map]").map;
  window.tasks.length = 0;
  const start = performance.now();
  map.jumpTo({ center: [-2.1, 47.7], zoom: 8 });
  await new Promise((done) => map.once("idle", done));
  return { took: performance.now() - start, tasks: window.tasks };
}"""


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Page]:
    """The page of the map on a slowed phone, its tiles made, its first view drawn."""
    program = machine.browser()
    if program is None:
        pytest.skip("aucun navigateur Chromium sur cette machine")
    served.prepare(tmp_path)
    with served.served(tmp_path) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        warm = browser.new_page()
        warm.goto(site + MAP)
        warm.wait_for_selector(READY, timeout=180_000)
        warm.close()
        context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.add_init_script(WATCH)
        page.goto(site + MAP, wait_until="commit")
        page.wait_for_selector(READY, timeout=180_000)
        yield page
        browser.close()


@pytest.mark.bench
def test_bench_the_communes_of_france_on_a_phone(phone: Page, capsys: pytest.CaptureFixture[str]) -> None:
    first = phone.evaluate("performance.now()")
    tasks = phone.evaluate("window.tasks")
    moved, nearer = phone.evaluate(PAN), phone.evaluate(ZOOM)
    with capsys.disabled():
        sys.stdout.write(
            f"\nmap of 35 000 communes, 390 px, processor slowed {SLOWED} times, no graphics card:\n"
            f"  from the address to the map drawn: {first:.0f} ms; {told(tasks)}\n"
            f"  moving: {frames(moved['frames'])}; {told(moved['tasks'])}\n"
            f"  to the communes of a département: {nearer['took']:.0f} ms; {told(nearer['tasks'])}\n"
        )


def told(tasks: list[float]) -> str:
    """The tasks of the main thread of 50 ms and more."""
    return f"longest task {max(tasks, default=0):.0f} ms, {len(tasks)} of 50 ms or more"


def frames(each: list[Any]) -> str:
    """How often the screen is drawn."""
    ordered = sorted(each)
    return f"{1000 * len(each) / sum(each):.0f} frames a second (median {ordered[len(ordered) // 2]:.0f} ms)"
