"""Premises: the grants of the State, their floor, their ceiling and who may have them (esp_ess_aides.md §6.1)."""

from typing import Any

import numpy as np

from maillage.core.rules.base import Condition, Truth, all_of, any_of, none_of, state_of, truth_of
from maillage.core.rules.cds.formulas import Amount, Measure, below, kind_is, listed, reaches
from maillage.core.rules.immobilier.formulas import PREFIX, fact, here, hoped, in_zones, met, truths
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.sums import sum_given

GROUP = "Aides de l'État"
PREFECT = "la préfecture du département"
RATES = "immobilier.etat.taux"
OWNERS, RURAL = "immobilier.porteurs.publics", "immobilier.etat.porteurs_ruraux"
CEILED = ("detr", "dpv", "dsil", "dsid")


class immobilier_porteur_public(Measure):
    label = "Le propriétaire est public"

    def formula(structure, period, parameters):
        return kind_is(fact(structure, period, "proprietaire"), listed(parameters(period), OWNERS) or [])


class immobilier_prive_admis(Condition):
    label = "Le propriétaire peut être aidé"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-16",
        group=GROUP,
        nature="condition",
        words="Propriétaire : {proprietaire}. Aides réservées aux porteurs publics à cette date : "
        "{immobilier.porteurs.reserves_au_public}. La DETR et la DSIL, elles, restent celles des collectivités.",
        todo="Un porteur privé demande le FMIS à son ARS (depuis 2024), ou une aide régionale qui l'accepte.",
        fields=("proprietaire",),
        parameters=(OWNERS,),
    )

    def formula(structure, period, parameters):
        kept = known(parameters(period), "immobilier.porteurs.reserves_au_public")
        return state_of(any_of(structure("immobilier_porteur_public", period), np.full(structure.count, 1 - kept)))


class immobilier_detr_porteur(Condition):
    label = "Le projet peut demander la DETR"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-05",
        group=GROUP,
        nature="condition",
        words="Propriétaire : {proprietaire}, en zone rurale : {rural} ; zone : {zone}. Le guide cite les groupements "
        "de communes en zone rurale, pour un projet en ZIP ou en ZAC.",
        todo="Demandez à la préfecture si le projet entre dans la liste de l'année ; une commune seule aussi.",
        fields=("proprietaire", "rural", "zone"),
        parameters=(OWNERS, RURAL, "immobilier.etat.zones"),
        who=PREFECT,
    )

    def formula(structure, period, parameters):
        """A commune alone is not named by the guide: unknown; who is not public is out."""
        rules, owner = parameters(period), fact(structure, period, "proprietaire")
        named = hoped(kind_is(owner, listed(rules, RURAL) or []))
        bearer = all_of(structure("immobilier_porteur_public", period), named)
        zone = in_zones(structure, period, listed(rules, "immobilier.etat.zones") or [])
        return state_of(all_of(bearer, *truths(structure, period, "rural"), zone))


class immobilier_fnadt_porteur(Condition):
    label = "Le projet peut demander le FNADT"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-13",
        group=GROUP,
        nature="condition",
        words="Propriétaire : {proprietaire} ; zone : {zone}. Le FNADT va aux porteurs publics, en ZIP ou en ZAC.",
        todo="Demandez à la préfecture de région si des crédits restent ouverts.",
        fields=("proprietaire", "zone"),
        parameters=(OWNERS, "immobilier.etat.zones"),
        who="la préfecture de région",
    )

    def formula(structure, period, parameters):
        zone = in_zones(structure, period, listed(parameters(period), "immobilier.etat.zones") or [])
        return state_of(all_of(structure("immobilier_porteur_public", period), zone))


class immobilier_detr_part(Measure):
    unit = "part du coût hors taxes"
    label = "DETR, part du coût subventionnable"

    def formula(structure, period):
        return _share(structure, period, fact(structure, period, "demande_detr"))


class immobilier_detr_taux(Condition):
    label = "La DETR atteint son taux minimal"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-03",
        group=GROUP,
        nature="condition",
        words="Demandé : {demande_detr}, soit {detr_part} ; taux minimal : {immobilier.etat.detr_taux_minimal}.",
        todo="Demandez au moins le taux minimal : sous ce taux, la DETR n'est pas accordée.",
        fields=("demande_detr", "cout_subventionnable"),
        who=PREFECT,
        shown_with=("demande_detr",),
    )

    def formula(structure, period, parameters):
        share = structure("immobilier_detr_part", period)
        return state_of(reaches(share, known(parameters(period), "immobilier.etat.detr_taux_minimal")))


