"""CDS: récépissé or agrément, their delays, the antenna (cds.md §5, L10 to L18)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, state_of, truth_of
from maillage.core.rules.cds.formulas import Deadline, after, at_days, below, dated, earlier, listed
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, ANTENNA = "Récépissé et agrément", "Antenne"
ACTIVITIES = ("activite_dentaire", "activite_ophtalmologie", "activite_orthoptie")
KINDS = {"activite_dentaire": "chirurgien_dentiste", "activite_ophtalmologie": "ophtalmologie",
         "activite_orthoptie": "orthoptiste"}  # fmt: skip
DELAY, STOP = "cds.documents.delai_du_recepisse", "cds.documents.suspension_du_delai"
PROFESSIONS, SPECIALTIES = "cds.agrement.professions", "cds.agrement.specialites"
ARS = "votre ARS"


def subject_to_agreement(structure, period, rules):
    """Whether one of the activities is subject to an agrément under ``rules`` (parameters of a day)."""
    names = set((listed(rules, PROFESSIONS) or []) + (listed(rules, SPECIALTIES) or []))
    asked = [truth_of(structure("centre_" + field, period)) for field, kind in KINDS.items() if kind in names]
    return any_of(*asked) if asked else np.zeros(structure.count)


class centre_agrement_du(Condition):
    label = "Une activité est soumise à l'agrément"
    spec = LineSpec(
        simulator="cds",
        id="L13",
        group=GROUP,
        nature="condition",
        words="Dentaire : {activite_dentaire} ; ophtalmologique : {activite_ophtalmologie} ; orthoptique : "
        "{activite_orthoptie}. Depuis la loi du 19 mai 2023, ces activités, et elles seules, demandent un agrément.",
        fields=ACTIVITIES,
        parameters=(PROFESSIONS, SPECIALTIES),
        who=ARS,
        shown_with=(*ACTIVITIES, "autre_activite"),
    )

    def formula(structure, period, parameters):
        due = subject_to_agreement(structure, period, parameters(period))
        return state_of(due, applies=due != 0)


class centre_recepisse_du(Condition):
    label = "Une activité est soumise au récépissé"
    spec = LineSpec(
        simulator="cds",
        id="L10",
        group=GROUP,
        nature="condition",
        words="Autre activité : {autre_activite}. Le projet de santé et l'engagement de "
        "conformité vont à l'ARS ; le récépissé autorise à dispenser les soins qui ne demandent pas d'agrément.",
        fields=("autre_activite", *ACTIVITIES),
        parameters=("cds.documents.recepisse", PROFESSIONS),
        who=ARS,
        shown_with=(*ACTIVITIES, "autre_activite"),
    )

    def formula(structure, period, parameters):
        """Any activity outside those subject to an agrément on the day."""
        names = set((listed(parameters(period), PROFESSIONS) or []) + (listed(parameters(period), SPECIALTIES) or []))
        outside = [truth_of(structure("centre_" + field, period)) for field, kind in KINDS.items() if kind not in names]
        due = any_of(truth_of(structure("centre_autre_activite", period)), *outside)
        return state_of(due, applies=due != 0)


class centre_dossier_complet(Condition):
    label = "Le dossier est complet"
    spec = LineSpec(
        simulator="cds",
        id="L8",
        group=GROUP,
        nature="condition",
        words="Projet de santé : {projet_de_sante} ; règlement de fonctionnement annexé : {reglement_annexe} ; "
        "engagement de conformité : {engagement_de_conformite}.",
        todo="Le projet dit les besoins, les coordonnées, le personnel, les missions, les jours et heures "
        "d'ouverture et la coordination ; le règlement de fonctionnement lui est annexé. Ce n'est pas un projet "
        "d'établissement.",
        fields=("projet_de_sante", "reglement_annexe", "engagement_de_conformite"),
        parameters=("cds.documents.projet_de_sante", "cds.documents.reglement_de_fonctionnement"),
        who=ARS,
        shown_with=("projet_de_sante", "reglement_annexe", "engagement_de_conformite"),
    )

    def formula(structure, period, parameters):
        """The project, its annex, the commitment."""
        asked = known(parameters(period), "cds.documents.projet_de_sante") == 1
        names = ("projet_de_sante", "reglement_annexe", "engagement_de_conformite")
        return state_of(all_of(*(truth_of(structure("centre_" + name, period)) for name in names)), applies=asked)


class centre_recepisse(Condition):
    label = "Le récépissé est obtenu"
    spec = LineSpec(
        simulator="cds",
        id="L10-obtenu",
        group=GROUP,
        nature="condition",
        words="Récépissé obtenu : {recepisse_obtenu}.",
        todo="Envoyez à l'ARS le projet de santé, avec le règlement de fonctionnement en annexe, et l'engagement de "
        "conformité.",
        fields=("recepisse_obtenu",),
        parameters=("cds.documents.recepisse",),
        who=ARS,
        shown_with=("recepisse_obtenu",),
    )

    def formula(structure, period):
        due = structure("centre_recepisse_du", period).decode_to_str()
        return state_of(truth_of(structure("centre_recepisse_obtenu", period)), applies=due != "sans_objet")


class centre_agrement(Condition):
    label = "L'agrément est obtenu"
    spec = LineSpec(
        simulator="cds",
        id="L13-obtenu",
        group=GROUP,
        nature="condition",
        words="Agrément obtenu : {agrement_obtenu}.",
        todo="Demandez l'agrément sur démarches-simplifiées.",
        fields=("agrement_obtenu",),
        parameters=(PROFESSIONS, SPECIALTIES),
        who=ARS,
        shown_with=("agrement_obtenu",),
    )

    def formula(structure, period):
        due = structure("centre_agrement_du", period).decode_to_str()
        return state_of(truth_of(structure("centre_agrement_obtenu", period)), applies=due != "sans_objet")


class centre_dossier_d_agrement(Condition):
    label = "Le dossier d'agrément joint intérêts et contrats"
    spec = LineSpec(
        simulator="cds",
        id="L14",
        group=GROUP,
        nature="condition",
        words="Déclarations d'intérêts : {declarations_d_interets} ; contrats avec des sociétés tierces : "
        "{contrats_tiers}.",
        todo="Joignez au projet de santé les déclarations d'intérêts des dirigeants et les contrats avec des tiers.",
        fields=("declarations_d_interets", "contrats_tiers"),
        parameters=("cds.agrement.dossier",),
        who=ARS,
        shown_with=("declarations_d_interets", "contrats_tiers"),
    )

    def formula(structure, period):
        due = structure("centre_agrement_du", period).decode_to_str()
        interests = truth_of(structure("centre_declarations_d_interets", period))
        complete = all_of(interests, truth_of(structure("centre_contrats_tiers", period)))
        return state_of(complete, applies=due != "sans_objet")


class centre_recepisse_avant(Deadline):
    label = "Récépissé attendu au plus tard"
    spec = LineSpec(
        simulator="cds",
        id="L11",
        group=GROUP,
        nature="echeance",
        words="Dossier reçu le {dossier_recu_le} : {cds.documents.delai_du_recepisse}. Pièce demandée : "
        "{piece_demandee_le} ; reçue : {piece_fournie_le} ; le délai s'arrête entre les deux.",
        todo="Tant que la pièce demandée manque, le délai est arrêté : fournissez-la.",
        fields=("dossier_recu_le", "piece_demandee_le", "piece_fournie_le"),
        parameters=(DELAY,),
        may_read=(STOP,),
        who=ARS,
        shown_with=("dossier_recu_le",),
    )

    def formula(structure, period, parameters):
        """Receipt and its delay, longer by the days of a suspension; none while an item is still missing."""
        received, asked, given_on = (
            structure("centre_" + name, period) for name in ("dossier_recu_le", "piece_demandee_le", "piece_fournie_le")
        )
        if given(asked).any():
            known(parameters(period), STOP)
        stopped = np.maximum((given_on - asked) / np.timedelta64(1, "D"), 0)
        extra = np.where(given(asked), np.where(given(given_on), stopped, np.nan), 0)
        return after(received, months=at_days(lambda day: known(parameters(day), DELAY), received), extra=extra)


class centre_agrement_provisoire_avant(Deadline):
    label = "Agrément provisoire au plus tard"
    spec = LineSpec(
        simulator="cds",
        id="L15",
        group=GROUP,
        nature="echeance",
        words="{cds.agrement.delai_provisoire} après un dossier complet. Reçu : {dossier_recu_le} ; pièce manquante "
        "fournie : {piece_fournie_le}.",
        only_if="centre_agrement_du",
        fields=("dossier_recu_le", "piece_fournie_le"),
        parameters=("cds.agrement.delai_provisoire",),
        who=ARS,
        shown_with=ACTIVITIES,
    )

    def formula(structure, period, parameters):
        """From the day when nothing is missing any more."""
        received, asked, given_on = (
            structure("centre_" + name, period) for name in ("dossier_recu_le", "piece_demandee_le", "piece_fournie_le")
        )
        complete = np.where(given(asked), given_on, received)
        return after(complete, months=known(parameters(period), "cds.agrement.delai_provisoire"))


class centre_agrement_definitif(Deadline):
    label = "Agrément définitif"
    spec = LineSpec(
        simulator="cds",
        id="L15-definitif",
        group=GROUP,
        nature="echeance",
        words="{cds.agrement.delai_definitif} après l'ouverture ({ouverture_le}) ; une visite peut avoir lieu.",
        only_if="centre_agrement_du",
        fields=("ouverture_le",),
        parameters=("cds.agrement.delai_definitif",),
        who=ARS,
        shown_with=ACTIVITIES,
    )

    def formula(structure, period, parameters):
        years = known(parameters(period), "cds.agrement.delai_definitif")
        return after(structure("centre_ouverture_le", period), years=years)


class centre_ouvert_avant_l_agrement(Condition):
    label = "Le centre était ouvert avant que l'agrément ne soit demandé"

    def formula(structure, period, parameters):
        """Open while its activity needed no agrément, subject to it on the day."""
        opened = structure("centre_ouverture_le", period)
        # The same activities under the text of the day of opening: nothing was listed then.
        listed_then = at_days(lambda day: float(bool(listed(parameters(day), PROFESSIONS))), opened)
        now = structure("centre_agrement_du", period).decode_to_str()
        due = np.select([now == "remplie", now == "sans_objet"], [1.0, 0.0], np.nan)
        return state_of(all_of(due, 1.0 - listed_then))


class centre_agrement_des_centres_existants(Deadline):
    label = "Demande d'agrément d'un centre déjà ouvert"
    spec = LineSpec(
        simulator="cds",
        id="L16",
        group=GROUP,
        nature="echeance",
        words="Ouverture : {ouverture_le}. Pour un centre ouvert avant la loi du 19 mai 2023.",
        only_if="centre_ouvert_avant_l_agrement",
        fields=("ouverture_le", *ACTIVITIES),
        parameters=("cds.agrement.echeance_des_centres_existants",),
        who=ARS,
        shown_with=ACTIVITIES,
    )

    def formula(structure, period, parameters):
        return dated(parameters(period), "cds.agrement.echeance_des_centres_existants", structure.count)


class centre_antenne(Condition):
    label = "Le site peut être une antenne du centre"
    spec = LineSpec(
        simulator="cds",
        id="L18",
        group=ANTENNA,
        nature="condition",
        words="{antenne_heures} d'ouverture, pour {cds.antenne.heures} au plus ; {antenne_minutes} de trajet, pour "
        "{cds.antenne.minutes} au plus ; gérée par le centre, avec son système d'information : "
        "{antenne_sans_autonomie}.",
        todo="Au-delà de ces limites, le site est un centre à part entière : projet de santé, récépissé, FINESS. Une "
        "antenne suit toutes les règles d'un centre.",
        fields=("antenne_heures", "antenne_minutes", "antenne_sans_autonomie"),
        parameters=("cds.antenne.heures", "cds.antenne.minutes", "cds.antenne.sans_autonomie"),
        who=ARS,
        shown_with=("antenne_heures", "antenne_minutes", "antenne_sans_autonomie"),
    )

    def formula(structure, period, parameters):
        rules = parameters(period)
        open_hours = below(structure("centre_antenne_heures", period), known(rules, "cds.antenne.heures"))
        near = below(structure("centre_antenne_minutes", period), known(rules, "cds.antenne.minutes"))
        return state_of(all_of(open_hours, near, truth_of(structure("centre_antenne_sans_autonomie", period))))


class centre_reouverture(Condition):
    label = "Le gestionnaire peut rouvrir un centre"
    spec = LineSpec(
        simulator="cds",
        id="L22",
        group=GROUP,
        nature="condition",
        words="Fermeture prononcée le {fermeture_prononcee_le} : ni récépissé ni agrément pendant "
        "{cds.sanctions.interdiction} pour le même gestionnaire ; réouverture possible : {reouverture_le}.",
        todo="Attendez la fin de l'interdiction.",
        fields=("fermeture_prononcee_le",),
        parameters=("cds.sanctions.interdiction",),
        who=ARS,
        shown_with=("fermeture_prononcee_le",),
    )

    def formula(structure, period):
        today = np.full(structure.count, np.datetime64(str(period.start)), dtype="datetime64[D]")
        return state_of(earlier(structure("centre_reouverture_le", period), today))


class centre_reouverture_le(Deadline):
    label = "Fin de l'interdiction de rouvrir"
    spec = LineSpec(
        simulator="cds",
        id="L22-fin",
        group=GROUP,
        nature="echeance",
        words="{cds.sanctions.interdiction} après la fermeture du {fermeture_prononcee_le}.",
        fields=("fermeture_prononcee_le",),
        parameters=("cds.sanctions.interdiction",),
        who=ARS,
        shown_with=("fermeture_prononcee_le",),
    )

    def formula(structure, period, parameters):
        closed = structure("centre_fermeture_prononcee_le", period)
        years = at_days(lambda day: known(parameters(day), "cds.sanctions.interdiction"), closed)
        return after(closed, years=years)
