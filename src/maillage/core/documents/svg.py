"""What makes a drawn SVG fit for our pages and documents: a name, a description, no script, no machine noise."""

import hashlib
import re
from html import escape, unescape

from maillage.core.documents.typography import typeset

TAG = re.compile(r"<[^<>]*>")
# Vega names every group for its own scripts; without them these attributes only mislead screen readers.
NOISE = re.compile(r' (?:(?:class|role|aria-[a-z]+|pointer-events|xmlns:xlink|version)="[^"]*"|opacity="1")')
LONG_DECIMALS = re.compile(r"-?\d+\.\d{3,}")
EMPTY = re.compile(r"<g[^<>]*></g>|<path[^<>]* d=\"(?:M0,0h0v0h0Z)?\"[^<>]*/>")
HALO = re.compile(r"(<text(?=[^<>]* stroke=)[^<>]*)")
NAMED = re.compile(r"<(?:title|desc)[^<>]*>([^<]*)")
OPENING = re.compile(r"<svg[^<>]*?( width=\"\d+\" height=\"\d+\" viewBox=\"[^\"]*\")[^<>]*>")


def accessible(drawing: str, title: str, description: str) -> str:
    """The SVG ``drawing`` of Vega as one image that has a name (``title``) and a long description, in French.

    The same drawing always gives the same text; its identifiers come from its content, so that two different
    charts stand in one page. Raises ``ValueError`` when ``drawing`` does not start as Vega's SVG does.
    """
    body, title, description = _lighter(drawing), typeset(title), typeset(description)
    opening = OPENING.match(body)
    if opening is None:
        raise ValueError("not a drawing of Vega: the <svg> element with its size is missing")
    key = "g" + hashlib.sha256((title + description + body).encode()).hexdigest()[:10]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg"{opening[1]} role="img" lang="fr"'
        f' aria-labelledby="{key}-t" aria-describedby="{key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>'
    )
    return head + body[opening.end() :]


def alternative(image: str) -> str:
    """The name and the description of an image made by :func:`accessible`, as one text; "" where there is none."""
    return " ".join(unescape(text) for text in NAMED.findall(image)).strip()


def _lighter(drawing: str) -> str:
    text = TAG.sub(lambda tag: LONG_DECIMALS.sub(_two_decimals, NOISE.sub("", tag[0])), drawing)
    while (shorter := EMPTY.sub("", text)) != text:
        text = shorter
    # A halo is drawn under its letters, not over them.
    return HALO.sub(r'\1 paint-order="stroke"', text)


def _two_decimals(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
