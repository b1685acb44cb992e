"""Files of FINESS made up for the tests, in the layouts of the real ones."""

import json
from pathlib import Path
from typing import Any

LAMBERT_POINT = ("882408.3", "6543019.6", 5.3556513, 45.9624017)
"""Metres in Lambert 93, and the same place in degrees, from the tests of another tool."""
REUNION_POINT = ("340000.0", "7690000.0", 55.46, -20.88)
"""Metres in UTM 40 south, and about the same place: the town of Saint-Denis."""


def key(digits: str) -> str:
    """The eight digits with their key: a FINESS number made up."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    plain = sum(int(digit) for digit in digits[-2::-2])
    return f"{digits}{-(doubled + plain) % 10}"


PHARMACY, HOUSE, REUNION, CORSICA = key("35000001"), key("35000002"), key("97040001"), "2A0000014"
LEGAL = key("35009999")


def structure(finess: str, departement: str = "35", commune: str = "236", categorie: str = "620", **said: str) -> str:
    """A line of the section of the establishments: 32 fields."""
    cells = [""] * 32
    values = {
        0: "structureet", 1: finess, 2: LEGAL, 3: "NOM COURT", 4: said.get("nom", "PHARMACIE DE LA PLACE"),
        12: commune, 13: departement, 15: said.get("address", "35600 REDON"), 16: "0299000000", 18: categorie,
        19: said.get("libelle", "Pharmacie d'Officine"), 22: said.get("siret", "12345678901234"),
        28: said.get("opened", "1990-09-20"),
    }  # fmt: skip
    for place, value in values.items():
        cells[place] = value
    return ";".join(cells)


def position(finess: str, x: str, y: str, system: str = "LAMBERT_93") -> str:
    """A line of the section of the positions."""
    return f"geolocalisation;{finess};{x};{y};1,ATLASANTE,100,IGN,BD_ADRESSE,V2.1,{system};2020-01-08"


HISTORIC = [
    "finess;etalab;94;2025-05-12",
    structure(PHARMACY, nom='"LA CROIX" VERTE À REDON'),
    structure(HOUSE, commune="999", categorie="603", libelle="Maison de santé (L.6223-3)", opened="20/09/2015"),
    structure(REUNION, "9D", "411", address="97400 ST DENIS", siret="3,40556E+13"),
    structure(CORSICA, "2A", "004", "355", address="20303 AJACCIO CEDEX"),
    position(PHARMACY, *LAMBERT_POINT[:2]),
    position(REUNION, *REUNION_POINT[:2], "UTM_S40"),
    position(CORSICA, "0", "0"),
]


def historic(path: Path, lines: list[str] = HISTORIC, encoding: str = "cp1252") -> Path:
    """A historic extraction."""
    path.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return path


def site(finess: str, commune: str = "35236", **said: Any) -> dict[str, Any]:
    """An establishment (« EGE ») of the flow « structures »."""
    return {
        "informationsGeneralesEGE": {
            "egeId": "799", "dateOuverture": "1956-11-16", "nomEgeCourt": "COURT", "nomEgeLong": "NOM LONG",
            "numFinessEge": finess, "siret": "77220148900022",
        },
        "categorieentiteGeographiqueExercice": said.get("categorie", "124"),
        "adresse": [
            {"usageAdresse": "04", "cogCommune": "35238", "codePostal": "35000"},
            {
                "usageAdresse": "03", "cogCommune": commune, "codePostal": "35600", "ligneAcheminement": "REDON",
                "coordonneesGeographique": {
                    "coordonneeX": "6739066.0", "coordonneeY": "313862.5",
                    "directionLatitude": "47.651", "directionLongitude": "-2.084",
                },
            },
        ],
        "contact": [{"typeContact": {"roleContact": "01"}, "telecom": {"telephone": "0299000000"}}],
        "roleEge": [],
        "etatObjet": said.get("state", "A"),
    }  # fmt: skip


def entity(*sites: dict[str, Any], name: str = "informationsGeneralesPMEJ") -> dict[str, Any]:
    """A legal entity of the flow."""
    return {name: {"pmSmsseId": "1", "numFinessPm": LEGAL}, "adresse": [], "ege": list(sites), "etatObjet": "A"}


def flow(path: Path, *entities: dict[str, Any]) -> Path:
    """The flow « structures »."""
    text = {"schemaVersion": "v1.0.0", "generatedAt": "2026-03-09T15:49:37Z", "gcc": [], "gco": [], "pmej": entities}
    path.write_text(json.dumps(text, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def activity(nature: str = "AASA", code: str = "16", state: str = "A") -> dict[str, Any]:
    """An activity of the flow « activités », in the edition that is published."""
    return {
        "caracteristiquesGeneriques": {
            "activiteAeId": "1", "etatObjet": state, "typeActiviteSMSSE": "272",
            "dateDebutActiviteAutorisee": "2009-06-10", "dateFinActiviteAutorisee": None,
        },
        "nature": {
            "codeNature": nature,
            "caracteristiquesSpecifiques": {
                "activiteAeId": None,
                f"typeActivite{nature}": {"activiteSanitaireRegulee": code, "formeActivite": "01"},
            },
        },
        "evenement": [],
    }  # fmt: skip


def older_activity(nature: str = "ASDR", code: str = "824") -> dict[str, Any]:
    """The same in the edition of the first schema: one member per nature, empty but one."""
    known = {
        "caracteristiquesGeneriques": {"etatObjet": "A", "dateDebutActiviteAutorisee": "2009-06-10"},
        "caracteristiquesSpecifiquesASD": {f"typeActivite{nature}": {"activiteSanitaireDiverseRegulee": code}},
    }
    return {"natureAASA": None, f"nature{nature}": known}


def activities(finess: str, *items: dict[str, Any]) -> dict[str, Any]:
    """A legal entity of the flow « activités », with one establishment."""
    site = {"egeId": "799", "numFinessEge": finess, "activitesExercees": list(items)}
    return {"numFiness": LEGAL, "pmSmsseId": "2", "activitesAutorisees": [], "ege": [site]}
