"""What a deposited PDF tells of the version it says to sign."""

from dataclasses import dataclass
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from maillage.core.kernel.problems import BadInput, Problem

PREFIX = 12
"""How many digits of the fingerprint the PDF of a version prints."""
MOST_PAGES = 500


@dataclass(frozen=True)
class DepositedPdf:
    """``names_version``: the fingerprint is written in it (a scan has no text). ``is_digital``: it holds a signature.

    A digital signature is seen, not verified: that asks for the certificates of the signatory.
    """

    pages: int
    names_version: bool
    is_digital: bool


def read_pdf(file: BinaryIO, fingerprint: str) -> DepositedPdf:
    """What a PDF says of the version of this fingerprint. Raises :class:`BadInput` when it is no readable PDF."""
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise BadInput([Problem("fichier", "PDF protégé", "un PDF qui s'ouvre sans mot de passe")])
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise BadInput([Problem("fichier", f"{pages} pages", f"un PDF de {MOST_PAGES} pages au plus")])
        text = "".join("".join(page.extract_text().split()) for page in reader.pages)
        fields = reader.get_fields() or {}
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        if isinstance(problem, BadInput):
            raise
        raise BadInput([Problem("fichier", "illisible", "un PDF entier, qui s'ouvre dans un lecteur")]) from problem
    signed = any(each.get("/FT") == "/Sig" and each.get("/V") for each in fields.values())
    return DepositedPdf(pages=pages, names_version=fingerprint[:PREFIX] in text, is_digital=signed)
