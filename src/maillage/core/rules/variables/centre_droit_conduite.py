"""CDS: who may run a centre, and what the law asks of it every day (cds.md §5, L1 to L7)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, none_of, state_of, truth_of
from maillage.core.rules.cds.formulas import kind_is, listed
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, DUTIES = "Gestionnaire", "Obligations"
ARS, TO_CHECK = "votre ARS", "cds.gestionnaire.a_verifier"


class centre_gestionnaire_autorise(Condition):
    label = "Un gestionnaire autorisé par la loi"
    spec = LineSpec(
        simulator="cds",
        id="L2",
        group=GROUP,
        nature="condition",
        words="Gestionnaire : {gestionnaire} ; gère un établissement de santé : {gestionnaire_d_etablissement} ; "
        "associés de SCIC tous autorisés : {scic_associes_autorises}. La liste de la loi est fermée.",
        todo="Organismes à but non lucratif, communes, départements et leurs groupements, établissements de santé, "
        "ou SCIC formée d'eux seuls. Depuis le 23 février 2022, la région n'est plus nommée : faites vérifier.",
        fields=("gestionnaire", "gestionnaire_d_etablissement", "scic_associes_autorises"),
        parameters=("cds.gestionnaire.autorises", "cds.gestionnaire.region_nommee"),
        may_read=(TO_CHECK,),
        who=ARS,
        shown_with=("gestionnaire",),
    )

    def formula(structure, period, parameters):
        """Unknown where the statutes decide, and for a région since the law no longer names it."""
        rules, manager = parameters(period), structure("centre_gestionnaire", period)
        truth = kind_is(manager, listed(rules, "cds.gestionnaire.autorises") or [])
        partners = truth_of(structure("centre_scic_associes_autorises", period))
        truth = np.where(kind_is(manager, ("scic",)) == 1, partners, truth)
        named = 1.0 if known(rules, "cds.gestionnaire.region_nommee") == 1 else np.nan
        truth = np.where(kind_is(manager, ("region",)) == 1, named, truth)
        if (truth == 0).any():
            truth = np.where(kind_is(manager, listed(rules, TO_CHECK) or []) == 1, np.nan, truth)
        runs_hospital = truth_of(structure("centre_gestionnaire_d_etablissement", period)) == 1
        return state_of(np.where(runs_hospital, 1.0, truth))


class centre_sans_interet(Condition):
    label = "Aucun dirigeant intéressé dans une société payée par le gestionnaire"
    spec = LineSpec(
        simulator="cds",
        id="L3",
        group=GROUP,
        nature="condition",
        words="Dirigeant intéressé : {dirigeant_interesse}.",
        todo="Le dirigeant intéressé doit quitter sa fonction ou cet intérêt.",
        fields=("dirigeant_interesse",),
        parameters=("cds.obligations.interets_des_dirigeants",),
        who=ARS,
        shown_with=("dirigeant_interesse",),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "cds.obligations.interets_des_dirigeants") == 1
        return state_of(none_of(truth_of(structure("centre_dirigeant_interesse", period))), applies=asked)


class centre_benefices(Condition):
    label = "Bénéfices en réserve ou réinvestis"
    spec = LineSpec(
        simulator="cds",
        id="L4",
        group=DUTIES,
        nature="condition",
        words="Bénéfices réinvestis : {benefices_reinvestis}. Ils ne se distribuent pas.",
        todo="Mettez les bénéfices en réserve, ou réinvestissez-les dans un centre à but non lucratif.",
        fields=("benefices_reinvestis",),
        parameters=("cds.obligations.benefices",),
        shown_with=("benefices_reinvestis",),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "cds.obligations.benefices") == 1
        return state_of(truth_of(structure("centre_benefices_reinvestis", period)), applies=asked)


class centre_salariat(Condition):
    label = "Des professionnels salariés"
    spec = LineSpec(
        simulator="cds",
        id="L6",
        group=DUTIES,
        nature="condition",
        words="Professionnels salariés ou bénévoles : {professionnels_salaries}.",
        todo="Un centre emploie ses professionnels : pour exercer en libéral, regardez l'ESP ou la MSP.",
        fields=("professionnels_salaries",),
        parameters=("cds.exercice.salariat",),
        shown_with=("professionnels_salaries",),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "cds.exercice.salariat") == 1
        return state_of(truth_of(structure("centre_professionnels_salaries", period)), applies=asked)


class centre_tiers_payant_obligatoire(Condition):
    label = "Tiers payant, sans dépassement"
    spec = LineSpec(
        simulator="cds",
        id="L7",
        group=DUTIES,
        nature="condition",
        words="Tiers payant : {tiers_payant} ; aucun dépassement : {sans_depassement}.",
        todo="Pratiquez le tiers payant, sans dépassement ni paiement intégral avant les soins.",
        fields=("tiers_payant", "sans_depassement"),
        parameters=("cds.obligations.tiers_payant",),
        shown_with=("tiers_payant", "sans_depassement"),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "cds.obligations.tiers_payant") == 1
        practised = truth_of(structure("centre_tiers_payant", period))
        return state_of(all_of(practised, truth_of(structure("centre_sans_depassement", period))), applies=asked)
