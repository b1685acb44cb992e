"""What a centre de santé says of a post of « 400 médecins généralistes »."""

from maillage.core.rules.simulation.situation import Count, Day, Euros, Quantity, Share, Situation, field

POST, SHARED = "Poste salarié « 400 médecins »", "Poste partagé avec l'hôpital"
VISITS = "consultations"


class DoctorFacts(Situation):
    """A salaried post for one month, or a post shared with a hospital."""

    quotite: Share | None = field("Temps de travail du poste", "En part d'un temps plein.", unit="part", group=POST)
    constat_de_carence: bool | None = field(
        "Constat de carence",
        "Le manque de médecins est constaté avec les élus, l'Assurance Maladie, l'Ordre, les médecins et les centres.",
        group=POST,
    )
    poste_debute_le: Day | None = field("Début du poste", "Le jour de la prise de poste.", group=POST)
    mois_du_poste: Count | None = field("Mois du poste", "Le rang du mois simulé : 1 pour le premier mois.", group=POST)
    consultations_du_mois: Quantity | None = field(
        "Consultations du mois", "Celles du mois simulé.", unit=VISITS, group=POST
    )
    consultations_mois_1: Quantity | None = field(
        "Consultations du premier mois", "Les trois premiers mois sont jugés en moyenne.", unit=VISITS, group=POST
    )
    consultations_mois_2: Quantity | None = field(
        "Consultations du deuxième mois", "Celles du deuxième mois du poste.", unit=VISITS, group=POST
    )
    consultations_mois_3: Quantity | None = field(
        "Consultations du troisième mois", "Celles du troisième mois du poste.", unit=VISITS, group=POST
    )
    cout_salarial_du_mois: Euros | None = field(
        "Coût salarial du mois", "Salaire et charges, congés compris.", unit="euros par mois", group=POST
    )
    recettes_des_actes_du_mois: Euros | None = field(
        "Recettes des actes du mois", "Ce que rapportent les actes du médecin.", unit="euros par mois", group=POST
    )
    salaire_maintenu_pendant_conge: Euros | None = field(
        "Salaire chargé d'un congé",
        "Congé de maternité ou de paternité dont le salaire est entièrement maintenu.",
        unit="euros",
        group=POST,
    )
    indemnites_journalieres: Euros | None = field(
        "Indemnités journalières du congé", "Celles que le centre reçoit.", unit="euros", group=POST
    )
    part_en_ville: Share | None = field(
        "Part en ville", "Part du temps de travail dans le centre.", unit="part", group=SHARED
    )
    generaliste_these: bool | None = field(
        "Généraliste diplômé et thésé", "Diplôme d'études spécialisées validé et thèse soutenue.", group=SHARED
    )
