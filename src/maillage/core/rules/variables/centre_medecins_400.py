"""CDS: « 400 médecins généralistes », salaried posts and posts shared with a hospital (cds.md §4)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, none_of, state_of, truth_of
from maillage.core.rules.cds.formulas import Amount, Deadline, Measure, after, at_days, below, kind_is, listed, reaches
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, SHARED = "Poste salarié « 400 médecins »", "Poste partagé avec l'hôpital"
CEILING, RULES = "financements.cds.garantie_400_medecins", "cds.medecins_400."
LENGTH = "cds.medecins_400.duree"
MONTHS = ("consultations_mois_1", "consultations_mois_2", "consultations_mois_3")
ARS = "votre ARS"


class centre_400_poste(Condition):
    label = "Le centre peut avoir un poste garanti"
    spec = LineSpec(
        simulator="cds",
        id="M1",
        group=GROUP,
        nature="condition",
        words="Centre {type_de_centre}, zone : {zone}, quartier prioritaire : {quartier_prioritaire} ; constat de "
        "carence : {constat_de_carence}. Il faut un centre médical ou polyvalent, une ZIP, une ZAC ou un quartier "
        "prioritaire, et un constat de carence partagé.",
        todo="Faites partager le constat de carence : élus, établissements, Assurance Maladie, Ordre, URPS, centres.",
        fields=("zone", "quartier_prioritaire", "type_de_centre", "constat_de_carence"),
        parameters=("cds.medecins_400.zones", "cds.medecins_400.employeurs"),
        who=ARS,
        shown_with=("quotite",),
    )

    def formula(structure, period, parameters):
        kind = kind_is(
            structure("centre_type_de_centre", period), listed(parameters(period), RULES + "employeurs") or []
        )
        shortage = truth_of(structure("centre_constat_de_carence", period))
        asked = all_of(structure("centre_400_zone", period), kind, shortage)
        return state_of(asked, applies=listed(parameters(period), RULES + "zones") is not None)


class centre_400_zone(Measure):
    label = "Le lieu est dans une zone du dispositif « 400 médecins »"

    def formula(structure, period, parameters):
        """1, 0 or not-a-number: the zone of doctors, or a quartier prioritaire."""
        zones = listed(parameters(period), RULES + "zones") or []
        district = truth_of(structure("centre_quartier_prioritaire", period))
        district = district if "qpv" in zones else np.zeros(structure.count)
        return any_of(kind_is(structure("centre_zone", period), zones), district)


class centre_400_plafond(Measure):
    unit = "euros par mois"
    label = "Coût salarial garanti, au plus"
    spec = LineSpec(
        simulator="cds",
        id="M5",
        group=GROUP,
        nature="repere",
        words="Pour un temps plein : {financements.cds.garantie_400_medecins} ; temps de travail : {quotite}.",
        only_if="centre_400_poste",
        fields=("quotite",),
        todo="Demandez à votre ARS le plafond qu'elle garantit.",
        parameters=(CEILING,),
        who=ARS,
        shown_with=("quotite",),
    )

    def formula(structure, period, parameters):
        return known(parameters(period), CEILING) * structure("centre_quotite", period)


class centre_400_seuil(Measure):
    unit = "consultations par mois"
    label = "Consultations à atteindre"
    spec = LineSpec(
        simulator="cds",
        id="M4-seuil",
        group=GROUP,
        nature="repere",
        words="Mois {mois_du_poste} du poste, temps de travail de {quotite}. Pour un temps plein : "
        "{cds.medecins_400.seuil_de_debut} en moyenne pendant {cds.medecins_400.mois_de_debut}, puis "
        "{cds.medecins_400.seuil}.",
        only_if="centre_400_poste",
        fields=("mois_du_poste", "quotite"),
        todo="Demandez à votre ARS le seuil d'activité du poste.",
        who=ARS,
        shown_with=("quotite",),
    )

    def formula(structure, period, parameters):
        """The lower threshold for the first months, both in proportion of working time."""
        rules, rank = parameters(period), structure("centre_mois_du_poste", period)
        first = below(rank, known(rules, RULES + "mois_de_debut"))
        full_time = np.where(first == 1, known(rules, RULES + "seuil_de_debut"), known(rules, RULES + "seuil"))
        return np.where(np.isnan(first), np.nan, full_time * structure("centre_quotite", period))


class centre_400_activite(Measure):
    unit = "consultations par mois"
    label = "Consultations retenues"
    spec = LineSpec(
        simulator="cds",
        id="M4-activite",
        group=GROUP,
        nature="repere",
        words="Celles du mois : {consultations_du_mois} ; au début du poste, la moyenne des premiers mois.",
        only_if="centre_400_poste",
        fields=("consultations_du_mois", *MONTHS),
        who=ARS,
        shown_with=("quotite",),
    )

    def formula(structure, period, parameters):
        """The average of the first months that are given, else the month itself."""
        rank = structure("centre_mois_du_poste", period)
        first = below(rank, known(parameters(period), RULES + "mois_de_debut")) == 1
        months = np.stack([structure("centre_" + name, period) for name in MONTHS])
        counted = ~np.isnan(months)
        average = np.where(counted, months, 0.0).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
        return np.where(first & counted.any(axis=0), average, structure("centre_consultations_du_mois", period))


class centre_400_seuil_atteint(Condition):
    label = "Le seuil d'activité est atteint"
    spec = LineSpec(
        simulator="cds",
        id="M4",
        group=GROUP,
        nature="condition",
        words="Retenues : {400_activite} ; à atteindre : {400_seuil}.",
        todo="Sous le seuil, la suite n'est pas écrite : l'ARS instruit le dossier, aucun montant n'est automatique.",
        fields=("consultations_du_mois", "mois_du_poste", "quotite"),
        who=ARS,
        shown_with=("quotite",),
    )

    def formula(structure, period):
        reached = reaches(structure("centre_400_activite", period), structure("centre_400_seuil", period))
        return state_of(reached, applies=structure("centre_400_poste", period).decode_to_str() != "sans_objet")


class centre_400_aide(Amount):
    unit = "euros par mois"
    label = "Garantie du mois"
    spec = LineSpec(
        simulator="cds",
        id="M3",
        group=GROUP,
        nature="montant",
        words="Coût salarial : {cout_salarial_du_mois} (plafond : {400_plafond}), moins {recettes_des_actes_du_mois} "
        "d'actes.",
        only_if="centre_400_poste",
        todo="Si le seuil d'activité n'est pas atteint, l'ARS instruit le dossier.",
        fields=("cout_salarial_du_mois", "recettes_des_actes_du_mois"),
        parameters=("cds.medecins_400.lecture_du_plafond",),
        may_read=("cds.medecins_400.consequence_du_seuil_manque", "cds.medecins_400.cumul"),
        who=ARS,
        shown_with=("cout_salarial_du_mois",),
    )

    def formula(structure, period, parameters):
        """The cost up to the ceiling less the fees, never negative; not known below the threshold of activity."""
        reached = structure("centre_400_seuil_atteint", period).decode_to_str()
        if (reached == "manquante").any():
            known(parameters(period), RULES + "consequence_du_seuil_manque")
        cost = np.minimum(structure("centre_cout_salarial_du_mois", period), structure("centre_400_plafond", period))
        gap = np.maximum(cost - structure("centre_recettes_des_actes_du_mois", period), 0)
        return np.where(reached == "remplie", gap, np.nan)


class centre_400_conge(Amount):
    label = "Congé de maternité ou de paternité, salaire maintenu"
    spec = LineSpec(
        simulator="cds",
        id="M6",
        group=GROUP,
        nature="montant",
        words="{salaire_maintenu_pendant_conge} de salaire chargé, moins {indemnites_journalieres} d'indemnités.",
        only_if="centre_400_poste",
        fields=("salaire_maintenu_pendant_conge", "indemnites_journalieres"),
        parameters=("cds.medecins_400.employeurs",),
        who=ARS,
        shown_with=("salaire_maintenu_pendant_conge",),
    )

    def formula(structure, period):
        salary = structure("centre_salaire_maintenu_pendant_conge", period)
        return np.maximum(salary - structure("centre_indemnites_journalieres", period), 0)


class centre_400_fin(Deadline):
    label = "Fin de la garantie"
    spec = LineSpec(
        simulator="cds",
        id="M7",
        group=GROUP,
        nature="echeance",
        words="Poste commencé le {poste_debute_le}, garanti pendant {cds.medecins_400.duree} ; le renouvellement "
        "demande une décision de l'ARS.",
        fields=("poste_debute_le",),
        parameters=(LENGTH,),
        who=ARS,
        shown_with=("poste_debute_le",),
    )

    def formula(structure, period, parameters):
        begun = structure("centre_poste_debute_le", period)
        return after(begun, years=at_days(lambda day: known(parameters(day), LENGTH), begun))


class centre_400_postes(Measure):
    unit = "postes"
    label = "Postes prévus"
    spec = LineSpec(
        simulator="cds",
        id="M10",
        group=GROUP,
        nature="repere",
        words="Prévus en 2019 : {cds.medecins_400.postes}.",
        only_if="centre_400_poste",
        todo="Demandez à votre ARS s'il reste des postes : aucun texte de clôture n'a été trouvé.",
        parameters=("cds.medecins_400.postes",),
        who=ARS,
        shown_with=("quotite",),
    )

    def formula(structure, period, parameters):
        return np.full(structure.count, known(parameters(period), RULES + "postes"))


class centre_400_partage(Condition):
    label = "Le poste peut être partagé avec l'hôpital"
    spec = LineSpec(
        simulator="cds",
        id="M21",
        group=SHARED,
        nature="condition",
        words="{part_en_ville} en ville ; zone : {zone} ; généraliste diplômé et thésé : {generaliste_these}. La part "
        "en ville est de 40, 50 ou 60 %, en ZIP, en ZAC ou en quartier prioritaire, pendant "
        "{cds.medecins_400.partage.duree}. L'ARS paie l'hôpital, au prorata du temps passé à l'hôpital : le centre "
        "paie la part en ville.",
        todo="Choisissez 40, 50 ou 60 % en ville, pour un généraliste diplômé et thésé.",
        fields=("part_en_ville", "zone", "generaliste_these"),
        parameters=("cds.medecins_400.partage.parts_en_ville", "cds.medecins_400.zones"),
        who=ARS,
        shown_with=("part_en_ville",),
    )

    def formula(structure, period, parameters):
        """One of the shares of the text, to the rounding of what is typed."""
        share = structure("centre_part_en_ville", period)
        accepted = listed(parameters(period), RULES + "partage.parts_en_ville") or []
        none = np.zeros(structure.count)
        right = any_of(none, *(all_of(reaches(share, part), below(share, part)) for part in accepted))
        graduate = truth_of(structure("centre_generaliste_these", period))
        asked = all_of(right, structure("centre_400_zone", period), graduate)
        return state_of(asked, applies=bool(accepted))


class centre_400_part_hopital(Measure):
    unit = "part du temps de travail"
    label = "Part payée à l'hôpital par l'ARS"
    spec = LineSpec(
        simulator="cds",
        id="M23",
        group=SHARED,
        nature="repere",
        words="Le temps qui n'est pas passé en ville, {part_en_ville}.",
        only_if="centre_400_partage",
        fields=("part_en_ville",),
        parameters=("cds.medecins_400.partage.duree",),
        who=ARS,
        shown_with=("part_en_ville",),
    )

    def formula(structure, period):
        return none_of(structure("centre_part_en_ville", period))
