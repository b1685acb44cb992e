"""A dossier as one file to keep or to send by other means: its documents, its answers, its receipt."""

import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from maillage.apps.common.files import storage
from maillage.apps.common.files.names import clean_name
from maillage.apps.dossiers.frozen import content_of
from maillage.apps.dossiers.models import Deposit, Dossier, Piece
from maillage.apps.projets.documents import document, name_of
from maillage.core.documents.tables import csv_bytes

HEADER = ("Question", "Réponse")


def bundle(dossier: Dossier, deposit: Deposit | None, *, today: datetime.date) -> bytes:
    """The ZIP of a deposit, or of the dossier as it is on a day."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(dossier, deposit):
            archive.writestr(name, content)
        if deposit is None and dossier.version is not None:
            version = dossier.version
            pdf = document(version.projet, "pdf", today=today, version=version)
            archive.writestr(f"pieces/{name_of(version.projet, today, version)}.pdf", pdf)
    return target.getvalue()


def _parts(dossier: Dossier, deposit: Deposit | None) -> Iterator[tuple[str, bytes]]:
    content: dict[str, Any] = deposit.content if deposit else content_of(dossier)
    lines = [[each["question"], each["reponse"]] for each in content.get("formulaire", ())]
    yield "formulaire.csv", csv_bytes(HEADER, lines)
    yield "contenu.json", json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode()
    files = {str(each.pk): each.file for each in Piece.objects.filter(dossier=dossier).select_related("file")}
    for rank, each in enumerate(content.get("pieces", ()), 1):
        file = files.get(each["id"])
        if file is not None:
            extension = file.name.rpartition(".")[2]
            with storage.opened(file.path) as opened:
                yield f"pieces/{rank:02d}-{clean_name(file.name, extension)}", opened.read()
    if deposit is not None and deposit.receipt is not None:
        with storage.opened(deposit.receipt.path) as opened:
            yield "accuse-de-depot.pdf", opened.read()
