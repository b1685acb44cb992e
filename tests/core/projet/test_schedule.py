"""The dates of a roadmap: what slips pushes the rest, what is fixed stays, each date says why."""

import datetime
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from maillage.core.projet.schedule import Delay, Plan, Scheduled, add_months, schedule

START = datetime.date(2026, 1, 5)
WEEK = datetime.timedelta(weeks=1)


@dataclass(frozen=True)
class Small:
    """A step of a small roadmap."""

    code: str
    after: tuple[str, ...] = ()
    delays: tuple[Delay, ...] = ()

    @property
    def title(self) -> str:
        return self.code.capitalize()


TWO_MONTHS = Delay("depot", 2, "au_plus", "Sans réponse, le projet est validé.", "Le texte", "A", "")
A_MONTH = Delay("statuts", 1, "au_moins", "Un mois avant.", "Le texte", "A", "")
CHAIN = (
    Small("equipe"),
    Small("projet", ("equipe",)),
    Small("depot", ("projet",)),
    Small("validation", ("depot",), (TWO_MONTHS,)),
    Small("contrat", ("validation",)),
)
PLANNED = {code: START + rank * 4 * WEEK for rank, code in enumerate(("equipe", "projet", "depot", "contrat"), 1)}
PLANNED["contrat"] = START + 40 * WEEK


def plan(**given_: object) -> Plan:
    values = {"start": START, "planned": PLANNED, "done": {}, "moved": {}, **given_}
    return Plan(**values)


def days(found: dict[str, Scheduled]) -> dict[str, datetime.date | None]:
    return {code: each.day for code, each in found.items()}


def test_nothing_moves_while_nothing_slips():
    found = schedule(CHAIN, plan())
    assert days(found)["depot"] == PLANNED["depot"]
    assert {each.pushed for each in found.values()} == {0}


def test_a_step_moved_by_three_weeks_pushes_the_following_ones_and_says_why():
    found = schedule(CHAIN, plan(moved={"projet": PLANNED["projet"] + 3 * WEEK}))
    assert found["projet"].reason == "Repoussé de 3\xa0semaines par vous."
    assert found["depot"].day == PLANNED["depot"] + 3 * WEEK
    assert found["depot"].reason == "Repoussé de 3\xa0semaines parce que l'étape « Projet » est repoussée."
    assert found["equipe"].day == PLANNED["equipe"]


def test_a_step_done_late_pushes_the_following_ones():
    found = schedule(CHAIN, plan(done={"equipe": PLANNED["equipe"] + 10 * (WEEK / 7)}))
    assert found["projet"].reason == "Repoussé de 10\xa0jours parce que l'étape « Equipe » a pris du retard."


def test_a_step_that_is_overdue_is_shown_today_and_nothing_that_waits_is_before_it():
    today = PLANNED["projet"] + WEEK
    found = schedule(CHAIN, plan(today=today))
    assert (found["equipe"].day, found["equipe"].origin) == (today, "en_retard")
    assert found["equipe"].reason == "En retard de 5\xa0semaines."
    assert found["projet"].day == today
    assert found["depot"].day == PLANNED["depot"]


def test_a_legal_delay_gives_the_date_that_nobody_set():
    found = schedule(CHAIN, plan())["validation"]
    assert (found.day, found.origin) == (add_months(PLANNED["depot"], 2), "calculee")
    assert found.reason == TWO_MONTHS.sentence


def test_a_legal_delay_that_has_begun_is_fixed():
    sent = datetime.date(2026, 3, 30)
    found = schedule(CHAIN, plan(done={"depot": sent}, moved={"projet": PLANNED["contrat"]}))["validation"]
    assert (found.day, found.origin, found.limit) == (datetime.date(2026, 5, 30), "loi", datetime.date(2026, 5, 30))


def test_a_date_planned_after_the_limit_of_a_text_says_so():
    late = PLANNED | {"validation": PLANNED["depot"] + 20 * WEEK}
    found = schedule(CHAIN, plan(planned=late))["validation"]
    assert found.day == late["validation"]
    assert found.alert.startswith("Dépasse le")


def test_an_imposed_date_does_not_move_and_tells_that_it_cannot_hold():
    found = schedule(CHAIN, plan(imposed={"depot"}, moved={"projet": PLANNED["depot"] + WEEK}))
    assert found["depot"].day == PLANNED["depot"]
    assert "« Projet »" in found["depot"].alert
    assert "qu'à partir du" in found["depot"].alert


