"""Shared software: its label, what the ACI asks, who may be helped to pay it (esp_ess_aides.md §8)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, none_of, state_of
from maillage.core.rules.cds.formulas import Amount, Deadline, dated, day_of, earlier, kind_is, reaches
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.telesante.formulas import fact, met, truth

GROUP, LABEL, SEGUR = "Logiciel partagé", "systeme_information.label.", "systeme_information.segur."
NEEDED = (LABEL + "limite_aux_centres", LABEL + "exige_par_l_aci")
ARS = "votre ARS"
HOUSES = {"msp": "financements.msp.systeme_information", "cds": "financements.cds.systeme_information"}
LEVELS = {"sans_label": 0.0, "niveau_1": 1.0, "niveau_2": 2.0}


def _labelled(structure, period, parameters, name):
    """Whether the label reaches a level; unknown for a software that only the Ségur lists."""
    kinds = fact(structure, period, "label").decode_to_str()
    level = np.select([kinds == kind for kind in LEVELS], list(LEVELS.values()), default=np.nan)
    listed_only = (level == 0) & (truth(structure, period, "reference_segur") == 1)
    if listed_only.any():
        known(parameters(period), LABEL + "equivalence_segur")
    house = kind_is(fact(structure, period, "structure"), ["msp"])
    unusable = all_of(house, truth(structure, period, "label_centre_seulement"))
    enough = reaches(np.where(listed_only, np.nan, level), known(parameters(period), LABEL + name))
    return all_of(enough, none_of(np.nan_to_num(unusable)))


def _concerned(structure, period):
    """A software without any file of a patient needs no label; nor does a structure without label of its kind."""
    return truth(structure, period, "dossier_partage") != 0


class telesante_label_standard(Condition):
    label = "Le logiciel a le label, niveau standard"
    spec = LineSpec(
        simulator="telesante",
        id="SI-02",
        group=GROUP,
        nature="condition",
        words="Structure : {structure} ; label : {label} ; pour les centres seulement : {label_centre_seulement} ; "
        "référencé Ségur : {reference_segur}. L'ACI demande un logiciel labellisé ; un label obtenu pour les centres "
        "ne vaut pas pour une maison de santé.",
        todo="Choisissez un logiciel labellisé ; s'il n'est que référencé Ségur, demandez à la CPAM si cela suffit.",
        fields=("label", "structure", "label_centre_seulement", "reference_segur"),
        parameters=NEEDED,
        may_read=(LABEL + "equivalence_segur",),
        who="votre CPAM",
        shown_with=("label", "dossier_partage"),
    )

    def formula(structure, period, parameters):
        truth_of_label = _labelled(structure, period, parameters, "niveau_standard")
        return state_of(truth_of_label, applies=_concerned(structure, period))


class telesante_label_avance(Condition):
    label = "Le logiciel a le label, niveau avancé"
    spec = LineSpec(
        simulator="telesante",
        id="SI-02-avance",
        group=GROUP,
        nature="condition",
        words="Label : {label}. Le niveau avancé est facultatif ; l'ACI le paie en plus.",
        todo="Pour le niveau avancé, il faut un logiciel labellisé au niveau 2.",
        fields=("label", "structure", "label_centre_seulement"),
        parameters=NEEDED,
        may_read=(LABEL + "equivalence_segur",),
        who="votre CPAM",
        shown_with=("label", "dossier_partage"),
    )

    def formula(structure, period, parameters):
        return state_of(
            _labelled(structure, period, parameters, "niveau_avance"), applies=_concerned(structure, period)
        )


class telesante_aide_logiciel_possible(Condition):
    label = "La structure peut être aidée à payer son logiciel"
    spec = LineSpec(
        simulator="telesante",
        id="SI-07",
        group=GROUP,
        nature="condition",
        words="Structure : {structure} ; label : {label} ; candidate à l'ACI : {veut_l_aci}. "
        "L'aide paie les licences, la reprise des dossiers et la formation. Les maisons de santé qui veulent l'ACI "
        "passent d'abord ; pour les centres, les ZIP, les quartiers prioritaires et les îles.",
        todo="Répondez à l'appel à projets de votre ARS avec un logiciel labellisé.",
        fields=("structure", "label", "veut_l_aci"),
        parameters=("systeme_information.aides.logiciel_labellise",),
        who=ARS,
        shown_with=("label",),
    )

    def formula(structure, period):
        """Which structure comes first is the choice of the ARS: it excludes nobody."""
        labelled = met(structure, period, "label_standard")
        return state_of(all_of(kind_is(fact(structure, period, "structure"), list(HOUSES)), labelled))


class telesante_aide_logiciel(Amount):
    label = "Aide régionale au système d'information"
    spec = LineSpec(
        simulator="telesante",
        id="SI-07-montant",
        group=GROUP,
        nature="montant",
        words="L'aide se décide par appel à projets régional ; son montant n'est pas publié.",
        only_if="telesante_aide_logiciel_possible",
        todo="Demandez à votre ARS la date et le montant du prochain appel à projets.",
        fields=("structure", "label"),
        may_read=tuple(HOUSES.values()),
        who=ARS,
        shown_with=("label",),
        shown_for=("structure", *HOUSES),
    )

    def formula(structure, period, parameters):
        kinds = fact(structure, period, "structure").decode_to_str()
        found = np.full(structure.count, np.nan)
        for kind in sorted(set(kinds) & set(HOUSES)):
            found[kinds == kind] = known(parameters(period), HOUSES[kind])
        return found


class telesante_segur_fin(Deadline):
    label = "Fin des candidatures à la vague 1 du Ségur"

    def formula(structure, period, parameters):
        return dated(parameters(period), SEGUR + "fin_de_la_vague_1", structure.count)


class telesante_segur_ouvert(Condition):
    label = "La vague 1 du Ségur est ouverte aux candidatures"
    spec = LineSpec(
        simulator="telesante",
        id="SI-11",
        group=GROUP,
        nature="condition",
        words="Candidatures jusqu'au {segur_fin}. Les dates, les montants et le profil des maisons et centres de santé "
        "dans la vague 2 sont à confirmer.",
        todo="Demandez à votre éditeur et à l'ANS ce que prévoit la vague 2.",
        fields=("reference_segur",),
        parameters=(SEGUR + "fin_de_la_vague_1", SEGUR + "vague_2"),
        who="l'Agence du numérique en santé",
        shown_with=("reference_segur",),
    )

    def formula(structure, period):
        return state_of(earlier(day_of(period, structure.count), structure("telesante_segur_fin", period)))
