"""The receipt of a deposit (« accusé de dépôt »): a dated PDF that lists what was filed with its fingerprints."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french


@dataclass(frozen=True)
class Receipt:
    """What a receipt says. ``content`` is that of the deposit; ``moment`` its day, hour and time zone in words;
    ``delay`` the sentences on the legal delay; ``source`` the text that they come from."""

    title: str
    rank: int
    number: str
    moment: str
    day: datetime.date
    by: str
    receiver: str
    content: Mapping[str, Any]
    fingerprint: str
    delay: Sequence[str]
    source: str


def receipt_pdf(receipt: Receipt) -> bytes:
    """The PDF/UA-1 of a receipt."""
    content = receipt.content
    return render(
        "accuse.typ",
        {
            "titre": f"Accusé de dépôt : dossier {receipt.number}",
            "resume_metadonnees": "Accusé de dépôt d'un dossier, avec la liste des fichiers et leurs empreintes.",
            "sous_titre": receipt.title,
            "jour": french.day(receipt.day),
            "adresse": None,
            "pied": f"Accusé de dépôt du dossier {receipt.number}, établi par Maillage le {french.day(receipt.day)}.",
            "faits": [{"nom": name, "valeur": value} for name, value in _facts(receipt)],
            "delai": list(receipt.delay),
            "source_delai": receipt.source,
            "reponses": [dict(each) for each in content["formulaire"]],
            "pieces": [_piece(each) for each in content["pieces"]],
            "sha256": receipt.fingerprint,
        },
        receipt.day,
    )


def weight(size: int) -> str:
    """« 12 Ko », « 1,4 Mo »."""
    return f"{french.number(size / 1_000_000, 1)} Mo" if size >= 1_000_000 else f"{max(1, round(size / 1000))} Ko"


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    content = receipt.content
    projet = content.get("projet")
    facts = [
        ("Numéro du dossier", receipt.number),
        ("Dépôt", "premier dépôt" if receipt.rank == 1 else f"dépôt nº {receipt.rank}"),
        ("Reçu le", receipt.moment),
        ("Structure", content["structure"]["nom"]),
        ("Déposé par", f"{receipt.by}, pour {content['depose_par']['nom']}"),
        ("Adressé à", receipt.receiver),
    ]
    if projet:
        count = projet["signatures"]
        signed = f"{count} {french.plural(count, 'signature')}"
        facts.append(("Version du projet", f"nº {projet['numero']}, « {projet['nom']} », {signed}"))
    return facts


def _piece(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        "libelle": told["libelle"],
        "nom": told["nom"],
        "taille": weight(told["octets"]),
        "sha256": told["sha256"],
    }
