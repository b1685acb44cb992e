"""The guide of the data cannot lie: it names every source, and its example is loaded."""

import pytest
from tests.architecture.sources import DOCS

from maillage.apps.territories.models import Value
from maillage.apps.territories.official.registry import codes

GUIDE = DOCS / "guides" / "donnees.md"


def test_the_guide_names_every_source_and_no_other():
    rows = [
        line.split("|")[1].strip() for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    assert sorted(rows) == sorted(f"`{code}`" for code in codes())


@pytest.mark.usefixtures("territories")
def test_the_example_of_an_indicator_is_loaded_as_it_is(maillage):
    ran = maillage("donnees", "importer", "indicateur", DOCS / "guides" / "exemples" / "enquete_locale.csv")
    assert (ran.code, ran.err) == (0, "")
    assert dict(Value.objects.values_list("code", "value")) == {"35236": 11.5, "35294": 9, "35238": None}
