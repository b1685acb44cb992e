"""The pages hold under a strict Content-Security-Policy, and stand on the base template."""

import re

import pytest
from tests.architecture.sources import SRC, shown

TEMPLATES = sorted((SRC / "web" / "templates").rglob("*.html"))
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "an inline style": re.compile(r"""\sstyle\s*=\s*["']"""),
    "a style element": re.compile(r"<style[\s>]"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>"),
    "a script in an attribute": re.compile(r"""\son[a-z]+\s*=\s*["']|javascript:|hx-on"""),
    "a file of another site": re.compile(r"""<(?:script|img|link|iframe|source)[^>]*(?:src|href)=["'](?:https?:)?//"""),
}
INCLUDED = re.compile(r"""{% (?:include|extends) ["']([^"']+)["']""")


def text_of(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_needs_the_policy_to_be_loosened(what):
    assert [shown(path) for path in TEMPLATES if FORBIDDEN[what].search(text_of(path))] == []


def test_every_page_stands_on_the_base_and_every_other_file_is_a_part():
    """A part is a file whose name starts with an underscore, or that another template includes."""
    root = SRC / "web" / "templates"
    used = {name for path in TEMPLATES for name in INCLUDED.findall(text_of(path))}
    alone = [
        shown(path)
        for path in TEMPLATES
        if "{% extends" not in text_of(path)
        and not path.name.startswith("_")
        and str(path.relative_to(root)) not in used
    ]
    assert alone == []
