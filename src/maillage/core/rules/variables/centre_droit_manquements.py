"""CDS: a change to tell, a fault and its scale, the Teulade subsidy (cds.md §5, L19 to L25)."""

import numpy as np

from maillage.core.rules.base import Condition, state_of
from maillage.core.rules.cds.formulas import PERCENT, Amount, Deadline, Measure, after, at_days, by_choice, earlier
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

CHANGE, FAULT, TEULADE = "Changements", "Manquements", "Subvention Teulade"
NOTICE = "cds.obligations.declaration_d_un_changement"
NAMES = ("pieces_manquantes", "donnees_fausses", "ordre_ou_comite", "securite_ou_fraude")
ARS = "votre ARS"


class centre_changement_avant(Deadline):
    label = "Signaler le changement à l'ARS"
    spec = LineSpec(
        simulator="cds",
        id="L19",
        group=CHANGE,
        nature="echeance",
        words="Changement du {changement_le} : {cds.obligations.declaration_d_un_changement}. Règlement de "
        "fonctionnement, gestionnaire, représentant légal, adresse, fermeture d'une antenne, plateau technique.",
        fields=("changement_le",),
        parameters=(NOTICE,),
        who=ARS,
        shown_with=("changement_le",),
    )

    def formula(structure, period, parameters):
        changed = structure("centre_changement_le", period)
        return after(changed, extra=at_days(lambda day: known(parameters(day), NOTICE), changed))


class centre_changement_signale(Condition):
    label = "Le changement est signalé à temps"
    spec = LineSpec(
        simulator="cds",
        id="L19-delai",
        group=CHANGE,
        nature="condition",
        words="Signalé le {changement_signale_le} ; dernier jour : {changement_avant}.",
        todo="Le délai est passé : signalez le changement sans attendre.",
        fields=("changement_le", "changement_signale_le"),
        parameters=(NOTICE,),
        who=ARS,
        shown_with=("changement_signale_le",),
    )

    def formula(structure, period):
        told = structure("centre_changement_signale_le", period)
        return state_of(earlier(told, structure("centre_changement_avant", period)))


class centre_observations_avant(Deadline):
    label = "Répondre à l'ARS, au plus tôt"
    spec = LineSpec(
        simulator="cds",
        id="L20",
        group=FAULT,
        nature="echeance",
        words="Observations demandées le {observations_demandees_le} : l'ARS laisse au moins "
        "{cds.sanctions.delai_d_observations}. Viennent ensuite l'injonction, l'amende "
        "({cds.sanctions.amende_maximale} au plus) et l'astreinte ({cds.sanctions.astreinte_maximale} au plus), la "
        "suspension ou la fermeture.",
        fields=("observations_demandees_le",),
        parameters=(
            "cds.sanctions.delai_d_observations",
            "cds.sanctions.amende_maximale",
            "cds.sanctions.astreinte_maximale",
        ),
        who=ARS,
        shown_with=("observations_demandees_le",),
    )

    def formula(structure, period, parameters):
        asked = structure("centre_observations_demandees_le", period)
        return after(asked, extra=known(parameters(period), "cds.sanctions.delai_d_observations"))


class centre_amende(Measure):
    unit = "euros"
    label = "Amende, au plus"
    spec = LineSpec(
        simulator="cds",
        id="L21",
        group=FAULT,
        nature="repere",
        words="Manquement : {manquement}. Le total de l'année ne dépasse pas le dernier plafond.",
        fields=("manquement",),
        may_read=tuple(f"cds.sanctions.amende.{name}" for name in NAMES),
        who=ARS,
        shown_with=("manquement",),
    )

    def formula(structure, period, parameters):
        return by_choice(parameters(period), "cds.sanctions.amende", structure("centre_manquement", period))


class centre_astreinte(Measure):
    unit = "euros par jour"
    label = "Astreinte, au plus"
    spec = LineSpec(
        simulator="cds",
        id="L21-astreinte",
        group=FAULT,
        nature="repere",
        words="Manquement : {manquement}.",
        fields=("manquement",),
        may_read=tuple(f"cds.sanctions.astreinte.{name}" for name in NAMES),
        who=ARS,
        shown_with=("manquement",),
    )

    def formula(structure, period, parameters):
        return by_choice(parameters(period), "cds.sanctions.astreinte", structure("centre_manquement", period))


class centre_teulade_ouverte(Condition):
    label = "Le centre a droit à la subvention Teulade"
    spec = LineSpec(
        simulator="cds",
        id="L24",
        group=TEULADE,
        nature="condition",
        words="Condition d'adhésion à l'accord national : {adherent}. Depuis le 25 décembre 2021, la subvention va "
        "aux seuls centres conventionnés.",
        todo="Demandez à votre CPAM à adhérer à l'accord national.",
        fields=("adhere_accord", "finess_le", "adhesion_demandee"),
        parameters=("cds.teulade.conventionnement_exige",),
        who="votre CPAM",
        shown_with=("remuneration_soignants", "remuneration_autres"),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "cds.teulade.conventionnement_exige") == 1
        state = structure("centre_adherent", period).decode_to_str()
        member = np.select([state == "remplie", state == "manquante"], [1.0, 0.0], np.nan)
        return state_of(member if asked else np.ones(structure.count))


class centre_teulade(Amount):
    unit = "euros par an"
    label = "Subvention Teulade"
    spec = LineSpec(
        simulator="cds",
        id="L25",
        group=TEULADE,
        nature="montant",
        words="{financements.cds.teulade} sur {remuneration_soignants} de rémunération des praticiens et "
        "auxiliaires. Les autres salariés ({remuneration_autres}) ne comptent pas.",
        counted=True,
        only_if="centre_teulade_ouverte",
        fields=("remuneration_soignants", "remuneration_autres"),
        parameters=("financements.cds.teulade", "cds.teulade.assiette"),
        who="votre CPAM",
        shown_with=("remuneration_soignants",),
    )

    def formula(structure, period, parameters):
        """Points of contribution are hundredths of the pay."""
        points = known(parameters(period), "financements.cds.teulade")
        return structure("centre_remuneration_soignants", period) * points / PERCENT
