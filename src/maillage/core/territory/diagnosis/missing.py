"""What a diagnosis lacks, why, and how to get it: which file to import, or who has the data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from maillage.core.kernel import french
from maillage.core.kernel.spelling import spelled
from maillage.core.territory.diagnosis.computed import AREA, OFFER, OLDEST, PEOPLE, Computed
from maillage.core.territory.diagnosis.results import Missing
from maillage.core.territory.diagnosis.sections import is_told
from maillage.core.territory.diagnosis.zoning import unclassed

MOST = 6
"""Figures named one by one."""
Lacking = Callable[[Computed], bool]


@dataclass(frozen=True)
class Gap:
    """Something that may be missing, and how to see that it is."""

    lacking: Lacking
    missing: Missing


def missing(computed: Computed) -> tuple[Missing, ...]:
    """The gaps of a diagnosis: what is hidden, what a file would give, then what only people of the place know."""
    return (*_hidden(computed), *_unclassed(computed), *(gap.missing for gap in GAPS if gap.lacking(computed)))


def _hidden(computed: Computed) -> Iterator[Missing]:
    """The figures that are loaded and that say nothing of this territory nor of those around."""
    figures = (each.figure(computed.material.compared) for each in computed.every())
    labels = [figure.label for figure in figures if not is_told(figure)]
    if labels:
        more = f" et {len(labels) - MOST} autres" if len(labels) > MOST else ""
        yield Missing(
            f"Chiffres inconnus ici : {', '.join(labels[:MOST])}{more}",
            "le producteur ne les donne pour aucune de ces communes (secret statistique ou fichier incomplet)",
            "Choisissez un territoire plus large, ou un EPCI entier si le producteur publie son chiffre.",
        )


def _unclassed(computed: Computed) -> Iterator[Missing]:
    """The communes that the zonages loaded do not class."""
    every = len(computed.material.places)
    found = unclassed(computed.material.zonings, computed.material.places)
    if found:
        told = ", ".join(f"{spelled(name)} ({left} {french.plural(left, 'commune')})" for name, left in found.items())
        yield _file(
            "Zonage d'une partie des communes",
            f"sur {every} {french.plural(every, 'commune')}, les fichiers chargés n'en classent pas toutes : {told}",
            "zonage",
            "Atlasanté ou l'ARS de la région, zonages des professions par commune",
        )


def _no(*prefixes: str) -> Lacking:
    return lambda computed: not computed.under(*prefixes)


def _not_loaded(kind: str) -> Lacking:
    return lambda computed: kind not in computed.material.loaded


def _always(_computed: Computed) -> bool:
    return True


def _file(subject: str, why: str, source: str, where: str) -> Missing:
    """A gap that a file would fill: where the file is, for all; how to load it, for who runs this installation."""
    how = f"Un fichier public le donne ({where}). La personne qui tient cette installation peut l'ajouter."
    return Missing(subject, why, how, f"maillage donnees importer {source} FICHIER")


GAPS = (
    Gap(
        lambda computed: computed.get(PEOPLE) is None,
        Missing(
            "Population",
            "aucune population n'est chargée",
            "La personne qui tient cette installation peut charger les communes.",
            "maillage donnees preparer",
        ),
    ),
    Gap(
        lambda computed: computed.get(OLDEST) is None,
        _file(
            "Âges fins (75 ans et plus)",
            "la population par âge chargée n'a que trois âges",
            "populations-ages",
            "INSEE, évolution et structure de la population",
        ),
    ),
    Gap(
        lambda computed: computed.get(AREA) is None,
        Missing(
            "Superficie et densité de population",
            "la superficie des communes n'est dans aucun fichier chargé",
            "Un tableau des superficies s'ajoute comme indicateur, sous le code territoire.superficie, en km².",
            "maillage donnees importer indicateur FICHIER",
        ),
    ),
    Gap(
        _no("densite.grille"),
        _file("Grille de densité", "le fichier n'est pas chargé", "densite", "INSEE, grille communale"),
    ),
    Gap(
        _no("revenus."),
        _file(
            "Revenus et pauvreté",
            "le fichier FILOSOFI n'est pas chargé",
            "filosofi",
            "INSEE, fichier localisé social et fiscal",
        ),
    ),
    Gap(
        _no(OFFER),
        _file(
            "Professionnels en exercice",
            "l'Annuaire Santé (RPPS) n'est pas chargé",
            "rpps",
            "Agence du numérique en santé, extraction en libre accès",
        ),
    ),
    Gap(
        _not_loaded("finess"),
        _file(
            "Structures et établissements (MSP, centres de santé, CPTS, pharmacies, hôpitaux)",
            "le répertoire FINESS n'est pas chargé",
            "finess",
            "data.gouv.fr, extraction des établissements",
        ),
    ),
    Gap(
        _no("equipement."),
        _file(
            "Équipements de santé",
            "la base permanente des équipements (BPE) n'est pas chargée",
            "bpe",
            "INSEE, base permanente des équipements",
        ),
    ),
    Gap(
        _no("apl."),
        _file(
            "Accessibilité potentielle localisée (APL)",
            "aucun fichier de la DREES n'est chargé",
            "apl",
            "DREES, un classeur par profession",
        ),
    ),
    Gap(
        lambda computed: not computed.material.zonings,
        _file(
            "Zonage des professions",
            "aucun zonage n'est chargé pour ces communes",
            "zonage",
            "Atlasanté ou ARS, zonages des professions par commune",
        ),
    ),
    Gap(
        _not_loaded("cpts"),
        Missing(
            "Territoires des CPTS",
            "aucun fichier des communes de chaque CPTS n'est chargé",
            "Demandez à l'ARS ou à l'URPS quelles CPTS couvrent ces communes. Leur fichier peut s'ajouter.",
            "maillage donnees importer cpts FICHIER",
        ),
    ),
    Gap(
        _not_loaded("qpv"),
        _file("Quartiers prioritaires", "le fichier n'est pas chargé", "qpv", "ANCT, quartiers prioritaires"),
    ),
    Gap(
        _always,
        Missing(
            "Âge des professionnels et départs à venir",
            "l'Annuaire Santé en libre accès ne donne ni l'âge ni l'activité",
            "Demandez-les à l'ARS, à l'URPS ou à la caisse ; un fichier par commune s'ajoute comme indicateur.",
            "maillage donnees importer indicateur FICHIER",
        ),
    ),
    Gap(
        _always,
        Missing(
            "Besoins et attentes de la population",
            "aucun fichier public ne les dit : les guides demandent l'accès et le recours à la prévention et aux soins",
            "Menez une enquête locale auprès des habitants et de leurs représentants ; un tiers, l'URPS par exemple, "
            "peut la conduire.",
        ),
    ),
    Gap(
        _always,
        Missing(
            "Besoins et attentes des professionnels",
            "aucun fichier public ne les dit : les guides demandent leurs difficultés et leurs atouts",
            "Réunissez ou interrogez les professionnels du territoire ; un tiers, l'URPS par exemple, peut le faire.",
        ),
    ),
    Gap(
        _always,
        Missing(
            "Consommation de soins, affections de longue durée (ALD), C2S, flux de patients",
            "ces données ne sont pas dans les fichiers que Maillage lit d'office",
            "Demandez-les à la caisse ou à l'ARS ; un fichier par commune ou par EPCI s'ajoute, avec sa description.",
            "maillage donnees importer indicateur FICHIER",
        ),
    ),
)
