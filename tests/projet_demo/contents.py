"""The contents of the demo projects, as ``apps.projets.contents.content_of`` gives them. No database."""

import datetime
from collections.abc import Iterator
from typing import Any

from tests.core.documents.diagnosis_told import diagnosis
from tests.projet_demo import writing

from maillage.core.projet.headings import Heading, headings_of, structure_code
from maillage.core.projet.sheets import SheetTemplate, sheet_templates
from maillage.core.text import from_markdown

TODAY = datetime.date(2026, 11, 22)
REGION = "53"
IMAGE = "7b0f1f5e-3d0e-4c3e-9a30-5f0f2f3a1c11"
SITE_HOURS = ((("08:00", "12:30"), ("14:00", "19:30")), (("09:00", "12:00"), ("14:30", "18:30")))
Content = dict[str, Any]
INSERTS = {
    "msp": {0: ("map:carte", "chart:{chart}", "table:{table}"), 1: ("actions:",), 2: ("members:", "legal:"),
            3: ("sites:", "hours:"), 5: ("protocols:",), 8: ("budget:",)},
    "cpts": {0: ("members:", "sites:"), 1: ("map:carte", "chart:{chart}", "table:{table}"), 2: ("legal:",),
             5: ("actions:",), 6: ("protocols:",), 8: ("budget:",)},
}  # fmt: skip


def demo(nature: str, told: Content | None = None) -> Content:
    """The content of a demo project: « msp » or « cpts »; ``told``: its diagnosis, else that of the small world."""
    known = told or diagnosis()
    name = "Maison de santé de la vallée de Brévalan" if nature == "msp" else "CPTS du pays de Brévalan"
    members = [_member(rank) for rank in range(24 if nature == "msp" else 48)]
    return {
        "format": 1,
        "projet": {"titre": "Soigner ensemble dans le pays de Brévalan", "debut": "2026-01-12"},
        "structure": {
            "nature": nature,
            "nom": name,
            "region": REGION,
            "specialite": "",
            "communes": ["35236", "35294"],
        },
        "personnes_morales": [_entity(nature)],
        "membres": members,
        "sites": [_site(rank) for rank in range(3)],
        "rubriques": list(_sections(nature, known)),
        "protocoles": [_protocol(rank, members) for rank in range(len(writing.THEMES))],
        "actions": [_action(rank, each, members) for rank, each in enumerate(_templates(nature))],
        "budget": [line for year in (2026, 2027, 2028) for line in _budget(year)],
        "diagnostic": known,
    }


def _templates(nature: str) -> list[SheetTemplate]:
    """Every template of the structure, then those of the others that the team takes up."""
    found = {
        each.code: each for kind in (nature, "msp", "cpts", "esp") for each in sheet_templates(structure_code(kind))
    }
    return list(found.values())


def _member(rank: int) -> Content:
    nom, prenom = writing.NAMES[rank % len(writing.NAMES)].rsplit(" ", 1)
    slug = writing.METIERS[rank % len(writing.METIERS)][0]
    return {
        "id": f"00000000-0000-4000-8000-{rank:012}",
        "nom": f"{nom}-{writing.PLACES[rank % 5]}" if rank >= len(writing.NAMES) else nom,
        "prenom": prenom,
        "metier": slug,
        "fonction": ("gérante", "coordinatrice", "")[min(rank, 2)],
        "mode": "salarie" if rank % 7 == 3 else "liberal",
        "rpps": "" if rank % 9 == 4 else f"1000000{rank:04}",
        "etp": "1.00",
        "site": f"Pôle de {writing.PLACES[rank % 3]}",
        "commune": "35236",
        "signataire": rank % 4 != 3,
        "entre_le": "2026-01-12",
    }


def _entity(nature: str) -> Content:
    form, name = (
        ("sisa", "SISA de la vallée") if nature == "msp" else ("association", "Association du pays de Brévalan")
    )
    return {"forme": form, "nom": name, "etat": "constituee", "siren": "", "rna": "", "constituee_le": "2026-02-03"}


def _site(rank: int) -> Content:
    spans = SITE_HOURS[rank % 2]
    hours = [{"jour": day, "ouvre": opens, "ferme": closes} for day in range(5 + rank % 2) for opens, closes in spans]
    place = writing.PLACES[rank]
    return {"nom": f"Pôle de {place}", "adresse": f"{rank + 3}, place du marché", "commune": "35236", "horaires": hours}


def _protocol(rank: int, members: list[Content]) -> Content:
    title, sign = writing.THEMES[rank]
    return {
        "id": f"10000000-0000-4000-8000-{rank:012}",
        "intitule": title,
        "theme": "parcours" if rank % 2 else "accès aux soins",
        "besoin": f"Les professionnels se disent démunis devant {sign}.",
        "contenu": "\n".join(each.format(sign=sign) for each in writing.THEME[:2]),
        "metiers": [slug for slug, _, _ in writing.METIERS[rank % 4 : rank % 4 + 4]],
        "pilote": f"{members[rank]['prenom']} {members[rank]['nom']}",
        "prevu_le": f"2027-{rank % 12 + 1:02}-01",
        "etat": ("applique", "en_cours", "prevu")[rank % 3],
    }


