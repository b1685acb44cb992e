"""A real site with a project to write, and browsers signed in as its authors."""

import atexit
import contextlib
import functools
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from tests.parcours.complaints import Complaints
from tools import served

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = ("django", "migrate", "--verbosity", "0")
DATABASE = "maillage.sqlite3"


@dataclass(frozen=True)
class TextSite:
    """The address of the site, its project and structure, the headings to write, a session for each person."""

    address: str
    project: str
    codes: tuple[str, ...]
    sessions: dict[str, str]
    structure: str = ""

    @property
    def document(self) -> str:
        """Path of the outline."""
        return f"/projets/{self.project}/document/"

    def section(self, rank: int = 0) -> str:
        """Path of a heading."""
        return f"{self.document}{self.codes[rank]}/"


def filled(variables: dict[str, str], writers: int = 0) -> dict[str, Any]:
    """Prepare an empty database and fill it with a project: what ``tests.text_site`` prints."""
    _run(variables, *MIGRATE)
    return printed(variables, "tests.text_site", str(writers))


def prepared(var: Path, program: str, *arguments: str) -> dict[str, Any]:
    """A new SQLite database in ``var``, filled by a program: what it prints.

    The tables are made once for all the journeys, then copied: to make them anew takes ten times longer.
    """
    shutil.copy(_migrated(), var / DATABASE)
    return printed(served.variables(var), program, *arguments)


def printed(variables: dict[str, str], program: str, *arguments: str) -> dict[str, Any]:
    """What a program of ours prints last, read as JSON."""
    done = _run(variables, program, *arguments)
    told: dict[str, Any] = json.loads(done.splitlines()[-1])
    return told


@functools.cache
def _migrated() -> Path:
    """An empty database with its tables, for this process."""
    var = Path(tempfile.mkdtemp(prefix="maillage-vide-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    _run(served.variables(var), *MIGRATE)
    return var / DATABASE


def _run(variables: dict[str, str], program: str, *arguments: str) -> bytes:
    """Run one of our programs at the root of the project; what it printed."""
    given = {**variables, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    command = [sys.executable, "-m", program, *arguments]
    done = subprocess.run(command, check=True, env=given, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return done.stdout


@contextlib.contextmanager
def text_site(var: Path) -> Iterator[TextSite]:
    """The site over a new database of ``var``."""
    told = prepared(var, "tests.text_site", "0")
    with served.served(var) as address:
        found = TextSite(address, told["projet"], tuple(told["codes"]), told["sessions"], told["structure"])
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
