"""What is taken is described field by field, for any model."""

from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from maillage.core.kernel.input_schema import complete, input_schema
from maillage.core.kernel.problems import BadInput


class Team(BaseModel):
    """A team."""

    model_config = ConfigDict(title="Équipe")

    size: int = Field(title="Taille", description="Combien ?", ge=1, le=9, json_schema_extra={"unite": "personnes"})
    share: float | None = Field(default=None, title="Part", description="Quelle part ?", ge=0, le=1)
    kind: Literal["a", "b"] | None = Field(default="a", title="Genre", description="Lequel ?")
    either: int | str = Field(default=1, title="Un nombre ou un texte", description="Au choix.")


def test_a_field_says_its_title_its_unit_and_its_bounds() -> None:
    schema = input_schema(Team)
    assert (schema["title"], schema["required"]) == ("Équipe", ["size"])
    assert schema["properties"]["size"] == {
        "title": "Taille",
        "description": "Combien ?",
        "type": "integer",
        "minimum": 1,
        "maximum": 9,
        "unite": "personnes",
    }


def test_a_field_that_may_be_unknown_admits_null_beside_its_bounds() -> None:
    share = input_schema(Team)["properties"]["share"]
    assert (share["type"], share["minimum"], share["maximum"]) == (["number", "null"], 0, 1)


def test_a_choice_that_may_be_unknown_admits_null_and_a_true_alternative_stays_one() -> None:
    fields = input_schema(Team)["properties"]
    assert fields["kind"]["enum"] == ["a", "b", None]
    assert [choice["type"] for choice in fields["either"]["anyOf"]] == ["integer", "string"]


def test_an_example_gives_every_field_or_is_refused() -> None:
    assert complete(Team, {"size": 2}) == {"size": 2, "share": None, "kind": "a", "either": 1}
    with pytest.raises(BadInput, match="size : champ obligatoire"):
        complete(Team, {})
