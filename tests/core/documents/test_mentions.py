"""Who a text mentions, in the documents to print."""

from maillage.core.documents.text_blocks import Shown, blocks_of
from maillage.core.text import from_markdown

KNOWN, UNKNOWN = (f"00000000-0000-0000-0000-00000000000{rank}" for rank in (1, 2))


def test_a_mention_is_the_name_of_the_member_or_a_neutral_word() -> None:
    doc = from_markdown(f"@[Autrefois](membre:{KNOWN}) et @[Inconnue](membre:{UNKNOWN})")
    (line,) = blocks_of(doc, Shown(mentions={KNOWN: "Jeanne Morvan"}), "Les soins")
    assert "Jeanne Morvan" in repr(line)
    assert "personne hors de l'équipe" in repr(line)
    assert "Autrefois" not in repr(line)
    assert "Inconnue" not in repr(line)
