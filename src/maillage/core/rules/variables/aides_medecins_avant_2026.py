"""Contracts of doctors of the convention of 2016, closed to signatures since 2026 (esp_ess_aides.md §3.2)."""

import numpy as np

from maillage.core.rules.aides.contract import Contract, lines_of
from maillage.core.rules.aides.installation import PAYER, entry, excluded_by, in_team, in_zone, trainee
from maillage.core.rules.base import all_of, at_least, none_of

GROUP = "Médecins : contrats signés jusqu'à fin 2025"
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
COMMON = "medecins.convention_2016."
CAIM, COSCOM, COTRAM, CSTM = ("medecins.caim.", "medecins.coscom.", "medecins.cotram.", "medecins.cstm.")
FAMILY = {"caim": "AID-01", "coscom": "AID-02", "cotram": "AID-03", "cstm": "AID-04"}
OPEN = "Signatures ouvertes le jour de la signature : {aides.medecins.convention_2016.signatures_ouvertes}. "
TODO = "Vérifiez ces conditions auprès de votre CPAM : ces contrats se signent jusqu'au 31 décembre 2025 au plus tard."


def _beside(contract):
    """One contract of the four at a time; no text says whether a CDE that runs goes with one of them."""
    return excluded_by(contract, FAMILY) | {"unsettled": ("cde",)}


def _open(term):
    return term.figure(COMMON + "signatures_ouvertes")


def _recent(term):
    return term.recent(COMMON + "anciennete_maximale")


def _team(term):
    """Grouped or coordinated; one who practises alone may still join a team in time: unknown."""
    listed = term.allowed("exercice", COMMON + "exercices")
    return np.where(term.words("exercice") == "seul", np.nan, listed)


def _not_yet(term):
    """Once in a career: not answered, none was signed."""
    return 1 - np.nan_to_num(term.truth("caim_deja_signe"))


def _opposable(term):
    """Share of the amount: the whole in secteur 1, the share of the activity without excess fees in secteur 2."""
    sector = term.words("secteur")
    whole, prorated = sector == "secteur_1", np.isin(sector, ("secteur_2", "secteur_2_optam"))
    return np.select([whole, prorated], [1.0, term.value("part_opposable")], default=np.nan)


def _conventioned(term):
    """Secteur 1 or 2."""
    return 1 - term.among("secteur", "secteur_3")


def _caim(term):
    """By weekly day, from the floor to the cap, with the supplement of a local hospital."""
    days, least = term.value("jours_par_semaine"), term.figure(CAIM + "jours_minimum")
    by_day = days * term.number(CAIM + "par_jour", term.signed, term.may_apply & (days != least))
    amount = np.where(
        days == least, term.figure(CAIM + "montant_minimum"), np.minimum(by_day, term.figure(CAIM + "plafond"))
    )
    return amount + np.nan_to_num(term.truth("hopital_de_proximite")) * term.figure(CAIM + "hopital_de_proximite")


def _caim_of_the_year(term):
    """Not known: the texts give two payments, neither their shares nor their dates."""
    return _caim(term) * term.number_if_known(CAIM + "versements", term.signed, term.may_apply)


def _coscom(term):
    """The yearly amount, prorated in secteur 2, with the supplements."""
    prorated = term.number(
        COSCOM + "prorata_secteur_2", term.signed, term.may_apply & (term.words("secteur") != "secteur_1")
    )
    share = np.where(prorated == 1, _opposable(term), 1.0)
    hospital = np.nan_to_num(term.truth("hopital_de_proximite")) * term.figure(COSCOM + "hopital_de_proximite")
    return term.figure(COSCOM + "montant") * share + hospital + trainee(term, COSCOM + "stagiaire")


def _cotram(term):
    """A share of the fees, capped, prorated in secteur 2; more in the communes that Île-de-France lists."""
    fees, listed = term.value("honoraires"), term.truth("zip_plus_ile_de_france") == 1
    needed = term.may_apply & listed
    more = np.minimum(term.number(COTRAM + "taux_zip_plus", term.signed, needed) * fees,
                      term.number(COTRAM + "plafond_zip_plus", term.signed, needed))  # fmt: skip
    amount = np.minimum(term.figure(COTRAM + "taux") * fees, term.figure(COTRAM + "plafond"))
    return (amount + np.where(listed, more, 0.0)) * _opposable(term)


def _cstm(term):
    """A share of the fees earned in the zone, capped."""
    return np.minimum(term.figure(CSTM + "taux") * term.value("honoraires_en_zip"), term.figure(CSTM + "plafond"))


def _over(yearly, duration):
    """The amount of the year asked, each year of the contract."""
    return lambda term: yearly(term) * term.figure(duration)


