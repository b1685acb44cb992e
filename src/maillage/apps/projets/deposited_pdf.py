"""What a deposited PDF tells of the version it says to sign."""

from dataclasses import dataclass

from maillage.apps.common.files.pdfs import read_pdf
from maillage.core.kernel.problems import BadInput, Problem

PREFIX = 12
"""How many digits of the fingerprint the PDF of a version prints."""
MOST_PAGES = 500
LONGEST = 2_000_000
"""Characters that are read."""


@dataclass(frozen=True)
class DepositedPdf:
    """``names_version``: the fingerprint is written in it (a scan has no text). ``is_digital``: it holds a signature.

    A digital signature is seen, not verified: that asks for the certificates of the signatory.
    """

    pages: int
    names_version: bool
    is_digital: bool


def deposited(content: bytes, fingerprint: str) -> DepositedPdf:
    """What a PDF says of the version of this fingerprint. Raises :class:`BadInput` when it is no readable PDF.

    One whose words take too long to read does not name its version: who deposits confirms, as for a scan.
    """
    found = read_pdf(content, pages=MOST_PAGES, characters=LONGEST)
    if found.pages > MOST_PAGES:
        raise BadInput([Problem("fichier", f"{found.pages} pages", f"un PDF de {MOST_PAGES} pages au plus")])
    text = "".join(found.text.split())
    return DepositedPdf(found.pages, names_version=fingerprint[:PREFIX] in text, is_digital=found.is_signed)
