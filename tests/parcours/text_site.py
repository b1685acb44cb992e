"""A real site with a project to write, and browsers signed in as its authors."""

import contextlib
import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from tests.parcours.complaints import Complaints
from tools import served


@dataclass(frozen=True)
class TextSite:
    """The address of the site, its project, the headings to write, a session for each person."""

    address: str
    project: str
    codes: tuple[str, ...]
    sessions: dict[str, str]

    @property
    def document(self) -> str:
        """Path of the outline."""
        return f"/projets/{self.project}/document/"

    def section(self, rank: int = 0) -> str:
        """Path of a heading."""
        return f"{self.document}{self.codes[rank]}/"


def filled(variables: dict[str, str], writers: int = 0) -> dict[str, Any]:
    """Prepare an empty database and fill it with a project: what ``tests.text_site`` prints."""
    root = Path(__file__).resolve().parents[2]
    given = {**variables, "PYTHONPATH": f"{root}:{root / 'src'}"}
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, check=True, env=given, cwd=root, stdin=subprocess.DEVNULL)
    fill = [sys.executable, "-m", "tests.text_site", str(writers)]
    done = subprocess.run(fill, check=True, env=given, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextlib.contextmanager
def text_site(var: Path) -> Iterator[TextSite]:
    """The site over a new database of ``var``."""
    told = filled(served.variables(var))
    with served.served(var) as address:
        found = TextSite(address, told["projet"], tuple(told["codes"]), told["sessions"])
        _warm(found)
        yield found


def _warm(site: TextSite) -> None:
    """Open a page that needs the rules: their loading must not be that of the first journey."""
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=120)
    connection.request("GET", site.section(), headers={"Cookie": f"sessionid={site.sessions['membre']}"})
    connection.getresponse().read()
    connection.close()


class Authors:
    """Opens pages as the authors of a project; each page is in a browser of its own."""

    def __init__(self, browser: Browser, site: TextSite, complaints: Complaints) -> None:
        self.browser = browser
        self.site = site
        self.complaints = complaints
        self.stack = contextlib.ExitStack()

    def open(
        self, name: str, path: str = "", *, width: int = 1280, javascript: bool = True, dark: bool = False
    ) -> Page:
        """A page of the project, the first heading by default."""
        context = self.browser.new_context(
            base_url=self.site.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        self.stack.callback(context.close)
        context.set_default_timeout(10_000)
        page = context.new_page()
        self.sign_in(page, name)
        self.complaints.listen(page)
        page.goto(path or self.site.section())
        return page

    def sign_in(self, page: Page, name: str) -> None:
        """Give a browser the session of a person."""
        cookie = {"name": "sessionid", "value": self.site.sessions[name], "url": self.site.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    def close(self) -> None:
        """Close every browser."""
        self.stack.close()


OpenAs = Callable[..., Page]
