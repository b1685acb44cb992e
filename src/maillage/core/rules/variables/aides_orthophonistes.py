"""Contracts of speech therapists with the assurance maladie (esp_ess_aides.md §4, PAR-11 to PAR-14)."""

import numpy as np

from maillage.core.rules.aides.contract import Contract, lines_of
from maillage.core.rules.aides.installation import (
    PAYER,
    all_instalments,
    each_year_of,
    entry,
    excluded_by,
    in_zone,
    instalments,
    said,
    same_each_year,
)
from maillage.core.rules.base import all_of, at_least, none_of

GROUP, SPEECH, HERE = "Orthophonistes", ("orthophoniste",), "orthophonistes."
FAMILY = {"capiop": "PAR-11", "caiop": "PAR-12", "camop": "PAR-13"}
FIELDS = ("zone", "premiere_installation", "part_en_zone", "honoraires")
CONDITIONS = (
    "Zone sous-dense (très sous-dotée avant mars 2023) ; au moins {aides.orthophonistes.part_en_zone} de l'activité "
    "dans la zone ; honoraires annuels moyens de plus de {aides.orthophonistes.honoraires}. Vous déclarez : {zone} ; "
    "première installation : {premiere_installation} ; part en zone : {part_en_zone} ; honoraires : {honoraires}."
)
TODO = "Vérifiez le zonage des orthophonistes de la commune auprès de l'ARS."


def _lasting(term):
    """Half of the activity in the zone; fees above the floor."""
    share = at_least(term.value("part_en_zone"), term.figure(HERE + "part_en_zone"))
    fees, floor = term.value("honoraires"), term.figure(HERE + "honoraires")
    return all_of(share, none_of(at_least(floor, fees)))


def _installation(code, name, first, kind):
    return Contract(
        code=code, id=FAMILY[code], name=name, group=GROUP, professions=SPEECH, duration=HERE + "duree",
        entry=entry(in_zone(HERE + "zones"), said("premiere_installation", first)), lasting=_lasting,
        yearly=instalments(HERE + code), whole=all_instalments(HERE + code), conditions=f"{kind} {CONDITIONS}",
        formula=f"Versements, année par année : {{aides.orthophonistes.{code}}}.", todo=TODO, fields=FIELDS, who=PAYER,
        no_double=HERE + "cumul", **excluded_by(code, FAMILY),
    )  # fmt: skip


CAPIOP = _installation("capiop", "CAPIOP (première installation)", True, "Première installation en libéral.")
CAIOP = _installation("caiop", "CAIOP (installation)", False, "Installation qui n'est pas la première.")
CAMOP = Contract(
    code="camop", id="PAR-13", name="CAMOP (maintien)", group=GROUP, professions=SPEECH,
    duration=HERE + "duree_du_maintien", renewal="oui", entry=in_zone(HERE + "zones"),
    lasting=lambda term: np.ones(term.today.shape), yearly=same_each_year(HERE + "camop", HERE + "stagiaire"),
    whole=each_year_of(HERE + "camop", HERE + "duree_du_maintien"),
    conditions="Zone sous-dense (très sous-dotée avant mars 2023). Vous déclarez : {zone}.",
    formula="{aides.orthophonistes.camop}. Supplément : {aides.orthophonistes.stagiaire} de stagiaire.", todo=TODO,
    fields=("zone", "mois_de_stagiaire"), who=PAYER, no_double=HERE + "cumul", ten_years=False,
    **excluded_by("camop", FAMILY),
)  # fmt: skip

for contract in (CAPIOP, CAIOP, CAMOP):
    globals().update(lines_of(contract, __name__))