def test_what_waits_for_an_imposed_date_that_cannot_hold_is_not_before_what_holds_it():
    late = PLANNED["contrat"] + 4 * WEEK
    found = schedule(CHAIN, plan(imposed={"depot"}, moved={"projet": late}))
    assert found["depot"].day == PLANNED["depot"]
    assert found["contrat"].day >= late


def test_a_step_without_date_does_not_hide_those_before_it():
    planned = {"projet": PLANNED["contrat"], "contrat": PLANNED["projet"]}
    found = schedule((*CHAIN[:3], Small("contrat", ("depot",))), plan(planned=planned))
    assert found["depot"].day is None
    assert found["contrat"].day == planned["projet"]


def test_a_date_that_nobody_set_and_no_text_gives_is_unknown():
    found = schedule(CHAIN, plan(planned={}))
    assert (found["projet"].day, found["projet"].origin) == (None, "inconnue")


def test_a_delay_goes_through_a_step_without_date():
    planned = {code: day for code, day in PLANNED.items() if code != "depot"}
    found = schedule(CHAIN, plan(planned=planned, moved={"projet": PLANNED["projet"] + WEEK}))
    assert found["contrat"].day == PLANNED["contrat"] + WEEK


def test_a_step_left_out_hands_over_those_that_it_waited_for():
    found = schedule(CHAIN, plan(skipped={"depot"}, moved={"projet": PLANNED["contrat"] + WEEK}))
    assert (found["depot"].origin, found["depot"].day) == ("sans_objet", None)
    assert found["contrat"].day > PLANNED["contrat"] + WEEK


def test_a_wait_of_a_text_holds_a_step_back():
    steps = (Small("statuts"), Small("societe", ("statuts",), (A_MONTH,)))
    day = datetime.date(2026, 2, 10)
    found = schedule(steps, plan(planned={"statuts": day, "societe": day}))
    assert found["societe"].day == datetime.date(2026, 3, 10)


def test_a_step_cannot_be_brought_before_what_it_waits_for():
    found = schedule(CHAIN, plan(moved={"depot": START}))["depot"]
    assert found.day == PLANNED["projet"]
    assert found.reason == "Pas plus tôt, parce que l'étape « Projet » finit plus tard."


DAYS = st.dates(START, START + datetime.timedelta(days=900))
CODES = [step.code for step in CHAIN]
PLANS = st.builds(
    Plan,
    start=st.just(START),
    planned=st.dictionaries(st.sampled_from(CODES), DAYS),
    done=st.dictionaries(st.sampled_from(CODES), DAYS, max_size=2),
    moved=st.just({}),
    imposed=st.frozensets(st.sampled_from(CODES), max_size=2),
    skipped=st.frozensets(st.sampled_from(CODES), max_size=2),
    today=st.none() | DAYS,
)


@given(PLANS)
def test_no_step_that_may_move_is_before_those_it_waits_for(chosen: Plan):
    found = schedule(CHAIN, chosen)
    for step in CHAIN:
        mine = found[step.code]
        if mine.origin in ("fixee", "repoussee", "en_retard"):
            waited = [found[code].day for code in step.after]
            assert all(day is None or day <= mine.day for day in waited)
            assert chosen.start <= mine.day


@given(PLANS)
def test_done_and_imposed_dates_never_move(chosen: Plan):
    for code, each in schedule(CHAIN, chosen).items():
        if code in chosen.skipped:
            assert each.day is None
        elif code in chosen.done:
            assert each.day == chosen.done[code]
        elif code in chosen.imposed and code in chosen.planned:
            assert each.day == chosen.planned[code]


@given(PLANS)
def test_a_step_that_is_pushed_says_why_and_by_how_much(chosen: Plan):
    for code, each in schedule(CHAIN, chosen).items():
        assert each.pushed >= 0
        if each.origin == "repoussee":
            assert each.reason.startswith("Repoussé de ")
            assert (each.day - chosen.planned[code]).days == each.pushed


@given(PLANS, st.sampled_from(CODES), st.integers(0, 200))
def test_moving_a_step_later_never_brings_another_forward(chosen: Plan, code: str, later: int):
    """Later than the day it is shown at: its planned day, or later when what it waits for pushed it."""
    before = schedule(CHAIN, chosen)
    day = before[code].day
    if day is None or code not in chosen.planned:
        return
    after = schedule(CHAIN, Plan(**{**vars(chosen), "moved": {code: day + datetime.timedelta(days=later)}}))
    for each in CODES:
        if each != code and before[each].day and after[each].day:
            assert after[each].day >= before[each].day


@given(PLANS)
def test_a_schedule_is_the_same_twice(chosen: Plan):
    assert schedule(CHAIN, chosen) == schedule(CHAIN, chosen)
