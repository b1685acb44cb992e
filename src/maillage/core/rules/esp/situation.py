"""What an équipe de soins primaires declares: the input of its simulator. No OpenFisca here."""

import datetime
from typing import ClassVar

from maillage.core.rules.simulation.situation import Day, Euros, SimulatorSpec, Situation, field

WHERE, STATUS = "Où et quand", "L'équipe"


class SituationEsp(Situation):
    """Une équipe de soins primaires et une date."""

    prefix: ClassVar[str] = "esp_fir_"

    date: Day = field("Date", "Le jour auquel appliquer les règles.", ..., group=WHERE)
    reconnue: bool | None = field("Équipe reconnue", "L'ARS a validé le projet de santé de l'équipe.", group=STATUS)
    association: bool | None = field(
        "Association loi 1901", "Une association est déclarée pour recevoir l'argent.", group=STATUS
    )
    demande: Euros | None = field(
        "Montant demandé", "Ce que l'équipe demande à l'ARS pour l'année ; rien : le montant de la région.",
        unit="euros", group=STATUS
    )  # fmt: skip

    @property
    def day(self) -> datetime.date:
        return self.date


SIMULATOR = SimulatorSpec(
    code="esp",
    structure="ESP",
    title="Équipe de soins primaires",
    summary="Le soutien régional qu'une équipe de soins primaires reconnue peut recevoir dans l'année.",
    total="Soutien de l'année",
    model=SituationEsp,
    example={
        "date": "2025-06-01",
        "region_pack": "centre_val_de_loire",
        "reconnue": True,
        "association": True,
    },
    example_source="cas ESP-T4 : équipe reconnue en Centre-Val de Loire en 2025",
)
