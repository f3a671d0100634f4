"""What days an EDTF text can mean, reckoned exactly as the `edtf` library does and far faster."""

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from rfl.domain.edtf_bounds import bounds, spell, strict_bounds

# Parsing EDTF takes its time on a busy machine; speed is measured elsewhere.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("edtf", "low", "high", "approximate"),
    [
        ("1994", (1994, 1, 1), (1994, 12, 31), False),
        ("1994~", (1993, 1, 1), (1995, 12, 31), True),
        ("1994%", (1992, 1, 1), (1996, 12, 31), True),
        ("1994-02", (1994, 2, 1), (1994, 2, 28), False),
        ("../1993", (1870, 12, 31), (1993, 12, 31), True),
        ("1994/", (1994, 1, 1), (2117, 1, 1), True),
        ("[1994-05-12,1994-12-05]", (1994, 5, 12), (1994, 12, 5), True),
    ],
)
def test_bounds_include_what_an_estimate_allows(edtf, low, high, approximate):
    assert bounds(edtf) == (date(*low), date(*high), approximate)


@pytest.mark.parametrize("edtf", ["", "about 1994", "1994-02-29", "1995/1994", "..", "../..", "/", "-0044", "9" * 90])
def test_what_is_no_edtf_has_no_bounds(edtf):
    assert bounds(edtf) is None


part_texts = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    st.dates(date(1800, 1, 1), date(2190, 1, 1)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)


@unhurried
@given(st.one_of(part_texts, st.builds("{}/{}".format, part_texts, part_texts)))
def test_bounds_agree_with_the_edtf_library(edtf):
    parsed = parse_edtf(edtf)
    expected = date(*parsed.lower_fuzzy()[:3]), date(*parsed.upper_fuzzy()[:3])
    assert bounds(edtf) is None or bounds(edtf)[:2] == expected
    assert (bounds(edtf) is None) == (expected[0] > expected[1])


@settings(deadline=None, max_examples=15)  # the library takes a quarter of a second for each set
@given(st.lists(st.dates(date(1800, 1, 1), date(2190, 1, 1)), min_size=2, max_size=4))
def test_bounds_of_one_day_of_several_agree_with_the_edtf_library(days):
    edtf = f"[{','.join(day.isoformat() for day in days)}]"
    parsed = parse_edtf(edtf)
    assert bounds(edtf) == (date(*parsed.lower_fuzzy()[:3]), date(*parsed.upper_fuzzy()[:3]), True)


@unhurried
@given(st.dates(date(1800, 1, 1), date(2190, 1, 1)), st.integers(0, 4000))
def test_a_span_of_days_is_spelled_so_that_it_reads_back_as_the_same_days(first, length):
    last = first + timedelta(days=length)
    assert strict_bounds(spell(first, last)) == (first, last)
