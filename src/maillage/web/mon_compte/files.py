"""Everything that is kept of a person, as files that they can read and take elsewhere."""

import io
import json
import zipfile
from typing import Any

from maillage.core.documents.tables import csv_bytes
from maillage.core.kernel.french import fold

READ_ME = (
    "Tout ce que Maillage garde de vous.\n\n"
    "mes-donnees.json : le tout, pour un logiciel.\n"
    "Les autres fichiers s'ouvrent avec un tableur, un par sorte de données ; « lien » dit en quoi elles sont à vous.\n"
    "Les textes écrits à plusieurs sont dans les exports de leur projet.\n"
)


def json_file(told: dict[str, Any]) -> bytes:
    """The whole, as JSON in UTF-8."""
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def zip_file(told: dict[str, Any]) -> bytes:
    """The whole, then a CSV per table and per link."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZMOI.txt", READ_ME)
        archive.writestr("mes-donnees.json", json_file(told))
        for name, rows in _tables(told):
            archive.writestr(name, csv_bytes(list(rows[0]), [list(row.values()) for row in rows]))
    return packed.getvalue()


def _tables(told: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    tables = [("compte.csv", [told["compte"]])]
    for table in told["donnees"]:
        tables.append((f"{_slug(table['nature'])}-{_slug(table['lien'])}.csv", table["lignes"]))
    if told["journal"]:
        tables.append(("journal.csv", told["journal"]))
    return tables


def _slug(words: str) -> str:
    return "-".join(fold(words).split())
