"""What every list brought by a structure shares: its steps, and its rows pasted or deposited."""

from django.http import HttpRequest

from maillage.apps.structures.sheets import MOST_BYTES, Row, read_file, read_pasted

CHECK, SET_ASIDE, WRITE = "verifier", "ecarter", "ecrire"


def given_rows(request: HttpRequest, text: str) -> list[Row]:
    """The rows of the file, else those of the text. Raises :class:`BadInput`."""
    file = request.FILES.get("fichier")
    return read_file(file.read(MOST_BYTES + 1)) if file is not None else read_pasted(text)
