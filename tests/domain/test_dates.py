"""A date is read as people write it, kept in their words, and never silently changed into another."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from rfl.domain.calendars import CALENDARS, from_gregorian
from rfl.domain.date_words import PartialDate
from rfl.domain.dates import bounds, date_words, from_parts, read_date
from rfl.domain.errors import FieldError
from rfl.domain.persons import UncertainDate

# Parsing EDTF takes its time on a busy machine; speed is measured elsewhere.
unhurried = settings(deadline=None)

READ = [
    ("1994", "gregorian", "1994"),
    ("1994-05-12", "gregorian", "1994-05-12"),
    ("1994-05", "gregorian", "1994-05"),
    ("12.5.1994", "gregorian", "1994-05-12"),
    ("13/05/1994", "gregorian", "1994-05-13"),
    ("05/13/1994", "gregorian", "1994-05-13"),
    ("05/1994", "gregorian", "1994-05"),
    ("05/05/1994", "gregorian", "1994-05-05"),
    ("12/05/1994", "gregorian", "[1994-05-12,1994-12-05]"),
    ("05-12-1994", "gregorian", "[1994-05-12,1994-12-05]"),
    ("about 12/05/1994", "gregorian", "1994-05-12~/1994-12-05~"),
    ("May 1994", "gregorian", "1994-05"),
    ("May 12, 1994", "gregorian", "1994-05-12"),
    ("12th May 1994", "gregorian", "1994-05-12"),
    ("12 mai 1994", "gregorian", "1994-05-12"),
    ("12 мая 1994 г.", "gregorian", "1994-05-12"),
    ("травень 1994", "gregorian", "1994-05"),
    ("١٢ أيار ١٩٩٤", "gregorian", "1994-05-12"),
    ("كانون الثاني ١٩٩٤", "gregorian", "1994-01"),
    ("كانون الأول ١٩٩٤", "gregorian", "1994-12"),
    ("about 1994", "gregorian", "1994~"),
    ("حوالي 1994", "gregorian", "1994~"),
    ("١٩٩٤ تقريبا", "gregorian", "1994~"),
    ("около 1994 года", "gregorian", "1994~"),
    ("1994?", "gregorian", "1994?"),
    ("about 1994?", "gregorian", "1994%"),
    ("before 1994", "gregorian", "../1993"),
    ("قبل 1994", "gregorian", "../1993"),
    ("before May 1994", "gregorian", "../1994-04"),
    ("after 1994", "gregorian", "1995/.."),
    ("since 1994", "gregorian", "1994/.."),
    ("1990-1994", "gregorian", "1990/1994"),
    ("from 1990 to 1994", "gregorian", "1990/1994"),
    ("من ١٩٩٠ إلى ١٩٩٤", "gregorian", "1990/1994"),
    ("بين 1990 و1994", "gregorian", "1990/1994"),
    ("ما بين عامي ١٩٩٠ و١٩٩٤", "gregorian", "1990/1994"),
    ("بين مايو 1990 ويونيو 1991", "gregorian", "1990-05/1991-06"),
    ("من ١٩٩٠ حتى ١٩٩٤", "gregorian", "1990/1994"),
    ("مواليد 1994م", "gregorian", "1994"),
    ("about 1990-1994", "gregorian", "1990~/1994~"),
    ("May 1994 - June 1994", "gregorian", "1994-05/1994-06"),
    ("the 1990s", "gregorian", "199X"),
    ("1994-05-XX", "gregorian", "1994-05-XX"),
    ("1990~/1994", "gregorian", "1990~/1994"),
    ("1994-22", "gregorian", "1994-22"),
    ("۱۳۷۳", "solar_hijri", "1994-03-21/1995-03-20"),
    ("1373/2/22", "solar_hijri", "1994-05-12"),
    ("حمل ۱۳۷۳", "solar_hijri", "1994-03-21/1994-04-20"),
    ("حدود ۱۳۷۳", "solar_hijri", "1994-03-21~/1995-03-20~"),
    ("before 1373", "solar_hijri", "../1994-03-20"),
    ("1373-1375", "solar_hijri", "1994-03-21/1997-03-20"),
    ("1 محرم 1446", "hijri", "2024-07-07"),
    ("ربيع الأول 1415", "hijri", "1994-08-08/1994-09-05"),
    ("መስከረም 1 2017 ዓ.ም.", "ethiopian", "2024-09-11"),
    ("1985 بالتقويم الإثيوبي", "ethiopian", "1992-09-11/1993-09-10"),
    ("5 Meskerem 1985 E.C.", "ethiopian", "1992-09-15"),
    ("1985 በኢትዮጵያ አቆጣጠር", "ethiopian", "1992-09-11/1993-09-10"),
    ("بين 1410 هـ و1412 هـ", "hijri", "1989-08-02/1992-06-30"),
    ("5 وری 1370", "solar_hijri", "1991-03-25"),  # a Pashto month that begins with the letter for "and"
    ("5/13/2016", "ethiopian", "[2024-01-22,2024-09-10]"),
]


@pytest.mark.parametrize(("text", "calendar", "edtf"), READ)
def test_dates_are_read_as_people_write_them(text, calendar, edtf):
    assert read_date(text, calendar).edtf == edtf


@pytest.mark.parametrize(("text", "calendar", "edtf"), READ)
def test_the_words_and_the_calendar_of_the_teller_are_kept(text, calendar, edtf):
    told = read_date(text, calendar)
    assert (told.original, told.calendar) == (text, calendar)


@pytest.mark.parametrize("edtf", sorted({edtf for *_, edtf in READ}))
def test_what_is_kept_is_edtf_that_the_library_accepts_and_bounds_can_reckon(edtf):
    parse_edtf(edtf)
    assert bounds(edtf) is not None


@pytest.mark.parametrize("text", ["12.5.94", "94", "05/94", "May 94", "'94", "about 94", "٩٤"])
def test_two_digit_years_are_refused_with_the_remedy(text):
    with pytest.raises(FieldError, match="four digits, for example 1994"):
        read_date(text)


@pytest.mark.parametrize("text", ["29.2.1995", "1995-02-29", "31.4.1994", "1994-13-01", "31/04/1994", "0/0/1994"])
def test_days_that_never_were_are_refused_and_the_year_alone_is_offered(text):
    with pytest.raises(FieldError, match="only the year"):
        read_date(text)


@pytest.mark.parametrize(("text", "calendar"), [("1373", "gregorian"), ("1994", "solar_hijri"), ("9999", "gregorian")])
def test_a_year_of_another_calendar_is_noticed(text, calendar):
    with pytest.raises(FieldError, match="choose the calendar"):
        read_date(text, calendar)


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("1985 E.C.", "gregorian"),
        ("1985 ዓ.ም", "gregorian"),
        ("1985 إثيوبي", "gregorian"),
        ("1994م", "ethiopian"),
        ("1410 قمري", "solar_hijri"),
    ],
)
def test_words_that_name_another_calendar_than_the_chosen_one_are_not_passed_over(text, calendar):
    with pytest.raises(FieldError, match="Choose that calendar"):
        read_date(text, calendar)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(FieldError, match="ends before it begins"):
        read_date("1994-1990")


def test_a_calendar_that_is_not_offered_is_refused():
    with pytest.raises(FieldError, match="calendars offered"):
        read_date("1994", "julian")


def test_a_birth_in_the_future_is_refused():
    with pytest.raises(FieldError, match="not come yet"):
        read_date("2031", latest=date(2030, 1, 1))


def test_the_failure_names_the_field_it_belongs_to():
    with pytest.raises(FieldError) as failure:
        read_date("nonsense", field="birth")
    assert failure.value.field == "birth"


@pytest.mark.parametrize(
    "text", ["May", "sometime in spring", "1994 or 1995 or so", "XXXX", "[", "[[[[[[", "1994~~~-", "../.."]
)
def test_what_is_no_date_is_refused_with_examples(text):
    with pytest.raises(FieldError, match="about 1994"):
        read_date(text)


@pytest.mark.parametrize("text", ["1" * 500, "x" * 500, "[" * 500, "1994 " * 100, "٩" * 20_000])
def test_a_very_long_text_is_refused_at_once(text):
    with pytest.raises(FieldError, match="at most 120 characters"):
        read_date(text)


def test_control_and_direction_marks_are_taken_out_of_what_is_kept():
    assert read_date("\u200f12\x00 May\u202e 1994\n") == UncertainDate("1994-05-12", "12 May 1994", "gregorian")


def test_empty_text_is_an_empty_date():
    assert not read_date(" \t\u200f")


def test_month_names_of_a_further_language_can_be_passed_in():
    assert read_date("Mayıs 1994", month_names={"Mayıs": 5}).edtf == "1994-05"


@unhurried
@given(st.text(max_size=140), st.sampled_from(sorted(CALENDARS)))
def test_any_text_is_either_reckoned_or_refused_by_name(text, calendar):
    try:
        told = read_date(text, calendar)
    except FieldError:
        return
    assert not told or bounds(told.edtf) is not None


@unhurried
@given(st.text("0123456789-/.~?%X[]{},abouty ", max_size=30))
def test_texts_that_look_like_dates_are_either_reckoned_or_refused_by_name(text):
    try:
        told = read_date(text)
    except FieldError:
        return
    assert not told or bounds(told.edtf) is not None


@unhurried
@given(st.sampled_from(sorted(CALENDARS)), st.dates(date(1925, 1, 1), date(2070, 1, 1)))
def test_a_day_written_in_any_calendar_is_read_back_as_that_day(calendar, day):
    year, month, number = from_gregorian(calendar, day)
    assert read_date(f"{year}-{month:02}-{number:02}", calendar).edtf == day.isoformat()


@unhurried
@given(st.sampled_from(sorted(CALENDARS)), st.dates(date(1925, 1, 1), date(2070, 1, 1)))
def test_the_year_alone_covers_every_day_of_it(calendar, day):
    low, high, _ = bounds(from_parts(from_gregorian(calendar, day)[0], calendar=calendar).edtf)
    assert low <= day <= high


@unhurried
@given(st.sampled_from(sorted(CALENDARS)), st.dates(date(1925, 1, 1), date(2070, 1, 1)))
def test_about_allows_more_days_than_the_plain_date(calendar, day):
    parts = from_gregorian(calendar, day)[:2]
    plain = bounds(from_parts(*parts, calendar=calendar).edtf)
    about = bounds(from_parts(*parts, about=True, calendar=calendar).edtf)
    assert about[0] < plain[0]
    assert about[1] > plain[1]
    assert (plain[2], about[2]) == (False, True)


def test_boxes_take_digits_of_any_script():
    assert from_parts("١٩٩٤", "٥", "١٢") == UncertainDate("1994-05-12", "1994-05-12", "gregorian")


def test_boxes_keep_what_was_said_beside_them():
    assert from_parts(1987, about=True, calendar="ethiopian", original="ten years old at the flood") == UncertainDate(
        "1994-09-11~/1995-09-11~", "ten years old at the flood", "ethiopian"
    )


def test_empty_boxes_are_an_empty_date():
    assert not from_parts(None, "", None)


@pytest.mark.parametrize(
    ("parts", "remedy"),
    [
        ((1994, None, 12), "Write the month too"),
        ((None, 5, None), "Write the year too"),
        ((94, 5, 12), "four digits"),
        (("19x4", "", ""), "only digits"),
        (("19944", "", ""), "only digits"),
        ((1994, 2, 30), "Check the day"),
        ((1994, -1, 3), "Check the day"),
    ],
)
def test_boxes_filled_wrongly_say_what_to_fill_in(parts, remedy):
    with pytest.raises(FieldError, match=remedy):
        from_parts(*parts)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (UncertainDate(), "Not recorded"),
        (UncertainDate("", "in the year of the flood"), "in the year of the flood (as told, not reckoned)"),
        (UncertainDate("1994-05", "May 1994"), "1994-05"),
        (UncertainDate("1994~", "about 1994"), "About 1994"),
        (UncertainDate("1994%", ""), "About 1994, uncertain"),
        (UncertainDate("../1993", "before 1994"), "1993 or earlier"),
        (UncertainDate("1994-05~/..", ""), "1994-05 or later"),
        (UncertainDate("[1994-05-12,1994-12-05]", ""), "1994-05-12 or 1994-12-05"),
        (UncertainDate("199X", ""), "Between 1990 and 1999"),
        (UncertainDate("1994-03-21~/1995-03-20~", ""), "About 1994-03-21 to 1995-03-20"),
        (UncertainDate("spoilt", ""), "spoilt (as told, not reckoned)"),
    ],
)
def test_a_date_is_worded_by_a_template_and_its_values(told, sentence):
    template, values = date_words(told)
    assert template % {name: str(value) for name, value in values.items()} == sentence


def test_values_of_the_wording_are_dates_the_reader_s_language_can_format():
    assert date_words(read_date("May 1994"))[1] == {"date": PartialDate(1994, 5)}
