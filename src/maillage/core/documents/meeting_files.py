"""The documents of the meetings: the attendance sheet that closing seals, the statement of the time spent."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.core.documents import citations
from maillage.core.documents.typst_pdf import render
from maillage.core.documents.wording import printed
from maillage.core.kernel import french
from maillage.core.projet.elaboration import REASONS, Statement, hours

PRESENCES = {
    "present": "présent",
    "distance": "à distance",
    "excuse": "excusé",
    "absent": "absent",
}
SIGNED = {"code": "s'est noté avec le code affiché", "lien": "s'est noté avec son lien"}
"""How a member noted their own presence."""


def sheet_pdf(content: Mapping[str, Any], *, today: datetime.date) -> bytes:
    """The PDF of an attendance sheet, from its content (see :func:`maillage.apps.activity.sealing.content_of`)."""
    people = content["presences"]
    return render(
        "presence.typ",
        {
            "titre": f"Feuille de présence : {content['sujet']}",
            "resume_metadonnees": "Feuille de présence d'une réunion, close et scellée.",
            "sous_titre": content["structure"],
            "numero": str(content["numero"]),
            "jour": french.day(today),
            "adresse": None,
            "faits": [{"nom": name, "valeur": value} for name, value in _facts(content) if value],
            "raison": content["raison"],
            "presences": [_presence(each) for each in people],
            "total": _total(people),
            "cloture": f"Close par {content['close_par']} le {content['close_le']}.",
        },
        today,
    )


def statement_pdf(
    found: Statement,
    *,
    title: str,
    period: str,
    professions: Sequence[tuple[str, int, int]],
    meetings: Iterable[Mapping[str, str]],
    names: Mapping[str, str],
    today: datetime.date,
    address: str = "",
) -> bytes:
    """The PDF of the time spent and of what it may give.

    ``professions``: name, people, minutes; ``meetings``: ``jour``, ``sujet``, ``presents``, ``empreinte``, all as text;
    ``names``: the professions by slug.
    """
    uses = [use.as_dict() for use in found.parameters]
    parameters = citations.parameters_of([{"parametres": uses}])
    texts = citations.texts_of(parameters)
    content = {
        "titre": title,
        "resume_metadonnees": "État du temps passé à l'élaboration d'un projet de santé.",
        "sous_titre": period,
        "jour": french.day(today),
        "adresse": printed(address),
        "total": french.UNKNOWN if found.total is None else french.euros(found.total),
        "explication": found.explanation,
        "personnes": [_person(share, names) for share in found.shares],
        "metiers": [{"nom": name, "personnes": str(count), "temps": hours(time)} for name, count, time in professions],
        "reunions": list(meetings),
        "a_confirmer": [doubt.as_dict() for doubt in found.to_confirm],
        "parametres": [citations.told(row, texts) for row in parameters],
        "textes": [{"titre": name, "url": url} for name, url in texts],
    }
    return render("etat_de_frais.typ", content, today)


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Sujet", content["sujet"]),
        ("Nature", content["nature"]),
        ("Date", content["jour"]),
        ("Horaire", content["horaire"]),
        ("Lieu", content["lieu"]),
        ("Personnes invitées", _guests(content.get("invites", []))),
        *_studied(content.get("concertation", {})),
    ]


def _guests(told: Sequence[Mapping[str, Any]]) -> str:
    total = sum(each["nombre"] for each in told)
    each_one = ", ".join(f"{each['nombre']} ({each['qui']})" for each in told)
    return f"{total} : {each_one}" if len(told) > 1 else each_one


def _studied(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not told:
        return []
    count = told["ald_ou_75_ans"]
    among = "" if count is None else f", dont {count} en ALD ou de 75 ans et plus"
    return [("Dossiers étudiés", f"{told['dossiers']}{among}"), ("Thèmes", ", ".join(told["themes"]))]


def _presence(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        "nom": told["nom"],
        "metier": told["metier"],
        "presence": _how(told),
        "temps": hours(told["minutes"]) if told["minutes"] else "",
        "preparation": hours(told["preparation"]) if told["preparation"] else "",
        "organisme": told["organisme"],
    }


def _how(told: Mapping[str, Any]) -> str:
    """How someone came; a sheet sealed before hours were told has none."""
    hours_told = [
        f"arrivée à {told['arrivee']}" if told.get("arrivee") else "",
        f"départ à {told['depart']}" if told.get("depart") else "",
        SIGNED.get(told.get("source", ""), ""),
    ]
    return ", ".join(part for part in (PRESENCES[told["presence"]], *hours_told) if part)


def _total(people: Sequence[Mapping[str, Any]]) -> str:
    came = sum(1 for each in people if each["presence"] in ("present", "distance"))
    minutes = sum(each["minutes"] + each["preparation"] for each in people)
    return f"{came} {french.plural(came, 'présent')}, {hours(minutes)} en tout, préparation comprise."


def _person(share: Any, names: Mapping[str, str]) -> dict[str, str]:
    reason = REASONS[share.reason]
    if share.is_capped:
        reason = "plafonné au plafond annuel de la sécurité sociale"
    return {
        "nom": share.spent.name,
        "metier": names.get(share.spent.metier, share.spent.metier),
        "annee": str(share.spent.year),
        "temps": hours(share.spent.minutes),
        "retenu": hours(share.kept),
        "montant": french.UNKNOWN if share.amount is None else french.euros(share.amount),
        "motif": reason,
    }
