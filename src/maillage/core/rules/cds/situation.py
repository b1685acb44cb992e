"""What a centre de santé declares: the input of its simulator. No OpenFisca here."""

import datetime
from typing import ClassVar, Self

from pydantic import model_validator

from maillage.core.rules.cds.facts_accord import AccordFacts
from maillage.core.rules.cds.facts_centre import CentreFacts
from maillage.core.rules.cds.facts_contrats import ContractFacts
from maillage.core.rules.cds.facts_droit import FileFacts, ManagerFacts
from maillage.core.rules.cds.facts_economie import EconomyFacts
from maillage.core.rules.cds.facts_medecins import DoctorFacts
from maillage.core.rules.cds.facts_region import RegionFacts
from maillage.core.rules.cds.facts_remuneration import PayFacts
from maillage.core.rules.simulation.situation import SimulatorSpec

PREFIX = "centre_"
LAST_DAY_OF_POINTS = datetime.date(2025, 10, 14)
"""Eve of the accord of 2025; the test of this package holds it against the parameters."""


class SituationCds(
    EconomyFacts, RegionFacts, FileFacts, ManagerFacts, DoctorFacts, ContractFacts, PayFacts, AccordFacts, CentreFacts
):
    """Un centre de santé et une date ; tout le reste est facultatif."""

    prefix: ClassVar[str] = PREFIX

    @model_validator(mode="after")
    def _points_in_their_time(self) -> Self:
        """The accord of 2025 counts in euros; the ACI still counts in points."""
        if self.points_fixes is not None and self.date > LAST_DAY_OF_POINTS and not self.adhere_aci:
            raise ValueError(
                f"des points jusqu'au {LAST_DAY_OF_POINTS:%d/%m/%Y} seulement : depuis, l'accord national compte en "
                "euros (les points restent ceux de l'ACI)"
            )
        return self

    @property
    def day(self) -> datetime.date:
        return self.date


SIMULATOR = SimulatorSpec(
    code="cds",
    structure="CDS",
    title="Centre de santé",
    summary=(
        "Contrats, aides, rémunération forfaitaire, obligations et échéances d'un centre de santé. Seules sont "
        "montrées les règles dont vous donnez les faits."
    ),
    apart=(
        "centre_rfs",
        "centre_cai_montant",
        "centre_aide_automatique_montant",
        "centre_dentaire_installation_montant",
        "centre_infirmier_equipement",
        "centre_400_aide",
        "centre_400_conge",
        "centre_region_immobilier_montant",
        "centre_region_fonctionnement",
        "centre_region_equipement",
    ),
    total="Aides de l'année (hors rémunération forfaitaire et aides versées une seule fois)",
    model=SituationCds,
    example={
        "date": "2026-03-01",
        "region_pack": "bretagne",
        "zone": "zip",
        "type_de_centre": "polyvalent",
        "adhere_accord": True,
        "remuneration_soignants": 80_000,
        "quotite": 1,
        "constat_de_carence": True,
        "mois_du_poste": 5,
        "consultations_du_mois": 170,
        "cout_salarial_du_mois": 9_000,
        "recettes_des_actes_du_mois": 5_100,
    },
    example_source="cas cds:M-2 et cds:L-12 : un poste « 400 médecins » en Bretagne et la subvention Teulade",
)