class immobilier_dotations_part(Measure):
    unit = "part du coût hors taxes"
    label = "DETR, DPV, DSIL et DSID, part du coût subventionnable"

    def formula(structure, period):
        return _share(structure, period, sum_given(*(fact(structure, period, f"demande_{name}") for name in CEILED)))


class immobilier_dotations_plafond(Condition):
    label = "DETR, DPV, DSIL et DSID restent sous leur plafond"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-04",
        group=GROUP,
        nature="condition",
        words="Ensemble : {dotations_part} du coût subventionnable ; au plus {immobilier.etat.plafond_des_dotations}.",
        todo="Retirez ce qui dépasse : les quatre dotations se comptent ensemble.",
        fields=("demande_detr", "demande_dsil", "demande_dsid", "demande_dpv"),
        who=PREFECT,
        shown_with=tuple(f"demande_{name}" for name in CEILED),
    )

    def formula(structure, period, parameters):
        share = structure("immobilier_dotations_part", period)
        return state_of(below(np.round(share, 6), known(parameters(period), "immobilier.etat.plafond_des_dotations")))


class immobilier_dotations_excedent(Amount):
    label = "DETR, DPV, DSIL et DSID, à retirer"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-04-excedent",
        group=GROUP,
        nature="montant",
        words="Ce qui dépasse {immobilier.etat.plafond_des_dotations} du coût subventionnable ({base}).",
        only_if="immobilier_dotations_depassees",
        todo="Rien à retirer quand le plafond est respecté.",
        fields=("demande_detr", "demande_dsil"),
        shown_with=tuple(f"demande_{name}" for name in CEILED),
    )

    def formula(structure, period, parameters):
        most = known(parameters(period), "immobilier.etat.plafond_des_dotations")
        return np.maximum(
            (structure("immobilier_dotations_part", period) - most) * structure("immobilier_base", period), 0
        )


class immobilier_dotations_depassees(Condition):
    label = "Des dotations sont à retirer"

    def formula(structure, period):
        return state_of(none_of(met(structure, period, "dotations_plafond")))


class immobilier_bretagne_cper(Condition):
    label = "Bretagne : conditions de l'aide de l'État à l'immobilier"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-07-etat",
        group=GROUP,
        nature="condition",
        words="Porteur public ; zone : {zone} ; projet de santé approuvé : {projet_de_sante_approuve} ; accord des "
        "professionnels : {accord_des_professionnels} ; stagiaires : {accueil_de_stagiaires} ; généralistes réunis : "
        "{generalistes}, que le bâtiment peut accueillir : {places_de_generalistes}. Il en faut au moins "
        "{immobilier.bretagne.maisons.generalistes}, et de la place pour {immobilier.bretagne.maisons.places}.",
        todo="Réunissez chaque condition ; la préfecture de région confirme celles d'après 2020.",
        fields=("zone", "projet_de_sante_approuve", "accord_des_professionnels", "accueil_de_stagiaires"),
        parameters=("immobilier.bretagne.maisons.zones",),
        who="la préfecture de région",
        shown_for=("region", "bretagne"),
    )

    def formula(structure, period, parameters):
        rules, asked = parameters(period), "immobilier.bretagne.maisons."
        project = ("projet_de_sante_approuve", "accord_des_professionnels", "accueil_de_stagiaires")
        doctors = reaches(fact(structure, period, "generalistes"), known(rules, asked + "generalistes"))
        places = reaches(fact(structure, period, "places_de_generalistes"), known(rules, asked + "places"))
        zone = in_zones(structure, period, listed(rules, asked + "zones") or [])
        public, house = (
            structure("immobilier_porteur_public", period),
            kind_is(fact(structure, period, "structure"), ["msp"]),
        )
        return state_of(
            all_of(public, zone, *truths(structure, period, *project), doctors, places),
            applies=(house != 0) & (here(structure, period, "region", "bretagne") == 1),
        )


class immobilier_bretagne_centre_etat(Condition):
    label = "Bretagne : conditions de l'aide de l'État à l'immobilier d'un centre"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-08-etat",
        group=GROUP,
        nature="condition",
        words="Zone : {zone}. Un guide dit une aide expérimentale, au cas par cas, en ZIP, par le contrat de plan ; "
        "l'autre, le FNADT pour les collectivités et la DETR.",
        todo="Demandez à la préfecture de région laquelle des deux lectures elle applique.",
        fields=("zone",),
        parameters=("immobilier.bretagne.centres.zones_de_l_etat",),
        who="la préfecture de région",
        shown_for=("region", "bretagne"),
    )

    def formula(structure, period, parameters):
        """Case by case: never certain, excluded outside the zones."""
        zones = listed(parameters(period), "immobilier.bretagne.centres.zones_de_l_etat") or []
        inside = in_zones(structure, period, zones)
        centre = kind_is(fact(structure, period, "structure"), ["cds"]) == 1
        return state_of(
            np.where(inside == 0, 0.0, np.nan), applies=centre & (here(structure, period, "region", "bretagne") == 1)
        )


