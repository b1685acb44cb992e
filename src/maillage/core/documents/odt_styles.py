"""The styles of an ODT: paragraphs, headings, lists, cells, and the pages with their header and foot."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

FONT, PRIMARY, SOFT, LINE = "Arial", "#084b41", "#48605b", "#c9d3ce"
KEPT, KEPT_SMALL = "Maillage_lie", "Maillage_lie_petit"
HEADINGS = {1: "15pt", 2: "12pt", 3: "11pt", 4: "10.5pt"}
SMALL, CAPTION, CELL, NUMBER, HEAD, NUMBER_HEAD, QUOTE, RULE = (
    "Maillage_petit", "Maillage_legende", "Maillage_cellule", "Maillage_nombre", "Maillage_entete",
    "Maillage_entete_nombre", "Maillage_citation", "Maillage_trait",
)  # fmt: skip
DRAWING, MARK, KICKER = "Maillage_image", "Maillage_marque", "Maillage_couverture_nature"
FIGURE_CAPTION = "Maillage_legende_figure"
BULLETS, NUMBERS = "Maillage_puces", "Maillage_numeros"
WHOLE = "Maillage_case_tableau_entier"
EDGE, TOP, LINE_STYLE = "Maillage_case", "Maillage_case_entete", "Maillage_case_ligne"
NEW_PAGE, CONTENTS_PAGE = "Maillage_case_page_titre", "Maillage_case_page_sommaire"
"""Automatic styles: a heading or the table of contents that begins a page."""
COVER_PAGE = "Maillage_couverture"
LEVELS = 4
PLAIN_LINK = 'text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link"'


def styles() -> Iterator[str]:
    """The styles of the document, those of its headings first."""
    yield _style("Standard", size="10.5pt", space="0.15cm")
    yield _style("Title", size="22pt", colour=PRIMARY, bold=True, space="0.4cm")
    yield _style("Subtitle", size="12pt", colour=SOFT, space="0.3cm")
    for level, size in HEADINGS.items():
        yield _style(
            f"Heading_20_{level}", size=size, colour=PRIMARY, bold=True, space="0.2cm", above="0.5cm", keep=True
        )
    yield _style(SMALL, size="9pt", colour=SOFT, space="0.15cm", above="0.1cm")
    yield _style(KEPT, size="10.5pt", space="0.15cm", keep=True)
    yield _style(KEPT_SMALL, size="9pt", colour=SOFT, space="0.15cm", above="0.1cm", keep=True)
    yield _style(CAPTION, size="9pt", colour=SOFT, space="0.15cm", above="0.3cm", keep=True)
    yield _style(FIGURE_CAPTION, size="9pt", colour=SOFT, space="0.3cm")
    yield _style(DRAWING, size="9pt", space="0cm", above="0.3cm", keep=True)
    yield _style(CELL, size="9pt", space="0cm")
    yield _style(NUMBER, size="9pt", space="0cm", align="end")
    yield _style(HEAD, size="9pt", space="0cm", bold=True, keep=True)
    yield _style(NUMBER_HEAD, size="9pt", space="0cm", bold=True, align="end", keep=True)
    yield _style(MARK, size="14pt", space="0.4cm", bold=True)
    yield _style(QUOTE, size="10.5pt", space="0.15cm", more=f'fo:margin-left="0.6cm" fo:border-left="2pt solid {LINE}" '
                 'fo:padding-left="0.3cm"')  # fmt: skip
    yield _style(RULE, size="6pt", space="0.3cm", more=f'fo:border-bottom="0.5pt solid {LINE}"')
    yield _style("Contents_20_Heading", size="15pt", space="0.2cm", bold=True, colour=PRIMARY)
    for level in range(1, LEVELS):
        left = 0.6 * (level - 1)
        yield _style(
            f"Contents_20_{level}", size="10.5pt", space="0.05cm", more=f'fo:margin-left="{left}cm"', tabs=17 - left
        )
    yield from (_text_style(bold, italic) for bold in (False, True) for italic in (False, True) if bold or italic)
    yield (
        '<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text">'
        '<style:text-properties fo:color="#14302b" style:text-underline-style="none"/></style:style>'
    )
    yield from (_list_style(name) for name in (BULLETS, NUMBERS))


def automatic_styles() -> Iterator[str]:
    """The styles that change one of those above at one place, and those of tables."""
    yield _derived(KICKER, "Subtitle", f'style:master-page-name="{COVER_PAGE}"', 'fo:margin-top="4cm"')
    yield _derived(NEW_PAGE, "Heading_20_1", "", 'fo:break-before="page"')
    yield _derived(CONTENTS_PAGE, "Contents_20_Heading", 'style:master-page-name="Standard"', "")
    yield (
        f'<style:style style:name="{LINE_STYLE}" style:family="table-row"><style:table-row-properties '
        'fo:keep-together="always"/></style:style>'
    )
    yield (
        f'<style:style style:name="{WHOLE}" style:family="table"><style:table-properties table:align="margins" '
        'style:may-break-between-rows="false"/></style:style>'
    )
    yield _cell(EDGE, f"0.5pt solid {LINE}", "transparent")
    yield _cell(TOP, f"1pt solid {PRIMARY}", "#e3f1ee")


def column(name: str, width: float) -> str:
    """The style of a column, ``width`` in centimetres."""
    return (
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width:.2f}cm"/></style:style>'
    )


def text_style(*, bold: bool, italic: bool) -> str:
    """The name of the style of some words; empty when they have no look of their own."""
    return "Maillage_gras_italique" if bold and italic else "Maillage_gras" if bold else "Maillage_italique" * italic


def master_pages(header: str) -> Iterator[str]:
    """The pages: the cover alone without header, the others with the header and « page 3 sur 60 »."""
    top = f'<text:p text:style-name="{SMALL}">{escape(header)}</text:p>'
    foot = (
        '<text:p text:style-name="Maillage_pied">page <text:page-number text:select-page="current">1</text:page-number>'
        " sur <text:page-count>1</text:page-count></text:p>"
    )
    yield (
        f'<style:master-page style:name="{COVER_PAGE}" style:page-layout-name="Mpm1" style:next-style-name="Standard"/>'
    )
    yield (
        '<style:master-page style:name="Standard" style:page-layout-name="Maillage_page">'
        f"<style:header>{top}</style:header><style:footer>{foot}</style:footer></style:master-page>"
    )


PAGE_LAYOUT = (
    '<style:page-layout style:name="Maillage_page"><style:page-layout-properties fo:page-width="21cm" '
    'fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin-top="1.2cm" fo:margin-bottom="1.2cm" '
    'fo:margin-left="2cm" fo:margin-right="2cm"/><style:header-style><style:header-footer-properties '
    'fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/></style:header-style><style:footer-style>'
    '<style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style>'
    "</style:page-layout>"
)


def foot_style() -> str:
    """The style of the foot of the pages."""
    return _style("Maillage_pied", size="9pt", colour=SOFT, space="0cm", align="end")


def _style(
    name: str, *, size: str, space: str, colour: str = "#14302b", bold: bool = False, above: str = "0cm",
    align: str = "start", keep: bool = False, more: str = "", tabs: float = 0,
) -> str:  # fmt: skip
    weight = "bold" if bold else "normal"
    together = "always" if keep else "auto"
    display = name.replace("_20_", " ").replace("_", " ")
    outline = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading") else ""
    stop = (
        f'<style:tab-stops><style:tab-stop style:position="{tabs:.2f}cm" style:type="right" '
        'style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
        if tabs
        else ""
    )
    return (
        f'<style:style style:name="{name}" style:display-name="{display}" style:family="paragraph"{outline}>'
        f'<style:paragraph-properties fo:margin-top="{above}" fo:margin-bottom="{space}" fo:text-align="{align}" '
        f'fo:keep-with-next="{together}" fo:widows="2" fo:orphans="2" {more}>{stop}</style:paragraph-properties>'
        f'<style:text-properties fo:font-family="{FONT}" fo:font-size="{size}" fo:font-weight="{weight}" '
        f'fo:color="{colour}" fo:language="fr" fo:country="FR"/></style:style>'
    )


def _derived(name: str, parent: str, attributes: str, properties: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}" {attributes}>'
        f"<style:paragraph-properties {properties}/></style:style>"
    )


def _text_style(bold: bool, italic: bool) -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    slant = ' fo:font-style="italic"' if italic else ""
    name = text_style(bold=bold, italic=italic)
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties{weight}{slant}/></style:style>'


def _list_style(name: str) -> str:
    kind = "number" if name == NUMBERS else "bullet"
    sign = 'style:num-format="1" style:num-suffix="."' if name == NUMBERS else 'text:bullet-char="•"'
    levels = "".join(
        f'<text:list-level-style-{kind} text:level="{level}" {sign}><style:list-level-properties '
        'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
        f'text:label-followed-by="listtab" text:list-tab-stop-position="{0.6 * level:.1f}cm" fo:text-indent="-0.6cm" '
        f'fo:margin-left="{0.6 * level:.1f}cm"/></style:list-level-properties></text:list-level-style-{kind}>'
        for level in range(1, 11)
    )
    return (
        f'<text:list-style style:name="{name}" style:display-name="{name.replace("_", " ")}">{levels}</text:list-style>'
    )


def _cell(name: str, border: str, background: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-bottom="{border}" fo:background-color="{background}" fo:padding="0.1cm"/></style:style>'
    )
