"""ACI CPTS: what the law asks of the community before its contract (aci_cpts.md §5, CPTS-LAW)."""

import datetime

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.base import Condition, Variable, any_of, state_of, truth_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import months_after
from maillage.core.rules.simulation.inputs import NOT_GIVEN, given
from maillage.core.rules.simulation.reading import by_day
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "La communauté"
REQUIRED = "cpts.forme_juridique.association_exigee"
LAST_DAY = "cpts.forme_juridique.echeance_des_cpts_existantes"
GROUNDS = "cpts.documents.motifs_d_opposition"
DELAY = "cpts.documents.delai_d_opposition"


def today(period):
    """The day of the situation."""
    return np.datetime64(period.start.date)


def truth_of_state(state):
    """Truth of an array of ``Etat``: what is without object does not hold."""
    names = state.decode_to_str()
    return np.select([names == "remplie", names == "inconnue"], [1.0, np.nan], default=0.0)


def has_form(structure, period, name):
    """Whether the legal form is this one: 1, 0, not-a-number when it is not given; shape (n,)."""
    form = structure("aci_cpts_forme_juridique", period).decode_to_str()
    return np.select([form == "non_precise", form == name], [np.nan, 1.0], default=0.0)


def opposed(structure, period, grounds):
    """Whether the ARS opposes the project on a ground of the law, and whether it does on another; (n,) each."""
    answers = structure("aci_cpts_opposition_de_l_ars", period)
    names, words = answers.decode_to_str(), np.array([answer.value for answer in answers.decode()])
    legal = np.select([names == "non_precise", np.isin(words, grounds)], [np.nan, 1.0], default=0.0)
    return legal, names == "autre_motif"


class aci_cpts_forme_echeance(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Dernier jour des CPTS existantes pour devenir une association"

    def formula(structure, period, parameters):
        texts = parameters(period).cpts.forme_juridique
        last = texts.echeance_des_cpts_existantes if texts.association_exigee else NOT_GIVEN
        return np.full(structure.count, np.datetime64(last))


class aci_cpts_forme(Condition):
    label = "La CPTS est une association"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-05",
        group=GROUP,
        nature="condition",
        words="Forme : {forme_juridique}. La CPTS elle-même doit être une association (loi de 1901, ou code civil "
        "local dans le Bas-Rhin, le Haut-Rhin et la Moselle) : {cpts.forme_juridique.association_exigee}. Dernier "
        "jour pour celles d'avant cette règle : {forme_echeance} ; naissance de la vôtre : {creation}.",
        todo="Constituez une association : loi de 1901, ou droit local dans le Bas-Rhin, le Haut-Rhin et la Moselle.",
        fields=("forme_juridique", "creation", "departement"),
        parameters=(REQUIRED,),
        may_read=(LAST_DAY,),
    )

    def formula(structure, period, parameters):
        """Before the ordonnance of May 2021 any form was enough; a CPTS born then had a year to change."""
        none, association = has_form(structure, period, "aucune"), has_form(structure, period, "association")
        if not parameters(period).cpts.forme_juridique.association_exigee:
            return state_of(1.0 - none)
        in_time = today(period) <= structure("aci_cpts_forme_echeance", period)
        older = 1.0 - by_day(parameters, REQUIRED, structure("aci_cpts_creation", period))
        return state_of(any_of(association, np.where(in_time & (none != 1), older, 0.0)))


class aci_cpts_adhesion_d_office(Variable):
    value_type = bool
    entity = Structure
    definition_period = DAY
    label = "Les professionnels du territoire sont membres d'office"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-13",
        group=GROUP,
        nature="repere",
        words="L'adhésion d'un professionnel à la CPTS est volontaire : membre d'office, "
        "{cpts.composition.adhesion_automatique}.",
    )

    def formula(structure, period, parameters):
        return structure.filled_array(bool(parameters(period).cpts.composition.adhesion_automatique))


class aci_cpts_validation_tacite(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Projet de santé : dernier jour de l'ARS pour s'opposer"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-03",
        group=GROUP,
        nature="echeance",
        words="Projet complet reçu le {reception_du_projet} + {cpts.documents.delai_d_opposition}, de date à date. "
        "L'ARS peut s'opposer jusqu'à ce jour ; ensuite, son silence vaut validation.",
        todo="Donnez le jour où l'ARS a reçu le projet complet, avec son accusé de réception.",
        fields=("reception_du_projet",),
        parameters=(DELAY,),
        who="votre ARS",
        shown_with=("reception_du_projet",),
    )

    def formula(structure, period, parameters):
        received = structure("aci_cpts_reception_du_projet", period)
        delay = by_day(parameters, DELAY, received)
        counted = np.where(np.isnan(delay), 0, delay).astype(int)
        return np.where(np.isnan(delay), np.datetime64(NOT_GIVEN), months_after(received, counted))


class aci_cpts_opposition_legale(Condition):
    label = "L'opposition de l'ARS repose sur un motif que la loi prévoit"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-03-MOTIF",
        group=GROUP,
        nature="condition",
        words="Motif donné : {opposition_de_l_ars}. Seuls motifs de la loi : {cpts.documents.motifs_d_opposition}.",
        todo="Demandez à l'ARS d'écrire son motif : la loi n'en connaît que deux.",
        fields=("opposition_de_l_ars",),
        parameters=(GROUNDS,),
        who="votre ARS",
        shown_with=("opposition_de_l_ars",),
    )

    def formula(structure, period, parameters):
        legal, other = opposed(structure, period, parameters(period).cpts.documents.motifs_d_opposition)
        return state_of(legal, applies=(legal != 0) | other)


class aci_cpts_projet(Condition):
    label = "Le projet de santé est validé"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-CTR-03",
        group=GROUP,
        nature="condition",
        words="Validation écrite : {projet_valide} ; opposition de l'ARS : {opposition_de_l_ars} ; silence jusqu'au : "
        "{validation_tacite}.",
        todo="Envoyez à l'ARS le projet de santé complet et gardez son accusé de réception : le contrat vient après.",
        fields=("projet_valide", "reception_du_projet", "opposition_de_l_ars"),
        parameters=("cpts.documents.validation",),
        who="votre ARS",
    )

    def formula(structure, period, parameters):
        """Validated in writing, or by silence once the delay is over and the ARS has opposed no ground of the law."""
        legal, other = opposed(structure, period, parameters(period).cpts.documents.motifs_d_opposition)
        end = structure("aci_cpts_validation_tacite", period)
        silent = np.where(other, np.nan, 1.0 - legal)
        waited = np.where(given(end), np.where(today(period) > end, silent, 0.0), np.nan)
        tacit = np.where(legal == 1, 0.0, waited)
        written = truth_of(structure("aci_cpts_projet_valide", period))
        return state_of(np.where(written == 1, 1.0, tacit))


class aci_cpts_signature_de_l_ars(Variable):
    value_type = bool
    entity = Structure
    definition_period = DAY
    label = "L'ARS signe le contrat"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-CTR-01",
        group=GROUP,
        nature="repere",
        words="Signataires du contrat : {aci_cpts.contrat.parties}.",
        who="votre CPAM",
    )

    def formula(structure, period, parameters):
        return structure.filled_array("ARS" in parameters(period).aci_cpts.contrat.parties)
