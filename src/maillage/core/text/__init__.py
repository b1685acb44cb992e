"""Rich text of a projet de santé: what an author writes, checked, printed, compared and merged. Pure values.

A text is stored as the JSON of ProseMirror (what the editor of the pages gives) of a schema of our own::

    doc > paragraph | heading(level 2-4) | bulletList | orderedList | blockquote | table | horizontalRule
        | image(file, alt, caption) | insert(kind, ref)
    bulletList, orderedList > listItem > paragraph, then paragraphs and lists
    table > tableRow > tableHeader (first row) or tableCell > one paragraph
    in a line: text (bold, italic, link), hardBreak, figure(ref), mention(member, label)

- ``read(value) -> Doc``: from JSON; raises ``BadInput`` (French, with the path), normalises; ``None`` is an empty text.
- ``Doc.as_dict()`` (what is stored), ``Doc.is_empty``, ``empty()``.
- ``words(doc)`` (every word, in order), ``plain(doc)``, ``references(doc)`` (figures, inserts, images, mentions).
- ``from_markdown(text) -> Doc`` and ``to_markdown(doc)``: the page without JavaScript; an exact round trip.
  ``{{chiffre:population.totale}}``, ``{{inserer:members:}}``, ``![alt](fichier:<uuid> "légende")``,
  ``@[Nom](membre:<uuid>)``; a new line in a paragraph is a new line of the text.
- ``to_html(doc, resolve) -> Html``: safe HTML; ``resolve`` (:class:`Resolver`) tells figures, inserts and images.
- ``diff(old, new) -> Difference``: changes by blocks, then by words; ``.counts``, ``.as_html()`` with ins/del.
- ``merge(base, mine, theirs) -> Merged``: three versions into one; ``.doc``, ``.conflicts``, ``.resolved(choices)``.
"""

from maillage.core.text.compare import Difference, diff
from maillage.core.text.html import Html, Resolver, to_html
from maillage.core.text.markdown_in import from_markdown
from maillage.core.text.markdown_out import to_markdown
from maillage.core.text.merging import Conflict, Merged, merge
from maillage.core.text.nodes import INSERTS, Doc, Node, empty
from maillage.core.text.plain import References, plain, references, words
from maillage.core.text.reading import read

__all__ = [
    "INSERTS",
    "Conflict",
    "Difference",
    "Doc",
    "Html",
    "Merged",
    "Node",
    "References",
    "Resolver",
    "diff",
    "empty",
    "from_markdown",
    "merge",
    "plain",
    "read",
    "references",
    "to_html",
    "to_markdown",
    "words",
]
