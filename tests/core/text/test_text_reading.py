"""What a rich text accepts and refuses, and what it says."""

from typing import Any

import pytest
from tests.core.text.texts import UUID, bullets, doc, paragraph, table, text

from maillage.core.kernel.problems import BadInput
from maillage.core.text import empty, from_markdown, plain, read, references, to_markdown, words


def problem_of(value: Any) -> tuple[str, str]:
    with pytest.raises(BadInput) as refused:
        read(value)
    return refused.value.problems[0].field, refused.value.problems[0].expected


def test_a_text_never_written_is_empty() -> None:
    assert read(None) == empty() == doc(paragraph(), paragraph("  "))
    assert empty().is_empty
    assert empty().as_dict() == {"type": "doc", "content": [{"type": "paragraph"}]}


@pytest.mark.parametrize("value", ["du texte", [], {}, {"type": "paragraph"}, 3])
def test_what_is_not_a_text_is_refused(value: Any) -> None:
    assert problem_of(value) == ("", "un texte structuré (type « doc »)")


def test_a_block_that_does_not_exist_is_refused_with_its_path() -> None:
    field, expected = problem_of({"type": "doc", "content": [paragraph("a"), {"type": "script"}]})
    assert field == "content.1.type"
    assert expected.startswith("l'un de : paragraph, heading")


@pytest.mark.parametrize("level", [1, 5, "2", True, None])
def test_a_heading_of_another_level_is_refused(level: Any) -> None:
    value = {"type": "doc", "content": [{"type": "heading", "attrs": {"level": level}, "content": [text("a")]}]}
    assert problem_of(value) == ("content.0.attrs.level", "2, 3 ou 4")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//exemple.fr", "fiche", "http://", None, 3]
)
def test_a_link_that_leads_elsewhere_is_refused(href: Any) -> None:
    link = {"type": "text", "text": "ici", "marks": [{"type": "link", "attrs": {"href": href}}]}
    field, expected = problem_of({"type": "doc", "content": [paragraph(link)]})
    assert field == "content.0.content.0.marks.0.attrs.href"
    assert "https://" in expected


def test_an_image_names_a_stored_file() -> None:
    value = {"type": "doc", "content": [{"type": "image", "attrs": {"file": "https://exemple.fr/x.png"}}]}
    assert problem_of(value) == ("content.0.attrs.file", "un identifiant (UUID)")


def test_an_insert_is_one_of_those_known() -> None:
    field, expected = problem_of({"type": "doc", "content": [{"type": "insert", "attrs": {"kind": "video"}}]})
    assert (field, "members" in expected) == ("content.0.attrs.kind", True)


def test_a_text_that_is_too_long_is_refused() -> None:
    long = {"type": "doc", "content": [paragraph("a" * 200_001)]}
    assert "200000 caractères" in problem_of(long)[1]
    many = {"type": "doc", "content": [paragraph("a")] * 20_001}
    assert problem_of(many) == ("content", "au plus 20000 éléments")


def test_a_text_too_deep_is_refused() -> None:
    node = bullets("a")
    for _ in range(20):
        node = {"type": "bulletList", "content": [{"type": "listItem", "content": [paragraph("a"), node]}]}
    assert "moins imbriquées" in problem_of({"type": "doc", "content": [node]})[1]


def test_every_problem_is_told() -> None:
    with pytest.raises(BadInput) as refused:
        read({"type": "doc", "content": [{"type": "a"}, {"type": "b"}]})
    assert [problem.field for problem in refused.value.problems] == ["content.0.type", "content.1.type"]


def test_control_characters_do_not_enter() -> None:
    assert plain(doc(paragraph("a\x00b\tc\ud800d"))) == "ab cd"


def test_two_lists_that_touch_are_one() -> None:
    assert doc(bullets("a"), bullets("b")) == doc(bullets("a", "b"))


