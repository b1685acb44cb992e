"""What is asked from each funder, and the conditions of the FCTVA: fields of the simulator of premises."""

from typing import Literal

from maillage.core.rules.immobilier.facts_programme import ProgrammeFacts
from maillage.core.rules.simulation.situation import Count, Euros, field

GRANTS, FCTVA = "Les aides demandées", "Le FCTVA"
ASKED = "Montant demandé."


class MoneyFacts(ProgrammeFacts):
    """Amounts asked, and the compensation of VAT."""

    demande_detr: Euros | None = field("DETR", ASKED, unit="euros", group=GRANTS)
    demande_dsil: Euros | None = field("DSIL", ASKED, unit="euros", group=GRANTS)
    demande_dsid: Euros | None = field("DSID", ASKED, unit="euros", group=GRANTS)
    demande_dpv: Euros | None = field("DPV", ASKED, unit="euros", group=GRANTS)
    demande_fnadt: Euros | None = field("FNADT", ASKED, unit="euros", group=GRANTS)
    demande_cper: Euros | None = field("Contrat de plan État-Région", ASKED, unit="euros", group=GRANTS)
    demande_region: Euros | None = field(
        "Région", "Montant demandé ; rien : le plus que la Région donne, quand elle le publie.", unit="euros",
        group=GRANTS,
    )  # fmt: skip
    demande_departement: Euros | None = field(
        "Département", "Montant demandé ; rien : le plus que le département donne, quand il le publie.",
        unit="euros", group=GRANTS,
    )  # fmt: skip
    demande_feder: Euros | None = field("FEDER ou LEADER", ASKED, unit="euros", group=GRANTS)
    demande_fmis: Euros | None = field("FMIS", "Montant demandé à l'ARS.", unit="euros", group=GRANTS)
    demande_autres: Euros | None = field(
        "Autres aides publiques", "Montant demandé, tous financeurs réunis.", unit="euros", group=GRANTS
    )
    financement_prive: Euros | None = field(
        "Argent privé", "Fondations, mutuelles, professionnels : ce que ne paient pas les personnes publiques.",
        unit="euros", group=GRANTS,
    )  # fmt: skip
    aides_accordees: bool | None = field(
        "Aides accordées", "Chaque financeur saisi a notifié son accord. Sinon, ses aides ne sont que possibles.",
        group=GRANTS,
    )  # fmt: skip
    engagement_ecrit: bool | None = field(
        "Engagement écrit", "Loir-et-Cher : les professionnels se sont engagés par écrit.", group=GRANTS
    )
    cabinets_supplementaires: Count | None = field(
        "Cabinets médicaux supplémentaires", "Jura : au-delà du premier.", unit="cabinets", group=GRANTS
    )

    depense_fctva: Euros | None = field(
        "Dépense éligible au FCTVA", "Toutes taxes comprises. Rien : le coût total, sans le terrain.", unit="euros",
        group=FCTVA,
    )  # fmt: skip
    integre_au_patrimoine: bool | None = field(
        "Bâtiment dans le patrimoine", "Il entre dans le patrimoine de la commune ou du groupement.", group=FCTVA
    )
    convention_professionnels: bool | None = field(
        "Convention avec les professionnels", "Elle est signée avec ceux qui occupent le bâtiment.", group=FCTVA
    )
    loyers_soumis_a_tva: bool | None = field(
        "Loyers soumis à la TVA", "Le propriétaire facture la TVA aux occupants.", group=FCTVA
    )
    vente_ou_changement: bool | None = field(
        "Vente ou changement d'usage", "Le bâtiment a été, ou sera, vendu ou affecté à un autre usage.", group=FCTVA
    )
    compte: Literal["compte_2132", "compte_2313", "autre_compte"] | None = field(
        "Compte de la dépense", "2132 : immeubles de rapport. 2313 : constructions en cours.", group=FCTVA,
        choices={"compte_2132": "compte 2132", "compte_2313": "compte 2313", "autre_compte": "autre compte"},
    )  # fmt: skip
