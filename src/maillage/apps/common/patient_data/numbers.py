"""Numbers that point to one patient: sécurité sociale (NIR), identité nationale de santé, records."""

import re
from collections.abc import Iterator

from maillage.apps.common.patient_data.finding import Finding, Kind, found
from maillage.apps.common.patient_data.plain import Plain
from maillage.apps.common.patient_data.words import OFFICE

GAP = r"[ .\-/_]{0,3}"
DEPARTEMENT = r"(?:\d{2}|2[ABab])"
MONTH = r"(?:0[1-9]|1[0-2]|20|[3-4]\d|[5-9]\d)"
BODY = rf"[123478]{GAP}\d{{2}}{GAP}{MONTH}{GAP}{DEPARTEMENT}{GAP}\d{{3}}{GAP}\d{{3}}"
NIR = re.compile(rf"(?<![0-9A-Za-z])({BODY}){GAP}(?:cle\s*:?\s*)?(\d{{2}})(?![0-9A-Za-z])", re.IGNORECASE)
SPACED = re.compile(r"(?<!\d)[123478](?:[ .\-]?[\dABab]){14}(?![\dA-Za-z])")
"""The same cut in any way (« 2 950 599 123 … »)."""
NUMBERED = r"(?:\s*(?:n[°ºo]\.?|num(?:ero)?|:|=|est|de|patiente?|du|la|le|cle)\s*){0,4}"
NIR_LABEL = re.compile(
    rf"\b(?:nir|nss|n[°ºo] ?(?:de )?ss|immatriculation|secu(?:rite)? ?(?:sociale|soc)?\.?"
    rf"|carte vitale){NUMBERED}\W{{0,4}}"
    rf"([123478][\d .\-ABab]{{11,24}}\d)(?!\d)",
    re.IGNORECASE,
)
INS = re.compile(
    rf"\b(?:ins(?:[ -]?[ca])?(?: qualifiee| verifiee)?|identite nationale de sante"
    rf"|matricule ins){NUMBERED}\W{{0,4}}(\d[\d .\-ABab]{{11,30}}\d)(?!\d)",
    re.IGNORECASE,
)
FEWEST_DIGITS = 13
RECORD = re.compile(
    r"\b(?P<label>ipp|nda|iep|n[°ºo]\s?(?:de |d'|du )?(?:dossier|sejour|venue|admission|hospitalisation|patient)"
    r"|num(?:ero)?\.? (?:de |d'|du )(?:dossier|sejour|venue|admission|hospitalisation|patient)"
    r"|(?:n[°ºo]\s?d'identification|identifiant) (?:du "
    r"|de la )?patiente?"
    r"|id[ -]?patient|dossier|sejour|venue|dmp|code patient|ref(?:erence)?\.? patient)"
    r"(?P<what>(?: (?:medical|medicale|patiente?|infirmier|de soins|du patient|de la patiente|hospitalier))?)"
    r"\s*(?P<sign>n[°ºo]\.?|num(?:ero)?|#|:|="
    r"|est(?: le)?)?\s*:?\s*(?P<number>[A-Z]{0,3}[ -]?\d[\dA-Z/.\-]{2,19}(?: \d{2,6}){0,3})\b",
    re.IGNORECASE,
)
NEEDS_SIGN = frozenset({"dossier", "sejour", "venue"})
AROUND = 70
NOT_A_RECORD = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}")
"""A day or a year."""
SENTENCE = re.compile(r"[.;\n](?=\s|$)")


def numbers(read: Plain) -> Iterator[Finding]:
    """Every number of a patient."""
    yield from _ins(read)
    yield from _nir(read)
    yield from _records(read)


def is_nir(typed: str) -> bool:
    """Whether this is a NIR of 13 characters with its key, whatever stands between; Corse and provisional ones too.

    The key is 97 less the rest of the number divided by 97; 2A and 2B count as 19 and 18.
    """
    bare = re.sub(r"[^0-9AB]", "", typed.upper())
    if not re.fullmatch(rf"{BODY}\d{{2}}", bare):
        return False
    body = bare[:13].replace("2A", "19", 1) if bare[5:7] == "2A" else bare[:13]
    body = body.replace("2B", "18", 1) if bare[5:7] == "2B" else body
    return body.isdigit() and 97 - int(body) % 97 == int(bare[13:])


def _nir(read: Plain) -> Iterator[Finding]:
    for pattern in (NIR, SPACED):
        for match in pattern.finditer(read.text):
            if is_nir(match.group()):
                yield found(Kind.NIR, read.original, [read.span(*match.span())])
    for match in NIR_LABEL.finditer(read.text):
        if _digits(match.group(1)) in (13, 15):
            yield found(Kind.NIR, read.original, [read.span(*match.span(1))])


def _ins(read: Plain) -> Iterator[Finding]:
    for match in INS.finditer(read.text):
        if _digits(match.group(1)) >= FEWEST_DIGITS:
            yield found(Kind.INS, read.original, [read.span(*match.span(1))])


def _digits(typed: str) -> int:
    return len(re.sub(r"[^0-9ABab]", "", typed))


def _records(read: Plain) -> Iterator[Finding]:
    for match in RECORD.finditer(read.text):
        if _is_numbered(match) and not _is_of_an_office(read.text, match):
            yield found(Kind.RECORD, read.original, [read.span(*match.span("number"))])


def _is_numbered(match: re.Match[str]) -> bool:
    """« dossier n° 12 » is; « dossier 2026 » or « séjour 12/03/2026 » is not."""
    sign = (match["sign"] or "").lower()
    if _is_bare(match) and not sign:
        return False
    return sign.startswith("n") or not NOT_A_RECORD.fullmatch(match["number"])


def _is_bare(match: re.Match[str]) -> bool:
    return match["label"].lower() in NEEDS_SIGN and not match["what"]


def _is_of_an_office(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of a subsidy, a procedure, an invoice, and not of a patient by another word."""
    if not (_is_bare(match) or match["label"].lower().endswith("dossier")):
        return False
    before = SENTENCE.split(text[max(0, match.start() - AROUND) : match.start()])[-1]
    after = SENTENCE.split(text[match.end() : match.end() + AROUND])[0]
    return bool(OFFICE.search(before) or OFFICE.search(after))
