"""The whole of a project as plain JSON values: what a version freezes, what two versions compare, what is exported.

One function gathers it from the tables, so that a draft and a version are exported by the same code:
``documents`` of this app takes such a content, whether it was gathered just now or frozen long ago.
"""

import hashlib
import json
from typing import Any

from maillage.apps.activity.models import Action, Protocol
from maillage.apps.projets.models import BudgetLine, Projet
from maillage.apps.structures.models import LegalEntity, Member, Site
from maillage.apps.territories.queries import names_of

FORMAT = 1
PLACES = "communes"
"""Where a content keeps the names of its communes, by code; contents frozen before 22 November 2026 have none."""
Content = dict[str, Any]


def content_of(projet: Projet) -> Content:
    """The project as it is now.

    Keys: ``format``, ``projet``, ``structure``, ``personnes_morales``, ``membres``, ``sites``, ``rubriques`` (each
    with its rich text, see core/text), ``protocoles``, ``actions``, ``budget``, ``diagnostic`` (the kept diagnosis,
    ``Diagnosis.as_dict()``, or ``None``), ``communes`` (the names of those told by their codes).
    Amounts are strings in euros, dates in ISO form, what is not known ``None``.
    """
    structure = projet.structure
    content = {
        "format": FORMAT,
        "projet": {"titre": projet.title, "debut": projet.starts_on.isoformat()},
        "structure": {
            "nature": structure.kind,
            "nom": structure.nom,
            "region": structure.region,
            "specialite": structure.specialite,
            "communes": [each.code for each in structure.communes.all()],
        },
        "personnes_morales": [_legal_entity(each) for each in structure.legal_entities.all()],
        "membres": [_member(each) for each in structure.members.filter(left_on=None).select_related("site")],
        "sites": [_site(each) for each in structure.sites.prefetch_related("hours")],
        "rubriques": [
            {"code": each.code, "titre": each.title, "etat": each.state, "texte": each.body}
            for each in projet.sections.all()
        ],
        "protocoles": [_protocol(each) for each in structure.protocols.exclude(state="retire").select_related("pilot")],
        "actions": [_action(each) for each in structure.actions.select_related("pilot")],
        "budget": [_budget_line(each) for each in projet.budget_lines.all()],
        "diagnostic": projet.diagnosis.result if projet.diagnosis else None,
    }
    return {**content, PLACES: names_of(_codes(content))}


def with_places(content: Content) -> Content:
    """The same content with the names of its communes: those of today when it was frozen without them."""
    return content if PLACES in content else {**content, PLACES: names_of(_codes(content))}


def _codes(content: Content) -> set[str]:
    rows = (*content["membres"], *content["sites"])
    return {*content["structure"]["communes"], *(each["commune"] for each in rows if each["commune"])}


def fingerprint_of(content: Content) -> str:
    """The SHA-256 of a content (64 hexadecimal digits): two contents that say the same have the same.

    The names of the communes are left out: their codes tell them, and a new file of names changes no project.
    """
    said = {key: value for key, value in content.items() if key != PLACES}
    told = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _legal_entity(entity: LegalEntity) -> Content:
    return {
        "forme": entity.form,
        "nom": entity.nom,
        "etat": entity.state,
        "siren": entity.siren,
        "rna": entity.rna,
        "constituee_le": _iso(entity.constituted_on),
    }


def _member(member: Member) -> Content:
    return {
        "id": str(member.pk),
        "nom": member.nom,
        "prenom": member.prenom,
        "metier": member.metier,
        "fonction": member.fonction,
        "mode": member.mode,
        "rpps": member.rpps,
        "etp": None if member.etp is None else str(member.etp),
        "site": member.site.nom if member.site else "",
        "commune": member.commune,
        "signataire": member.is_signatory,
        "entre_le": member.joined_on.isoformat(),
    }


def _site(site: Site) -> Content:
    return {
        "nom": site.nom,
        "adresse": site.adresse,
        "commune": site.commune,
        "horaires": [
            {"jour": each.weekday, "ouvre": f"{each.opens:%H:%M}", "ferme": f"{each.closes:%H:%M}"}
            for each in site.hours.all()
        ],
    }


def _protocol(protocol: Protocol) -> Content:
    return {
        "id": str(protocol.pk),
        "intitule": protocol.title,
        "theme": protocol.theme,
        "besoin": protocol.need,
        "contenu": protocol.content,
        "metiers": protocol.metiers,
        "pilote": str(protocol.pilot) if protocol.pilot else "",
        "prevu_le": _iso(protocol.planned_on),
        "etat": protocol.state,
    }


def _action(action: Action) -> Content:
    return {
        "id": str(action.pk),
        "intitule": action.title,
        "objectif": action.objective,
        "besoin": action.need,
        "besoin_en_mots": action.need_text,
        "population": action.population,
        "partenaires": action.partners,
        "pilote": str(action.pilot) if action.pilot else "",
        "debut": _iso(action.starts_on),
        "fin": _iso(action.ends_on),
        "etapes": action.steps,
        "moyens": action.means,
        "budget": None if action.budget is None else str(action.budget),
        "financements": action.funding,
        "indicateurs": action.indicators,
        "evaluation": action.evaluation,
        "missions": action.missions,
        "etat": action.state,
    }


def _budget_line(line: BudgetLine) -> Content:
    return {
        "nature": line.kind,
        "annee": line.year,
        "libelle": line.label,
        "enveloppe": line.envelope,
        "montant": None if line.amount is None else str(line.amount),
        "acquis": line.is_secured,
        "note": line.note,
    }


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()
