"""Ages are read with their slack, and whoever may be under 18 is treated as a child."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfl.domain.ages import birth_bounds, is_minor, read_age
from rfl.domain.errors import FieldError
from rfl.domain.persons import Age, UncertainDate

# Parsing EDTF takes its time on a busy machine; speed is measured elsewhere.
unhurried = settings(deadline=None)

ON = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("17", 17, 17),
        ("١٧", 17, 17),
        ("۱۷ سال", 17, 17),
        ("17 years old", 17, 17),
        ("17 ans", 17, 17),
        ("about 17", 15, 19),
        ("17?", 15, 19),
        ("about 1", 0, 3),
        ("15-18", 15, 18),
        ("15 to 18", 15, 18),
        ("١٥ - ١٨", 15, 18),
        ("about 15-18", 13, 20),
        ("under 18", 0, 17),
        ("over 60", 61, 123),
        ("122", 122, 122),
    ],
)
def test_ages_are_read_as_people_say_them(text, low, high):
    assert read_age(text, ON) == Age(low, high, "2024-06-01")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "Write whole years"),
        ("young", "Write whole years"),
        ("1.5", "Write whole years"),
        ("-3", "Write whole years"),
        ("17" * 50, "Write whole years"),
        ("200", "between 0 and 123"),
        ("about 124", "between 0 and 123"),
        ("18-15", "lower age first"),
        ("under 0", "lower age first"),
    ],
)
def test_what_is_no_age_is_refused_with_the_remedy(text, remedy):
    with pytest.raises(FieldError, match=remedy):
        read_age(text, ON)


@unhurried
@given(st.text(max_size=60))
def test_any_text_is_either_an_age_or_refused_by_name(text):
    try:
        age = read_age(text, ON)
    except FieldError:
        return
    assert 0 <= age.low <= age.high <= 123


def _completed_years(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@unhurried
@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 36_000))
def test_the_true_birth_lies_within_what_the_age_allows(birth, days_lived):
    as_of = date.fromordinal(birth.toordinal() + days_lived)
    years = _completed_years(birth, as_of)
    low, high, _ = birth_bounds(UncertainDate(), Age(years, years, as_of.isoformat()))
    assert low <= birth <= high


def test_an_age_tells_the_year_of_days_on_which_the_person_was_born():
    assert birth_bounds(UncertainDate(), Age(17, 17, "2024-06-01")) == (
        date(2006, 6, 2),
        date(2007, 6, 1),
        False,
    )


def test_date_and_age_that_agree_narrow_each_other():
    found = birth_bounds(UncertainDate("2006~"), Age(17, 17, "2024-06-01"))
    assert found == (date(2006, 6, 2), date(2007, 6, 1), False)


def test_date_and_age_that_contradict_each_other_keep_all_days_and_are_marked():
    found = birth_bounds(UncertainDate("1990"), Age(17, 17, "2024-06-01"))
    assert found == (date(1990, 1, 1), date(2007, 6, 1), True)


def test_nothing_recorded_gives_no_bounds():
    assert birth_bounds(UncertainDate(), None) is None


def test_an_age_without_a_readable_day_gives_no_bounds():
    assert birth_bounds(UncertainDate(), Age(17, 17, "last summer")) is None


@pytest.mark.parametrize(
    ("birth", "age", "minor"),
    [
        ("2006-06-02", None, True),
        ("2006-06-01", None, False),
        ("2006", None, True),
        ("2005", None, False),
        ("2005~", None, True),
        ("", Age(17, 20, "2024-06-01"), True),
        ("", Age(18, 18, "2024-06-01"), False),
        ("", Age(16, 16, "2020-06-01"), False),
        ("1990", Age(17, 17, "2024-06-01"), True),
        ("1994/..", None, True),
        ("../1993", None, False),
        ("", None, False),
    ],
)
def test_whoever_may_be_under_eighteen_is_a_child(birth, age, minor):
    assert is_minor(UncertainDate(birth), age, ON) is minor


def test_a_birthday_on_29_february_is_reached_on_1_march():
    birth = UncertainDate("2008-02-29")
    assert [is_minor(birth, None, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [True, False]