CONTRACTS = (
    Contract(
        code="caim", id="AID-01", name="CAIM (installation en ZIP)", group=GROUP, professions=DOCTORS,
        duration=CAIM + "duree",
        entry=entry(_open, in_zone(COMMON + "zones"), _recent, _team, _not_yet,
                    lambda term: term.allowed("secteur", CAIM + "secteurs"), lambda term: term.truth("permanence")),
        lasting=lambda term: at_least(term.value("jours_par_semaine"), term.figure(CAIM + "jours_minimum")),
        yearly=_caim_of_the_year, whole=_caim,
        conditions=OPEN + "ZIP ; installé depuis moins de {aides.medecins.convention_2016.anciennete_maximale} ; "
        "secteur 1 ou OPTAM ; au moins {aides.medecins.caim.jours_minimum} ; groupe, CPTS ou ESP, au plus tard dans "
        "les {aides.medecins.convention_2016.delai_pour_se_coordonner} ; permanence des soins ; une fois dans la "
        "carrière. Vous déclarez : {zone} ; {secteur} ; {jours_par_semaine} par semaine ; exercice : {exercice} ; "
        "permanence des soins : {permanence}.",
        formula="De {aides.medecins.caim.montant_minimum} pour {aides.medecins.caim.jours_minimum} à "
        "{aides.medecins.caim.plafond}, plus {aides.medecins.caim.hopital_de_proximite} pour un hôpital de "
        "proximité, en deux versements dont les parts et les dates restent à confirmer.",
        todo=TODO, fields=("zone", "date_installation", "secteur", "jours_par_semaine", "exercice", "permanence"),
        who=PAYER, no_double=COMMON + "cumul", may_read=("aides.medecins.caim.par_jour",
        "aides.medecins.caim.versements"), **_beside("caim"),
    ),
    Contract(
        code="coscom", id="AID-02", name="COSCOM (coordination en ZIP)", group=GROUP, professions=DOCTORS,
        duration=COSCOM + "duree", renewal="oui", ten_years=False,
        entry=entry(_open, in_zone(COMMON + "zones"), in_team(COMMON + "exercices")), lasting=_conventioned,
        yearly=_coscom, whole=_over(_coscom, COSCOM + "duree"),
        conditions=OPEN + "Déjà installé en ZIP ; groupe, CPTS ou ESP ; secteur 1, ou secteur 2 au prorata. Vous "
        "déclarez : {zone} ; exercice : {exercice} ; {secteur}.",
        formula="{aides.medecins.coscom.montant} (au prorata de l'activité à tarif opposable en secteur 2 : "
        "{part_opposable}), plus {aides.medecins.coscom.hopital_de_proximite} pour un hôpital de proximité et "
        "{aides.medecins.coscom.stagiaire} de stagiaire.",
        todo=TODO, fields=("zone", "exercice", "secteur", "part_opposable"), who=PAYER, no_double=COMMON + "cumul",
        may_read=("aides.medecins.coscom.prorata_secteur_2",), **_beside("coscom"),
    ),
    Contract(
        code="cotram", id="AID-03", name="COTRAM (transition en ZIP)", group=GROUP, professions=DOCTORS,
        duration=COTRAM + "duree", renewal="une fois", ten_years=False,
        entry=entry(_open, in_zone(COMMON + "zones"),
                    lambda term: at_least(term.value("age"), term.figure(COTRAM + "age_minimum")),
                    lambda term: term.truth("accueille_jeune_medecin")),
        lasting=_conventioned, yearly=_cotram, whole=_over(_cotram, COTRAM + "duree"),
        conditions=OPEN + "ZIP ; {aides.medecins.cotram.age_minimum} ou plus ; accueil d'un médecin de moins de "
        "{aides.medecins.cotram.age_du_confrere} qui s'installe ou l'a fait depuis moins de "
        "{aides.medecins.convention_2016.anciennete_maximale}. Vous déclarez : {zone} ; {age} ; accueil : "
        "{accueille_jeune_medecin}.",
        formula="{aides.medecins.cotram.taux} des honoraires ({honoraires}), au plus "
        "{aides.medecins.cotram.plafond} ; au prorata de l'activité à tarif opposable en secteur 2.",
        todo=TODO, fields=("zone", "age", "accueille_jeune_medecin", "honoraires", "secteur"), who=PAYER,
        no_double=COMMON + "cumul", **_beside("cotram"),
        may_read=("aides.medecins.cotram.taux_zip_plus", "aides.medecins.cotram.plafond_zip_plus"),
    ),
    Contract(
        code="cstm", id="AID-04", name="CSTM (venir exercer en ZIP)", group=GROUP, professions=DOCTORS,
        duration=CSTM + "duree", renewal="oui", ten_years=False,
        entry=entry(_open, lambda term: none_of(term.allowed("zone", COMMON + "zones"))),
        lasting=lambda term: all_of(
            _conventioned(term), at_least(term.value("jours_en_zip"), term.figure(CSTM + "jours_minimum"))
        ),
        yearly=_cstm, whole=_over(_cstm, CSTM + "duree"),
        conditions=OPEN + "Installé hors d'une ZIP ; au moins {aides.medecins.cstm.jours_minimum} en ZIP. Vous "
        "déclarez : {zone} ; {jours_en_zip} en ZIP.",
        formula="{aides.medecins.cstm.taux} des honoraires faits en ZIP ({honoraires_en_zip}), au plus "
        "{aides.medecins.cstm.plafond}, et les frais de déplacement en plus.",
        todo=TODO, fields=("zone", "jours_en_zip", "honoraires_en_zip"), who=PAYER, no_double=COMMON + "cumul",
        **_beside("cstm"),
    ),
)  # fmt: skip

for contract in CONTRACTS:
    globals().update(lines_of(contract, __name__))
