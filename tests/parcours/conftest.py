"""A real Chromium before the real site: nothing is simulated, and a page that complains fails its test."""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.parcours.complaints import Complaints
from tools import machine, served

LARGE, PHONE = 1280, 390
HEIGHT = 900
# Chromium must neither look for updates nor reach anything but the site.
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("parcours")


@pytest.fixture(scope="session")
def site_var(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What the site writes: its database, shared by the workers and loaded by the first of them, and its e-mails."""
    base = tmp_path_factory.getbasetemp()
    var = (base if worker_id == "master" else base.parent) / "site"
    var.mkdir(exist_ok=True)
    with (var / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        served.prepare(var)
    return var


@pytest.fixture(scope="session")
def site(site_var: Path) -> Iterator[str]:
    """Address of the site. A journey that writes does so in accounts and projects of its own."""
    with served.served(site_var) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system."""
    program = machine.browser()
    if program is None:
        pytest.skip("aucun navigateur Chromium sur cette machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture
def complaints(site: str) -> Iterator[Complaints]:
    """What the pages of the test complained of; whatever is left at the end fails it.

    A journey that provokes an answer 404 or 422 says so: ``complaints.forgive("404")``.
    """
    heard = Complaints(site)
    yield heard
    assert heard.lines == []


@pytest.fixture
def new_page(browser: Browser, site: str, complaints: Complaints) -> Iterator[NewPage]:
    """Opens a page: ``new_page("/regles", width=390, javascript=False, dark=True, touch=True)``."""
    with contextlib.ExitStack() as contexts:

        def open_page(
            path: str = "/", *, width: int = LARGE, javascript: bool = True, dark: bool = False, touch: bool = False
        ) -> Page:
            context: BrowserContext = browser.new_context(
                base_url=site,
                viewport={"width": width, "height": HEIGHT},
                java_script_enabled=javascript,
                color_scheme="dark" if dark else "light",
                locale="fr-FR",
                timezone_id="Europe/Paris",
                reduced_motion="reduce",
                has_touch=touch,
            )
            contexts.callback(context.close)
            context.set_default_timeout(10_000)
            page = context.new_page()
            complaints.listen(page)
            page.goto(path)
            return page

        yield open_page


@pytest.fixture(params=[LARGE, PHONE], ids=["large", "telephone"])
def width(request: pytest.FixtureRequest) -> int:
    """Both widths of the design, in pixels: the test runs at each."""
    return request.param