def _share(structure: Any, period: Any, amount: Truth) -> Truth:
    base: Truth = structure("immobilier_base", period)
    return np.divide(amount, base, out=np.full_like(base, np.nan), where=base > 0)


def _usual(structure: Any, period: Any) -> Truth:
    """What keeps a grant from being certain without excluding it: not granted yet, or a plan to mend."""
    plan = structure("immobilier_apport_suffisant", period).decode_to_str()
    mended = np.where(np.isin(plan, ["remplie", "sans_objet"]), 1.0, np.nan)
    return all_of(hoped(truth_of(fact(structure, period, "aides_accordees"))), mended)


class immobilier_usuel(Measure):
    label = "Les aides sont accordées et la part du propriétaire suffit"

    def formula(structure, period):
        return _usual(structure, period)


class immobilier_detr_possible(Condition):
    label = "La DETR peut être accordée"

    def formula(structure, period):
        ceiling = hoped(met(structure, period, "dotations_plafond"))
        floor, bearer = met(structure, period, "detr_taux"), met(structure, period, "detr_porteur")
        return state_of(all_of(bearer, floor, ceiling, structure("immobilier_usuel", period)))


class immobilier_dotation_possible(Condition):
    label = "Une autre dotation de l'État peut être accordée"

    def formula(structure, period):
        ceiling = hoped(met(structure, period, "dotations_plafond"))
        public = structure("immobilier_porteur_public", period)
        return state_of(all_of(public, ceiling, structure("immobilier_usuel", period)))


class immobilier_fnadt_possible(Condition):
    label = "Le FNADT peut être accordé"

    def formula(structure, period):
        return state_of(all_of(met(structure, period, "fnadt_porteur"), structure("immobilier_usuel", period)))


class immobilier_cper_possible(Condition):
    label = "Le contrat de plan peut aider le projet"

    def formula(structure, period):
        conditions = ("bretagne_cper", "bretagne_centre_etat")
        inside = here(structure, period, "region", "bretagne").any()
        regional = [met(structure, period, name) for name in conditions if inside]
        public = structure("immobilier_porteur_public", period)
        return state_of(all_of(public, *regional, structure("immobilier_usuel", period)))


def _asked(name: str, label: str, line: str, only_if: str, who: str) -> type[Amount]:
    """The amount asked from the State, whose rate is not published."""

    def formula(structure, period):
        return fact(structure, period, f"demande_{name}")

    spec = LineSpec(
        simulator="immobilier",
        id=line,
        group=GROUP,
        nature="montant",
        words=f"Demandé : {{demande_{name}}}. Accordée quand le financeur la notifie (aides accordées : "
        "{aides_accordees}) ; le taux propre aux maisons et centres de santé n'est pas publié.",
        counted=True,
        only_if=PREFIX + only_if,
        todo="Déposez le dossier avant de commencer les travaux, et corrigez les contrôles qui manquent.",
        fields=(f"demande_{name}", "aides_accordees"),
        parameters=(RATES,),
        who=who,
        shown_with=(f"demande_{name}",),
    )
    body = {"__module__": __name__, "label": label, "formula": formula, "spec": spec}
    return type(f"{PREFIX}aide_{name}", (Amount,), body)


immobilier_aide_detr = _asked("detr", "DETR", "IMM-03-montant", "detr_possible", PREFECT)
immobilier_aide_dsil = _asked("dsil", "DSIL", "FIN-13-dsil", "dotation_possible", PREFECT)
immobilier_aide_dsid = _asked("dsid", "DSID", "IMM-04-dsid", "dotation_possible", PREFECT)
immobilier_aide_dpv = _asked("dpv", "DPV", "IMM-04-dpv", "dotation_possible", PREFECT)
immobilier_aide_fnadt = _asked("fnadt", "FNADT", "FIN-13-fnadt", "fnadt_possible", "la préfecture de région")
immobilier_aide_cper = _asked(
    "cper", "Contrat de plan État-Région", "FIN-13-cper", "cper_possible", "la préfecture de région"
)
