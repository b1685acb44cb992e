"""CDS: the rémunération forfaitaire spécifique, its gate and what is known of it (cds.md §2.3)."""

import numpy as np

from maillage.core.rules.base import Condition, Reponse, all_of, at_least, state_of, truth_of
from maillage.core.rules.cds.formulas import Amount, Measure, kind_is, listed, reaches
from maillage.core.rules.cds.indicators import SOCLES
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, SUPPLEMENTS = "Rémunération forfaitaire spécifique", "Suppléments d'un centre polyvalent"
FIELDS, TABLE = tuple(indicator.field for indicator in SOCLES), "financements.cds.accord_national"
RULES, POINT = "cds.remuneration.", "cds.remuneration.valeur_du_point"
UNKNOWN = tuple(RULES + name for name in ("patientele_de_reference", "precarite", "minoration", "avance"))
CPAM = "votre CPAM"


class centre_socles_manquants(Measure):
    unit = "socles"
    label = "Socles non atteints"
    spec = LineSpec(
        simulator="cds",
        id="RFS-01",
        group=GROUP,
        nature="repere",
        words="Un seul socle non atteint suffit à annuler la rémunération de l'année.",
        fields=FIELDS,
        parameters=("cds.remuneration.socles",),
        who=CPAM,
        shown_with=FIELDS,
    )

    def formula(structure, period, parameters):
        """How many of the prerequisites of the day are declared not reached."""
        names = listed(parameters(period), "cds.remuneration.socles") or []
        missing = [structure("centre_socle_" + name, period) == Reponse.non for name in names]
        return np.sum(missing, axis=0, dtype=np.float64) if missing else np.full(structure.count, np.nan)


class centre_rfs_ouverte(Condition):
    label = "La rémunération forfaitaire est ouverte"
    spec = LineSpec(
        simulator="cds",
        id="RFS",
        group=GROUP,
        nature="condition",
        words="Socles non atteints : {socles_manquants} ; condition d'adhésion : {adherent} ; adhère à l'ACI : "
        "{adhere_aci} ; dossier e-CDS validé : {ecds_valide}.",
        todo="Il faut tous les socles, l'adhésion à l'accord national (et non à l'ACI) et un dossier e-CDS validé.",
        fields=(*FIELDS, "ecds_valide", "adhere_accord", "adhere_aci"),
        parameters=("cds.remuneration.socles", "cds.remuneration.ecds"),
        who=CPAM,
        shown_with=FIELDS,
    )

    def formula(structure, period, parameters):
        """Every prerequisite of the day, the adhesion, one accord only, a validated file."""
        names = listed(parameters(period), "cds.remuneration.socles") or []
        socles = [truth_of(structure("centre_socle_" + name, period)) for name in names]
        member = _truth(structure("centre_adherent", period))
        file = truth_of(structure("centre_ecds_valide", period))
        file = file if known(parameters(period), "cds.remuneration.ecds") == 1 else np.ones(structure.count)
        # Nothing said of the ACI: the centre is under the accord that it declares.
        exclusive = np.where(structure("centre_adhere_aci", period) == Reponse.oui, 0.0, 1.0)
        return state_of(all_of(*socles, member, exclusive, file))


class centre_rfs(Amount):
    unit = "euros par an"
    label = "Rémunération forfaitaire spécifique"
    spec = LineSpec(
        simulator="cds",
        id="RFS-06",
        group=GROUP,
        nature="montant",
        words="Blocs, points et axes jusqu'au 14 octobre 2025, montants en euros depuis : "
        "{financements.cds.accord_national}. Précarité, minoration, patientèle de référence et avance ne sont pas "
        "établies.",
        only_if="centre_rfs_ouverte",
        todo="Sans tous les socles, la rémunération de l'année est de 0 €. Demandez à votre CPAM les montants.",
        fields=FIELDS,
        parameters=(TABLE,),
        may_read=UNKNOWN,
        who=CPAM,
        shown_with=FIELDS,
    )

    def formula(structure, period, parameters):
        """Zero when the gate is closed; else the table of the accord, that is not established."""
        closed = structure("centre_rfs_ouverte", period).decode_to_str() == "manquante"
        return np.where(closed, 0.0, known(parameters(period), TABLE))


class centre_stage_supplementaire(Amount):
    unit = "euros par an"
    label = "Points du cinquième stage"
    spec = LineSpec(
        simulator="cds",
        id="IND-11-stage",
        group=GROUP,
        nature="montant",
        words="{stages_accueillis} accueillis ; à partir de {cds.remuneration.stage.rang} : "
        "{cds.remuneration.stage.points} × {cds.remuneration.valeur_du_point}, dans un centre médical ou polyvalent.",
        only_if="centre_rfs_ouverte",
        todo="Vérifiez que la rémunération forfaitaire est ouverte au centre. L'accord compte en points jusqu'au "
        "14 octobre 2025 ; ensuite, demandez à votre CPAM.",
        fields=("stages_accueillis", "type_de_centre"),
        parameters=("cds.remuneration.stage.points", "cds.remuneration.stage.rang", POINT),
        may_read=("cds.remuneration.stage.types",),
        who=CPAM,
        shown_with=("stages_accueillis",),
    )

    def formula(structure, period, parameters):
        """Points of the stage whose rank opens them, once."""
        rules = parameters(period)
        rank = at_least(structure("centre_stages_accueillis", period), known(rules, RULES + "stage.rang"))
        kind = kind_is(structure("centre_type_de_centre", period), listed(rules, RULES + "stage.types") or [])
        return all_of(rank, kind) * known(rules, RULES + "stage.points") * known(rules, POINT)


