"""The choices of the form of the aids, with their French. No OpenFisca here."""

from typing import Literal

Profession = Literal[
    "medecin_generaliste",
    "medecin_specialiste",
    "infirmier",
    "masseur_kinesitherapeute",
    "sage_femme",
    "orthophoniste",
    "autre",
    "etudiant",
]
PROFESSIONS = {
    "medecin_generaliste": "médecin généraliste",
    "medecin_specialiste": "médecin d'une autre spécialité",
    "masseur_kinesitherapeute": "masseur-kinésithérapeute",
    "sage_femme": "sage-femme",
    "autre": "autre profession de santé",
    "etudiant": "étudiant",
}
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
PARAMEDICS = ("infirmier", "masseur_kinesitherapeute", "sage_femme", "orthophoniste")

Zone = Literal["zip", "zac", "tres_sous_dotee", "sous_dotee", "sous_dense", "hors_zone"]
ZONES = {
    "zip": "zone d'intervention prioritaire (ZIP)",
    "zac": "zone d'action complémentaire (ZAC)",
    "tres_sous_dotee": "zone très sous-dotée",
    "sous_dotee": "zone sous-dotée",
    "sous_dense": "zone sous-dense (orthophonistes)",
    "hors_zone": "hors de ces zones",
}

Practice = Literal["seul", "groupe", "esp", "msp", "cpts", "cds"]
PRACTICES = {
    "groupe": "en groupe",
    "esp": "dans une ESP",
    "msp": "dans une MSP",
    "cpts": "dans une CPTS",
    "cds": "salarié d'un centre de santé",
}

Contract = Literal[
    "caim", "coscom", "cotram", "cstm", "cde",
    "capii", "caii", "maintien_infirmier",
    "caccmk", "caimk", "cammk",
    "capisf", "caisf", "camsf",
    "capiop", "caiop", "camop",
    "cesp",
]  # fmt: skip
CONTRACTS = {
    name: name.upper()
    for name in (
        "caim", "coscom", "cotram", "cstm", "cde", "capii", "caii", "caccmk", "caimk", "cammk", "capisf", "caisf",
        "camsf", "capiop", "caiop", "camop", "cesp",
    )
} | {"maintien_infirmier": "contrat de maintien (infirmier)"}  # fmt: skip

SIGNERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("caim", "coscom", "cotram", "cstm", "cde"), DOCTORS),
    **dict.fromkeys(("capii", "caii", "maintien_infirmier"), ("infirmier",)),
    **dict.fromkeys(("caccmk", "caimk", "cammk"), ("masseur_kinesitherapeute",)),
    **dict.fromkeys(("capisf", "caisf", "camsf"), ("sage_femme",)),
    **dict.fromkeys(("capiop", "caiop", "camop"), ("orthophoniste",)),
    "cesp": ("etudiant", *DOCTORS),
}
"""By contract, the professions that may sign it."""

TaxZone = Literal["zfrr", "zfrr_plus", "zrr", "aucune"]
TAX_ZONES = {"zfrr": "ZFRR", "zfrr_plus": "ZFRR+", "zrr": "ZRR"}
