"""When a deadline is told: in order, once, whatever the days at which the clock turns."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from maillage.core.dossiers.alerts import LAST_DAY, PAST, stage_of, stages, to_tell
from maillage.core.dossiers.calendar import day_in, zone_of
from maillage.core.dossiers.clock import Suspension, clock
from maillage.core.dossiers.definition import DelayData

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
MOMENTS = st.builds(
    lambda day, minute: (
        datetime.datetime.combine(day, datetime.time(), datetime.UTC) + datetime.timedelta(minutes=minute)
    ),
    DAYS, st.integers(0, 24 * 60 - 1),
)  # fmt: skip
BEFORE = st.lists(st.integers(-3, 60), max_size=5)
REGIONS = st.sampled_from(["53", "44", "01", "02", "03", "04", "06", "94"])


def ago(day, days):
    return day - datetime.timedelta(days=days)


def test_a_far_deadline_is_not_told():
    day = datetime.date(2026, 5, 1)
    assert [stage_of(day, (15, 5), ago(day, left)) for left in (16, 15, 6, 5, 1, 0, -1, -90)] == [
        None, 15, 15, 5, 5, LAST_DAY, PAST, PAST,
    ]  # fmt: skip


@given(DAYS, BEFORE, st.lists(st.integers(-30, 90), max_size=40))
def test_alerts_come_in_order_and_once_whatever_the_days_of_the_turns(last_day, before, turns):
    told = []
    for left in sorted(turns, reverse=True):
        stage = to_tell(last_day, before, told, ago(last_day, left))
        if stage is not None:
            assert left <= stage
            told.append(stage)
        assert to_tell(last_day, before, told, ago(last_day, left)) is None
    assert told == sorted(set(told), reverse=True)
    assert set(told) <= set(stages(before))


@given(DAYS, BEFORE)
def test_a_clock_that_turns_every_day_tells_each_stage(last_day, before):
    told = []
    for left in range(90, -3, -1):
        stage = to_tell(last_day, before, told, ago(last_day, left))
        if stage is not None:
            assert stage == left
            told.append(stage)
    assert tuple(told) == stages(before)


@given(DAYS, BEFORE, st.integers(0, 60))
def test_after_a_stop_only_the_stage_reached_is_told(last_day, before, missed):
    today = ago(last_day, -missed)
    stage = to_tell(last_day, before, [], today)
    assert stage == (PAST if missed else LAST_DAY)
    assert to_tell(last_day, before, [stage], today) is None


@given(
    REGIONS,
    MOMENTS,
    st.integers(1, 3),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40)), max_size=3),
)
def test_a_delay_is_never_over_before_the_end_of_its_last_day_where_it_is(region, filed, months, pauses):
    delay = DelayData(mois=months, compte_depuis="depot", silence="acceptation", source="x", confiance="A")
    since, rows = day_in(region, filed), []
    for after, length in pauses:
        start = (rows[-1].until if rows else since) + datetime.timedelta(days=after)
        rows.append(Suspension(start, start + datetime.timedelta(days=length)))
    due = clock(delay, since, rows, since).due
    zone = zone_of(region)
    midnight = datetime.datetime.combine(due + datetime.timedelta(days=1), datetime.time(), tzinfo=zone)
    for moment, over in ((midnight - datetime.timedelta(microseconds=1), False), (midnight, True)):
        today = day_in(region, moment.astimezone(datetime.UTC))
        assert clock(delay, since, rows, today).is_over is over
    whole = clock(delay, since, [], since).due
    assert (due - whole).days == sum(each.days() for each in rows)


@given(REGIONS, DAYS, st.integers(0, 30))
def test_a_suspended_delay_is_never_over(region, since, later):
    delay = DelayData(mois=2, compte_depuis="depot", silence="refus", source="x", confiance="A")
    rows = [Suspension(since + datetime.timedelta(days=later))]
    for days in (0, 59, 400, 4000):
        assert not clock(delay, since, rows, since + datetime.timedelta(days=days)).is_over
