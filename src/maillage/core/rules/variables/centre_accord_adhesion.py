"""CDS: adhesion to the accord national, tacit then asked for, never with the ACI (cds.md §2.2)."""

import numpy as np

from maillage.core.rules.base import Condition, Reponse, all_of, any_of, none_of, state_of, truth_of
from maillage.core.rules.cds.formulas import Deadline, after, at_days, dated, day_of, earlier, kind_is
from maillage.core.rules.simulation.inputs import NOT_GIVEN, given
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, TACIT, DELAY = "Adhésion à l'accord national", "cds.adhesion.tacite", "cds.adhesion.delai"
DATES = ("finess_le", "adhesion_demandee_le", "adhesion_demandee", "refus_par_lettre")
CPAM = "votre CPAM"


class centre_adhesion_tacite(Condition):
    label = "L'adhésion a été tacite"
    spec = LineSpec(
        simulator="cds",
        id="ADH1",
        group=GROUP,
        nature="condition",
        words="Numéro FINESS délivré le {finess_le} ; refus par lettre : {refus_par_lettre}. Jusqu'au 20 juin 2022, un "
        "centre adhérait du seul fait de son numéro, sauf refus par lettre recommandée.",
        todo="Demandez à votre CPAM à adhérer à l'accord national.",
        fields=("finess_le", "refus_par_lettre"),
        parameters=(TACIT,),
        who=CPAM,
        shown_with=("finess_le",),
    )

    def formula(structure, period, parameters):
        """Read on the day of the number; a centre older than the accord was under it from its first day."""
        numbered = structure("centre_finess_le", period)
        rule = at_days(lambda day: known(parameters(day), TACIT), numbered)
        rule = np.where(given(numbered) & np.isnan(rule), 1.0, rule)
        tacit = all_of(rule, none_of(truth_of(structure("centre_refus_par_lettre", period))))
        return state_of(tacit, applies=tacit != 0)


class centre_adhesion_le(Deadline):
    label = "Adhésion à l'accord national"
    spec = LineSpec(
        simulator="cds",
        id="ADH2",
        group=GROUP,
        nature="echeance",
        words="Tacite : le jour du numéro FINESS ({finess_le}). Sur demande ({adhesion_demandee_le}) : au plus tard "
        "{cds.adhesion.delai} après.",
        todo="Demandez à votre CPAM à adhérer à l'accord national.",
        fields=("finess_le", "adhesion_demandee_le"),
        may_read=(DELAY, "cds.adhesion.premier_jour"),
        who=CPAM,
        shown_with=DATES,
    )

    def formula(structure, period, parameters):
        """The day of the number, not before the accord; else the request and its delay."""
        numbered, asked = structure("centre_finess_le", period), structure("centre_adhesion_demandee_le", period)
        first = np.maximum(numbered, dated(parameters(period), "cds.adhesion.premier_jour", len(numbered)))
        tacit = structure("centre_adhesion_tacite", period).decode_to_str()
        later = after(asked, extra=at_days(lambda day: known(parameters(day), DELAY), asked))
        return np.where(tacit == "remplie", first, np.where(tacit == "sans_objet", later, np.datetime64(NOT_GIVEN)))


class centre_adherent(Condition):
    label = "Le centre adhère à l'accord national"
    spec = LineSpec(
        simulator="cds",
        id="ADH4",
        group=GROUP,
        nature="condition",
        words="Adhésion déclarée : {adhere_accord} ; condition de l'adhésion tacite : {adhesion_tacite} ; demande : "
        "{adhesion_demandee} (jour : {adhesion_demandee_le}).",
        todo="Sans adhésion : ni rémunération forfaitaire, ni subvention Teulade, et des soins remboursés au tarif "
        "d'autorité. Demandez l'adhésion à votre CPAM.",
        fields=("adhere_accord", *DATES),
        parameters=(TACIT,),
        who=CPAM,
        shown_with=("adhere_accord", *DATES),
    )

    def formula(structure, period):
        """What was declared; else tacit, or asked for and the delay over. Inside the delay it is not known."""
        declared = truth_of(structure("centre_adhere_accord", period))
        tacit = structure("centre_adhesion_tacite", period).decode_to_str()
        tacit = np.select([tacit == "remplie", tacit == "sans_objet"], [1.0, 0.0], np.nan)
        since, today = structure("centre_adhesion_le", period), day_of(period, len(tacit))
        asked = truth_of(structure("centre_adhesion_demandee", period))
        on_time = np.where(earlier(since, today) == 1, 1.0, np.nan)
        explicit = np.where(asked == 0, 0.0, np.where(given(since), on_time, np.nan))
        return state_of(np.where(np.isnan(declared), any_of(tacit, explicit), declared))


class centre_mode_unique(Condition):
    label = "L'accord national ou l'ACI, pas les deux"
    spec = LineSpec(
        simulator="cds",
        id="ADH5",
        group=GROUP,
        nature="condition",
        words="Adhère à l'ACI : {adhere_aci}. Un centre relève de l'accord national ou de l'ACI des maisons de santé, "
        "jamais des deux.",
        todo="Choisissez : un centre qui adhère à l'ACI n'a pas la rémunération de l'accord national.",
        fields=("adhere_aci",),
        parameters=("cds.adhesion.exclusive",),
        who=CPAM,
        shown_with=("adhere_aci",),
    )

    def formula(structure, period, parameters):
        return state_of(
            none_of(truth_of(structure("centre_adhere_aci", period))),
            applies=known(parameters(period), "cds.adhesion.exclusive") == 1,
        )


class centre_regulation(Condition):
    label = "Le conventionnement du nouveau centre n'est pas régulé"
    spec = LineSpec(
        simulator="cds",
        id="ADH3",
        group=GROUP,
        nature="condition",
        words="Centre {type_de_centre}, zone des chirurgiens-dentistes {zone_dentiste}. Le conventionnement d'un "
        "nouveau centre infirmier est régulé ; celui d'un centre dentaire hors zone prioritaire suit un départ pour "
        "une arrivée.",
        todo="Demandez à votre CPAM si une place est ouverte au conventionnement dans la commune.",
        fields=("type_de_centre", "zone_dentiste"),
        may_read=("cds.adhesion.regulation_infirmiers", "cds.adhesion.regulation_dentistes"),
        who=CPAM,
        shown_with=("adhesion_demandee", "adhesion_demandee_le"),
    )

    def formula(structure, period, parameters):
        """Not known where the rule applies (places are by commune), without object elsewhere."""
        kind, rules = structure("centre_type_de_centre", period), parameters(period)
        nurses = all_of(
            kind_is(kind, ("infirmier",)), np.full(len(kind), known(rules, "cds.adhesion.regulation_infirmiers"))
        )
        dental = all_of(
            kind_is(kind, ("dentaire",)),
            kind_is(structure("centre_zone_dentiste", period), ("autre",)),
            np.full(len(kind), known(rules, "cds.adhesion.regulation_dentistes")),
        )
        asked = structure("centre_adhesion_demandee", period) != Reponse.non
        return state_of(np.full(len(kind), np.nan), applies=asked & (any_of(nurses, dental) != 0))
