"""Extractions of the RPPS made up for the tests, in the layout of the real ones: no real person is in them."""

import itertools
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

COORD = "(coord. structure)"
HEADER = (
    "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|"
    "Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|"
    "Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|"
    "Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|"
    "Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|"
    "Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|"
    f"Complément destinataire {COORD}|Complément point géographique {COORD}|Numéro Voie {COORD}|"
    f"Indice répétition voie {COORD}|Code type de voie {COORD}|Libellé type de voie {COORD}|Libellé Voie {COORD}|"
    f"Mention distribution {COORD}|Bureau cedex {COORD}|Code postal {COORD}|Code commune {COORD}|"
    f"Libellé commune {COORD}|Code pays {COORD}|Libellé pays {COORD}|Téléphone {COORD}|Téléphone 2 {COORD}|"
    f"Télécopie {COORD}|Adresse e-mail {COORD}|Code Département (structure)|Libellé Département (structure)|"
    "Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|"
    "Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code fonction|"
    "Libellé fonction|Code genre activité|Libellé genre activité"
)
NAMES = HEADER.split("|")
OTHER_CASE = HEADER.replace("coord. structure", "coord. Structure").replace("d'exercice", "exercice")
SAVOIR_FAIRE = (
    "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|"
    "Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|"
    "Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire"
)
PHONE = "0102030405"
DOCTOR, NURSE = ("10", "Médecin"), ("60", "Infirmier")


def rpps(rank: int) -> str:
    """The made-up RPPS number of this rank, with its key."""
    digits = f"199{rank:07d}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    plain = sum(int(digit) for digit in digits[-2::-2])
    return f"{digits}{-(doubled + plain) % 10}"


def activity(rank: int, profession: tuple[str, str] = NURSE, **fields: str) -> str:
    """A line of an activity in Redon; ``fields`` are said by our short names, see ``SHORT``."""
    values = {
        "type": "8", "identifiant": rpps(rank), "nom": f"NOM{rank}", "prenom": "Prénom", "profession": profession[0],
        "libelle": profession[1], "categorie": "Civil", "mode": "L", "site": "Cabinet", "commune": "35236",
        "telephone": PHONE, "courriel": "quelqu.un@exemple.fr", "secteur": "SA07", **fields,
    }  # fmt: skip
    cells = [""] * len(NAMES)
    for name, value in values.items():
        cells[SHORT[name]] = value
    return "|".join(cells) + "|"


SHORT = {
    "type": 0, "identifiant": 1, "nom": 7, "prenom": 8, "profession": 9, "libelle": 10, "categorie": 12,
    "type_sf": 13, "sf": 15, "mode": 17, "finess": 21, "site": 24, "enseigne": 25, "cedex": 34, "postal": 35,
    "commune": 36, "libelle_commune": 37, "telephone": 40, "courriel": 43, "secteur": 48,
}  # fmt: skip


def savoir_faire(rank: int, code: str, kind: str = "S") -> str:
    """A line of the file of the savoir-faire."""
    return f"8|{rpps(rank)}|8{rpps(rank)}|NOM{rank}|Prénom|10|Médecin|C|Civil|{kind}||{code}||"


def write(path: Path, lines: Iterable[str], header: str = HEADER) -> Path:
    """A text file of an extraction."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in itertools.chain([header + "|"], lines))
    return path


def archive(path: Path, *files: Path) -> Path:
    """The archive of an extraction."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for file in files:
            target.write(file, file.name)
    return path


def national(count: int, communes: Sequence[str]) -> Iterator[str]:
    """Lines of a made-up national extraction: one in eight is a doctor, one in ten has a second site."""
    rank = written = 0
    specialities = ("SM26", "SM53", "SM54", "SM04", "SM40")
    others = (NURSE, ("70", "Masseur-Kinésithérapeute"), ("21", "Pharmacien"))
    while written < count:
        rank += 1
        doctor = rank % 8 == 0
        for site in range(1 + (rank % 10 == 0)):
            commune = communes[(rank * 7919 + site * 104_729) % len(communes)]
            yield activity(
                rank,
                DOCTOR if doctor else others[rank % 3],
                sf=specialities[rank % 5] if doctor else "",
                site=f"CABINET DE LA PLACE {commune} {site}",
                # Three lines in ten have no code INSEE, as in the real file.
                **({"commune": commune} if rank % 10 < 7 else {"commune": "", "cedex": f"{commune} QUELQUE PART"}),
            )
            written += 1
            if written == count:
                return
