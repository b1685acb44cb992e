"""An author of the test of load: types words nobody else types, saves them, merges, chooses between two texts."""

import http.client
import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

Json = dict[str, Any]
COMMON = "Le texte commun"
CHOICES = ("mine", "theirs", "both")
RANK = re.compile(r'name="choix-(\d+)"')
REVISION = re.compile(r'name="revision"\s+value="(\d+)"')
MOST_TRIES = 60


@dataclass
class Measures:
    """What every author saw: how long each request took (seconds), what became of each text, what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, what: str, seconds: float, outcome: str) -> None:
        """Keep one request."""
        with self.lock:
            self.times.setdefault(what, []).append(seconds)
            self.outcomes[outcome] += 1

    def fail(self, what: str) -> None:
        """Keep what should not have happened."""
        with self.lock:
            self.wrong.append(what)


class Author:
    """One person in one section, who writes until the clock says so. ``typed`` are all the words they sent."""

    def __init__(self, rank: int, site: str, document: str, code: str, session: str, measures: Measures) -> None:
        self.rank = rank
        self.netloc = urlsplit(site).netloc
        self.document = document
        self.section = f"{document}{code}/"
        self.session = session
        self.measures = measures
        self.draw = random.SystemRandom()
        self.typed: list[str] = []
        self.revision = 0
        self.content: list[Json] = []
        self.start: list[Json] = []
        """The text of the revision that one stands on, without what was typed since."""
        self.cookies = {"sessionid": session}
        self.token = ""

    def write_until(self, end: float, pause: float) -> None:
        """Save a text every ``pause`` seconds or so, until the moment ``end`` of the monotonic clock."""
        try:
            while time.monotonic() < end:
                self.type_words()
                self.save()
                self.look_around()
                time.sleep(pause * self.draw.uniform(0.5, 1.5))
        except (OSError, http.client.HTTPException, LookupError, ValueError) as error:
            self.measures.fail(f"author {self.rank}: {type(error).__name__} {error}")

    def come_in(self) -> None:
        """Get the token of the forms, as a page does."""
        self.token = self.ask("session", "GET", f"{self.section}session/")[1]["jeton"]

    def type_words(self) -> None:
        """Add a word of one's own: in one's paragraph, in that of everyone, or in a new one."""
        word = f"mot{self.rank:02d}x{len(self.typed):04d}"
        kind = self.draw.random()
        if kind < 0.6:
            self.append(f"Auteur {self.rank:02d} :", word)
        elif kind < 0.85:
            self.append(COMMON, word)
        else:
            self.content.insert(self.draw.randint(0, len(self.content)), paragraph(f"Nouveau passage {word}."))
        self.typed.append(word)

    def append(self, start: str, word: str) -> None:
        """Add a word at the end of the first paragraph that begins so, made when there is none."""
        for rank, block in enumerate(self.content):
            if text_of(block).startswith(start):
                self.content[rank] = paragraph(f"{text_of(block)} {word}")
                return
        self.content.append(paragraph(f"{start} {word}"))

    def save(self) -> None:
        """Send the text, then do as the editor does with the answer."""
        status, told = self.send(self.revision, self.content)
        if status == 409:
            self.resolve(told["adresse"])
        elif status == 200:
            self.stand_on(told, self.content)
        else:
            self.measures.fail(f"author {self.rank}: {status} {told}")

    def stand_on(self, told: Json, sent: list[Json]) -> None:
        """Go on from the text that the server has."""
        self.revision = told["revision"]
        self.content = list(told["corps"]["content"] if "corps" in told else sent)
        self.start = list(self.content)

    def send(self, revision: int, content: list[Json]) -> tuple[int, Json]:
        """Send a text that stands on a revision."""
        body = json.dumps({"revision": revision, "corps": {"type": "doc", "content": content}})
        return self.ask("save", "POST", f"{self.section}enregistrer/", body, "application/json")

    def resolve(self, address: str) -> None:
        """Choose in the merge screen until nobody wrote the same passage meanwhile, then go on from the merged text."""
        for _ in range(MOST_TRIES):
            _, screen = self.ask("merge screen", "GET", address)
            form = {"revision": REVISION.findall(screen["html"])[0]}
            form |= {f"choix-{rank}": self.draw.choice(CHOICES) for rank in sorted(set(RANK.findall(screen["html"])))}
            status, told = self.ask("choice", "POST", address, urlencode(form), "application/x-www-form-urlencoded")
            if status != 302:
                return self.measures.fail(f"author {self.rank}: the choice was answered {status}")
            address = told["location"]
            if "/rapprocher/" not in address:
                break
        # A text without a change gives back what the others made of it.
        _, now = self.send(self.revision, self.start)
        return self.stand_on(now, self.start)

    def look_around(self) -> None:
        """What an author also opens, now and then."""
        drawn = self.draw.random()
        if drawn < 0.05:
            self.ask("whole text", "GET", f"{self.document}lire/")
        elif drawn < 0.15:
            self.ask("outline", "GET", self.document)
        elif drawn < 0.25:
            self.ask("lock", "POST", f"{self.section}verrou/")

    def ask(self, what: str, method: str, address: str, body: str = "", kind: str = "") -> tuple[int, Json]:
        """One request; gives the status and the JSON, or the page under « html ». Fails on an error of the server."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "application/json",
            "X-CSRFToken": self.token,
            "Content-Type": kind or "application/json",
        }
        start = time.perf_counter()
        connection = http.client.HTTPConnection(self.netloc, timeout=60)
        try:
            connection.request(method, address, body.encode(), headers)
            answer = connection.getresponse()
            read = answer.read().decode()
        finally:
            connection.close()
        self.keep_cookies(answer)
        is_json = answer.headers.get_content_type() == "application/json"
        told: Json = json.loads(read) if is_json else {"html": read, "location": answer.headers.get("Location", "")}
        outcome = str(told.get("etat", answer.status)) if what == "save" else f"{what} {answer.status}"
        self.measures.took(what, time.perf_counter() - start, outcome)
        if answer.status >= 500 or answer.status in (403, 404):
            self.measures.fail(f"author {self.rank}: {method} {what} {answer.status}")
        return answer.status, told

    def keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        """Keep the cookies that the site sets, as a browser does."""
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value


def paragraph(text: str) -> Json:
    """A paragraph of plain text."""
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def text_of(block: Json) -> str:
    """The plain text of a block."""
    return "".join(each.get("text", "") for each in block.get("content", []))
