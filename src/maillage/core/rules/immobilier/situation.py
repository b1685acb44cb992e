"""What is said of the premises of a maison or a centre de santé: the input of their simulator. No OpenFisca here."""

import datetime
from typing import ClassVar, Self

from pydantic import ConfigDict, ValidationInfo, field_validator, model_validator

from maillage.core.rules.immobilier.facts_bail import LeaseFacts
from maillage.core.rules.immobilier.facts_projet import REGION_OF
from maillage.core.rules.regions import NATIONAL
from maillage.core.rules.simulation.situation import SimulatorSpec


class SituationImmobilier(LeaseFacts):
    """Un bâtiment, son propriétaire, son plan de financement et son bail ; seule la date est obligatoire."""

    model_config = ConfigDict(validate_default=True)
    prefix: ClassVar[str] = "immobilier_"

    @property
    def day(self) -> datetime.date:
        return self.date

    @field_validator("region")
    @classmethod
    def _region_of_the_policy(cls, region: str | None, info: ValidationInfo) -> str | None:
        """The building is in the region whose policy is applied, unless said otherwise."""
        pack = info.data.get("region_pack")
        return region or (None if pack == NATIONAL else pack)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        """What is asked from a region or a département is asked from one that is named; costs hold together."""
        if self.demande_region is not None and self.region is None:
            raise ValueError("la région à laquelle l'aide est demandée")
        if self.demande_departement is not None and self.departement is None:
            raise ValueError("le département auquel l'aide est demandée")
        if self.departement in REGION_OF and self.region not in (None, REGION_OF[self.departement]):
            raise ValueError("un département de la région")
        if self.generalistes is not None and self.medecins is not None and self.generalistes > self.medecins:
            raise ValueError("des médecins généralistes qui ne sont pas plus nombreux que les médecins")
        total, net = self.cout_total_ttc, self.cout_total_ht
        if total is not None and net is not None and total < net:
            raise ValueError("un coût toutes taxes comprises qui n'est pas plus bas que le coût hors taxes")
        return self


SIMULATOR = SimulatorSpec(
    code="immobilier",
    structure="",
    title="Locaux d'une maison ou d'un centre de santé",
    summary=(
        "Surfaces à prévoir, coût, aides à l'investissement et leur cumul, FCTVA, reste à payer, loyer et bail. Le "
        "coût au m² et le loyer sont les vôtres : aucun chiffre officiel n'existe."
    ),
    controls=("immobilier_apport_suffisant", "immobilier_dotations_plafond"),
    total="Aides et FCTVA",
    model=SituationImmobilier,
    example={
        "date": "2026-06-01",
        "structure": "msp",
        "region": "pays_de_la_loire",
        "zone": "zip",
        "proprietaire": "epci",
        "rural": True,
        "nature": "creation",
        "projet_de_sante_approuve": True,
        "accord_des_professionnels": True,
        "cahier_des_charges_regional": True,
        "medecins": 3,
        "generalistes": 3,
        "infirmiers": 2,
        "kinesitherapeutes": 1,
        "autres_professionnels": 0,
        "circulations": 0.12,
        "cout_m2": 2400,
        "honoraires": 0.1,
        "demande_detr": 300000,
        "aides_accordees": True,
        "integre_au_patrimoine": True,
        "convention_professionnels": True,
        "loyers_soumis_a_tva": False,
        "vente_ou_changement": False,
        "compte": "compte_2313",
        "loyer_m2": 9.5,
        "bail": "professionnel",
        "bail_duree": 6,
        "bail_signe_le": "2026-06-01",
    },
    example_source="cas IMM-T1 (plan-type de six professionnels) et IMM-T10 (nouveau site en Pays de la Loire)",
)
