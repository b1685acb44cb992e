"""What the definitions fill first has a source in the structure or the project."""

from maillage.apps.dossiers.prefill import SOURCES
from maillage.core.dossiers.kinds import every_kind


def test_every_question_filled_first_names_a_source_that_exists():
    named = {field.prerempli for kind in every_kind() for field in kind.champs} - {""}
    assert named <= set(SOURCES)
