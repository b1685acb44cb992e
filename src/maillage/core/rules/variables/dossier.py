"""What the conditions say of the documents and of the legal form of a structure, in three-valued logic."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from maillage.core.rules.base import StructureCode, Truth, all_of, truth_of
from maillage.core.rules.variables.equipe import one_of
from maillage.core.rules.variables.inputs import FormeJuridique, ProjetDeSante

FORMES = "forme_juridique"


def projet_redige(structure: Any, period: Any) -> Truth:
    """Whether the projet de santé is written."""
    avancement = structure("projet_de_sante", period)
    return known_truth(one_of(avancement, ("redige", "valide")), avancement == ProjetDeSante.inconnu)


def projet_valide(structure: Any, period: Any, code: StructureCode) -> Truth:
    """Whether the ARS has accepted the projet de santé for this structure.

    Unknown for a project that is accepted when nobody says for which structure.
    """
    avancement = structure("projet_de_sante", period)
    accepted = known_truth(avancement == ProjetDeSante.valide, avancement == ProjetDeSante.inconnu)
    return all_of(accepted, truth_of(structure(f"projet_valide_pour_{code.lower()}", period)))


def has_form(structure: Any, period: Any, codes: Iterable[str], field: str = FORMES) -> Truth:
    """Whether the legal form (or the manager, when ``field`` says so) is one of these codes."""
    form = structure(field, period)
    return known_truth(one_of(form, codes), form == FormeJuridique.inconnue)


def has_status(structure: Any, period: Any, association_required: bool) -> Truth:
    """Whether the structure has the status that it needs: an association where it is required, else any."""
    if association_required:
        return has_form(structure, period, ("association_1901",))
    return 1.0 - has_form(structure, period, ("aucune",))


def known_truth(true: Any, unknown: Any) -> Truth:
    """Truth from two arrays of booleans: where it holds, where nothing is known."""
    return np.select([unknown, true], [np.nan, 1.0], default=0.0)
