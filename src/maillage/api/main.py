"""The API: one router per subject."""

from maillage.api import errors
from maillage.api.aids.routes import router as aids
from maillage.api.application import JsonRenderer, MaillageAPI
from maillage.api.dossiers.acting import router as dossier_acts
from maillage.api.dossiers.kinds_routes import router as dossier_kinds
from maillage.api.dossiers.reading import router as dossiers
from maillage.api.dossiers.register_routes import router as register
from maillage.api.known_parameters import only_known_parameters
from maillage.api.orientation.routes import router as orientation
from maillage.api.parameters.routes import router as parameters
from maillage.api.projets.activity import router as activity
from maillage.api.projets.reading import router as projects
from maillage.api.projets.routes import router as projets
from maillage.api.regions.routes import router as regions
from maillage.api.rules.routes import router as rules
from maillage.api.simulations.routes import router as simulations
from maillage.api.structures import writing
from maillage.api.structures.reading import router as structures
from maillage.api.territories.accessibility_routes import router as accessibility
from maillage.api.territories.diagnosis_routes import router as diagnosis
from maillage.api.territories.routes import router as territories
from maillage.api.territories.sites_routes import router as sites

api = MaillageAPI(
    title="Maillage",
    version="1",
    description=(
        "Les règles de l'exercice coordonné (ESP, MSP, centres de santé, ESS, CPTS) et leurs calculs. "
        "Les montants sont des textes à deux décimales ; null veut dire « à confirmer », jamais zéro. "
        "Aucune donnée de patient. Aucun compte, sauf pour un projet, que lit la session du site, et pour un "
        "dossier ou une structure, que lit une session ou un jeton d'organisation (Authorization: Bearer mlg_…)."
    ),
    docs_url=None,
    renderer=JsonRenderer(),
)
errors.install(api)
writing.install(structures)
api.add_decorator(only_known_parameters)
api.add_router("/orientation", orientation)
api.add_router("/simulations", simulations)
api.add_router("/parametres", parameters)
api.add_router("/regles", rules)
api.add_router("/aides", aids)
api.add_router("/dossiers", dossiers)
api.add_router("/dossiers", dossier_acts)
api.add_router("/demarches", dossier_kinds)
api.add_router("/registre", register)
api.add_router("/projets", activity)
api.add_router("/projets", projects)
api.add_router("/projets", projets)
api.add_router("/structures", structures)
api.add_router("", regions)
api.add_router("", territories)
api.add_router("/territoires", accessibility)
api.add_router("/territoires", diagnosis)
api.add_router("/territoires", sites)
