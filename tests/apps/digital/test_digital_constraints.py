"""What the database refuses of tools and counts, each with its name and its words in French."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.digital.models import MonthlyCount, Tool, ToolUser

DAY, BEFORE = datetime.date(2026, 3, 1), datetime.date(2026, 2, 1)
COUNT = {"kind": "snp", "count": 1, "source": "saisi"}
REFUSED = [
    ("tool_has_a_product", Tool, ("structure",), {"use": "autre", "product": ""}),
    ("tool_link_is_secure", Tool, ("structure",), {"use": "autre", "product": "Axi", "link": "http://a.fr"}),
    (
        "tool_ends_after_it_is_acquired",
        Tool,
        ("structure",),
        {"use": "autre", "product": "Axi", "acquired_on": DAY, "ended_on": BEFORE},
    ),
    ("tool_user_once", ToolUser, ("tool", "member"), {}),
    ("monthly_count_once", MonthlyCount, ("structure", "at", "by"), {**COUNT, "month": DAY}),
    (
        "monthly_count_of_a_month",
        MonthlyCount,
        ("structure", "at", "by"),
        {**COUNT, "month": datetime.date(2026, 3, 2)},
    ),
]


@pytest.fixture
def world(db):
    people = cast.create()
    tool = Tool.objects.create(structure=people.structure, use="autre", product="Axi")
    found = {"structure": people.structure, "tool": tool, "member": people.structure.members.first()}
    told = {"at": cast.NOW, "by": people.porteuse}
    ToolUser.objects.create(tool=tool, member=found["member"])
    MonthlyCount.objects.create(structure=people.structure, **COUNT, month=DAY, **told)
    return {**found, **told}


def test_the_database_refuses_what_makes_no_sense(world):
    for name, model, links, fields in REFUSED:
        row = model(**{link: world[link] for link in links}, **fields)
        (constraint,) = [each for each in model._meta.constraints if each.name == name]
        with pytest.raises(ValidationError) as wrong:
            constraint.validate(model, row)
        assert wrong.value.messages == [constraint.violation_error_message]
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_every_constraint_is_tried():
    named = {each.name for model in (Tool, ToolUser, MonthlyCount) for each in model._meta.constraints}
    assert named == {name for name, *_rest in REFUSED}
