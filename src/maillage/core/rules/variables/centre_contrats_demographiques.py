"""CDS: CAI, COSCO and CST, and the automatic aid that replaces them (cds.md §3.1 to §3.4)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, at_least, none_of, state_of, truth_of
from maillage.core.rules.cds.contracts import (
    AGES,
    end_of,
    has_reached,
    in_zone,
    is_mixed,
    joins_doctors,
    open_to_signature,
    recently_asked,
    running,
)
from maillage.core.rules.cds.formulas import Amount, Deadline, kind_is, listed
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Contrats démographiques"
OPEN, TRANSITION = "cds.contrats.signature_ouverte", "cds.contrats.transition"
FIRST, STABILITY = "financements.cds.aide_demographique", "financements.cds.stabilisation"
CEILING = "financements.cds.solidarite"
CAISSE = "votre CPAM et votre ARS"
SIGNED = "Contrats ouverts à la signature : {cds.contrats.signature_ouverte}. "


class centre_cai(Condition):
    label = "Le centre peut avoir un contrat d'aide à l'installation (CAI)"
    spec = LineSpec(
        simulator="cds",
        id="CAI1",
        group=GROUP,
        nature="condition",
        words=SIGNED + "Centre {type_de_centre}, ouverture : {ouverture_le}, zone : {zone} ; permanence des soins : "
        "{participe_pdsa}, dérogation de l'Ordre : {derogation_pdsa}. Le CAI demande une ZIP, un centre ouvert "
        "depuis moins de {cds.contrats.cai.anciennete_maximale} (ou un centre dentaire ou infirmier qui embauche un "
        "généraliste), et la permanence des soins ou une dérogation.",
        todo="Après la première année, regardez le COSCO.",
        fields=("type_de_centre", "zone", "ouverture_le", "etp_generalistes", "participe_pdsa", "derogation_pdsa"),
        parameters=(OPEN, AGES["cai"]),
        who=CAISSE,
        shown_with=("etp_generalistes", "cai_signe_le"),
    )

    def formula(structure, period, parameters):
        """A dental or nursing centre has no condition of age: it must hire a general practitioner."""
        hires = joins_doctors(structure("centre_etp_generalistes", period))
        old = has_reached(structure, period, parameters, "cai")
        team = np.where(is_mixed(structure, period) == 1, none_of(old), hires)
        watch = any_of(
            truth_of(structure("centre_participe_pdsa", period)), truth_of(structure("centre_derogation_pdsa", period))
        )
        may_sign = open_to_signature(parameters, period, structure.count)
        return state_of(all_of(may_sign, in_zone(structure, period, "zip"), team, watch))


class centre_cai_montant(Amount):
    label = "Aide à l'installation (CAI), pour tout le contrat"
    spec = LineSpec(
        simulator="cds",
        id="CAI3",
        group=GROUP,
        nature="montant",
        words="{etp_generalistes} de généralistes : {financements.cds.aide_demographique} puis "
        "{cds.contrats.cai.etp_suivants}, dans la limite de {cds.contrats.cai.etp_maximum}. Versé en "
        "{cds.contrats.cai.versements} dont les parts sont à confirmer.",
        only_if="centre_cai",
        fields=("etp_generalistes",),
        parameters=(FIRST, "cds.contrats.cai.etp_suivants", "cds.contrats.cai.etp_maximum", ""
        "cds.contrats.cai.versements",
                    "cds.contrats.cai.part_du_premier_versement"),
        may_read=("cds.contrats.cai.prorata_lineaire",),
        who=CAISSE,
        shown_with=("etp_generalistes", "cai_signe_le"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """First full-time equivalent, then the next ones up to the maximum; a fraction is paid in proportion."""
        rules, etp = parameters(period), structure("centre_etp_generalistes", period)
        most, following = known(rules, "cds.contrats.cai.etp_maximum"), known(rules, "cds.contrats.cai.etp_suivants")
        if (np.floor(etp) != etp).any():
            known(rules, "cds.contrats.cai.prorata_lineaire")
        later = np.clip(etp - 1, 0, most - 1)
        return known(rules, FIRST) * np.minimum(etp, 1) + following * later


class centre_cai_fin(Deadline):
    label = "Fin du contrat d'aide à l'installation"
    spec = LineSpec(
        simulator="cds",
        id="CAI5",
        group=GROUP,
        nature="echeance",
        words="Signé le {cai_signe_le}, pour {cds.contrats.cai.duree} : il ne se renouvelle pas.",
        fields=("cai_signe_le",),
        parameters=("cds.contrats.cai.duree", "cds.contrats.cai.remboursement"),
        shown_with=("cai_signe_le",),
    )

    def formula(structure, period, parameters):
        return end_of(structure, period, parameters, "cai")


class centre_cosco(Condition):
    label = "Le centre peut avoir un contrat de stabilisation et de coordination (COSCO)"
    spec = LineSpec(
        simulator="cds",
        id="COS1",
        group=GROUP,
        nature="condition",
        words=SIGNED
        + "Centre {type_de_centre}, ouverture : {ouverture_le}, zone : {zone} ; membre d'une CPTS ou d'une ESP : "
        "{membre_cpts_ou_esp}. Le COSCO demande une ZIP, un centre ouvert depuis "
        "{cds.contrats.cosco.anciennete_minimale} (ou une demande de polyvalence de moins de "
        "{cds.contrats.cosco.delai_polyvalence} pour un centre dentaire ou infirmier), et d'appartenir à une CPTS "
        "ou à une ESP.",
        todo="Rejoignez une CPTS ou une ESP. La FNCS tient qu'un centre est lui-même une ESP au sens de la loi de "
        "2016 : faites-le confirmer.",
        fields=("type_de_centre", "zone", "ouverture_le", "membre_cpts_ou_esp", "demande_polyvalence_le"),
        parameters=(OPEN, AGES["cosco"], "cds.contrats.cosco.appartenance"),
        may_read=("cds.contrats.cosco.delai_polyvalence",),
        who=CAISSE,
        shown_with=("etp_medecins", "cosco_signe_le", "membre_cpts_ou_esp"),
    )

    def formula(structure, period, parameters):
        """From the second year; a dental or nursing centre counts from its request to become polyvalent."""
        old = has_reached(structure, period, parameters, "cosco")
        recent = recently_asked(structure, period, parameters)
        team = np.where(is_mixed(structure, period) == 1, old, recent)
        member = truth_of(structure("centre_membre_cpts_ou_esp", period))
        may_sign = open_to_signature(parameters, period, structure.count)
        return state_of(all_of(may_sign, in_zone(structure, period, "zip"), team, member))


class centre_cosco_montant(Amount):
    unit = "euros par an"
    label = "Contrat de stabilisation et de coordination (COSCO)"
    spec = LineSpec(
        simulator="cds",
        id="COS3",
        group=GROUP,
        nature="montant",
        words="{etp_medecins} de médecins salariés × {financements.cds.stabilisation}.",
        counted=True,
        only_if="centre_cosco",
        fields=("etp_medecins",),
        parameters=(STABILITY,),
        who=CAISSE,
        shown_with=("etp_medecins", "cosco_signe_le"),
    )

    def formula(structure, period, parameters):
        return known(parameters(period), STABILITY) * structure("centre_etp_medecins", period)


class centre_cosco_total(Amount):
    label = "COSCO sur toute la durée du contrat"
    spec = LineSpec(
        simulator="cds",
        id="COS4",
        group=GROUP,
        nature="montant",
        words="{etp_medecins} × {financements.cds.stabilisation}, pendant {cds.contrats.cosco.duree}.",
        only_if="centre_cosco",
        fields=("etp_medecins",),
        parameters=(STABILITY, "cds.contrats.cosco.duree"),
        who=CAISSE,
        shown_with=("etp_medecins", "cosco_signe_le"),
    )

    def formula(structure, period, parameters):
        years = known(parameters(period), "cds.contrats.cosco.duree")
        return structure("centre_cosco_montant", period) * years


class centre_cosco_fin(Deadline):
    label = "Fin du COSCO, renouvelable"
    spec = LineSpec(
        simulator="cds",
        id="COS4-fin",
        group=GROUP,
        nature="echeance",
        words="Signé le {cosco_signe_le}, pour {cds.contrats.cosco.duree}.",
        fields=("cosco_signe_le",),
        parameters=("cds.contrats.cosco.duree",),
        shown_with=("cosco_signe_le",),
    )

    def formula(structure, period, parameters):
        return end_of(structure, period, parameters, "cosco")


class centre_cst(Condition):
    label = "Le centre peut avoir un contrat de solidarité territoriale (CST)"
    spec = LineSpec(
        simulator="cds",
        id="CST1",
        group=GROUP,
        nature="condition",
        words=SIGNED
        + "Centre {type_de_centre}, zone : {zone} ; {jours_en_zip} dans un autre centre en ZIP. Le CST demande un "
        "centre médical ou polyvalent hors ZIP et au moins {cds.contrats.cst.jours} dans la zone.",
        fields=("type_de_centre", "zone", "jours_en_zip"),
        parameters=(OPEN, "cds.contrats.cst.jours"),
        who=CAISSE,
        shown_with=("jours_en_zip", "honoraires_en_zip", "cst_signe_le"),
    )

    def formula(structure, period, parameters):
        enough = at_least(structure("centre_jours_en_zip", period), known(parameters(period), "cds.contrats.cst.jours"))
        outside = in_zone(structure, period, "zac", "hors_zone")
        may_sign = open_to_signature(parameters, period, structure.count)
        return state_of(all_of(may_sign, is_mixed(structure, period), outside, enough))


class centre_cst_montant(Amount):
    unit = "euros par an"
    label = "Contrat de solidarité territoriale (CST)"
    spec = LineSpec(
        simulator="cds",
        id="CST3",
        group=GROUP,
        nature="montant",
        words="{cds.contrats.cst.part_des_honoraires} de {honoraires_en_zip}, dans la limite de "
        "{financements.cds.solidarite} pour {etp_solidarite}.",
        counted=True,
        only_if="centre_cst",
        fields=("honoraires_en_zip", "etp_solidarite"),
        parameters=("cds.contrats.cst.part_des_honoraires", CEILING),
        may_read=("cds.contrats.cst.plafond_au_prorata",),
        who=CAISSE,
        shown_with=("honoraires_en_zip", "cst_signe_le"),
    )

    def formula(structure, period, parameters):
        """A share of the fees, at most the ceiling of a full-time equivalent times those who help."""
        rules, etp = parameters(period), structure("centre_etp_solidarite", period)
        if (np.floor(etp) != etp).any():
            known(rules, "cds.contrats.cst.plafond_au_prorata")
        share = known(rules, "cds.contrats.cst.part_des_honoraires") * structure("centre_honoraires_en_zip", period)
        return np.minimum(share, known(rules, CEILING) * etp)


class centre_cst_fin(Deadline):
    label = "Fin du CST, renouvelable"
    spec = LineSpec(
        simulator="cds",
        id="CST4",
        group=GROUP,
        nature="echeance",
        words="Signé le {cst_signe_le}, pour {cds.contrats.cst.duree}.",
        fields=("cst_signe_le",),
        parameters=("cds.contrats.cst.duree",),
        shown_with=("cst_signe_le",),
    )

    def formula(structure, period, parameters):
        return end_of(structure, period, parameters, "cst")


class centre_contrat_en_cours(Condition):
    label = "Un contrat signé avant l'accord de 2025 continue"
    spec = LineSpec(
        simulator="cds",
        id="AUT4",
        group=GROUP,
        nature="condition",
        words="Signatures : CAI {cai_signe_le}, COSCO {cosco_signe_le}, CST {cst_signe_le}. Le "
        "passage d'un contrat en cours à l'aide automatique est à confirmer.",
        todo="Demandez à votre CPAM ce que devient votre contrat, et ne comptez pas deux fois l'aide automatique.",
        fields=("cai_signe_le", "cosco_signe_le", "cst_signe_le"),
        parameters=(OPEN,),
        may_read=(TRANSITION,),
        who=CAISSE,
        shown_with=("cai_signe_le", "cosco_signe_le", "cst_signe_le"),
    )

    def formula(structure, period, parameters):
        """While contracts are signed a running one goes on; after that, no text says what it becomes."""
        found = [running(structure, period, parameters, name) for name in ("cai", "cosco", "cst")]
        held, still_open = np.any(found, axis=0), open_to_signature(parameters, period, structure.count)
        after_accord = held & (still_open == 0)
        if after_accord.any():
            known(parameters(period), TRANSITION)
        return state_of(np.where(after_accord, np.nan, 1.0), applies=held)


class centre_aide_automatique(Condition):
    label = "Le centre a l'aide démographique automatique"
    spec = LineSpec(
        simulator="cds",
        id="AUT1",
        group=GROUP,
        nature="condition",
        words="Centre {type_de_centre}. Elle remplace les contrats dans les centres médicaux, polyvalents et "
        "infirmiers, et se paie sans demande, dans la rémunération forfaitaire ; les zones qui l'ouvrent sont à "
        "confirmer.",
        todo="Un centre dentaire garde ses contrats ; les autres reçoivent l'aide selon la zone.",
        fields=("type_de_centre", "zone"),
        parameters=("cds.contrats.aide_automatique.ouverte", "cds.contrats.aide_automatique.types"),
        who=CAISSE,
        shown_with=("type_de_centre",),
    )

    def formula(structure, period, parameters):
        """The zones that open it are not established: a centre of the right kind may have it, no more."""
        rules = parameters(period).cds.contrats.aide_automatique
        kinds = listed(rules, "types") or []
        right = kind_is(structure("centre_type_de_centre", period), kinds)
        return state_of(np.where(right == 1, np.nan, right), applies=rules.ouverte)


class centre_aide_automatique_montant(Amount):
    unit = "euros par an"
    label = "Aide démographique automatique"
    spec = LineSpec(
        simulator="cds",
        id="AUT3",
        group=GROUP,
        nature="montant",
        words="Montant fixe par équivalent temps plein et par profession : {cds.contrats.aide_automatique.montant}.",
        only_if="centre_aide_automatique",
        todo="Demandez à votre CPAM le montant par profession et la liste des zones.",
        fields=("etp_medecins", "etp_infirmiers"),
        parameters=("cds.contrats.aide_automatique.montant",),
        who=CAISSE,
        shown_with=("type_de_centre",),
    )

    def formula(structure, period, parameters):
        """Zero for a centre that cannot have it; else not known: no amount is established."""
        amount = known(parameters(period), "cds.contrats.aide_automatique.montant")
        state = structure("centre_aide_automatique", period).decode_to_str()
        none = np.isin(state, ("manquante", "sans_objet"))
        return np.where(none, 0.0, amount * structure("centre_etp_medecins", period))
