"""The rent and the lease: last fields of the simulator of premises. No OpenFisca here."""

from typing import Annotated, Literal

from pydantic import Field

from maillage.core.rules.immobilier.facts_financement import MoneyFacts
from maillage.core.rules.simulation.situation import NUMBER, Day, Euros, Quantity, Share, field

RENT, LEASE = "Le loyer", "Le bail"
Years = Annotated[float, Field(ge=0, le=99), NUMBER]


class LeaseFacts(MoneyFacts):
    """Rent, lease and notice."""

    loyer_m2: Quantity | None = field(
        "Loyer", "Par m² et par mois. Aucun loyer officiel n'est publié.", unit="euros par m² et par mois", group=RENT
    )
    surface_louee: Quantity | None = field("Surface louée", "Rien : la surface totale.", unit="m²", group=RENT)
    occupation: Share = field(
        "Occupation", "Part de la surface occupée. Rien : tout est loué.", 1.0, unit="part", group=RENT
    )
    charges_annuelles: Euros | None = field(
        "Charges du propriétaire", "Annuité d'emprunt, entretien, assurance, taxes.", unit="euros par an", group=RENT
    )

    bail: Literal["professionnel", "commercial"] | None = field("Bail", "Professionnel ou commercial.", group=LEASE)
    bail_collectif: bool | None = field(
        "Bail collectif", "Un seul bail, signé par la SCM ou la SISA ; non : un bail par professionnel.", group=LEASE
    )
    clause_de_vacance: bool | None = field(
        "Clause sur les locaux vacants", "Le bail collectif dit qui paie un cabinet vide.", group=LEASE
    )
    loyer_de_marche: bool | None = field(
        "Loyer de marché", "SCI de professionnels : le loyer est celui qu'elle demanderait à un tiers.", group=LEASE
    )
    bail_signe_le: Day | None = field("Début du bail", "Le premier jour du bail.", group=LEASE)
    bail_duree: Years | None = field("Durée du bail", "En années.", unit="ans", group=LEASE)
    conge_par: Literal["locataire", "bailleur"] | None = field("Congé donné par", "Qui met fin au bail.", group=LEASE)
    conge_le: Day | None = field("Congé donné le", "Le jour où l'autre partie le reçoit.", group=LEASE)
    depart_le: Day | None = field("Départ voulu le", "Le jour où le bail doit finir.", group=LEASE)
