"""CDS: balance of a business plan and published ratios (cds.md §7.2 to §7.4), control totals (§2.7)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, at_least, state_of
from maillage.core.rules.cds.formulas import (
    PERCENT,
    Amount,
    Deadline,
    Measure,
    after,
    at_days,
    below,
    by_choice,
    kind_is,
)
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, CONTROL, RULES = "Repères économiques, budget", "Totaux publiés", "cds.reperes."
KINDS = ("medical", "polyvalent", "dentaire", "infirmier")
LUMP_SUMS = ("rfs_attendue", "forfaits_medecin_traitant")
INCOME = (*LUMP_SUMS, "recettes_pdsa", "aides_et_subventions")
STAFF = ("salaires_charges", "salaires_administratifs")
COSTS = (*STAFF, "loyer", "cout_du_logiciel", "autres_charges", "amortissements")


def added(structure, period, names):
    """Sum of what is given: what is not given counts for nothing, the sentence says so."""
    return sum(np.nan_to_num(structure("centre_" + name, period)) for name in names)


class centre_recettes(Amount):
    unit = "euros par an"
    label = "Recettes attendues"
    spec = LineSpec(
        simulator="cds",
        id="E-recettes",
        group=GROUP,
        nature="montant",
        words="Honoraires {honoraires}, rémunération forfaitaire {rfs_attendue}, forfaits "
        "{forfaits_medecin_traitant}, permanence des soins {recettes_pdsa}, aides {aides_et_subventions}, "
        "subvention Teulade {teulade}. Ce qui n'est pas donné compte pour zéro.",
        fields=("tarif_moyen", *INCOME, "remuneration_soignants"),
        may_read=("cds.reperes.honoraires.part_des_medecins", "cds.reperes.bassin"),
        shown_with=("tarif_moyen",),
    )

    def formula(structure, period):
        """Fees, lump sums, aids, and the Teulade subsidy where it is sure."""
        sure = structure("centre_teulade_ouverte", period).decode_to_str() == "remplie"
        teulade = np.where(sure, np.nan_to_num(structure("centre_teulade", period)), 0.0)
        return structure("centre_honoraires", period) + added(structure, period, INCOME) + teulade


class centre_charges(Amount):
    unit = "euros par an"
    label = "Dépenses attendues"
    spec = LineSpec(
        simulator="cds",
        id="E-charges",
        group=GROUP,
        nature="montant",
        words="Salaires des soignants {salaires_charges} et des autres {salaires_administratifs}, loyer {loyer}, "
        "informatique {cout_du_logiciel}, autres {autres_charges}, amortissements {amortissements}, tiers payant "
        "{cout_tiers_payant} × {actes}. Ce qui n'est pas donné compte pour zéro.",
        fields=(*COSTS, "cout_tiers_payant"),
        may_read=("cds.reperes.salaire.minimum", "cds.reperes.salaire.maximum"),
        shown_with=("salaires_charges",),
    )

    def formula(structure, period):
        handling = np.nan_to_num(structure("centre_cout_tiers_payant", period) * structure("centre_actes", period))
        return added(structure, period, COSTS) + handling


class centre_resultat(Measure):
    unit = "euros par an"
    label = "Résultat de l'année"
    spec = LineSpec(
        simulator="cds",
        id="E-resultat",
        group=GROUP,
        nature="repere",
        words="{recettes} − {charges}.",
        fields=("tarif_moyen", *COSTS),
        shown_with=("salaires_charges",),
    )

    def formula(structure, period):
        return structure("centre_recettes", period) - structure("centre_charges", period)


class centre_subvention_d_equilibre(Amount):
    unit = "euros par an"
    label = "Subvention d'équilibre à trouver"
    spec = LineSpec(
        simulator="cds",
        id="E-equilibre",
        group=GROUP,
        nature="montant",
        words="Le résultat ({resultat}) s'il est négatif. Nommez la ressource qui la couvre, et jusqu'à quand : les "
        "aides de démarrage s'arrêtent.",
        fields=("tarif_moyen", *COSTS),
        shown_with=("salaires_charges",),
    )

    def formula(structure, period):
        return np.maximum(-structure("centre_resultat", period), 0)


class centre_aides_de_demarrage_jusqu_au(Deadline):
    label = "Fin des aides de démarrage"
    spec = LineSpec(
        simulator="cds",
        id="E-fin-des-aides",
        group=GROUP,
        nature="echeance",
        words="Ouverture : {ouverture_le} ; aide de la Région pendant {cds.region.demarrage.annees}. Une autre "
        "ressource doit prendre le relais.",
        fields=("ouverture_le",),
        parameters=("cds.region.demarrage.annees",),
        shown_with=("deficit_previsionnel",),
    )

    def formula(structure, period, parameters):
        return after(
            structure("centre_ouverture_le", period), years=known(parameters(period), "cds.region.demarrage.annees")
        )


class centre_personnel_habituel(Condition):
    label = "La part du personnel est habituelle"
    spec = LineSpec(
        simulator="cds",
        id="R12",
        group=GROUP,
        nature="condition",
        words="{part_du_personnel} des dépenses ; d'ordinaire {cds.reperes.personnel.part} (écart toléré : "
        "{cds.reperes.personnel.ecart}).",
        todo="Vérifiez les salaires et les autres dépenses : il en manque peut-être.",
        fields=COSTS,
        parameters=("cds.reperes.personnel.part", "cds.reperes.personnel.ecart"),
        shown_with=("salaires_charges",),
    )

    def formula(structure, period, parameters):
        rules, share = parameters(period), structure("centre_part_du_personnel", period)
        usual, gap = known(rules, RULES + "personnel.part"), known(rules, RULES + "personnel.ecart")
        return state_of(all_of(at_least(share, usual - gap), below(share, usual + gap)))


class centre_part_du_personnel(Measure):
    unit = "part des dépenses"
    label = "Part du personnel dans les dépenses"

    def formula(structure, period):
        costs = structure("centre_charges", period)
        return added(structure, period, STAFF) / np.where(costs > 0, costs, np.nan)


class centre_forfaits_raisonnables(Condition):
    label = "La part des forfaits est plausible"
    spec = LineSpec(
        simulator="cds",
        id="R11",
        group=GROUP,
        nature="condition",
        words="Forfaits de l'Assurance Maladie : {part_des_forfaits} des recettes, pour "
        "{cds.reperes.forfaits.part_maximale} au plus d'ordinaire.",
        todo="Vérifiez les forfaits attendus avec votre CPAM.",
        fields=LUMP_SUMS,
        parameters=("cds.reperes.forfaits.part_maximale",),
        shown_with=LUMP_SUMS,
    )

    def formula(structure, period, parameters):
        most = known(parameters(period), RULES + "forfaits.part_maximale")
        return state_of(below(structure("centre_part_des_forfaits", period), most))


class centre_part_des_forfaits(Measure):
    unit = "part des recettes"
    label = "Part des forfaits dans les recettes"

    def formula(structure, period):
        income = structure("centre_recettes", period)
        return added(structure, period, LUMP_SUMS) / np.where(income > 0, income, np.nan)


class centre_ratio_administratif(Measure):
    unit = "équivalents temps plein par médecin"
    label = "Personnel administratif par médecin"
    spec = LineSpec(
        simulator="cds",
        id="R7",
        group=GROUP,
        nature="repere",
        words="{etp_administratifs} pour {etp_medecins} de médecins.",
        fields=("etp_administratifs", "etp_medecins"),
        parameters=("cds.reperes.administratif.alerte",),
        shown_with=("etp_administratifs",),
    )

    def formula(structure, period):
        doctors = structure("centre_etp_medecins", period)
        return structure("centre_etp_administratifs", period) / np.where(doctors > 0, doctors, np.nan)


class centre_administratif_habituel(Condition):
    label = "Le personnel administratif n'est pas au-dessus de la moyenne"
    spec = LineSpec(
        simulator="cds",
        id="R7-alerte",
        group=GROUP,
        nature="condition",
        words="{ratio_administratif}, pour {cds.reperes.administratif.alerte} en moyenne dans les centres "
        "pluriprofessionnels.",
        todo="Au-dessus de la moyenne : voyez ce qui peut être mis en commun ou automatisé.",
        fields=("etp_administratifs", "etp_medecins"),
        parameters=("cds.reperes.administratif.alerte",),
        shown_with=("etp_administratifs",),
    )

    def formula(structure, period, parameters):
        """To the hundredth, as the ratio is published."""
        hundredths = np.round(structure("centre_ratio_administratif", period) * PERCENT)
        most = known(parameters(period), RULES + "administratif.alerte") * PERCENT
        return state_of(below(hundredths, np.round(most)))


class centre_administratif_vraisemblable(Condition):
    label = "Le personnel administratif est vraisemblable"
    spec = LineSpec(
        simulator="cds",
        id="R6",
        group=GROUP,
        nature="condition",
        words="{ratio_administratif}, pour {cds.reperes.administratif.erreur} au plus.",
        todo="Ce chiffre est sans doute faux : vérifiez les équivalents temps plein.",
        fields=("etp_administratifs", "etp_medecins"),
        parameters=("cds.reperes.administratif.erreur",),
        shown_with=("etp_administratifs",),
    )

    def formula(structure, period, parameters):
        most = known(parameters(period), RULES + "administratif.erreur")
        return state_of(below(structure("centre_ratio_administratif", period), most))


class centre_besoin_attendu(Amount):
    unit = "euros par an"
    label = "Ressource de plus à trouver, d'après les centres observés"
    spec = LineSpec(
        simulator="cds",
        id="R1",
        group=GROUP,
        nature="montant",
        words="Centre {type_de_centre}, budget de {budget}. De 2011 à 2013 : {cds.reperes.besoin.medical} pour un "
        "centre médical ou polyvalent, moins de {cds.reperes.besoin.dentaire} pour un centre dentaire ou infirmier. "
        "{cds.reperes.deficit.part_des_centres} des centres ne s'équilibrent pas seuls.",
        fields=("budget", "type_de_centre"),
        may_read=(
            *(f"cds.reperes.besoin.{kind}" for kind in KINDS),
            *(f"cds.reperes.recettes.{kind}" for kind in KINDS),
        ),
        parameters=("cds.reperes.deficit.part_des_centres",),
        shown_with=("budget",),
    )

    def formula(structure, period, parameters):
        """The share of the kind of centre; an upper bound for dental and nursing ones."""
        kinds = structure("centre_type_de_centre", period)
        return by_choice(parameters(period), RULES + "besoin", kinds) * structure("centre_budget", period)


class centre_part_du_deficit(Measure):
    unit = "part du budget"
    label = "Déficit, en part du budget"
    spec = LineSpec(
        simulator="cds",
        id="R3",
        group=GROUP,
        nature="repere",
        words="{deficit_constate} sur {budget}. Trente centres d'Île-de-France en 2011 : "
        "{cds.reperes.referis.deficit} sur {cds.reperes.referis.chiffre_d_affaires}. Un centre municipal de trois "
        "généralistes : {cds.reperes.deficit.trois_generalistes} de déficit.",
        fields=("deficit_constate", "budget"),
        parameters=(
            "cds.reperes.referis.deficit",
            "cds.reperes.referis.chiffre_d_affaires",
            "cds.reperes.deficit.trois_generalistes",
        ),
        shown_with=("deficit_constate",),
    )

    def formula(structure, period):
        budget = structure("centre_budget", period)
        return structure("centre_deficit_constate", period) / np.where(budget > 0, budget, np.nan)


class centre_controle_moyenne(Measure):
    unit = "euros par centre"
    label = "Rémunération forfaitaire moyenne, recalculée"
    spec = LineSpec(
        simulator="cds",
        id="TOT",
        group=CONTROL,
        nature="repere",
        words="Total versé divisé par le nombre de centres payés, pour l'exercice déclaré ; centres médicaux à part "
        "quand la source les donne.",
        fields=("exercice_declare", "type_de_centre"),
        may_read=tuple(
            f"cds.reperes.controle.{name}" for name in ("total", "centres", "total_medicaux", "centres_medicaux")
        ),
        shown_with=("exercice_declare",),
    )

    def formula(structure, period, parameters):
        """Totals of the year of the exercise: those of médicaux for one of them."""
        medical = kind_is(structure("centre_type_de_centre", period), ("medical",)) == 1
        found = _ratio(structure, period, parameters, "")
        if medical.any():
            found = np.where(medical, _ratio(structure, period, parameters, "_medicaux"), found)
        return found


class centre_controle_publie(Measure):
    unit = "euros par centre"
    label = "Rémunération forfaitaire moyenne, publiée"
    spec = LineSpec(
        simulator="cds",
        id="TOT-publie",
        group=CONTROL,
        nature="repere",
        words="Moyenne publiée par l'Assurance Maladie pour l'exercice déclaré, tous centres.",
        fields=("exercice_declare",),
        may_read=("cds.reperes.controle.moyenne_publiee",),
        shown_with=("exercice_declare",),
    )

    def formula(structure, period, parameters):
        return _of_the_exercise(structure, period, parameters, "moyenne_publiee")


def _of_the_exercise(structure, period, parameters, name):
    """A published total on the last day of the exercise, not-a-number when it was not read."""
    years = structure("centre_exercice_declare", period)
    days = np.array([f"{year:.0f}-12-31" if year == year else "1970-01-01" for year in years], dtype="datetime64[D]")
    return at_days(lambda day: known(parameters(day), f"{RULES}controle.{name}"), days)


def _ratio(structure, period, parameters, suffix):
    total = _of_the_exercise(structure, period, parameters, "total" + suffix)
    return total / _of_the_exercise(structure, period, parameters, "centres" + suffix)
