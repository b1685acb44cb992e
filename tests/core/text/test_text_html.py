"""A rich text as a page shows it."""

from tests.core.text.texts import OTHER, UUID, bullets, doc, paragraph, table, text

from maillage.core.text import Doc, Html, from_markdown, to_html


class Known:
    """Knows one of each."""

    def figure(self, ref: str) -> str | None:
        return "12 345 habitants <2022>" if ref == "population.totale" else None

    def insert(self, kind: str, ref: str) -> str | None:
        return Html(f"<ul><li>{ref}</li></ul>") if kind == "members" else None

    def image(self, file: str) -> str | None:
        return "/fichiers/1?a=1&b=2" if file == UUID else None

    def mention(self, member: str, label: str) -> str | None:
        return label if member == OTHER else None


def shown(value: Doc) -> str:
    return to_html(value, Known())


def test_what_is_typed_is_escaped() -> None:
    assert (
        shown(doc(paragraph("<script>alert(1)</script> & co")))
        == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</p>"
    )


def test_marks_are_elements() -> None:
    assert shown(doc(paragraph(text("gras", "bold"), " ", text("les deux", "bold", "italic")))) == (
        "<p><strong>gras</strong> <strong><em>les deux</em></strong></p>"
    )


def test_lists_and_tables_are_semantic() -> None:
    page = shown(doc(bullets("un", "deux"), table(("Jour", "Heures"), ("Lundi", "8 h"))))
    assert "<ul><li>un</li><li>deux</li></ul>" in page
    assert '<th scope="col">Jour</th>' in page
    assert "<td>8 h</td>" in page


def test_a_figure_is_shown_with_its_value_or_as_unknown() -> None:
    page = shown(from_markdown("{{chiffre:population.totale}} et {{chiffre:apl.infirmier}}"))
    assert "12 345 habitants &lt;2022&gt;" in page
    assert "à confirmer : apl.infirmier" in page


def test_an_insert_keeps_the_html_it_is_given() -> None:
    page = shown(from_markdown("{{inserer:members:a}}\n\n{{inserer:budget:}}"))
    assert "<ul><li>a</li></ul>" in page
    assert "à compléter : Budget" in page


def test_an_image_says_what_it_shows_even_when_it_is_lost() -> None:
    page = shown(from_markdown(f'![Le "plan"](fichier:{UUID} "Notre maison")\n\n![Perdue](fichier:{OTHER})'))
    assert 'src="/fichiers/1?a=1&amp;b=2" alt="Le &quot;plan&quot;"' in page
    assert "<figcaption>Notre maison</figcaption>" in page
    assert "image introuvable : Perdue" in page


def test_a_mention_of_someone_unknown_does_not_show_what_was_typed() -> None:
    people = [{"type": "mention", "attrs": {"member": each, "label": "Mme Dupont"}} for each in (OTHER, UUID)]
    assert shown(doc(paragraph(*people))) == (
        '<p><span class="texte-mention">@Mme Dupont</span>'
        '<span class="texte-mention">@personne hors de l&#x27;équipe</span></p>'
    )
