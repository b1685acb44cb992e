"""What is declared of a practice at a distance and of its software: the input of the simulator. No OpenFisca here."""

import datetime
from typing import ClassVar, Self

from pydantic import model_validator

from maillage.core.rules.simulation.situation import SimulatorSpec
from maillage.core.rules.telesante.facts_donnees import DataFacts


class SituationTelesante(DataFacts):
    """Un professionnel ou une structure, une date ; tout le reste est facultatif."""

    prefix: ClassVar[str] = "telesante_"

    @property
    def day(self) -> datetime.date:
        return self.date

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        remote = sum(number or 0 for number in (self.teleconsultations, self.rendues, self.demandees))
        if self.actes_de_l_annee is not None and remote > self.actes_de_l_annee:
            raise ValueError("des actes à distance qui ne dépassent pas tous les actes de l'année")
        if self.derniere_consultation and self.derniere_consultation > self.date:
            raise ValueError("une dernière consultation qui n'est pas après la date")
        return self


SIMULATOR = SimulatorSpec(
    code="telesante",
    structure="",
    title="Télésanté et système d'information",
    summary=(
        "Actes à distance : tarifs à la date, recettes de l'année, limites. Logiciel partagé : label et aides. "
        "Données : hébergement, secret, protection. Seules sont montrées les règles dont vous donnez les faits."
    ),
    apart=("telesante_aide_logiciel",),
    total="Recettes de télésanté de l'année",
    model=SituationTelesante,
    example={
        "date": "2025-06-30",
        "profession": "medecin_generaliste",
        "secteur_1": True,
        "actes_de_l_annee": 4000,
        "teleconsultations": 400,
        "demandees": 50,
        "par_video": True,
        "age_du_patient": 12,
        "alternance": True,
        "proche_du_patient": True,
        "structure": "msp",
        "dossier_partage": True,
        "label": "niveau_1",
        "label_centre_seulement": False,
    },
    example_source="cas TEL-T10 (téléconsultation d'un généraliste en 2025), TEL-T13 et SI-T1",
)
