"""What a centre de santé says of its adhesion to the accord national."""

from maillage.core.rules.simulation.situation import Day, Situation, field

GROUP = "L'accord national"


class AccordFacts(Situation):
    """Adhesion, tacit until 2022, asked for since."""

    adhere_accord: bool | None = field(
        "Adhère à l'accord national",
        "Le centre est conventionné au titre de l'accord national. Non précisé : les dates ci-dessous en décident.",
        group=GROUP,
    )
    finess_le: Day | None = field(
        "Numéro FINESS délivré le", "Le jour où le centre a reçu son numéro FINESS.", group=GROUP
    )
    refus_par_lettre: bool | None = field(
        "Refus de l'accord", "Le centre a refusé l'accord par lettre recommandée à la CPAM.", group=GROUP
    )
    adhesion_demandee: bool | None = field(
        "Adhésion demandée", "Le centre a demandé à la CPAM d'adhérer à l'accord.", group=GROUP
    )
    adhesion_demandee_le: Day | None = field("Adhésion demandée le", "Le jour de cette demande.", group=GROUP)
    adhere_aci: bool | None = field(
        "Adhère à l'ACI", "Le centre a choisi l'accord conventionnel interprofessionnel des MSP.", group=GROUP
    )
