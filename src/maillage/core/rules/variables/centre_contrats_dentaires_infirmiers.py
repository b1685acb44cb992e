"""CDS: contracts of dental and nursing centres, and the contract of 2015 (cds.md §3.5)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, at_least, none_of, state_of, truth_of
from maillage.core.rules.cds.contracts import is_mixed
from maillage.core.rules.cds.formulas import Amount, Deadline, after, at_days, kind_is
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

DENTAL, NURSES = "Contrats des centres dentaires", "Contrat des centres infirmiers"
INSTALL, MOST, BEYOND = (f"cds.contrats.dentaire.{name}" for name in ("installation", "etp_maximum", "au_dela"))
KEEP, DURATION = "cds.contrats.dentaire.maintien", "cds.contrats.dentaire.duree_installation"
EQUIPMENT, SHARE = "cds.contrats.infirmier.equipement", "cds.contrats.infirmier.part_d_activite"
CAISSE = "votre CPAM et votre ARS"


class centre_dentaire_installation(Condition):
    label = "Le centre peut avoir le contrat d'installation des centres dentaires (CAICDSD)"
    spec = LineSpec(
        simulator="cds",
        id="DEN1",
        group=DENTAL,
        nature="condition",
        words="Centre {type_de_centre}, zone des chirurgiens-dentistes {zone_dentiste} ; contrat de maintien en "
        "cours : {contrat_dentaire_maintien}. Il demande une zone très sous-dotée et ne se cumule pas avec le "
        "contrat de maintien.",
        todo="Le contrat de maintien et le contrat d'installation ne se cumulent pas.",
        fields=("type_de_centre", "zone_dentiste", "contrat_dentaire_maintien"),
        parameters=(INSTALL,),
        excludes=("DEN2",),
        who=CAISSE,
        shown_with=("etp_dentistes", "zone_dentiste", "contrat_dentaire_signe_le"),
    )

    def formula(structure, period, parameters):
        """A polyvalent centre with a strong dental activity may sign it too."""
        right = kind_is(structure("centre_type_de_centre", period), ("dentaire", "polyvalent"))
        zone = kind_is(structure("centre_zone_dentiste", period), ("tres_sous_dotee",))
        free = none_of(truth_of(structure("centre_contrat_dentaire_maintien", period)))
        in_force = not np.isnan(known(parameters(period), INSTALL))
        # Nothing said of a running contract is no running contract: few centres have one.
        return state_of(all_of(right, zone, np.nan_to_num(free, nan=1.0)), applies=in_force)


class centre_dentaire_installation_montant(Amount):
    label = "Contrat d'installation des centres dentaires, pour tout le contrat"
    spec = LineSpec(
        simulator="cds",
        id="DEN1-montant",
        group=DENTAL,
        nature="montant",
        words="{etp_dentistes} de dentistes, comptés jusqu'à {cds.contrats.dentaire.etp_maximum}, × "
        "{cds.contrats.dentaire.installation}.",
        only_if="centre_dentaire_installation",
        fields=("etp_dentistes",),
        parameters=(INSTALL, MOST),
        excludes=("DEN2",),
        who=CAISSE,
        shown_with=("etp_dentistes",),
    )

    def formula(structure, period, parameters):
        rules, etp = parameters(period), structure("centre_etp_dentistes", period)
        return known(rules, INSTALL) * np.minimum(etp, known(rules, MOST))


class centre_dentaire_au_dela(Amount):
    unit = "euros par an"
    label = "Contrat d'installation des centres dentaires, au-delà des premiers équivalents temps plein"
    spec = LineSpec(
        simulator="cds",
        id="DEN1-au-dela",
        group=DENTAL,
        nature="montant",
        words="Au-delà de {cds.contrats.dentaire.etp_maximum} : {cds.contrats.dentaire.au_dela}.",
        counted=True,
        only_if="centre_dentaire_installation",
        fields=("etp_dentistes",),
        parameters=(MOST, BEYOND),
        who=CAISSE,
        shown_with=("etp_dentistes",),
    )

    def formula(structure, period, parameters):
        rules, etp = parameters(period), structure("centre_etp_dentistes", period)
        return known(rules, BEYOND) * np.maximum(etp - known(rules, MOST), 0)


class centre_dentaire_fin(Deadline):
    label = "Fin du contrat d'installation dentaire"
    spec = LineSpec(
        simulator="cds",
        id="DEN1-fin",
        group=DENTAL,
        nature="echeance",
        words="Signé le {contrat_dentaire_signe_le}, pour {cds.contrats.dentaire.duree_installation}.",
        fields=("contrat_dentaire_signe_le",),
        parameters=(DURATION,),
        shown_with=("contrat_dentaire_signe_le",),
    )

    def formula(structure, period, parameters):
        signed = structure("centre_contrat_dentaire_signe_le", period)
        return after(signed, years=at_days(lambda day: known(parameters(day), DURATION), signed))


class centre_dentaire_maintien(Condition):
    label = "Le centre a le contrat de maintien des centres dentaires (CAMCDSD)"
    spec = LineSpec(
        simulator="cds",
        id="DEN2",
        group=DENTAL,
        nature="condition",
        words="Centre {type_de_centre} ; contrat de maintien : {contrat_dentaire_maintien}. Pour un centre déjà là, "
        "{cds.contrats.dentaire.duree_maintien} renouvelables.",
        todo="Choisissez l'installation ou le maintien : les deux ne se cumulent pas.",
        fields=("contrat_dentaire_maintien", "type_de_centre"),
        parameters=(KEEP, "cds.contrats.dentaire.duree_maintien"),
        excludes=("DEN1", "DEN1-montant"),
        who=CAISSE,
        shown_with=("contrat_dentaire_maintien",),
    )

    def formula(structure, period, parameters):
        right = kind_is(structure("centre_type_de_centre", period), ("dentaire", "polyvalent"))
        held = truth_of(structure("centre_contrat_dentaire_maintien", period))
        return state_of(all_of(right, held), applies=not np.isnan(known(parameters(period), KEEP)))


class centre_dentaire_maintien_montant(Amount):
    unit = "euros par an"
    label = "Contrat de maintien des centres dentaires"
    spec = LineSpec(
        simulator="cds",
        id="DEN2-montant",
        group=DENTAL,
        nature="montant",
        words="{etp_dentistes} de dentistes × {cds.contrats.dentaire.maintien}.",
        counted=True,
        only_if="centre_dentaire_maintien",
        fields=("etp_dentistes",),
        parameters=(KEEP,),
        excludes=("DEN1", "DEN1-montant"),
        who=CAISSE,
        shown_with=("contrat_dentaire_maintien",),
    )

    def formula(structure, period, parameters):
        return known(parameters(period), KEEP) * structure("centre_etp_dentistes", period)


class centre_infirmier(Condition):
    label = "Le centre peut avoir le contrat incitatif des centres infirmiers"
    spec = LineSpec(
        simulator="cds",
        id="INF1",
        group=NURSES,
        nature="condition",
        words="Centre {type_de_centre}, zone des infirmiers {zone_infirmier} ; {part_activite_dans_la_zone} de "
        "l'activité auprès d'habitants de la zone, pour {cds.contrats.infirmier.part_d_activite} au moins.",
        todo="Depuis l'accord de 2025, l'aide démographique est automatique pour les centres infirmiers.",
        fields=("type_de_centre", "zone_infirmier", "part_activite_dans_la_zone"),
        parameters=(EQUIPMENT, SHARE),
        who=CAISSE,
        shown_with=("zone_infirmier", "part_activite_dans_la_zone"),
    )

    def formula(structure, period, parameters):
        rules = parameters(period)
        right = kind_is(structure("centre_type_de_centre", period), ("infirmier", "polyvalent"))
        zone = kind_is(structure("centre_zone_infirmier", period), ("tres_sous_dotee",))
        share = at_least(structure("centre_part_activite_dans_la_zone", period), known(rules, SHARE))
        ended = np.isnan(known(rules, EQUIPMENT))
        return state_of(np.where(ended, 0.0, all_of(right, zone, share)))


class centre_infirmier_equipement(Amount):
    unit = "euros par an"
    label = "Équipement d'un centre infirmier, au plus"
    spec = LineSpec(
        simulator="cds",
        id="INF1-montant",
        group=NURSES,
        nature="montant",
        words="Au plus {cds.contrats.infirmier.equipement} × {etp_infirmiers} d'infirmiers, payé à terme échu pendant "
        "{cds.contrats.infirmier.duree}. Une part de la cotisation d'allocations familiales s'y ajoute.",
        only_if="centre_infirmier",
        fields=("etp_infirmiers",),
        parameters=(EQUIPMENT, "cds.contrats.infirmier.duree"),
        who=CAISSE,
        shown_with=("zone_infirmier", "part_activite_dans_la_zone"),
    )

    def formula(structure, period, parameters):
        return known(parameters(period), EQUIPMENT) * structure("centre_etp_infirmiers", period)


class centre_contrat_incitatif(Condition):
    label = "Le centre relève du contrat incitatif de 2015"
    spec = LineSpec(
        simulator="cds",
        id="MED0",
        group="Contrats démographiques",
        nature="condition",
        words="Centre {type_de_centre}. Avant le CAI et le COSCO, un contrat incitatif existait en zone déficitaire "
        "; son montant est à confirmer.",
        todo="Regardez le CAI et le COSCO.",
        fields=("type_de_centre",),
        parameters=("cds.contrats.incitatif_medical",),
        who=CAISSE,
        shown_with=("participe_pdsa",),
    )

    def formula(structure, period, parameters):
        """It ends on the day when CAI and COSCO open."""
        before = known(parameters(period), "cds.contrats.signature_ouverte") == 0
        before = before and known(parameters(period), "cds.contrats.aide_automatique.ouverte") == 0
        mixed = is_mixed(structure, period)
        return state_of(np.where(mixed == 1, np.nan, mixed), applies=before)
