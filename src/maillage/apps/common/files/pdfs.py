"""A PDF is kept as it is (it may be signed): it must be whole, open, and hold no program."""

import io
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from maillage.apps.common.files.refusals import DAMAGED, refused

START, END = b"%PDF-", b"%%EOF"
MOST_PAGES = 2_000
PROTECTED = "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection, puis déposez-le."
PROGRAM = (
    "Ce PDF contient un programme ou ouvre autre chose que lui-même. Imprimez-le en PDF depuis votre lecteur, puis "
    "déposez le résultat."
)
TOO_LONG = "Ce PDF a plus de 2 000 pages : déposez-le en plusieurs fichiers."
ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})


def check_pdf(content: bytes) -> None:
    """Raises ``BadInput`` when the PDF is cut, damaged, protected, or runs something."""
    after = content.rpartition(END)[2]
    if END not in content or after.strip(b"\r\n\t \x00"):
        raise refused(DAMAGED)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise refused(PROTECTED)
        if len(reader.pages) > MOST_PAGES:
            raise refused(TOO_LONG)
        if _runs(reader):
            raise refused(PROGRAM)
    except (PyPdfError, OSError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise refused(DAMAGED) from error


def _runs(reader: PdfReader) -> bool:
    root = reader.root_object
    names = _plain(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        return True
    return _is_action(root.get("/OpenAction")) or any(_acts(each) for each in (root, *reader.pages))


def _acts(holder: Any) -> bool:
    """Whether something of a page or of the document runs when it is opened or clicked."""
    actions = _plain(holder.get("/AA"))
    if isinstance(actions, DictionaryObject) and any(_is_action(each) for each in actions.values()):
        return True
    notes = _plain(holder.get("/Annots")) or []
    return any(_is_action(_plain(note).get("/A")) for note in notes if isinstance(_plain(note), DictionaryObject))


def _is_action(value: Any) -> bool:
    action = _plain(value)
    return isinstance(action, DictionaryObject) and str(action.get("/S")) in ACTIONS


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
