"""What a centre de santé says of its business plan."""

from typing import Self

from pydantic import model_validator

from maillage.core.rules.simulation.situation import Euros, Quantity, Share, Situation, field

VOLUME, INCOME, COSTS, WHOLE = "Volume d'actes", "Recettes", "Dépenses", "Budget d'ensemble"
YEARLY = "euros par an"


class EconomyFacts(Situation):
    """Acts by one method only, revenue, costs."""

    actes_par_etp: Quantity | None = field(
        "Actes par an et par médecin",
        "Nets des rendez-vous non honorés et des rejets. Une seule méthode : par an, par mois ou par heure.",
        unit="actes par an",
        group=VOLUME,
    )
    actes_par_mois: Quantity | None = field(
        "Actes par mois et par médecin",
        "Nets des rendez-vous non honorés et des rejets.",
        unit="actes par mois",
        group=VOLUME,
    )
    heures_par_an: Quantity | None = field(
        "Heures de consultation par an", "Par médecin à temps plein.", unit="heures par an", group=VOLUME
    )
    actes_par_heure: Quantity | None = field(
        "Actes par heure",
        "De 3 à 4 sur rendez-vous selon un rapport, de 2,2 à 4 selon un autre.",
        unit="actes par heure",
        group=VOLUME,
    )
    taux_remplissage: Share | None = field(
        "Taux de remplissage", "Avec la méthode par heure seulement.", unit="part", group=VOLUME
    )
    taux_non_venue: Share | None = field(
        "Rendez-vous non honorés", "Avec la méthode par heure seulement.", unit="part", group=VOLUME
    )
    taux_rejets: Share | None = field(
        "Rejets du tiers payant", "Avec la méthode par heure seulement.", unit="part", group=VOLUME
    )
    tarif_moyen: Euros | None = field(
        "Tarif moyen d'un acte", "Ce que rapporte un acte en moyenne.", unit="euros", group=INCOME
    )
    rfs_attendue: Euros | None = field(
        "Rémunération forfaitaire attendue",
        "Celle de l'accord national, d'après votre CPAM.",
        unit=YEARLY,
        group=INCOME,
    )
    forfaits_medecin_traitant: Euros | None = field(
        "Forfaits du médecin traitant et objectifs",
        "Ce que verse l'Assurance Maladie hors accord.",
        unit=YEARLY,
        group=INCOME,
    )
    recettes_pdsa: Euros | None = field("Permanence des soins", "Astreintes et majorations.", unit=YEARLY, group=INCOME)
    aides_et_subventions: Euros | None = field(
        "Aides et subventions nommées",
        "Aides démographiques, Région, projets : celles qui sont acquises.",
        unit=YEARLY,
        group=INCOME,
    )
    salaires_charges: Euros | None = field(
        "Salaires chargés des soignants", "Avec les charges.", unit=YEARLY, group=COSTS
    )
    salaires_administratifs: Euros | None = field(
        "Salaires chargés des autres", "Secrétariat, coordination, direction.", unit=YEARLY, group=COSTS
    )
    loyer: Euros | None = field("Loyer", "Et charges des locaux.", unit=YEARLY, group=COSTS)
    cout_du_logiciel: Euros | None = field(
        "Informatique", "Logiciel, hébergement, téléphonie.", unit=YEARLY, group=COSTS
    )
    autres_charges: Euros | None = field(
        "Autres charges", "Assurances, consommables, ménage, taxe sur les salaires.", unit=YEARLY, group=COSTS
    )
    amortissements: Euros | None = field("Amortissements", "Des locaux et du matériel.", unit=YEARLY, group=COSTS)
    cout_tiers_payant: Euros | None = field(
        "Traitement du tiers payant", "Par acte.", unit="euros par acte", group=COSTS
    )
    etp_administratifs: Quantity | None = field(
        "Personnel administratif", "Secrétariat, coordination, direction.", unit="équivalents temps plein", group=COSTS
    )
    budget: Euros | None = field("Budget annuel", "Recettes sans subvention du gestionnaire.", unit=YEARLY, group=WHOLE)
    deficit_constate: Euros | None = field("Déficit constaté", "Celui d'une année passée.", unit=YEARLY, group=WHOLE)

    @model_validator(mode="after")
    def _one_volume_method(self) -> Self:
        """Yearly and monthly figures are already net: no rate may be applied to them (P-CHP-23)."""
        methods = (self.actes_par_etp, self.actes_par_mois, self.heures_par_an)
        if sum(method is not None for method in methods) > 1:
            raise ValueError("une seule méthode de calcul des actes : par an, par mois ou par heure")
        rates = (self.taux_remplissage, self.taux_non_venue, self.taux_rejets)
        if methods[2] is None and any(rate is not None for rate in rates):
            raise ValueError(
                "des taux de remplissage, d'absence ou de rejet avec la méthode par heure seulement : les actes par "
                "an ou par mois en sont déjà nets"
            )
        return self
