"""Addresses of every kind of page, for the tests of the pages and for the journeys."""

from urllib.parse import urlencode

from maillage.core.rules.simulators import SIMULATORS
from maillage.web.simulateurs.answers import typed_of as kit_typed_of
from maillage.web.simuler.answers import typed_of
from maillage.web.simuler.example import EXAMPLE

REDON = "35236"
TEAM = {"commune": REDON, "p-medecin_generaliste": "2", "p-infirmier": "1", "exercice": "liberal"}
SITUATION = urlencode(TEAM)
SIMULATION = typed_of(EXAMPLE)

WIZARD = "/orientation/"
RESULT = "/orientation/resultat/"
SIMULATOR = "/simuler/aci-msp/"

WIZARD_STEPS = {
    "wizard, commune": WIZARD,
    **{f"wizard, question {step}": f"{WIZARD}?{SITUATION}&etape={step}" for step in range(1, 6)},
    "wizard, several communes": f"{WIZARD}?commune=saint-denis",
}
PAGES = {
    "home": "/",
    "data": "/donnees/",
    "sign in": "/comptes/login/",
    "create an account": "/comptes/signup/",
    "password forgotten": "/comptes/password/reset/",
    "password, link sent": "/comptes/password/reset/done/",
    "notice": "/mentions/",
    "territories": "/territoires/",
    "territories, several found": "/territoires/?commune=saint-denis",
    "territories, nothing found": "/territoires/?commune=zzzz",
    "territories, an EPCI": "/territoires/?par=epci",
    "territories, communes chosen": f"/territoires/?communes={REDON}&communes=35294&structure=cpts",
    "territories, around a practice": "/territoires/?par=minutes",
    "territories, drawn": "/territoires/?par=contour",
    "diagnosis": f"/territoires/diagnostic/?communes={REDON}&communes=35294&structure=cpts",
    "diagnosis, an EPCI sorted": "/territoires/diagnostic/?epci=243500741&tri=population.totale&sens=desc",
    "diagnosis, no such commune": f"/territoires/diagnostic/?communes={REDON}&cherche=zzzz",
    "what if": "/territoires/et-si/",
    "where to settle": "/territoires/ou-s-installer/",
    "what if, a doctor comes": f"/territoires/et-si/?profession=medecin_generaliste&ajouter={REDON}:1",
    "commune": f"/territoires/communes/{REDON}/",
    "commune without ages": "/territoires/communes/97608/",
    "commune with arrondissements": "/territoires/communes/75056/",
    "map": "/territoires/carte/",
    "map, communes of a département": "/territoires/carte/?indicateur=population.totale&niveau=commune&departement=35",
    "map, sorted by name": "/territoires/carte/?indicateur=population.part_65_plus&niveau=epci&tri=nom&sens=asc",
    "help": "/aide/",
    "calls": "/appels/",
    "calls, one region": "/appels/?region=bretagne&structure=CDS",
    "calls, none": "/appels/?region=centre_val_de_loire",
    "help, one region": "/aide/?region=bretagne&structure=CPTS",
    **WIZARD_STEPS,
    "result": f"{RESULT}?{SITUATION}",
    "result, commune alone": f"{RESULT}?commune={REDON}",
    "aids": "/aides/",
    "aids, filtered": "/aides/?q=zone&qui=infirmier&etape=installation",
    "aids, nothing found": "/aides/?q=zzzz",
    "aids, of a team": f"/aides/?{SITUATION}&qui=MSP",
    "aid": "/aides/aides_capii_montant/",
    "aid, of a team": f"/aides/msp_aci/?{SITUATION}",
    "aid, regional, of a team": f"/aides/bretagne-esp_fir/?{SITUATION}",
    "simulators": "/simuler/",
    "reform": "/reforme/?exemple",
    **{f"simulator {code}, empty": f"/simuler/{code}/" for code in SIMULATORS},
    **{
        f"simulator {code}": f"/simuler/{code}/?{kit_typed_of(each, each.example)}" for code, each in SIMULATORS.items()
    },
    "simulator, empty": SIMULATOR,
    "simulator": f"{SIMULATOR}?{SIMULATION}",
    "simulator, two scenarios": f"{SIMULATOR}?{SIMULATION}&{urlencode({'reference': SIMULATION + '&ipa=oui'})}",
    "simulator, nothing established": f"{SIMULATOR}?annee=2019&patientele=4000&associes=10",
    "simulator, prerequisites missing": f"{SIMULATOR}?annee=2025&patientele=4000&associes=10",
    "rules": "/regles/",
    "contradictions": "/regles/contradictions/",
    "rules, filtered": "/regles/?q=concertation",
    "rules, to confirm": "/regles/?etat=a_confirmer",
    "rules, nothing found": "/regles/?q=zzzz",
    "rule, condition": "/regles/msp_medecins_generalistes/",
    "rule, amount": "/regles/aci_msp_montant/",
    "parameter": "/regles/parametres/aci_msp.valeur_du_point/",
    "rules, one region, later": "/regles/?region=bretagne&date=2028-01-01",
    "parameter, one region": "/regles/parametres/cpts.territoire.population_minimale/?region=bretagne",
}
"""What answers 200."""
REFUSED = {
    "wizard, nothing found": (f"{WIZARD}?commune=zzzz", 422),
    "result, wrong number": (f"{RESULT}?commune={REDON}&p-infirmier=-3", 422),
    "simulator, wrong number": (f"{SIMULATOR}?annee=2025&patientele=beaucoup&associes=10", 422),
    "rules, wrong day": ("/regles/?date=1990-01-01&region=atlantide", 422),
    "rule, wrong day": ("/regles/msp_medecins_generalistes/?date=hier", 422),
    "map, wrong indicator": ("/territoires/carte/?indicateur=population.total", 422),
    "calls, wrong words": ("/appels/?region=atlantide&etat=fini&date=hier", 422),
    "aids, wrong filter": ("/aides/?qui=MSPP&date=hier", 422),
    "territories, nothing of this name": ("/territoires/?par=communes&ajouter=zzzz", 422),
    "territories, several of this name": ("/territoires/?par=communes&ajouter=saint-denis", 422),
    "diagnosis, wrong radius": (f"/territoires/diagnostic/?centre={REDON}&rayon_km=9999", 422),
    "where to settle, no number": ("/territoires/ou-s-installer/?seuil=beaucoup", 422),
    "what if, wrong profession": ("/territoires/et-si/?profession=zzz", 422),
    "unknown aid": ("/aides/nulle-part/", 404),
    "unknown page": ("/nulle-part/", 404),
    "unknown commune": ("/territoires/communes/99999/", 404),
    "unknown rule": ("/regles/nulle_part/", 404),
}
"""What answers with an error, in a page: the address and the status."""
