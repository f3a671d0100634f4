"""What the eye cannot see does not get into a record; what a script needs stays."""

import pytest

from rfl.domain.cleaning import NAME_LENGTH, clean_line, clean_text
from rfl.domain.errors import FieldError


@pytest.mark.parametrize("override", ["\u202e", "\u202d"])
def test_text_shown_in_another_order_than_stored_is_refused(override):
    with pytest.raises(FieldError) as refused:
        clean_line(f"Amina {override}fusuY", "given")
    assert refused.value.field == "given"


@pytest.mark.parametrize(
    "mark", ["\u200e", "\u200f", "\u061c", "\u202a", "\u2066", "\u2069", "\ufeff", "\u00ad", "\x00", "\x1b"]
)
def test_invisible_marks_are_dropped(mark):
    assert clean_line(f"أمي{mark}نة", "given") == "أمينة"


@pytest.mark.parametrize("code", [0xD800, 0xE000, 0xFFFE, 0xFDD0])
def test_codes_that_are_no_letters_are_dropped(code):
    assert clean_line(f"Ali{chr(code)}", "given") == "Ali"


def test_joiners_inside_a_word_stay_because_persian_needs_them():
    assert clean_line("علی‌رضا", "given") == "علی‌رضا"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_a_joiner_at_the_edge_of_a_word_is_dropped(joiner):
    assert clean_line(f"{joiner}Ali {joiner}", "given") == "Ali"


def test_a_name_of_joiners_only_is_empty():
    assert clean_line("\u200c \u200d", "given") == ""


def test_accents_typed_in_two_ways_are_stored_in_one():
    assert clean_line("Rene\u0301", "given") == clean_line("Ren\u00e9", "given")


def test_line_ends_in_a_line_become_spaces():
    assert clean_line(" Amina\r\n  Yusuf\t", "given") == "Amina Yusuf"


def test_paragraphs_of_a_text_stay():
    assert clean_text("  one \r\ntwo\u2028three\n\n\n\nfour ", "note") == "one\ntwo\nthree\n\nfour"


def test_a_name_of_500_characters_is_refused_with_the_limit():
    with pytest.raises(FieldError) as refused:
        clean_line("ع" * 500, "given", limit=NAME_LENGTH)
    assert refused.value.params == {"limit": NAME_LENGTH}


def test_what_is_cleaned_away_does_not_count():
    assert clean_line(" \u200f" * 500 + "Ali", "given", limit=3) == "Ali"


@pytest.mark.parametrize("nothing", [None, "", " \n\t\u200f"])
def test_nothing_is_an_empty_text(nothing):
    assert clean_line(nothing, "given") == ""


def test_markup_is_data_and_stays():
    assert clean_line("<script>", "given") == "<script>"