def test_merged_cells_leave_the_others_empty_and_the_first_row_is_the_header() -> None:
    wide = {"type": "tableCell", "attrs": {"colspan": 2}, "content": [paragraph("large")]}
    high = {"type": "tableCell", "attrs": {"rowspan": 2}, "content": [paragraph("haut")]}
    plain_cell = {"type": "tableCell", "content": [paragraph("c")]}
    rows = [[wide, high], [plain_cell, plain_cell]]
    given = {"type": "table", "content": [{"type": "tableRow", "content": row} for row in rows]}
    assert doc(given) == doc(table(("large", "", "haut"), ("c", "c", "")))
    assert {cell.kind for cell in doc(given).content[0].content[0].content} == {"tableHeader"}


def merged(rows: int, columns: int, **spans: int) -> dict[str, Any]:
    cell = {"type": "tableCell", "attrs": spans, "content": [paragraph("x")]}
    return {"type": "table", "content": [{"type": "tableRow", "content": [cell] * columns}] * rows}


def test_cells_merged_beyond_the_columns_of_a_table_are_refused() -> None:
    expected = "un tableau d'au plus 12 colonnes, cellules fusionnées comprises"
    for given in (merged(300, 12, rowspan=300, colspan=12), merged(1, 2, colspan=12), merged(2, 12, rowspan=2)):
        field, told = problem_of({"type": "doc", "content": [given]})
        assert field.startswith("content.0.content.")
        assert told == expected


def test_cells_merged_below_a_table_stop_with_it() -> None:
    wide = merged(1, 1, rowspan=10**9, colspan=10**9)
    assert doc(wide) == doc(table(("x",)))


@pytest.mark.parametrize("content", [5, {"a": 1}, [{"type": "tableRow", "content": 5}]])
def test_a_table_that_holds_no_list_is_refused(content: Any) -> None:
    assert problem_of({"type": "doc", "content": [{"type": "table", "content": content}]})[1] == "une liste"


def test_the_addresses_of_links_count_in_the_length_of_a_text() -> None:
    link = {"type": "link", "attrs": {"href": f"https://exemple.fr/{'a' * 1900}"}}
    line = {"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [link]}] * 110}
    assert "200000 caractères" in problem_of({"type": "doc", "content": [line]})[1]


def test_words_and_references_are_told_in_reading_order() -> None:
    text = from_markdown(
        f"## Le territoire\n\n{{{{chiffre:population.totale}}}} habitants\n\n"
        f'{{{{inserer:map:}}}}\n\n![une carte](fichier:{UUID} "Nos lieux")\n\n@[Anne](membre:{UUID})'
    )
    assert words(text)[:3] == ("Le", "territoire", "chiffre")
    found = references(text)
    assert (found.figures, found.inserts) == (("population.totale",), (("map", ""),))
    assert (found.images, found.mentions) == ((UUID,), (UUID,))


def test_markdown_beyond_the_schema_is_kept_as_words() -> None:
    lines = "# Un\n\n##### Cinq\n\n`code` <b>gras</b> [x](javascript:alert)\n\n```\nun\ndeux\n```\n\n"
    text = from_markdown(f"{lines}> | a |\n> |---|\n> | b |")
    assert [node.kind for node in text.content] == ["heading", "heading", "paragraph", "paragraph", "blockquote"]
    assert [node.attr("level") for node in text.content[:2]] == [2, 4]
    assert "<b>gras</b>" in plain(text)
    assert "javascript:alert" in plain(text)


def test_a_new_line_typed_in_markdown_is_kept() -> None:
    text = from_markdown("une ligne\nune autre")
    assert plain(text) == "une ligne\nune autre"
    assert to_markdown(text) == "une ligne\nune autre"


def test_usual_french_text_is_written_without_signs() -> None:
    words_typed = (
        "L'équipe (12 professionnels) reçoit le lundi : 8 h – 20 h.\n\n- Rendez-vous d'abord ;\n- 80 % des actes."
    )
    typed = f"{words_typed}\n\n## 2. Le lieu"
    assert to_markdown(from_markdown(typed)) == typed
