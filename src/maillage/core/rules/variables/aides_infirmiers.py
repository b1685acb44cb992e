"""Contracts of nurses with the assurance maladie (esp_ess_aides.md §4, PAR-01 to PAR-03)."""

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
    in_zone,
    instalments,
    said,
    same_each_year,
)
from maillage.core.rules.base import all_of, at_least

GROUP, NURSE, HERE = "Infirmiers", ("infirmier",), "infirmiers."
FAMILY = {"capii": "PAR-01", "caii": "PAR-02", "maintien_infirmier": "PAR-03"}
FIELDS = ("zone", "premiere_installation", "date_installation", "exercice", "part_en_zone", "honoraires")
CONDITIONS = (
    "Zone très sous-dotée ; installation de moins de {aides.infirmiers.anciennete_maximale} à la signature ; exercice "
    "en groupe, en MSP, en CPTS ou en ESP ; au moins {aides.infirmiers.part_en_zone} de l'activité dans la zone ; "
    "honoraires d'au moins {aides.infirmiers.honoraires_premiere_annee} la première année, "
    "{aides.infirmiers.honoraires_suivants} ensuite. Vous déclarez : {zone} ; exercice : {exercice} ; part en zone : "
    "{part_en_zone} ; honoraires : {honoraires}."
)
TODO = "Vérifiez le zonage infirmier de la commune, et rejoignez un groupe, une ESP, une MSP ou une CPTS."
SUPPLEMENT = " Supplément : {aides.infirmiers.stagiaire} de stagiaire."


def _lasting(term):
    """Half of the activity in the zone; fees that reach the floor of the year."""
    first, then = term.figure(HERE + "honoraires_premiere_annee"), term.figure(HERE + "honoraires_suivants")
    floor = np.where(below(term.years, 1) == 1, first, then)
    share = at_least(term.value("part_en_zone"), term.figure(HERE + "part_en_zone"))
    return all_of(share, at_least(term.value("honoraires"), floor))


def _entry(first):
    """``first``: whether it must be a first installation."""
    return entry(
        in_zone(HERE + "zones"),
        said("premiere_installation", first),
        lambda term: term.recent(HERE + "anciennete_maximale"),
        in_team(HERE + "exercices"),
    )


def _installation(code, name, first, kind):
    return Contract(
        code=code, id=FAMILY[code], name=name, group=GROUP, professions=NURSE, duration=HERE + "duree",
        entry=_entry(first), lasting=_lasting, yearly=instalments(HERE + code, HERE + "stagiaire"),
        whole=all_instalments(HERE + code), conditions=f"{kind} {CONDITIONS}",
        formula=f"Versements, année par année : {{aides.infirmiers.{code}}}.{SUPPLEMENT}",
        todo=TODO, fields=FIELDS, who=PAYER, no_double=HERE + "cumul", **excluded_by(code, FAMILY),
    )  # fmt: skip


CAPII = _installation("capii", "CAPII (première installation)", True, "Première installation en libéral.")
CAII = _installation("caii", "CAII (nouvelle installation)", False, "Installation qui n'est pas la première.")
MAINTENANCE = Contract(
    code="maintien_infirmier", id="PAR-03", name="Contrat de maintien", group=GROUP, professions=NURSE,
    duration=HERE + "duree_du_maintien", renewal="oui", entry=in_zone(HERE + "zones"),
    lasting=said("continuite", True), yearly=same_each_year(HERE + "maintien"),
    whole=each_year_of(HERE + "maintien", HERE + "duree_du_maintien"),
    conditions="Zone très sous-dotée ; continuité des soins assurée. Vous déclarez : {zone} ; continuité : "
    "{continuite}.",
    formula="{aides.infirmiers.maintien}.", todo="Vérifiez le zonage infirmier et l'organisation de la continuité.",
    fields=("zone", "continuite"), who=PAYER, no_double=HERE + "cumul", ten_years=False,
    **excluded_by("maintien_infirmier", FAMILY),
)  # fmt: skip

for contract in (CAPII, CAII, MAINTENANCE):
    globals().update(lines_of(contract, __name__))
