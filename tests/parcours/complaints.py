"""What a page complains of while a journey uses it: scripts, the console, requests that fail or leave the site."""

from playwright.sync_api import ConsoleMessage, Page, Request, Response

SERIOUS = ("error", "warning")
DRIVER = "GL Driver Message (OpenGL, Performance"
"""What Chromium says of a map where there is no graphics card: of the machine, not of the page."""
DRIVER = "GL Driver Message (OpenGL, Performance"
"""What a browser without a graphics card says of its own speed when it draws a map: not a fault of the page."""


class Complaints:
    """Listens to pages; ``lines`` are the complaints heard so far, in order."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.lines: list[str] = []

    def listen(self, page: Page) -> None:
        """Hear every complaint of a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.lines.append(f"script : {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def forgive(self, word: str) -> None:
        """Forget the complaints that hold ``word``. Raises ``AssertionError`` when there is none to forgive."""
        kept = [line for line in self.lines if word not in line]
        assert len(kept) < len(self.lines), f"no complaint holds {word!r}: {self.lines}"
        self.lines[:] = kept

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in SERIOUS and DRIVER not in message.text:
            self.lines.append(f"console {message.type} : {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.lines.append(f"requête hors du site : {request.url}")

    def _failed(self, request: Request) -> None:
        # A request that a newer one replaces (a field that searches as one types) is cancelled, not failed.
        if request.failure != "net::ERR_ABORTED":
            self.lines.append(f"requête échouée : {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.lines.append(f"réponse {response.status} : {response.url}")
