"""What a centre de santé says of its demographic contracts."""

from typing import Literal

from maillage.core.rules.simulation.situation import Day, Euros, Quantity, Share, Situation, field

START, SOLIDARITY, OTHERS = "S'installer et se stabiliser", "Aider un autre centre", "Centre dentaire ou infirmier"
ZONE = {"tres_sous_dotee": "très sous-dotée", "autre": "autre"}


class ContractFacts(Situation):
    """CAI, COSCO, CST, dental and nursing contracts."""

    participe_pdsa: bool | None = field(
        "Permanence des soins",
        "Les médecins du centre participent à la permanence des soins ambulatoires.",
        group=START,
    )
    derogation_pdsa: bool | None = field(
        "Dérogation de l'Ordre", "Le conseil de l'Ordre dispense le centre de la permanence des soins.", group=START
    )
    membre_cpts_ou_esp: bool | None = field(
        "Membre d'une CPTS ou d'une ESP",
        "Le centre est membre d'une CPTS ou d'une équipe de soins primaires.",
        group=START,
    )
    demande_polyvalence_le: Day | None = field(
        "Demande de devenir polyvalent",
        "Pour un centre dentaire ou infirmier : le jour où il a demandé à devenir polyvalent.",
        group=START,
    )
    cai_signe_le: Day | None = field(
        "CAI signé le", "Contrat d'aide à l'installation : jour de signature.", group=START
    )
    cosco_signe_le: Day | None = field(
        "COSCO signé le", "Contrat de stabilisation et de coordination : jour de signature.", group=START
    )
    jours_en_zip: Quantity | None = field(
        "Jours dans un centre en ZIP",
        "Jours par an qu'un médecin salarié passe dans un autre centre, situé en ZIP.",
        unit="jours par an",
        group=SOLIDARITY,
    )
    honoraires_en_zip: Euros | None = field(
        "Honoraires dans la zone",
        "Honoraires de son activité clinique et technique dans cette zone.",
        unit="euros par an",
        group=SOLIDARITY,
    )
    etp_solidarite: Quantity | None = field(
        "Temps de travail du médecin", "De celui ou ceux qui aident.", unit="équivalents temps plein", group=SOLIDARITY
    )
    cst_signe_le: Day | None = field(
        "CST signé le", "Contrat de solidarité territoriale : jour de signature.", group=SOLIDARITY
    )
    zone_dentiste: Literal["tres_sous_dotee", "autre"] | None = field(
        "Zone du zonage des chirurgiens-dentistes", "Celle de la commune du centre.", group=OTHERS, choices=ZONE
    )
    contrat_dentaire_maintien: bool | None = field(
        "Contrat de maintien en cours", "Le centre a un contrat d'aide au maintien (CAMCDSD).", group=OTHERS
    )
    contrat_dentaire_signe_le: Day | None = field(
        "Contrat d'installation dentaire signé le", "Contrat CAICDSD : jour de signature.", group=OTHERS
    )
    zone_infirmier: Literal["tres_sous_dotee", "autre"] | None = field(
        "Zone du zonage des infirmiers", "Celle de la commune du centre.", group=OTHERS, choices=ZONE
    )
    part_activite_dans_la_zone: Share | None = field(
        "Activité auprès de la zone",
        "Part de l'activité des infirmiers auprès d'habitants de la zone.",
        unit="part",
        group=OTHERS,
    )
