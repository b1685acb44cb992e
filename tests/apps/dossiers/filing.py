"""What the tests of the filing share: a CPTS ready to file, its files, its acts."""

import datetime
import functools
import io
from typing import Any

from tests.cast import NOW, Cast
from tests.dossiers import cpts

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers import drafting
from maillage.apps.dossiers.completeness import missing
from maillage.apps.dossiers.joining import Given
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.projets import versions
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import LegalEntity
from maillage.core.documents.blocks import Paragraph
from maillage.core.documents.typst_blocks import blocks_pdf

LATER = NOW + datetime.timedelta(days=10)
SAMPLES: dict[str, Any] = {
    "texte": "Association du pays de Redon",
    "texte_long": "Un projet d'équipe.",
    "entier": "3",
    "nombre": "2,5",
    "euros": "1 200",
    "date": "2026-11-02",
    "oui_non": "oui",
    "commune": "35236",
    "communes": ["35236"],
    "finess": "350000048",
    "siren": "732829320",
    "siret": "73282932000074",
}
"""What is typed in a field of each type."""


@functools.cache
def pdf(words: str = "Statuts de l'association.") -> bytes:
    """A PDF that says this."""
    return blocks_pdf("Pièce", [Paragraph(words)], NOW.date())


def given(name: str = "statuts.pdf", words: str = "Statuts de l'association.") -> Given:
    """A file that somebody sends."""
    return Given(name, io.BytesIO(pdf(words)))


def team(people: Cast) -> Projet:
    """A CPTS with its association, that the porteuse carries."""
    projet = cpts(people)
    Organisation.objects.filter(pk=projet.structure.organisation_id).update(departement="35")
    LegalEntity.objects.create(
        structure=projet.structure, form="association_1901", nom="Association du pays de Redon", state="constituee"
    )
    return Projet.objects.select_related("structure__organisation").get(pk=projet.pk)


def begun(people: Cast, projet: Projet | None = None, kind: str = "projet_sante_cpts") -> Dossier:
    """A draft that the porteuse has just begun."""
    return drafting.start(projet or team(people), kind, by=people.porteuse, at=NOW)


def ready(people: Cast, dossier: Dossier | None = None) -> Dossier:
    """A draft with everything that it needs: each question answered, each document joined, a version chosen."""
    dossier = dossier or begun(people)
    for _round in range(20):
        lacking = [each for each in missing(dossier) if each.kind in ("champ", "piece")]
        if not lacking:
            return dossier
        for each in lacking:
            fill(people, dossier, each.kind, each.code)
        dossier = fresh(dossier)
    raise AssertionError([each.label for each in missing(dossier)])


def fill(people: Cast, dossier: Dossier, kind: str, code: str) -> None:
    """Give one thing that is missing."""
    definition, by = definition_of(dossier), people.porteuse
    if kind == "champ":
        field = next(each for each in definition.champs if each.code == code)
        sample = SAMPLES.get(field.type) or [field.options[0].code]
        value = sample[0] if field.type == "choix" else sample
        drafting.write_answers(dossier, {code: value}, fresh(dossier).revision, by=by, at=NOW)
        return
    document = next(each for each in definition.pieces if each.code == code)
    if document.origine == "projet":
        version = versions.last_version(dossier.projet) or versions.name_version(
            dossier.projet, name="Pour l'ARS", by=by, at=NOW
        )
        drafting.choose_version(dossier, version, by=by, at=NOW)
    else:
        drafting.join(dossier, code, given(f"{code}.pdf"), by=by, at=NOW)


def fresh(dossier: Dossier) -> Dossier:
    """A dossier as it is now."""
    return Dossier.objects.get(pk=dossier.pk)
