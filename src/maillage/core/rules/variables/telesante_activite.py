"""Télésanté: tariffs of the day, receipts of the year and the share of acts at a distance (esp_ess_aides.md §7)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, Measure, below, kind_is
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.sums import sum_given
from maillage.core.rules.telesante.facts_activite import DOCTORS
from maillage.core.rules.telesante.formulas import fact, met, truth, within_the_limit

REMOTE, NURSE = "Téléconsultation", "Infirmier auprès du patient"
RATES, ASIDE = "telesante.teleconsultation.tarif.", "telesante.accompagnement."
RATE_OF = {
    "medecin_generaliste": "medecin_generaliste",
    "psychiatre": "psychiatre",
    "neurologue": "psychiatre",
    "gynecologue": "gynecologue",
    "autre_specialite": "autre_medecin",
}
CPAM = "l'Assurance maladie"


class telesante_medecin(Measure):
    label = "Le professionnel est médecin"

    def formula(structure, period):
        return kind_is(fact(structure, period, "profession"), DOCTORS)


class telesante_societe_valable(Condition):
    label = "La société de téléconsultation est agréée"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-T12",
        group=REMOTE,
        nature="condition",
        words="Société agréée : {societe_agreee}. L'agrément dure {telesante.societes.duree_de_l_agrement} ; la "
        "réponse vient en {telesante.societes.delai_de_reponse}, le silence vaut acceptation.",
        todo="Sans agrément, les actes des médecins de la société ne sont pas remboursés.",
        fields=("societe", "societe_agreee"),
        parameters=("telesante.societes.agrement_exige",),
        who="les ministères de la santé et de la sécurité sociale",
        shown_with=("societe",),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "telesante.societes.agrement_exige")
        company = truth(structure, period, "societe")
        return state_of(truth(structure, period, "societe_agreee"), applies=(company != 0) & (asked == 1))


class telesante_tarif(Measure):
    unit = "euros par acte"
    label = "Tarif d'une téléconsultation"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-08",
        group=REMOTE,
        nature="repere",
        words="Profession : {profession} ; secteur 1 : {secteur_1}. Le tarif à la date ; la consultation d'un "
        "généraliste à 30 euros ne vaut pas à distance.",
        todo="Dites votre profession et votre secteur, ou lisez le tarif sur ameli.",
        fields=("profession", "secteur_1"),
        may_read=tuple(RATES + name for name in sorted(set(RATE_OF.values()))),
        who=CPAM,
        shown_for=("profession", *DOCTORS),
    )

    def formula(structure, period, parameters):
        """Each tariff is that of the secteur 1; outside it, that of the other doctors."""
        professions, first = (
            fact(structure, period, "profession").decode_to_str(),
            truth(structure, period, "secteur_1"),
        )
        names = np.array([RATE_OF.get(profession, "") for profession in professions], dtype=object)
        names[first == 0] = "autre_medecin"
        found = np.full(structure.count, np.nan)
        for name in sorted({name for name, said in zip(names, ~np.isnan(first), strict=True) if name and said}):
            found[names == name] = known(parameters(period), RATES + name)
        return np.where(np.isnan(first), np.nan, found)


class telesante_recettes_teleconsultations(Amount):
    unit = "euros par an"
    label = "Téléconsultations de l'année"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-08-recettes",
        group=REMOTE,
        nature="montant",
        words="{teleconsultations} ; tarif du jour de la simulation : {tarif}. Au-delà de la part permise "
        "à distance, le paiement n'est pas sûr.",
        counted=True,
        only_if="telesante_societe_valable_ou_liberal",
        todo="Dites votre profession et votre secteur, et l'agrément de la société si vous y êtes salarié ; "
        "tenez la part à distance sous sa limite.",
        fields=("teleconsultations", "profession", "secteur_1"),
        who=CPAM,
        shown_with=("teleconsultations",),
        shown_for=("profession", *DOCTORS),
    )

    def formula(structure, period):
        return fact(structure, period, "teleconsultations") * structure("telesante_tarif", period)


class telesante_societe_valable_ou_liberal(Condition):
    label = "Les actes sont remboursés : libéral, ou société agréée, et part à distance respectée"

    def formula(structure, period):
        """A professional who says nothing of a company is not in one."""
        company = truth(structure, period, "societe")
        valid = np.where(company == 1, met(structure, period, "societe_valable"), 1.0)
        return state_of(all_of(valid, within_the_limit(structure, period)))


class telesante_a_distance(Measure):
    unit = "actes"
    label = "Actes à distance"

    def formula(structure, period):
        return sum_given(*(fact(structure, period, name) for name in ("teleconsultations", "rendues", "demandees")))


class telesante_part_a_distance(Measure):
    unit = "part de l'activité"
    label = "Part de l'activité à distance"

    def formula(structure, period):
        remote, acts = structure("telesante_a_distance", period), fact(structure, period, "actes_de_l_annee")
        return np.divide(remote, acts, out=np.full_like(acts, np.nan), where=acts > 0)


class telesante_part_maximale(Measure):
    unit = "part de l'activité"
    label = "Part maximale de l'activité à distance"

    def formula(structure, period, parameters):
        """That of psychiatrists where they have one."""
        rules, usual = parameters(period), "telesante.activite.part_maximale"
        own = known(rules, usual + "_psychiatre", traced=False)
        psychiatrist = kind_is(fact(structure, period, "profession"), ["psychiatre"]) == 1
        if psychiatrist.any() and not np.isnan(own):
            return np.where(psychiatrist, known(rules, usual + "_psychiatre"), known(rules, usual))
        return np.full(structure.count, known(rules, usual))


class telesante_part_respectee(Condition):
    label = "La part de l'activité à distance est respectée"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-07",
        group="Limites de l'année",
        nature="condition",
        words="{a_distance} à distance sur {actes_de_l_annee}, soit {part_a_distance} ; au plus {part_maximale} de "
        "l'activité de l'année civile, téléconsultations et téléexpertises ensemble.",
        todo="Réduisez la part des actes à distance d'ici la fin de l'année civile.",
        fields=("actes_de_l_annee", "teleconsultations", "profession"),
        may_read=("telesante.activite.part_maximale_psychiatre",),
        who=CPAM,
        shown_with=("actes_de_l_annee",),
        shown_for=("profession", *DOCTORS),
    )

    def formula(structure, period):
        share, most = structure("telesante_part_a_distance", period), structure("telesante_part_maximale", period)
        return state_of(below(np.round(share, 6), most), applies=structure("telesante_medecin", period) != 0)


class telesante_infirmier(Condition):
    label = "L'acte est celui d'un infirmier"

    def formula(structure, period):
        return state_of(all_of(kind_is(fact(structure, period, "profession"), ["infirmier"])))


def _beside_patient(name: str, code: str, line: str, label: str) -> type[Amount]:
    """The acts of a nurse beside a patient in téléconsultation."""

    def formula(structure, period, parameters):
        return fact(structure, period, name) * known(parameters(period), ASIDE + code)

    spec = LineSpec(
        simulator="telesante",
        id=line,
        group=NURSE,
        nature="montant",
        words=f"{{{name}}} à {{{ASIDE}{code}}}.",
        counted=True,
        only_if="telesante_infirmier",
        todo="Ces actes sont ceux d'un infirmier.",
        fields=(name, "profession"),
        who=CPAM,
        shown_with=(name,),
    )
    body = {"__module__": __name__, "unit": "euros par an", "label": label, "formula": formula, "spec": spec}
    return type(f"telesante_recettes_{code}", (Amount,), body)


telesante_recettes_soin_prevu = _beside_patient(
    "pendant_un_soin", "soin_prevu", "TEL-09-TLS", "Téléconsultations accompagnées pendant un soin (TLS)"
)
telesante_recettes_lieu_dedie = _beside_patient(
    "dans_un_lieu_dedie", "lieu_dedie", "TEL-09-TLL", "Téléconsultations accompagnées dans un lieu dédié (TLL)"
)
telesante_recettes_domicile = _beside_patient(
    "a_domicile", "domicile", "TEL-09-TLD", "Téléconsultations accompagnées à domicile (TLD)"
)


class telesante_equipement_ouvert(Condition):
    label = "L'aide à l'équipement du forfait structure existe"

    def formula(structure, period, parameters):
        """On the days when the texts give its amount: the forfait structure ended with 2025."""
        ended = np.isnan(known(parameters(period), "telesante.equipement.video", traced=False))
        return state_of(np.full(structure.count, 0.0 if ended else 1.0))


def _equipment(code: str, line: str, label: str, professions: tuple[str, ...]) -> type[Amount]:
    """A yearly aid to equipment, kept out of the receipts."""

    def formula(structure, period, parameters):
        return np.full(structure.count, known(parameters(period), f"telesante.equipement.{code}"))

    spec = LineSpec(
        simulator="telesante",
        id=line,
        group="Équipement (hors total)",
        nature="montant",
        only_if="telesante_equipement_ouvert",
        words=f"{{telesante.equipement.{code}}}. Dans le forfait structure jusqu'en 2025 ; la dotation numérique "
        "(DONUM) le remplace depuis 2026 : voyez le simulateur des aides.",
        todo="Voyez la dotation numérique dans le simulateur des aides.",
        fields=("profession",),
        who=CPAM,
        shown_for=("profession", *professions),
    )
    body = {"__module__": __name__, "unit": "euros par an", "label": label, "formula": formula, "spec": spec}
    return type(f"telesante_equipement_{code}", (Amount,), body)


telesante_equipement_video = _equipment("video", "TEL-10", "Aide à l'équipement vidéo", (*DOCTORS, "infirmier"))
telesante_equipement_appareils_connectes = _equipment(
    "appareils_connectes", "TEL-10-appareils", "Aide aux appareils connectés", ("infirmier",)
)