def _action(rank: int, sheet: SheetTemplate, members: list[Content]) -> Content:
    need = {"cle": "population.totale", "libelle": "Population municipale", "valeur": "12 345", "millesime": "2022"}
    return {
        "id": f"20000000-0000-4000-8000-{rank:012}",
        "intitule": sheet.titre,
        "objectif": sheet.objectif,
        "besoin": need if rank % 2 else {},
        "besoin_en_mots": sheet.besoin_en_mots,
        "population": sheet.population,
        "partenaires": sheet.partenaires,
        "pilote": f"{members[rank]['prenom']} {members[rank]['nom']}",
        "debut": f"2026-{rank % 12 + 1:02}-01",
        "fin": "2028-12-31",
        "etapes": sheet.etapes,
        "moyens": sheet.moyens,
        "budget": None if rank % 3 == 2 else f"{(rank + 2) * 1500}.00",
        "financements": sheet.financements,
        "indicateurs": [each.model_dump() for each in sheet.indicateurs],
        "evaluation": sheet.evaluation,
        "missions": list(sheet.missions),
        "etat": "prevue",
    }


def _budget(year: int) -> Iterator[Content]:
    for nature, lines in (("depense", writing.EXPENSES), ("ressource", writing.INCOMES)):
        for label, amount in lines:
            yield {"nature": nature, "annee": year, "libelle": label, "enveloppe": "", "montant": amount,
                   "acquis": nature == "ressource" and amount == "3600", "note": ""}  # fmt: skip


def _sections(nature: str, told: Content) -> Iterator[Content]:
    for rank, heading in enumerate(headings_of(nature, REGION, TODAY)):
        empty = heading.code.endswith(".signataires")
        text = "" if empty else "\n\n".join(_written(nature, rank, heading, told))
        yield {"code": heading.code, "titre": heading.title, "etat": "pret", "texte": from_markdown(text).as_dict()}


def _written(nature: str, rank: int, heading: Heading, told: Content) -> Iterator[str]:
    """A heading in Markdown: its example, its subheadings, places, themes and métiers, and what is inserted."""
    yield heading.example or heading.expected
    yield "Le territoire compte **{{chiffre:population.totale}}** et {{chiffre:offre.infirmier}}."
    table = next((each["code"] for part in told["sections"] for each in part["tableaux"]), "")
    chart = next(code.replace(":", ".", 1) for part in told["sections"] for code in part["graphiques"])
    for insert in INSERTS[nature].get(rank, ()):
        yield f"{{{{inserer:{insert.format(table=table, chart=chart)}}}}}"
    for at, subheading in enumerate(heading.subheadings or ("Ce que l'équipe a décidé",)):
        yield f"## {subheading}"
        yield from _developed(rank + at)
    if rank == 3:
        yield f'![Plan du rez-de-chaussée : accueil, cabinets, salle de réunion](fichier:{IMAGE} "Le futur pôle")'


def _developed(rank: int) -> Iterator[str]:
    place = writing.PLACES[rank % len(writing.PLACES)]
    other = writing.PLACES[(rank + 5) % len(writing.PLACES)]
    yield "\n\n".join(each.format(place=place) for each in writing.PLACE)
    yield writing.PLACE[rank % 2].format(place=other)
    title, sign = writing.THEMES[rank % len(writing.THEMES)]
    yield f"### {title}"
    yield from (each.format(sign=sign) for each in writing.THEME)
    yield "\n".join(f"- {each} ;" for each in writing.RULES)
    yield f"> {writing.QUOTE}"
    _slug, name, part = writing.METIERS[rank % len(writing.METIERS)]
    yield "#### La place de chaque métier"
    yield writing.METIER.format(name=f"**{name}**", part=f"_{part}_")
    yield "\n".join(f"{at}. {title} : [le service d'accès aux soins](https://exemple.fr/sas) répond d'abord."
                    for at, (title, _) in enumerate(writing.THEMES[rank % 6 : rank % 6 + 3], start=1))  # fmt: skip
    rows = [f"| {name} | {part} | {slug.replace('_', ' ')} |" for slug, name, part in writing.METIERS[rank % 5 :][:5]]
    yield "\n".join(["| Métier | Ce qu'il apporte | Code |", "| --- | --- | --- |", *rows])


def picture() -> tuple[bytes, float]:
    """A plan drawn for the demo (PNG), and its height for its width."""
    import io

    from PIL import Image, ImageDraw

    plan = Image.new("RGB", (900, 520), "white")
    draw = ImageDraw.Draw(plan)
    for left, top, right, bottom in (
        (40, 40, 420, 240),
        (420, 40, 860, 240),
        (40, 240, 300, 480),
        (300, 240, 860, 480),
    ):
        draw.rectangle((left, top, right, bottom), outline="#084b41", width=6)
    held = io.BytesIO()
    plan.save(held, "PNG")
    return held.getvalue(), 520 / 900
