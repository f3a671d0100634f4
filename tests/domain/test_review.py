"""Two people answer, each for themselves, and neither can be read by the other before that."""

from itertools import permutations

import pytest

from rfl.domain.lookalikes import Doubt, doubts, shown
from rfl.domain.proposals import (
    Given,
    OtherSocietyDecides,
    ProposalState,
    SecondPersonNeeded,
    TwoAnswersStand,
    Verdict,
    check_may_decide,
    state_after,
)
from rfl.domain.review import IN_REVIEW, SHOWN_TO_ALL, Stage, may_see_answer, stage_of
from rfl.domain.roles import Actor, Role

ANNA = Actor("anna", "north", frozenset({Role.OFFICER}))
BELA = Actor("bela", "north", frozenset({Role.OFFICER}))
CARA = Actor("cara", "south", frozenset({Role.OFFICER}))
DINA = Actor("dina", "north", frozenset({Role.OFFICER}))
BOTH, ONE = ("north", "south"), ("north",)


def given(who: Actor, verdict: str = "same") -> Given:
    return Given(who.id, who.society_id, verdict)


def test_the_same_person_cannot_answer_twice():
    with pytest.raises(SecondPersonNeeded):
        check_may_decide(ANNA, ONE, [given(ANNA)])


def test_a_society_answers_once_where_two_are_involved():
    with pytest.raises(OtherSocietyDecides):
        check_may_decide(BELA, BOTH, [given(ANNA)])


def test_a_third_person_does_not_outvote_two():
    with pytest.raises(TwoAnswersStand):
        check_may_decide(DINA, ONE, [given(ANNA), given(BELA, "different")])


def test_a_question_does_not_use_up_the_turn():
    check_may_decide(ANNA, BOTH, [given(ANNA, "information")])


@pytest.mark.parametrize("verdicts", list(permutations(["same", "different"])))
def test_disagreement_is_a_dispute_whoever_was_first(verdicts):
    officers = (ANNA, CARA)
    assert state_after(given(who, v) for who, v in zip(officers, verdicts, strict=True)) == ProposalState.DISPUTED


@pytest.mark.parametrize("first", [Verdict.SAME, Verdict.INFORMATION])  # "different" ends the review
def test_the_stage_shown_to_the_second_officer_does_not_depend_on_the_first_verdict(first):
    state = state_after([given(ANNA, first)])
    assert stage_of(CARA, state, BOTH, [given(ANNA, first)]) == stage_of(CARA, ProposalState.OPEN, BOTH, [])


@pytest.mark.parametrize("state", sorted(IN_REVIEW))
def test_an_answer_in_a_running_review_is_read_by_its_author_only(state):
    assert may_see_answer(ANNA, state, "anna")
    assert not may_see_answer(CARA, state, "anna")


def test_every_state_is_either_blind_or_shown_to_all():
    assert {*IN_REVIEW, *SHOWN_TO_ALL} == set(ProposalState)


def test_whoever_has_answered_waits_for_the_other():
    assert stage_of(ANNA, ProposalState.SECOND, BOTH, [given(ANNA)]) == Stage.ANSWERED


@pytest.mark.parametrize("name", ["Ivаn", "Οlga", "Сara"])  # Cyrillic а, Greek Ο, Cyrillic С
def test_letters_of_two_scripts_in_one_word_are_marked(name):
    assert doubts(name) == (Doubt.MIXED_SCRIPTS,)


@pytest.mark.parametrize("name", ["Ivan Иванов", "عمر حسن", "Sara O'Neill-Müller", "ሳራ", "علی‌رضا", "Nguyễn"])
def test_ordinary_names_of_any_script_are_not_marked(name):
    assert doubts(name) == ()


def test_marks_that_turn_the_reading_direction_are_marked_and_left_out():
    assert doubts("Ali\u202eidrag") == (Doubt.HIDDEN_MARKS,)
    assert shown("Ali\u202e\n idrag\u200b") == "Ali idrag"
