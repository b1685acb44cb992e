"""Small PDFs that ask for hours of work, and PDFs that are broken where a reader does not look for it."""

import zlib


def written(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is the catalogue, numbered 1."""
    body, starts = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer


def packed(content: bytes) -> bytes:
    """A stream, compressed."""
    small = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(small), small)


def that_shows(content: bytes, *, pages: int = 1) -> bytes:
    """A PDF whose pages all show the same stream."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    return written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        packed(content),
        *[page] * pages,
    )


def that_takes_hours(told: str = "") -> bytes:
    """500 pages that show the same million of letters; the first says ``told``."""
    start = f"BT /F 9 Tf 1 1 Td ({told}) Tj ET\n".encode()
    return that_shows(start + b"BT /F 9 Tf 1 1 Td (a) Tj ET\n" * 300_000, pages=500)


def with_a_page_tree_of_nothing() -> bytes:
    """The pages are a number."""
    return written(b"<< /Type /Catalog /Pages 7 >>")


def with_an_unknown_lock() -> bytes:
    """Encrypted in a way that no reader knows."""
    whole = written(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Inconnu >> /ID [(a) (b)]")


def with_a_catalogue_of_nothing() -> bytes:
    """The catalogue is a number."""
    return written(b"7", b"<< /Type /Pages /Kids [] /Count 0 >>")


def with_a_field_of_nothing() -> bytes:
    """A form whose fields are a number."""
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return written(b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 7 >> >>", tree, page)


def with_notes_of_nothing() -> bytes:
    """Notes that are a number."""
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots 7 >>"
    return written(b"<< /Type /Catalog /Pages 2 0 R >>", tree, page)


def with_shared_notes(*, pages: int = 2_000, notes: int = 100_000) -> bytes:
    """Pages that all show the same list of notes."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots 3 0 R >>"
    return written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"[" + b"4 0 R " * notes + b"]",
        b"<< /Type /Annot >>",
        *[page] * pages,
    )
