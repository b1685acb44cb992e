"""What the actions add up to, the themes of the public-health missions, the trainees of a year."""

import datetime
from decimal import Decimal

from maillage.core.activity.plan import Followed, themes_held, total
from maillage.core.activity.trainees import Trainee, training


def trainee(name, since, until, kind="stage"):
    return Trainee("Le Goff", name, kind, "infirmier", datetime.date(*since), datetime.date(*until))


def test_progress_is_unknown_without_a_step():
    assert Followed().percent is None
    assert Followed(steps=4, done=1).percent == 25


def test_spending_over_the_budget_is_told_only_when_the_budget_is_known():
    assert Followed(budget=Decimal(10), spent=Decimal(11)).is_over
    assert not Followed(spent=Decimal(11)).is_over
    assert not Followed(budget=Decimal(10), spent=Decimal(10)).is_over


def test_a_total_never_takes_an_unknown_budget_for_nothing():
    rows = [Followed(budget=Decimal(10), reached=3), Followed(spent=Decimal(4), reached=2, steps=2, done=1)]
    found = total(rows)
    assert (found.actions, found.unknown, found.whole.budget) == (2, 1, Decimal(10))
    assert (found.whole.spent, found.whole.reached, found.whole.percent) == (Decimal(4), 5, 50)
    assert total([Followed()]).whole.budget is None


def test_two_missions_on_one_theme_are_told_and_a_mission_without_theme_too():
    found = themes_held(
        [("Vacciner", "vaccination"), ("Grippe", "vaccination"), ("Bus", ""), ("Aînés", "personnes_agees")]
    )
    assert found.themes == ("vaccination", "personnes_agees")
    assert found.shared == (("vaccination", ("Vacciner", "Grippe")),)
    assert found.missing == ("Bus",)


def test_trainees_are_different_people_of_the_year_without_apprentice_preparateurs():
    rows = [
        trainee("Anne", (2026, 1, 5), (2026, 3, 1)),
        trainee("ANNE", (2026, 9, 1), (2026, 9, 30)),
        trainee("Paul", (2025, 12, 1), (2026, 1, 15)),
        trainee("Luc", (2026, 1, 1), (2026, 12, 31), "preparateur"),
        trainee("Marie", (2025, 1, 1), (2025, 6, 1)),
    ]
    found = training(rows, 2026)
    assert (found.different, found.set_aside, found.over_two_years) == (2, 1, 1)
    assert (found.asked, found.most) == (2, 4)
    assert "CNAM" in found.source


def test_a_year_before_any_text_asks_for_nothing_known():
    assert training([], 2010).asked is None
