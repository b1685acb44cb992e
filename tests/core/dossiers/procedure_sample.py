"""The answer of a GraphQL API about a procedure, in the shapes that it gives: invented people, no real dossier."""

import json
from typing import Any

CHAMPS: list[dict[str, Any]] = [
    {"__typename": "TextChamp", "label": "Association qui porte la CPTS", "stringValue": "Association de Redon"},
    {"__typename": "CommuneChamp", "label": "Commune principale", "stringValue": "Redon (35600)",
     "commune": {"name": "Redon", "code": "35236"}},
    {"__typename": "YesNoChamp", "label": "Statuts déposés en préfecture", "selected": True, "stringValue": "true"},
    {"__typename": "MultipleDropDownListChamp", "label": "Champs associés", "values": ["ambulatoire", "social"],
     "stringValue": "ambulatoire, social"},
    {"__typename": "PieceJustificativeChamp", "label": "Statuts de l'association", "stringValue": None,
     "files": [{"filename": "statuts.pdf", "contentType": "application/pdf", "byteSize": "12345"}]},
    {"__typename": "RepetitionChamp", "label": "Actions", "rows": [
        {"champs": [{"__typename": "TextChamp", "label": "Action", "stringValue": "Repérer la fragilité"}]},
        {"champs": [{"__typename": "TextChamp", "label": "Action", "stringValue": "Accueillir les stagiaires"}]},
    ]},
]  # fmt: skip


def dossier(number: int, state: str = "en_construction", **fields: Any) -> dict[str, Any]:
    """One dossier of the procedure."""
    return {
        "id": f"RG9zc2llci{number}", "number": number, "state": state,
        "dateDepot": "2026-03-01T23:30:00+01:00", "datePassageEnConstruction": "2026-03-01T23:30:00+01:00",
        "datePassageEnInstruction": None if state == "en_construction" else "2026-03-05T10:00:00+01:00",
        "dateTraitement": None, "motivation": None, "usager": {"email": "quelqu-un@example.org"},
        "demandeur": {"__typename": "PersonneMorale", "siret": "00000000000000",
                      "association": {"titre": "Association du pays de Redon"}, "entreprise": None,
                      "address": {"departmentCode": "35"}},
        "champs": CHAMPS, "annotations": [], "messages": [], **fields,
    }  # fmt: skip


def answer(*dossiers: dict[str, Any], shape: str = "nodes") -> bytes:
    """A page of the API holding these dossiers, as nodes or as edges."""
    held = {"nodes": list(dossiers)} if shape == "nodes" else {"edges": [{"node": each} for each in dossiers]}
    return json.dumps({"data": {"demarche": {"number": 7, "title": "CPTS", "dossiers": held}}}).encode()
