"""What the document of a project says of it in words: its cover, its summary, its sheets."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from maillage.apps.projets.inserts import STATES, Figure
from maillage.apps.structures.metiers import metiers, name_of
from maillage.apps.structures.models import Structure
from maillage.core.documents.projet_document import Sheet
from maillage.core.kernel import french

Told = Mapping[str, Any]
NOT_ASKED = "signature pas encore demandée"
NOT_SIGNED = "pas encore signé"
PEOPLE = "population.totale"
MOST_TITLES = 12
NATURES = {"depense": ("dépense", "dépenses"), "ressource": ("ressource", "ressources")}


def kind_of(nature: str) -> str:
    """« Maison de santé pluriprofessionnelle (MSP) »."""
    label = str(Structure.Kind(nature).label)
    return label[:1].upper() + label[1:]


def person(member: Told) -> str:
    """The name of a member."""
    return f"{member['prenom']} {member['nom']}".strip()


def metier(member: Told) -> str:
    """What a member does."""
    return name_of(member["metier"])


def figure(found: Figure) -> str:
    """A figure in a sentence, with its unit and its vintage."""
    said = f"{found.text} {found.unit}".strip()
    return f"{said} ({found.vintage})" if found.vintage else said


def facts(content: Told) -> tuple[tuple[str, str], ...]:
    """What the cover says at once."""
    told: list[tuple[str, str]] = [("Structure", content["structure"]["nom"])]
    if content["diagnostic"]:
        told.append(("Territoire", content["diagnostic"]["titre"]))
    entities = [each["nom"] for each in content["personnes_morales"] if each["nom"]]
    if entities:
        told.append(("Portage juridique", " ; ".join(entities)))
    told.append(("Début du projet", french.iso_day(content["projet"]["debut"])))
    return tuple(told)


def summary(content: Told) -> tuple[str, ...]:
    """The summary, made from what the screens hold: a sentence a subject."""
    return tuple(filter(None, (_territory(content), _team(content), *_lists(content), *_budgets(content))))


def _territory(content: Told) -> str:
    count = len(content["structure"]["communes"])
    known = content["diagnostic"]
    people = next(
        (
            each["texte"]
            for section in (known["sections"] if known else ())
            for each in section["chiffres"]
            if each["code"] == PEOPLE
        ),
        None,
    )
    told = f"Le territoire compte {french.number(count)} {french.plural(count, 'commune')}" if count else ""
    return f"{told}, soit {people} habitants." if told and people else f"{told}." if told else ""


def _team(content: Told) -> str:
    members = content["membres"]
    counts = Counter(each["metier"] for each in members)
    groups = ", ".join(f"{count} {_name(slug, count)}" for slug, count in counts.most_common())
    count = len(members)
    return f"L'équipe compte {count} {french.plural(count, 'membre')} : {groups}." if members else ""


def _name(slug: str, count: int) -> str:
    names = metiers().get(slug)
    return names[1] if names and count > 1 else name_of(slug)


def _lists(content: Told) -> Iterator[str]:
    """How many places, protocols and actions, and their names."""
    nouns = {"sites": ("lieu d'exercice", "lieux d'exercice"), "protocoles": ("protocole", "protocoles"),
             "actions": ("action", "actions")}  # fmt: skip
    for key, (one, several) in nouns.items():
        titles = [each["nom" if key == "sites" else "intitule"] for each in content[key]]
        more = " ; …" if len(titles) > MOST_TITLES else ""
        if titles:
            yield f"{len(titles)} {several if len(titles) > 1 else one} : {' ; '.join(titles[:MOST_TITLES])}{more}."


def _budgets(content: Told) -> Iterator[str]:
    """The sums of each year; amounts not established are counted, and what nobody entered is never said to be 0."""
    for year in sorted({each["annee"] for each in content["budget"]}):
        lines = [each for each in content["budget"] if each["annee"] == year]
        sums = " et ".join(_sum([each for each in lines if each["nature"] == nature], nature) for nature in NATURES)
        unknown = sum(each["montant"] is None for each in lines)
        rest = f" ; {unknown} {french.plural(unknown, 'montant')} à confirmer" if unknown else ""
        yield f"Budget {year} : {sums}{rest}."


def _sum(lines: Sequence[Told], nature: str) -> str:
    """« 1 200 € de dépenses », « ressources à confirmer » when no amount is known, « aucune ressource saisie »."""
    one, several = NATURES[nature]
    if not lines:
        return f"aucune {one} saisie"
    known = [Decimal(each["montant"]) for each in lines if each["montant"] is not None]
    return f"{french.euros(sum(known, Decimal(0)))} de {several}" if known else f"{several} {french.UNKNOWN}"


def protocol_sheets(content: Told) -> tuple[Sheet, ...]:
    """A sheet a protocol."""
    return tuple(
        Sheet(
            each["intitule"],
            (
                ("Thème", each["theme"]),
                ("Besoin", each["besoin"]),
                ("Ce que fait chacun", each["contenu"]),
                ("Métiers engagés", ", ".join(map(name_of, each["metiers"]))),
                ("Pilote", each["pilote"]),
                ("Prévu pour le", _day(each["prevu_le"])),
                ("État", STATES.get(each["etat"], each["etat"])),
            ),
        )
        for each in content["protocoles"]
    )


def action_sheets(content: Told) -> tuple[Sheet, ...]:
    """A sheet an action."""
    return tuple(Sheet(each["intitule"], tuple(_action(each))) for each in content["actions"])


def _action(each: Told) -> Iterator[tuple[str, str]]:
    yield "Objectif", each["objectif"]
    yield "Besoin du diagnostic", "\n".join(filter(None, (_need(each["besoin"]), each["besoin_en_mots"])))
    yield "Population concernée", each["population"]
    yield "Partenaires", each["partenaires"]
    yield "Pilote", each["pilote"]
    yield "Début", _day(each["debut"])
    yield "Fin", _day(each["fin"])
    yield "Étapes", each["etapes"]
    yield "Moyens", each["moyens"]
    yield "Budget", french.UNKNOWN if each["budget"] is None else french.euros(Decimal(each["budget"]))
    yield "Financements", each["financements"]
    yield "Indicateurs", "\n".join(map(_indicator, each["indicateurs"]))
    yield "Évaluation", each["evaluation"]
    yield "Missions de l'accord", "\n".join(_mission(mission) for mission in each["missions"])
    yield "État", str(STATES.get(each["etat"], each["etat"]))


def _mission(each: Told | str) -> str:
    """A mission as its sheet keeps it: its title and its level, or its code alone."""
    if isinstance(each, str):
        return each
    level = f" ({each['niveau']})" if each.get("niveau") else ""
    return f"{each.get('titre') or each.get('code', '')}{level}"


def _need(need: Told) -> str:
    """« Part des 75 ans et plus : 14 % (2022) »."""
    if not need:
        return ""
    vintage = f" ({need['millesime']})" if need.get("millesime") else ""
    return f"{need.get('libelle', '')} : {need.get('valeur') or french.UNKNOWN}{vintage}"


def _indicator(each: Told) -> str:
    details = [f"cible : {each['cible']}" if each.get("cible") else "", each.get("source") or ""]
    said = " ; ".join(filter(None, details))
    return f"{each.get('nom', '')} ({said})" if said else str(each.get("nom", ""))


def _day(iso: str | None) -> str:
    return french.iso_day(iso) if iso else ""
