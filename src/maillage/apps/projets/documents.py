"""The document of a project, to read (PDF) or to edit (DOCX, ODT): the draft of today, or a version."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from django.utils import timezone
from PIL import Image as Drawing

from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile
from maillage.apps.projets import document_words as words
from maillage.apps.projets.contents import Content, content_of, with_places
from maillage.apps.projets.document_blocks import diagnosis_blocks, shown_block
from maillage.apps.projets.inserts import figures_of, inserted
from maillage.apps.projets.models import Projet, Signature, Version
from maillage.core.documents.blocks import Block
from maillage.core.documents.projet_document import Part, ProjetDocument, Signatory, Source, VersionMark
from maillage.core.documents.text_blocks import Shown
from maillage.core.kernel import french
from maillage.core.projet.headings import headings_of
from maillage.core.text import Doc, read, references

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""By extension, the type of the file."""
TABLES = ("members", "sites", "hours", "protocols", "actions", "legal", "budget")
"""What stands at the end of the text when its author did not insert it."""
SIGNATORIES = ".signataires"
MADE_OF = {
    "membres": ("members",), "professionnels": ("members",), "adherents": ("members",), "personnel": ("members",),
    "sites": ("sites", "hours"), "plan_d_actions": ("actions",), "actions": ("actions",),
    "budget_previsionnel": ("budget",), "statut": ("legal",),
}  # fmt: skip
"""By heading (its code without the structure), the tables that say what it asks: they stand in it while it is empty."""
Images = Mapping[str, tuple[bytes, float]]
Texts = Sequence[tuple[str, str, Doc]]
"""Code, title and text of each heading."""


def document(projet: Projet, kind: str, *, today: datetime.date, version: Version | None = None) -> bytes:
    """The project as a file of ``kind``, one of ``KINDS``; without a version, the draft of today.

    Raises ``KeyError`` on an unknown kind.
    """
    from maillage.core.documents.projet_files import FILES

    return FILES[kind](gathered(projet, today=today, version=version))


def name_of(projet: Projet, today: datetime.date, version: Version | None = None) -> str:
    """The name of the files of a project, without its extension."""
    name = french.fold(projet.structure.nom).replace(" ", "-")[:60]
    return f"projet-de-sante-{name}-{f'version-{version.number}' if version else f'brouillon-{today}'}"


def gathered(projet: Projet, *, today: datetime.date, version: Version | None = None) -> ProjetDocument:
    """All that the document says, read from the database."""
    content = with_places(version.content) if version else content_of(projet)
    given = version.signatures.filter(withdrawn_at=None) if version else Signature.objects.none()
    states = _states(content, version, given)
    mark = _mark(version) if version else None
    return document_of(content, day=today, version=mark, states=states, images=_images(projet, content))


def _mark(version: Version) -> VersionMark:
    return VersionMark(version.number, version.name, _day(version.at), version.fingerprint)


def document_of(
    content: Content,
    *,
    day: datetime.date,
    version: VersionMark | None = None,
    states: Mapping[str, str] | None = None,
    images: Images | None = None,
) -> ProjetDocument:
    """The document of a content (see :mod:`maillage.apps.projets.contents`); ``states``: what each signatory did."""
    structure, texts = content["structure"], _texts(content)
    parts = _parts(content, texts, day)
    return ProjetDocument(
        kind=words.kind_of(structure["nature"]),
        name=structure["nom"],
        title=content["projet"]["titre"],
        day=day,
        version=version,
        facts=words.facts(content),
        summary=words.summary(content),
        sections=tuple(part for part in parts if not part.number.startswith("A")),
        shown=_shown(content, texts, images or {}),
        tables=tuple(_tables(content, texts, parts)),
        protocols=words.protocol_sheets(content),
        actions=words.action_sheets(content),
        annexes=tuple(part for part in parts if part.number.startswith("A")),
        diagnosis=diagnosis_blocks(content["diagnostic"], day),
        sources=_sources(content, texts),
        signatories=_signatories(content, states or {}),
    )


def _texts(content: Content) -> Texts:
    return [(each["code"], each["titre"], read(each["texte"] or None)) for each in content["rubriques"]]


