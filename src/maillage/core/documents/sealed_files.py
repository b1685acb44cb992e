"""The documents that a team seals with a number and a date: a published protocol, a crisis plan."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french

Part = dict[str, Any]
TEMPLATE = "livret.typ"
SEAL = "Son empreinte (SHA-256) est gardée par Maillage : un document modifié n’a plus la même empreinte."
EXTRACT = "Les avis des membres restent à l’équipe. Empreinte (SHA-256) du document scellé : {fingerprint}."


def protocol_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of a version of a protocol (see :func:`maillage.apps.activity.protocol_sealing.content_of`)."""
    closing = f"Version {content['numero']} publiée par {content['publie_par']} le {content['publie_le']}."
    return _protocol(content, "Protocole pluriprofessionnel, publié et scellé.", closing, SEAL, today)


def protocol_extract_pdf(content: Mapping[str, Any], *, fingerprint: str, today: datetime.date) -> bytes:
    """The same for who is outside the team: all of it but what each member thought of the draft."""
    closing = f"Extrait de la version {content['numero']}, publiée le {content['publie_le']}."
    about, seal = "Protocole pluriprofessionnel, extrait.", EXTRACT.format(fingerprint=fingerprint)
    return _protocol({**content, "avis": []}, about, closing, seal, today)


def _protocol(content: Mapping[str, Any], about: str, closing: str, seal: str, today: datetime.date) -> bytes:
    parts = [part("Le besoin", content["besoin"]), part("Ce que fait chacun", content["contenu"])]
    if content["avis"]:
        rows = [[each["nom"], each["metier"], each["reponse"], each["le"] or "–"] for each in content["avis"]]
        parts.append(part("L'avis des membres", "", ("Nom", "Métier", "Avis", "Le"), rows))
    return sealed_pdf(
        title=f"Protocole : {content['intitule']}",
        about=about,
        subtitle=f"{content['structure']} · version {content['numero']}",
        subject="Le protocole",
        facts=_facts(content),
        parts=parts,
        closing=closing,
        seal=seal,
        today=today,
    )


def sealed_pdf(
    *,
    title: str,
    about: str,
    subtitle: str,
    subject: str,
    facts: Iterable[tuple[str, str]],
    parts: Iterable[Part],
    closing: str,
    today: datetime.date,
    warning: str = "",
    seal: str = SEAL,
) -> bytes:
    """The PDF of a sealed document: facts that are known, parts that say something."""
    return render(
        TEMPLATE,
        {
            "titre": title,
            "resume_metadonnees": about,
            "sous_titre": subtitle,
            "objet": subject,
            "jour": french.day(today),
            "adresse": None,
            "avertissement": warning,
            "faits": [{"nom": name, "valeur": value} for name, value in facts if value],
            "parties": [each for each in parts if each["paragraphes"] or each["tableau"]],
            "cloture": closing,
            "sceau": seal,
        },
        today,
    )


def part(title: str, text: str, headings: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()) -> Part:
    """A part of a document: its text line by line (« - » begins an item, capitals a heading), then its table.

    >>> part("Rôles", "MÉDECIN\\n- prévient")["paragraphes"]
    [['=', 'MÉDECIN'], ['-', 'prévient']]
    """
    lines = [line.strip() for line in text.splitlines()]
    return {
        "titre": title,
        "paragraphes": [_paragraph(line) for line in lines if line],
        "tetes": list(headings),
        "tableau": [list(row) for row in rows],
    }


def _paragraph(line: str) -> list[str]:
    if line.startswith(("- ", "• ")):
        return ["-", line[2:].strip()]
    return ["=" if line.isupper() and len(line) > 2 else "", line]


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    origin = content["origine"]
    source = (
        f"{origin['titre']}, {origin['structure']}, version {origin['version']}, {origin['licence']}" if origin else ""
    )
    return [
        ("Thème", content["theme"]),
        ("Métiers engagés", ", ".join(content["metiers"])),
        ("Rédigé par", ", ".join(content["redacteurs"])),
        ("Pilote", content["pilote"]),
        ("Validé", content["validation"]),
        ("S'applique le", content["applique_le"]),
        ("À revoir le", content["a_revoir_le"] or "à fixer"),
        ("Copié de", source),
    ]
