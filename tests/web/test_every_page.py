"""What holds for every page, whatever it shows."""

import itertools
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from tests.web.addresses import PAGES, REFUSED
from tests.web.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

ALL = {**{name: (address, 200) for name, address in PAGES.items()}, **REFUSED}
LABELLED = ("input", "select", "textarea")
NEEDLESS = {"hidden", "submit"}
MARKS = re.compile(r"{{|{%|\bNone\b|\bFalse\b|\bnan\b|<built-in")
JARGON = re.compile(r"\b(?:null|undefined|True)\b")


@pytest.fixture(scope="module")
def sent():
    """The pages already asked, by name."""
    return {}


@pytest.fixture(params=ALL)
def response(request, client, db, france, sent):
    """Every page in turn, asked once."""
    address, status = ALL[request.param]
    if request.param not in sent:
        sent[request.param] = client.get(address)
    assert sent[request.param].status_code == status
    return sent[request.param]


@pytest.fixture
def page(response):
    return read(response.content.decode())


def test_a_page_has_its_frame(response, page):
    assert page.one("html").attrs["lang"] == "fr"
    assert page.one("h1").text
    assert page.one("title").text.endswith("· Maillage")
    assert len(page.one("title").text) > len("· Maillage") + 5
    assert page.one("main").attrs["id"] == "contenu"
    assert page.all("a")[0].attrs["href"] == "#contenu"
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_a_page_stands_under_a_strict_policy(response, page):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert page.all("style") == []
    assert [e.tag for e in page.every() if "style" in e.attrs or any(name.startswith("on") for name in e.attrs)] == []
    assert [
        script.attrs for script in page.all("script") if not script.attrs.get("src", "").startswith("/static/")
    ] == []
    assert [e.attrs["src"] for e in page.all(src=True) if not e.attrs["src"].startswith("/")] == []
    loaded = [e.attrs["href"] for e in page.all("link") if e.attrs["rel"] != "alternate"]
    assert [address for address in loaded if not address.startswith("/static/")] == []


def test_a_page_names_each_thing_once(page):
    names = Counter(e.attrs["id"] for e in page.every() if "id" in e.attrs)
    assert [name for name, count in names.items() if count > 1] == []
    references = {
        name
        for e in page.every()
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls")
        for name in e.attrs.get(attribute, "").split()
    }
    assert references - set(names) == set()


def test_every_field_has_a_label(page):
    labelled = {label.attrs.get("for") for label in page.all("label")}
    alone = [
        field.attrs
        for field in page.all(*LABELLED)
        if field.attrs.get("type") not in NEEDLESS
        and field.attrs.get("id") not in labelled
        and not any(around.tag == "label" for around in field.above)
    ]
    assert alone == []


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_nothing_of_the_machine_shows(page):
    shown = page.one("main").text
    for formula in page.all("pre"):
        shown = shown.replace(formula.text, "")
    assert MARKS.findall(shown) == []
    assert JARGON.findall(shown) == []


def test_a_link_inside_the_page_leads_to_a_part_of_it(page):
    places = {e.attrs["id"] for e in page.every() if "id" in e.attrs}
    linked = {link.attrs["href"][1:] for link in page.all("a", href=True) if link.attrs["href"].startswith("#")}
    assert linked - places == set()


def test_every_link_leads_somewhere(client, france):
    """Each page of the site that another one links to answers, and each place named after a # is there.

    Rules and parameters, linked by the hundred, have their own tests.
    """
    linked = {
        urljoin(address, link.attrs["href"])
        for address in PAGES.values()
        for link in read(client.get(address).content.decode()).all("a", href=True)
        if not link.attrs["href"].startswith("#")
    }
    inside = {link for link in linked if link.startswith("/") and not link.startswith(("/regles/", "/api/"))}
    assert len(inside) > 80
    assert [link for link in sorted(inside) if not _leads_somewhere(client, link)] == []


def _leads_somewhere(client, link):
    parts = urlsplit(link)
    response = client.get(f"{parts.path}?{parts.query}", follow=True)
    if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
        return response.status_code == 200
    return not parts.fragment or bool(read(response.content.decode()).all(id=parts.fragment))
