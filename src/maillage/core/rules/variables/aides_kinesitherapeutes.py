"""Contracts of physiotherapists with the assurance maladie (esp_ess_aides.md §4, PAR-04 to PAR-07)."""

import numpy as np

from maillage.core.rules.aides.case import below
from maillage.core.rules.aides.contract import Contract, lines_of
from maillage.core.rules.aides.installation import (
    PAYER,
    all_instalments,
    each_year_of,
    entry,
    excluded_by,
    in_team,
    said,
    same_each_year,
    trainee,
)
from maillage.core.rules.base import at_least

GROUP, PHYSIO, HERE = "Masseurs-kinésithérapeutes", ("masseur_kinesitherapeute",), "kinesitherapeutes."
FAMILY = {"caccmk": "PAR-04", "caimk": "PAR-05", "cammk": "PAR-06"}
MAY_READ = ("aides.kinesitherapeutes.zones_a_confirmer",)
FIELDS = ("zone", "reprise_ou_creation", "exercice", "actes")
CONDITIONS = (
    "Zone très sous-dotée (une zone sous-dotée : à confirmer, les sources ne concordent pas) ; exercice en groupe, en "
    "MSP, en CPTS ou en ESP. Vous déclarez : {zone} ; création ou reprise d'un cabinet : {reprise_ou_creation} ; "
    "exercice : {exercice}."
)
PRORATA = (
    "Versements, année par année : {{aides.kinesitherapeutes.{}}}. Le versement est entier à partir de "
    "{{aides.kinesitherapeutes.actes_pleins}} ({{aides.kinesitherapeutes.actes_pleins_premiere_annee}} la première "
    "année), au prorata en dessous, nul sous {{aides.kinesitherapeutes.actes_minimum}} "
    "({{aides.kinesitherapeutes.actes_minimum_premiere_annee}} la première année) : {{actes}}. Supplément : "
    "{{aides.kinesitherapeutes.stagiaire}} de stagiaire."
)
TODO = "Vérifiez le zonage de la commune auprès de l'ARS et rejoignez un groupe, une ESP, une MSP ou une CPTS."


def _zone(term):
    """In a zone that every source accepts; unknown in a zone that some leave out."""
    sure = term.allowed("zone", HERE + "zones")
    doubtful = term.listed("zone", HERE + "zones_a_confirmer", term.signed, term.may_apply & (sure == 0))
    return np.where(doubtful == 1, np.nan, sure)


def _activity(term):
    """Share of the instalment that the acts of the year give; unknown when they are not."""
    first = below(term.years, 1) == 1
    full = np.where(first, term.figure(HERE + "actes_pleins_premiere_annee"), term.figure(HERE + "actes_pleins"))
    least = np.where(first, term.figure(HERE + "actes_minimum_premiere_annee"), term.figure(HERE + "actes_minimum"))
    acts = term.value("actes")
    return np.where(acts < least, 0.0, np.minimum(1, acts / full))


def _yearly(path):
    """The instalment of the year, prorated on the acts, with the supplement for a trainee."""
    return lambda term: (
        term.instalment(path, term.years, term.signed, term.may_apply) * _activity(term)
        + trainee(term, HERE + "stagiaire")
    )


def _always(term):
    return np.ones(term.today.shape)


def _installation(code, name, creation, kind):
    return Contract(
        code=code, id=FAMILY[code], name=name, group=GROUP, professions=PHYSIO, duration=HERE + "duree",
        entry=entry(_zone, said("reprise_ou_creation", creation), in_team(HERE + "exercices")), lasting=_always,
        yearly=_yearly(HERE + code), whole=all_instalments(HERE + code), conditions=f"{kind} {CONDITIONS}",
        formula=PRORATA.format(code), todo=TODO, fields=FIELDS, who=PAYER, no_double=HERE + "cumul",
        may_read=MAY_READ, **excluded_by(code, FAMILY),
    )  # fmt: skip


CACCMK = _installation("caccmk", "CACCMK (créer ou reprendre un cabinet)", True, "Création ou reprise d'un cabinet.")
CAIMK = _installation("caimk", "CAIMK (rejoindre un cabinet)", False, "Installation dans un cabinet existant.")
CAMMK = Contract(
    code="cammk", id="PAR-06", name="CAMMK (maintien)", group=GROUP, professions=PHYSIO,
    duration=HERE + "duree_du_maintien", renewal="oui", entry=_zone,
    lasting=lambda term: at_least(term.value("part_en_zone"), term.figure(HERE + "part_en_zone")),
    yearly=same_each_year(HERE + "cammk"), whole=each_year_of(HERE + "cammk", HERE + "duree_du_maintien"),
    conditions="Zone très sous-dotée (une zone sous-dotée : à confirmer) ; au moins "
    "{aides.kinesitherapeutes.part_en_zone} de l'activité dans la zone. Vous déclarez : {zone} ; part en zone : "
    "{part_en_zone}.",
    formula="{aides.kinesitherapeutes.cammk}.", todo="Vérifiez le zonage de la commune auprès de l'ARS.",
    fields=("zone", "part_en_zone"), who=PAYER, no_double=HERE + "cumul", ten_years=False,
    may_read=MAY_READ, **excluded_by("cammk", FAMILY),
)  # fmt: skip

for contract in (CACCMK, CAIMK, CAMMK):
    globals().update(lines_of(contract, __name__))
