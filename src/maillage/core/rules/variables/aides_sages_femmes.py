"""Contracts of midwives with the assurance maladie (esp_ess_aides.md §4, PAR-08 to PAR-10)."""

import numpy as np

from maillage.core.rules.aides.case import below
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
from maillage.core.rules.base import at_least

GROUP, MIDWIFE, HERE = "Sages-femmes", ("sage_femme",), "sages_femmes."
FAMILY = {"capisf": "PAR-08", "caisf": "PAR-09", "camsf": "PAR-10"}
FIELDS = ("zone", "premiere_installation", "jours_par_semaine")
CONDITIONS = (
    "Zone très sous-dotée ou sous-dotée ; au moins {aides.sages_femmes.jours_premiere_annee} la première année, "
    "{aides.sages_femmes.jours_suivants} ensuite. Vous déclarez : {zone} ; première installation : "
    "{premiere_installation} ; {jours_par_semaine} par semaine."
)
TODO = "Vérifiez le zonage des sages-femmes de la commune auprès de l'ARS."


def _lasting(term):
    """Days a week that reach the floor of the year."""
    first, then = term.figure(HERE + "jours_premiere_annee"), term.figure(HERE + "jours_suivants")
    return at_least(term.value("jours_par_semaine"), np.where(below(term.years, 1) == 1, first, then))


def _installation(code, name, first, kind):
    return Contract(
        code=code, id=FAMILY[code], name=name, group=GROUP, professions=MIDWIFE, duration=HERE + "duree",
        entry=entry(in_zone(HERE + "zones"), said("premiere_installation", first)), lasting=_lasting,
        yearly=instalments(HERE + code), whole=all_instalments(HERE + code), conditions=f"{kind} {CONDITIONS}",
        formula=f"Versements, année par année : {{aides.sages_femmes.{code}}}.", todo=TODO, fields=FIELDS, who=PAYER,
        no_double=HERE + "cumul", **excluded_by(code, FAMILY),
    )  # fmt: skip


CAPISF = _installation("capisf", "CAPISF (première installation)", True, "Première installation en libéral.")
CAISF = _installation("caisf", "CAISF (installation)", False, "Installation qui n'est pas la première.")
CAMSF = Contract(
    code="camsf", id="PAR-10", name="CAMSF (maintien)", group=GROUP, professions=MIDWIFE,
    duration=HERE + "duree_du_maintien", renewal="oui", entry=in_zone(HERE + "zones"),
    lasting=lambda term: np.ones(term.today.shape), yearly=same_each_year(HERE + "camsf"),
    whole=each_year_of(HERE + "camsf", HERE + "duree_du_maintien"),
    conditions="Zone très sous-dotée ou sous-dotée. Vous déclarez : {zone}.", formula="{aides.sages_femmes.camsf}.",
    todo=TODO, fields=("zone",), who=PAYER, no_double=HERE + "cumul", ten_years=False,
    **excluded_by("camsf", FAMILY),
)  # fmt: skip

for contract in (CAPISF, CAISF, CAMSF):
    globals().update(lines_of(contract, __name__))
