"""What several aids to a professional share: the ten years between two aids of one category (esp_ess_aides.md §3.3)."""

import datetime

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case, yes
from maillage.core.rules.base import Condition, Variable, any_of, at_least, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR, months_after, whole_years
from maillage.core.rules.simulation.inputs import NOT_GIVEN, given
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Règles communes"
PAYER = "votre CPAM"


class aides_delai_de_dix_ans(Condition):
    label = "Aucune aide de même catégorie depuis dix ans"
    spec = LineSpec(
        simulator="aides",
        id="AID-21",
        group=GROUP,
        nature="condition",
        words="Dernière aide à l'installation reçue : {date_derniere_aide} ; délai : {aides.delai_entre_deux_aides}. "
        "Sans date, aucune aide n'a été reçue.",
        todo="Attendez la fin du délai, ou demandez à votre CPAM si l'aide reçue est d'une autre catégorie.",
        fields=("date_derniere_aide",),
        who=PAYER,
    )

    def formula(structure, period, parameters):
        """The years since the last aid reach the delay, or none was received."""
        case = Case(structure, period, parameters)
        last = case.value("date_derniere_aide")
        waited = at_least(whole_years(last, case.today), case.number("delai_entre_deux_aides"))
        return state_of(any_of(yes(~given(last)), waited))


class aides_fin_du_delai(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    label = "Une nouvelle aide de même catégorie peut être demandée"
    spec = LineSpec(
        simulator="aides",
        id="AID-21-fin",
        group=GROUP,
        nature="echeance",
        words="Dernière aide reçue, le {date_derniere_aide}, puis {aides.delai_entre_deux_aides}.",
        shown_with=("date_derniere_aide",),
        who=PAYER,
    )

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        last = case.value("date_derniere_aide")
        months = (MONTHS_IN_A_YEAR * case.number("delai_entre_deux_aides")).astype(int)
        return np.where(given(last), months_after(last, months), np.datetime64(NOT_GIVEN))
