"""Any document made of blocks, as a PDF that screen readers can follow (PDF/UA-1)."""

import base64
import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from maillage.core.documents import fonts
from maillage.core.documents.blocks import (
    Block,
    Contents,
    Cover,
    Grid,
    Heading,
    Image,
    Item,
    Listing,
    Paragraph,
    Picture,
    Rule,
    Text,
    runs,
)
from maillage.core.documents.typst_pdf import TEMPLATES

WIDEST_CM = 14.0
SIZE = re.compile(r'<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"', re.DOTALL)
PNG, PIXELS = b"\x89PNG", 1000
PARTS = ("base.typ", "bloc.typ")
Told = dict[str, Any]


def blocks_pdf(title: str, blocks: Iterable[Block], day: datetime.date, *, header: str = "") -> bytes:
    """The PDF of ``blocks`` under ``title``, dated ``day``; ``header`` stands at the top of the pages after the first.

    The same arguments give the same bytes.
    """
    import typst

    told = {"titre": title, "entete": header, "polices": list(fonts.families()), "blocs": told_blocks(blocks)}
    sources = {name: (TEMPLATES / name).read_bytes() for name in PARTS}
    main = b'#import "bloc.typ": *\n#document-of(data)\n'
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    pdf: bytes = typst.compile(
        {"main.typ": main, **sources},
        font_paths=fonts.collection(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=midnight,
    )
    return pdf


def told_blocks(blocks: Iterable[Block]) -> list[Told]:
    """Blocks as the templates read them."""
    return [TELLERS[type(block)](block) for block in blocks]


def _picture(block: Picture) -> Told:
    """A picture, in a drawing that holds it: its bytes then go with the rest of the data."""
    kind = "png" if block.data.startswith(PNG) else "jpeg"
    size = f'width="{PIXELS}" height="{PIXELS * block.shape:.0f}"'
    held = base64.b64encode(block.data).decode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/{kind};base64,{held}"/></svg>'
    return {"type": "image", "svg": svg, **_drawn(block, block.shape)}


def _drawn(block: Image | Picture, shape: float) -> Told:
    width = min(WIDEST_CM, block.tallest / shape)
    return {"alternative": block.alternative, "legende": block.caption, "largeur": width}


def _image(block: Image) -> Told:
    found = SIZE.search(block.svg)
    shape = float(found[2]) / float(found[1]) if found else 1.0
    return {"type": "image", "svg": block.svg, **_drawn(block, shape)}


def _runs(text: Text, lead: str = "") -> list[Told]:
    return [{"t": run.text.split("\n"), "b": run.bold, "i": run.italic, "h": run.href} for run in runs(text, lead=lead)]


def _heading(block: Heading) -> Told:
    return {"type": "titre", "texte": block.text, "niveau": block.level, "page": block.new_page}


def _paragraph(block: Paragraph) -> Told:
    look = "note" if block.small else "citation" if block.quote else ""
    return {"type": "paragraphe", "texte": _runs(block.text, block.lead), "aspect": look, "lie": block.keep}


def _item(block: Item) -> Told:
    return _listing(Listing(((Paragraph(block.text, block.lead),),)))


def _listing(block: Listing) -> Told:
    entries = [[_listing(each) if isinstance(each, Listing) else _paragraph(each) for each in e] for e in block.entries]
    return {"type": "liste", "numerotee": block.ordered, "elements": entries}


def _grid(block: Grid) -> Told:
    return {
        "type": "tableau",
        "entete": [_runs(text) for text in block.header],
        "lignes": [[_runs(text) for text in row] for row in block.rows],
        "legende": block.caption,
        "nombres": list(block.numbers),
        "largeurs": list(block.shares),
        "entier": block.is_short,
    }


def _contents(block: Contents) -> Told:
    return {"type": "sommaire", "titre": block.title, "niveaux": block.levels}


def _rule(_block: Rule) -> Told:
    return {"type": "trait"}


def _cover(block: Cover) -> Told:
    return {
        "type": "couverture",
        "nature": block.kicker,
        "titre": block.title,
        "sous_titre": block.subtitle,
        "marque": block.mark,
        "faits": [list(fact) for fact in block.facts],
        "notes": list(block.notes),
    }


TELLERS: Mapping[type[Block], Callable[[Any], Told]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Item: _item,
    Listing: _listing,
    Grid: _grid,
    Image: _image,
    Picture: _picture,
    Contents: _contents,
    Rule: _rule,
    Cover: _cover,
}
