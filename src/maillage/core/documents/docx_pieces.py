"""Small pieces of a DOCX that python-docx does not write: fields, links, list numbers, borders, headers and footers."""

from collections.abc import Mapping, Sequence
from typing import Any

from maillage.core.documents.blocks import Run

PRIMARY, SOFT, LINE = "084B41", "48605B", "C9D3CE"
SMALL = 9
XML = "{http://www.w3.org/XML/1998/namespace}"


def add_runs(paragraph: Any, runs: Sequence[Run], *, size: float | None = None, bold: bool = False) -> None:
    """Runs at the end of a paragraph, links included."""
    for run in runs:
        if run.href:
            _add_web_link(paragraph, run, size)
        else:
            _styled(paragraph.add_run(run.text), run, size, bold=bold)


def _styled(written: Any, run: Run, size: float | None, *, bold: bool = False) -> Any:
    from docx.shared import Pt

    written.bold, written.italic = (run.bold or bold) or None, run.italic or None
    if size:
        written.font.size = Pt(size)
    return written


def _add_web_link(paragraph: Any, run: Run, size: float | None) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import RGBColor

    to = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", {"r:id": to, "w:history": "1"})
    written = _styled(paragraph.add_run(run.text), run, size)
    written.font.underline, written.font.color.rgb = True, RGBColor.from_string(PRIMARY)
    link.append(written._r)
    paragraph._p.append(link)


def add_place_link(paragraph: Any, bookmark: str, text: str) -> None:
    """A line of the table of contents: the heading with a link to it; its page comes with the first update."""
    link = element("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"})
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def add_field(run: Any, instruction: str, shown: str) -> None:
    """A field of the word processor, with what is shown until it is updated."""
    begin_field(run, instruction)
    text = element("w:t", {})
    text.text = shown
    run._r.append(text)
    end_field(run)


def begin_field(run: Any, instruction: str, *, dirty: bool = False) -> None:
    """The instruction of a field; what is shown until it is updated follows, then its end.

    One that is ``dirty`` is updated when the document is opened.
    """
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = instruction
    run._r.append(element("w:fldChar", {"w:fldCharType": "begin"} | ({"w:dirty": "true"} if dirty else {})))
    run._r.append(code)
    run._r.append(element("w:fldChar", {"w:fldCharType": "separate"}))


def end_field(run: Any) -> None:
    """The end of a field."""
    run._r.append(element("w:fldChar", {"w:fldCharType": "end"}))


def restarted(document: Any, style: str) -> int:
    """A numbering of its own, from 1, like that of a list style; its identifier."""
    numbering = document.part.numbering_part.element
    told = document.styles[style].element.pPr.numPr.numId.val
    like = next(each for each in numbering.num_lst if each.numId == told)
    number = numbering.add_num(like.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def set_number(paragraph: Any, identifier: int) -> None:
    """Give a paragraph the numbering of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = identifier


def add_border(paragraph: Any, edge: str) -> None:
    """A thin line at an edge (« top », « bottom », « left ») of a paragraph."""
    borders = element("w:pBdr", {})
    borders.append(element(f"w:{edge}", {"w:val": "single", "w:sz": "6", "w:space": "4", "w:color": LINE}))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_running(section: Any, header: str) -> None:
    """What stands at the top and the foot of every page but the first: the header, and « page 3 sur 60 »."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section.different_first_page_header_footer = True
    section.header_distance = section.footer_distance = Pt(28)
    top, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (top, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
    add_runs(top, (Run(header),), size=SMALL)
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, field in (("page ", "PAGE"), (" sur ", "NUMPAGES")):
        add_runs(foot, (Run(words),), size=SMALL)
        run = foot.add_run()
        run.font.size = Pt(SMALL)
        add_field(run, field, "1")


def element(tag: str, attributes: Mapping[str, str]) -> Any:
    """An element of the format, by its prefixed name."""
    from docx.oxml import OxmlElement

    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(named(name), value)
    return found


def named(tag: str) -> str:
    """A prefixed name as the format writes it."""
    from docx.oxml.ns import qn

    return qn(tag) if not tag.startswith("xml:") else XML + tag[4:]
