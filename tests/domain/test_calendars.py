"""Foreign calendars give the Gregorian day that almanacs give, and back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfl.domain.calendars import CALENDARS, from_gregorian, month_length, span, to_gregorian

# Parsing EDTF takes its time on a busy machine; speed is measured elsewhere.
unhurried = settings(deadline=None)

KNOWN = [
    # Nowruz as observed in Iran and Afghanistan.
    ("solar_hijri", (1403, 1, 1), date(2024, 3, 20)),
    ("solar_hijri", (1399, 12, 30), date(2021, 3, 20)),
    ("solar_hijri", (1357, 11, 22), date(1979, 2, 11)),
    # Umm al-Qura new year and the start of Ramadan 1445.
    ("hijri", (1446, 1, 1), date(2024, 7, 7)),
    ("hijri", (1445, 9, 1), date(2024, 3, 11)),
    # Arithmetic reckoning before 1343: 1 Muharram 1300 (Calendrical Calculations, Islamic civil calendar).
    ("hijri", (1300, 1, 1), date(1882, 11, 12)),
    # Enkutatash in a common year and after an Ethiopian leap year; the Ethiopian millennium.
    ("ethiopian", (2017, 1, 1), date(2024, 9, 11)),
    ("ethiopian", (2016, 1, 1), date(2023, 9, 12)),
    ("ethiopian", (2000, 1, 1), date(2007, 9, 12)),
    ("ethiopian", (2015, 13, 6), date(2023, 9, 11)),
    ("gregorian", (2024, 2, 29), date(2024, 2, 29)),
]


@pytest.mark.parametrize(("calendar", "counted", "day"), KNOWN)
def test_known_days_are_converted_as_almanacs_have_them(calendar, counted, day):
    assert to_gregorian(calendar, *counted) == day


@pytest.mark.parametrize(("calendar", "counted", "day"), KNOWN)
def test_known_days_are_found_again_from_the_gregorian_side(calendar, counted, day):
    assert from_gregorian(calendar, day) == counted


@pytest.mark.parametrize(
    ("calendar", "year", "month", "days"),
    [
        ("solar_hijri", 1399, 12, 30),
        ("solar_hijri", 1400, 12, 29),
        ("ethiopian", 2015, 13, 6),
        ("ethiopian", 2016, 13, 5),
        ("hijri", 1342, 12, 29),
        ("hijri", 1300, 12, 30),
        ("hijri", 1301, 12, 29),
        ("hijri", 1500, 12, 30),
        ("gregorian", 2000, 2, 29),
        ("gregorian", 1900, 2, 28),
    ],
)
def test_leap_years_lengthen_the_right_month(calendar, year, month, days):
    assert month_length(calendar, year, month) == days


@pytest.mark.parametrize(
    ("calendar", "counted"),
    [
        ("gregorian", (1995, 2, 29)),
        ("gregorian", (1994, 13, 1)),
        ("gregorian", (1994, 0, 1)),
        ("gregorian", (1994, 1, 0)),
        ("gregorian", (1373, 1, 1)),
        ("solar_hijri", (1400, 12, 30)),
        ("solar_hijri", (1994, 1, 1)),
        ("hijri", (1446, 1, 31)),
        ("hijri", (1446, 13, 1)),
        ("ethiopian", (2016, 13, 6)),
        ("ethiopian", (2017, 14, 1)),
    ],
)
def test_days_that_never_were_are_refused(calendar, counted):
    with pytest.raises(ValueError, match=r"no such|range"):
        to_gregorian(calendar, *counted)


def test_a_foreign_year_spans_two_gregorian_years():
    assert span("ethiopian", 1987) == (date(1994, 9, 11), date(1995, 9, 11))


def test_a_foreign_month_spans_its_own_days():
    assert span("solar_hijri", 1373, 12) == (date(1995, 2, 20), date(1995, 3, 20))


@unhurried
@given(st.sampled_from(sorted(CALENDARS)), st.dates(date(1925, 1, 1), date(2077, 1, 1)))
def test_every_day_of_living_memory_survives_the_way_there_and_back(calendar, day):
    assert to_gregorian(calendar, *from_gregorian(calendar, day)) == day


@unhurried
@given(st.sampled_from(sorted(CALENDARS)), st.dates(date(1802, 10, 1), date(1924, 7, 31)))
def test_every_day_of_the_archives_survives_the_way_there_and_back(calendar, day):
    assert to_gregorian(calendar, *from_gregorian(calendar, day)) == day


@unhurried
@given(st.sampled_from(["solar_hijri", "ethiopian", "gregorian"]), st.dates(date(1802, 1, 1), date(2190, 1, 1)))
def test_the_day_after_is_counted_as_the_next_day(calendar, day):
    before, after = (
        from_gregorian(calendar, day),
        from_gregorian(calendar, date.fromordinal(day.toordinal() + 1)),
    )
    assert before < after


@unhurried
@given(st.sampled_from(sorted(CALENDARS)), st.data())
def test_the_months_of_a_year_cover_it_without_gap(calendar, data):
    rules = CALENDARS[calendar]
    year = data.draw(st.integers(rules.first_year, rules.last_year))
    first, last = span(calendar, year)
    assert sum(month_length(calendar, year, m) for m in range(1, rules.months + 1)) == (last - first).days + 1