class centre_points_en_euros(Amount):
    unit = "euros par an"
    label = "Des points en euros"
    spec = LineSpec(
        simulator="cds",
        id="RFS-02",
        group=GROUP,
        nature="montant",
        words="{points_fixes} fixes et {points_variables} variables, pour {patientele} ; adhère à l'ACI : "
        "{adhere_aci}. Les points variables suivent la patientèle, rapportée à celle de référence.",
        todo="La patientèle de référence de l'accord des centres n'est pas établie : seuls les points fixes se "
        "calculent.",
        fields=("points_fixes", "points_variables", "patientele", "adhere_aci"),
        may_read=("aci_msp.valeur_du_point", "aci_msp.patientele.reference", POINT, UNKNOWN[0]),
        who=CPAM,
        shown_with=("points_fixes",),
    )

    def formula(structure, period, parameters):
        """The ACI has a reference patientèle; that of the accord national is not established."""
        rules, in_aci = parameters(period), structure("centre_adhere_aci", period) == Reponse.oui
        return np.where(
            in_aci,
            _points(structure, period, rules, "aci_msp.valeur_du_point", "aci_msp.patientele.reference", in_aci),
            _points(structure, period, rules, POINT, UNKNOWN[0], ~in_aci),
        )


class centre_supplement_infirmier(Condition):
    label = "Le supplément infirmier est ouvert"
    spec = LineSpec(
        simulator="cds",
        id="SUP1",
        group=SUPPLEMENTS,
        nature="condition",
        words="{etp_infirmiers} d'infirmiers pour {etp_generalistes} de généralistes. Ratio minimal : "
        "{cds.remuneration.supplement_infirmier.ratio} ; minimum d'infirmiers : "
        "{cds.remuneration.supplement_infirmier.etp_minimum}.",
        todo="Les deux conditions sont nécessaires, dans un centre polyvalent.",
        fields=("etp_infirmiers", "etp_generalistes", "type_de_centre"),
        parameters=(
            "cds.remuneration.supplement_infirmier.ratio",
            "cds.remuneration.supplement_infirmier.etp_minimum",
        ),
        who=CPAM,
        shown_with=("etp_infirmiers",),
    )

    def formula(structure, period, parameters):
        rules, nurses = parameters(period), structure("centre_etp_infirmiers", period)
        mixed = kind_is(structure("centre_type_de_centre", period), ("polyvalent",))
        ratio = known(rules, RULES + "supplement_infirmier.ratio")
        enough = at_least(nurses, known(rules, RULES + "supplement_infirmier.etp_minimum"))
        share = reaches(nurses, ratio * structure("centre_etp_generalistes", period))
        return state_of(all_of(enough, share), applies=mixed != 0)


class centre_supplement_dentaire(Condition):
    label = "Le supplément dentaire est ouvert"
    spec = LineSpec(
        simulator="cds",
        id="SUP2",
        group=SUPPLEMENTS,
        nature="condition",
        words="{etp_dentistes} de chirurgiens-dentistes. Seuil de forte activité : "
        "{cds.remuneration.supplement_dentaire.seuil}.",
        todo="Demandez le seuil à votre CPAM.",
        fields=("etp_dentistes", "type_de_centre"),
        parameters=("cds.remuneration.supplement_dentaire.seuil",),
        who=CPAM,
        shown_with=("etp_dentistes",),
    )

    def formula(structure, period, parameters):
        mixed = kind_is(structure("centre_type_de_centre", period), ("polyvalent",))
        threshold = known(parameters(period), RULES + "supplement_dentaire.seuil")
        return state_of(at_least(structure("centre_etp_dentistes", period), threshold), applies=mixed == 1)


def _points(structure, period, rules, point, reference, concerned):
    """Euros of fixed and variable points; the reference is read only when variable points are declared."""
    if not concerned.any():
        return np.full(structure.count, np.nan)
    fixed, variable = structure("centre_points_fixes", period), structure("centre_points_variables", period)
    moving = np.nan_to_num(variable) > 0
    patients = structure("centre_patientele", period)
    share = patients / known(rules, reference) if (concerned & moving).any() else np.zeros(structure.count)
    return known(rules, point) * (fixed + np.where(moving, variable * share, 0.0))


def _truth(states):
    names = states.decode_to_str()
    return np.select([names == "remplie", names == "manquante"], [1.0, 0.0], np.nan)
