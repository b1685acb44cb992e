"""CDS: the days of the yearly file and of the yearly information (cds.md §2.6)."""

import numpy as np

from maillage.core.rules.base import Condition, state_of
from maillage.core.rules.cds.formulas import Deadline, earlier, month_day
from maillage.core.rules.simulation.inputs import NOT_GIVEN
from maillage.core.rules.simulation.spec import LineSpec

GROUP, CPAM, YEAR = "Échéances de l'année", "votre CPAM", ("exercice_declare",)


def in_the_following_year(structure, period, parameters, path):
    """The month and day written at ``path``, by the text of the first day of the exercise, in the year after it."""
    years = structure("centre_exercice_declare", period)
    found = np.full(len(years), np.datetime64(NOT_GIVEN), dtype="datetime64[D]")
    for year in np.unique(years[~np.isnan(years)]).astype(int):
        month = month_day(parameters(f"{year}-12-31"), path)
        if month:
            found[years == year] = np.datetime64(f"{year + 1}-{month}")
    return found


class centre_declaration_rosp_avant(Deadline):
    label = "Déclarer les indicateurs ROSP sur e-CDS"
    spec = LineSpec(
        simulator="cds",
        id="DL1",
        group=GROUP,
        nature="echeance",
        words="À faire avant ce jour, l'année qui suit l'exercice déclaré.",
        fields=YEAR,
        parameters=("cds.delais.indicateurs_declares",),
        who=CPAM,
        shown_with=YEAR,
    )

    def formula(structure, period, parameters):
        return in_the_following_year(structure, period, parameters, "cds.delais.indicateurs_declares")


class centre_declaration_avant(Deadline):
    label = "Déclarer les autres indicateurs sur e-CDS"
    spec = LineSpec(
        simulator="cds",
        id="DL2",
        group=GROUP,
        nature="echeance",
        words="À faire avant ce jour, l'année qui suit l'exercice déclaré.",
        fields=YEAR,
        parameters=("cds.delais.autres_indicateurs",),
        who=CPAM,
        shown_with=YEAR,
    )

    def formula(structure, period, parameters):
        return in_the_following_year(structure, period, parameters, "cds.delais.autres_indicateurs")


class centre_information_ars_avant(Deadline):
    label = "Informer l'ARS (activité, fonctionnement, gestion)"
    spec = LineSpec(
        simulator="cds",
        id="DL3",
        group=GROUP,
        nature="echeance",
        words="Au plus tard ce jour, l'année qui suit l'exercice déclaré ; le jour est fixé par décret.",
        fields=YEAR,
        todo="Demandez à votre ARS le jour de cette année.",
        parameters=("cds.delais.information_ars",),
        who="votre ARS",
        shown_with=YEAR,
    )

    def formula(structure, period, parameters):
        return in_the_following_year(structure, period, parameters, "cds.delais.information_ars")


class centre_dossier_a_temps(Condition):
    label = "Le dossier e-CDS est déposé à temps"
    spec = LineSpec(
        simulator="cds",
        id="DL4",
        group=GROUP,
        nature="condition",
        words="Déposé : {ecds_depose_le} ; à déposer avant : {declaration_avant}. Un dossier validé est une "
        "condition du paiement.",
        todo="Le dossier est en retard : appelez votre CPAM.",
        fields=("ecds_depose_le", "exercice_declare"),
        parameters=("cds.delais.autres_indicateurs", "cds.remuneration.ecds"),
        who=CPAM,
        shown_with=("ecds_depose_le",),
    )

    def formula(structure, period):
        filed = structure("centre_ecds_depose_le", period)
        return state_of(earlier(filed, structure("centre_declaration_avant", period), strictly=True))
