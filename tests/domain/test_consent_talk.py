"""An agreement that could not be shown later is not recorded."""

from dataclasses import replace
from datetime import date

import pytest

from rfl.domain.consent import NOTICE, OTHER_BASIS_POSSIBLE, PURPOSES, Purpose
from rfl.domain.consent_talk import Talk, check_talk
from rfl.domain.errors import FieldError

TODAY = date(2026, 3, 1)
TALK = Talk(TODAY, "ar", "signed")


def refused(answers, talk):
    with pytest.raises(FieldError) as found:
        check_talk(answers, talk, today=TODAY)
    return found.value.field


def test_a_signed_agreement_of_the_person_is_accepted():
    assert check_talk({"register": True, "matching": False}, TALK, today=TODAY) is None


def test_a_refusal_needs_neither_evidence_nor_language():
    assert check_talk({"matching": False}, Talk(TODAY, "", "", speaker=""), today=TODAY) is None


@pytest.mark.parametrize("field", ["language", "evidence", "speaker"])
def test_an_agreement_needs_to_be_shown_later(field):
    assert refused({"matching": True}, replace(TALK, **{field: ""})) == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"evidence": "hearsay"}, "evidence"),
        ({"speaker": "neighbour"}, "speaker"),
        ({"basis": "habit"}, "basis"),
        ({"language": "x" * 11}, "language"),
        ({"on": date(2026, 3, 2)}, "on"),
    ],
)
def test_what_was_not_offered_is_refused(change, field):
    assert refused({"matching": False}, replace(TALK, **change)) == field


@pytest.mark.parametrize("answers", [{}, {"police": True}])
def test_only_known_purposes_can_be_answered(answers):
    assert refused(answers, TALK) == "answers"


def test_nobody_asked_means_nobody_agreed():
    assert refused({"register": True}, replace(TALK, speaker="nobody")) == "speaker"


@pytest.mark.parametrize("purpose", sorted(OTHER_BASIS_POSSIBLE))
def test_vital_interest_can_stand_in_for_the_search_itself(purpose):
    vital = Talk(TODAY, "", "", "vital_interest", "nobody")
    assert check_talk({purpose: True}, vital, today=TODAY) is None


@pytest.mark.parametrize("purpose", sorted(set(PURPOSES) - OTHER_BASIS_POSSIBLE))
def test_nothing_is_published_or_counted_without_the_persons_own_agreement(purpose):
    assert refused({purpose: True}, Talk(TODAY, "", "", "public_interest", "nobody")) == "basis"


def test_photos_are_never_published_on_another_basis():
    assert Purpose.PUBLISH_PHOTO not in OTHER_BASIS_POSSIBLE


def test_the_notice_says_that_answers_can_be_taken_back():
    assert any("change your mind" in sentence for sentence in NOTICE)
