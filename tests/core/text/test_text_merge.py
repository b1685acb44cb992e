"""Comparing two versions of a text, and merging what two authors wrote at once."""

from typing import Any

from tests.core.text.test_text_html import Known
from tests.core.text.texts import bullets, doc, paragraph, table, text

from maillage.core.text import Doc, diff, merge, plain

BASE = doc(
    paragraph("Notre équipe soigne les habitants du canton."),
    bullets("Consultations sans rendez-vous", "Visites à domicile"),
    paragraph("Nous nous réunissons chaque mois."),
)


def with_block(rank: int, block: Any) -> Doc:
    content = BASE.as_dict()["content"]
    return doc(*content[:rank], block, *content[rank + 1 :])


def html_of(old: Doc, new: Doc, around: int | None = None) -> str:
    return diff(old, new).as_html(Known(), around=around)


def test_a_word_changed_is_shown_inside_its_sentence() -> None:
    new = with_block(2, paragraph("Nous nous réunissons chaque semaine."))
    assert "<p>Nous nous réunissons chaque <del>mois</del><ins>semaine</ins>.</p>" in html_of(BASE, new)


def test_an_item_added_is_shown_in_its_list() -> None:
    new = with_block(1, bullets("Consultations sans rendez-vous", "Téléconsultations", "Visites à domicile"))
    assert "<li><ins>Téléconsultations</ins></li><li>Visites à domicile</li>" in html_of(BASE, new)


def test_a_cell_changed_is_shown_in_its_table() -> None:
    old, new = doc(table(("Jour", "Heures"), ("Lundi", "8 h"))), doc(table(("Jour", "Heures"), ("Lundi", "9 h")))
    assert "<td>Lundi</td><td><del>8</del><ins>9</ins> h</td>" in html_of(old, new)


def test_a_block_removed_and_one_added_are_whole() -> None:
    page = html_of(BASE, doc(*BASE.as_dict()["content"][:2], paragraph("Tout autre chose ici.")))
    assert "<p><del>Nous nous réunissons chaque mois.</del></p>" in page
    assert "<p><ins>Tout autre chose ici.</ins></p>" in page


def test_a_paragraph_that_became_a_heading_says_so() -> None:
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [text("Nous nous réunissons chaque mois.")]}
    assert "<ins>(titre de niveau 2)</ins></h2>" in html_of(BASE, with_block(2, heading))


def test_what_did_not_change_can_be_left_out() -> None:
    page = html_of(BASE, with_block(2, paragraph("Nous nous réunissons chaque semaine.")), around=0)
    assert page.startswith('<p class="texte-inchange">[…]</p>')
    assert "équipe" not in page


def test_the_changes_are_counted() -> None:
    counts = diff(BASE, with_block(2, paragraph("Nous nous réunissons chaque semaine."))).counts
    assert dict(counts) == {"same": 2, "changed": 1}


def test_two_authors_of_two_paragraphs_are_merged() -> None:
    mine = with_block(0, paragraph("Notre équipe soigne tous les habitants du canton."))
    theirs = with_block(2, paragraph("Nous nous réunissons chaque semaine."))
    merged = merge(BASE, mine, theirs)
    assert not merged.conflicts
    assert plain(merged.doc).split("\n")[::3] == [
        "Notre équipe soigne tous les habitants du canton.",
        "Nous nous réunissons chaque semaine.",
    ]


def test_two_changes_of_one_sentence_that_do_not_touch_are_merged() -> None:
    mine = with_block(0, paragraph("Notre grande équipe soigne les habitants du canton."))
    theirs = with_block(0, paragraph("Notre équipe soigne les habitants du bassin."))
    merged = merge(BASE, mine, theirs)
    assert plain(merged.doc).split("\n")[0] == "Notre grande équipe soigne les habitants du bassin."
    assert not merged.conflicts


def test_two_paragraphs_added_at_the_same_place_are_both_kept() -> None:
    content = BASE.as_dict()["content"]
    merged = merge(BASE, doc(*content, paragraph("Ma phrase.")), doc(*content, paragraph("Sa phrase.")))
    assert plain(merged.doc).split("\n")[-2:] == ["Ma phrase.", "Sa phrase."]
    assert not merged.conflicts


def test_items_added_by_both_to_a_list_are_both_kept() -> None:
    mine = with_block(1, bullets("Garde du samedi", "Consultations sans rendez-vous", "Visites à domicile"))
    theirs = with_block(1, bullets("Consultations sans rendez-vous", "Visites à domicile", "Ateliers"))
    merged = merge(BASE, mine, theirs)
    assert not merged.conflicts
    assert {"Garde du samedi", "Ateliers"} <= set(plain(merged.doc).split("\n"))


def test_two_changes_of_the_same_word_are_a_conflict_that_keeps_both() -> None:
    mine = with_block(2, paragraph("Nous nous réunissons chaque semaine."))
    theirs = with_block(2, paragraph("Nous nous réunissons chaque trimestre."))
    merged = merge(BASE, mine, theirs)
    (conflict,) = merged.conflicts
    assert [plain(text) for text in conflict.texts] == [
        "Nous nous réunissons chaque mois.",
        "Nous nous réunissons chaque semaine.",
        "Nous nous réunissons chaque trimestre.",
    ]
    assert merged.resolved(["mine"]) == mine
    assert merged.resolved(["theirs"]) == theirs
    assert plain(merged.resolved(["both"])).endswith("semaine.\nNous nous réunissons chaque trimestre.")


def test_a_paragraph_removed_by_one_and_changed_by_the_other_is_kept_and_asked() -> None:
    mine = doc(*BASE.as_dict()["content"][:2])
    theirs = with_block(2, paragraph("Nous nous réunissons chaque semaine."))
    merged = merge(BASE, mine, theirs)
    assert merged.doc == theirs
    assert merged.conflicts[0].mine is None
    assert merged.resolved(["mine"]) == mine


def test_a_column_added_while_a_cell_changes_is_asked() -> None:
    base = doc(table(("Jour", "Heures"), ("Lundi", "8 h")))
    mine = doc(table(("Jour", "Lieu", "Heures"), ("Lundi", "Guipry", "8 h")))
    theirs = doc(table(("Jour", "Heures"), ("Lundi", "9 h")))
    assert len(merge(base, mine, theirs).conflicts) == 1


def test_a_very_long_paragraph_is_merged_in_seconds() -> None:
    words = "La maison de santé reçoit sans rendez-vous. " * 4000
    base = doc(paragraph(words))
    mine, theirs = doc(paragraph(f"Début. {words}")), doc(paragraph(f"{words}Fin."))
    merged = merge(base, mine, theirs)
    assert plain(merged.doc) == f"Début. {words}Fin."
    assert not merged.conflicts