def _parts(content: Content, texts: Texts, day: datetime.date) -> list[Part]:
    """The headings with their numbers; those of the team come after those asked for.

    The list of the signatories is made from the team: its heading stands only when someone wrote in it.
    """
    structure = content["structure"]
    numbers = {each.code: each.number for each in headings_of(structure["nature"], structure["region"], day)}
    last = sum(not number.startswith("A") for number in numbers.values())
    found = []
    for code, title, text in texts:
        if code.endswith(SIGNATORIES) and text.is_empty:
            continue
        if code not in numbers:
            last += 1
        held = () if not text.is_empty else tuple(_held(content, code))
        found.append(Part(numbers.get(code, str(last)), title, text, held))
    return found


def _held(content: Content, code: str) -> Iterable[tuple[str, tuple[Block, ...]]]:
    """What other screens hold of a heading that nobody wrote."""
    for kind in MADE_OF.get(code.rpartition(".")[2], ()):
        found = inserted(content, kind, "")
        if not found.missing:
            yield kind, shown_block(found)


def _references(texts: Texts) -> Iterable[tuple[str, str]]:
    return dict.fromkeys(insert for _, _, text in texts for insert in references(text).inserts)


def _shown(content: Content, texts: Texts, images: Images) -> Shown:
    figures = {ref: words.figure(each) for ref, each in figures_of(content).items()}
    inserts = {(kind, ref): shown_block(inserted(content, kind, ref)) for kind, ref in _references(texts)}
    names = {each["id"]: words.person(each) for each in content["membres"]}
    return Shown(figures, inserts, images, names)


def _tables(content: Content, texts: Texts, parts: Iterable[Part]) -> Iterable[tuple[str, tuple[Block, ...]]]:
    """What other screens hold, that no author inserted and that stands in no heading."""
    there = {kind for kind, _ in _references(texts)} | {kind for part in parts for kind, _ in part.tables}
    for kind in TABLES:
        found = inserted(content, kind, "")
        if kind not in there and not found.missing:
            yield found.title, shown_block(found)


def _sources(content: Content, texts: Texts) -> tuple[Source, ...]:
    """The figures that the text cites, each once."""
    cited = dict.fromkeys(ref for _, _, text in texts for ref in references(text).figures)
    sections = content["diagnostic"]["sections"] if content["diagnostic"] else ()
    known = {each["code"]: each for section in sections for each in section["chiffres"]}
    return tuple(
        Source(each["libelle"], f"{each['texte']} {each['unite']}".strip(), each["millesime"], each["producteur"])
        for each in (known[ref] for ref in cited if ref in known)
    )


def _signatories(content: Content, states: Mapping[str, str]) -> tuple[Signatory, ...]:
    return tuple(
        Signatory(words.person(each), words.metier(each), states.get(each["id"], words.NOT_ASKED))
        for each in content["membres"]
        if each["signataire"]
    )


def _states(content: Content, version: Version | None, given: Iterable[Signature]) -> dict[str, str]:
    asked = version is not None and version.asks_signatures_at is not None
    states = {each["id"]: words.NOT_SIGNED if asked else words.NOT_ASKED for each in content["membres"]}
    for each in given:
        states[str(each.member_id)] = f"signé le {french.day(_day(each.at))} ({each.get_method_display()})"
    return states


def _images(projet: Projet, content: Content) -> dict[str, tuple[bytes, float]]:
    """The images of the texts that the structure deposited, by file; one that is gone is left out."""
    wanted = {file for _, _, text in _texts(content) for file in references(text).images}
    scope = str(projet.structure.organisation_id)
    found: dict[str, tuple[bytes, float]] = {}
    for file in StoredFile.objects.filter(pk__in=wanted, scope=scope, content_type__in=("image/png", "image/jpeg")):
        try:
            with storage.opened(file.path) as opened:
                data = opened.read()
        except FileNotFoundError:
            continue
        with Drawing.open(BytesIO(data)) as drawing:
            found[str(file.pk)] = (data, drawing.height / drawing.width)
    return found


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)
