"""From "the same person" to a proposal of the ordinary queue, and back when the partner withdraws."""

import pytest
from pair_world import TALK
from show_world import card, judged_same, opened_pair, pair_row, pick, present, seeker, send, show_step, shown
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.domain.errors import NotAllowed, NotFound
from rfl.domain.persons import Identity
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.services import consents, exchange_pair_upkeep, terms
from rfl.services import exchange_pairs as pairs
from rfl.services.decisions import Opinion, decide
from rfl.services.exchange_same import NothingToEnter, enter_copy
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Look


@pytest.fixture
def sides(begin, north, south):
    return begin(shown, north, south)


def proposals_of(person_id: str) -> list[Proposal]:
    with Look(SYSTEM) as look:
        found = look.session.scalars(select(Proposal).where(Proposal.right_id == person_id)).all()
        look.session.expunge_all()
    return list(found)


def copy_of(side) -> Person:
    with Look(SYSTEM) as look:
        return look.session.get_one(Person, pair_row(side).copy_id)


def test_the_record_of_the_partner_is_proposed_for_the_own_search(sides):
    first, second = sides
    judged_same(first, second)
    assert card(first).showing.follows == "enter"
    copy_id = enter_copy(first.staff.officer, first.pair)
    (proposal,) = [one for one in proposals_of(copy_id) if one.left_id == first.person]
    assert (proposal.left_society_id, proposal.right_society_id) == (first.staff.id, first.staff.id)
    assert proposal.state == "open"
    review = read_review(first.staff.officer, proposal.id)
    assert review.score > 0.5
    assert {"name", "birth"} & {line.kind for line in review.lines}
    assert card(first).showing.follows == "entered"


def test_two_officers_of_the_searching_society_confirm_it_as_always(sides):
    first, second = sides
    judged_same(first, second)
    (proposal,) = proposals_of(enter_copy(first.staff.officer, first.pair))
    for officer in (first.staff.officer, first.staff.second_officer):
        seal = read_review(officer, proposal.id).seal
        stage = decide(officer, proposal.id, Opinion("same", "Shown by the partner.", True, True, seal))
    assert stage == "confirmed"


def test_the_copy_holds_what_was_shown_and_on_which_agreement_it_rests(sides):
    first, second = sides
    judged_same(first, second)
    show_step(first, second)
    enter_copy(first.staff.officer, first.pair)
    with Look(SYSTEM) as look:
        copy = look.session.get_one(Person, pair_row(first).copy_id)
        identity = Identity.from_dict(copy.identity)
        assert (identity.display_name(), identity.sex, identity.mother_name) == ("يوسف أحمد حداد", "male", "Salma")
        assert [(one.relation, one.name) for one in identity.relatives] == [("father", "Ahmad")]
        assert (copy.kind, copy.private["kind"], copy.searching) == ("registered", "partner", True)
        assert "officer on duty" in copy.contact["safe_way"]
        agreed = look.session.scalars(select(Consent).where(Consent.person_id == copy.id)).all()
    assert {(one.purpose, one.evidence, one.on.isoformat()) for one in agreed} == {
        (Purpose.REGISTER, "list", "2026-01-02"),
        (Purpose.MATCHING, "list", "2026-01-02"),
    }


def test_a_pair_is_proposed_even_where_the_score_alone_would_not_propose_it(sides, monkeypatch):
    first, second = sides
    judged_same(first, second)
    monkeypatch.setattr(terms, "propose_at", lambda _: 2.0)
    copy_id = enter_copy(first.staff.officer, first.pair)
    (proposal,) = proposals_of(copy_id)
    # Any change lets it be compared again.
    consents.record_answers(first.staff.officer, copy_id, {Purpose.STATISTICS: False}, TALK)
    assert [one.state for one in proposals_of(copy_id)] == ["open"]
    assert proposal.left_id == first.person


def test_nothing_is_entered_without_names(begin, north, south):
    first, second = begin(opened_pair, north, south)
    show_step(first, second)
    judged_same(first, second)
    assert card(first).showing.follows == "step_two"
    with pytest.raises(NothingToEnter):
        enter_copy(first.staff.officer, first.pair)


def test_nothing_is_entered_while_the_partner_left_the_names_out(begin, north, south):
    first, second = begin(opened_pair, north, south)
    show_step(first, second)
    pick(first)
    pick(second, leave_out=("names",))
    for _ in range(2):
        send(first, second)
        send(second, first)
    judged_same(first, second)
    assert card(first).showing.follows == "step_two"
    with pytest.raises(NothingToEnter):
        enter_copy(first.staff.officer, first.pair)


def test_nothing_is_entered_before_both_said_the_same(sides):
    first, _ = sides
    pairs.judge_pair(first.staff.officer, first.pair, "same")
    with pytest.raises(pairs.PairMovedOn):
        enter_copy(first.staff.officer, first.pair)


def test_it_is_entered_once(sides):
    first, second = sides
    judged_same(first, second)
    enter_copy(first.staff.officer, first.pair)
    with pytest.raises(pairs.PairMovedOn):
        enter_copy(first.staff.officer, first.pair)


def test_the_society_in_touch_is_told_to_ask_and_enters_nothing(sides):
    first, second = sides
    judged_same(first, second)
    assert card(second).showing.follows == "ask"
    with pytest.raises(NothingToEnter):
        enter_copy(second.staff.officer, second.pair)


@pytest.mark.parametrize(("kind", "follows"), [(seeker, "both_sought"), (present, "both_present")])
def test_two_records_of_a_kind_make_no_proposal(begin, north, south, kind, follows):
    first, second = begin(shown, north, south, first=kind, second=kind)
    judged_same(first, second)
    assert card(first).showing.follows == follows
    with pytest.raises(NothingToEnter):
        enter_copy(first.staff.officer, first.pair)


def test_what_the_partner_withdraws_is_emptied_here_and_leaves_the_review(sides):
    first, second = sides
    judged_same(first, second)
    copy_id = enter_copy(first.staff.officer, first.pair)
    consents.withdraw(second.staff.officer, second.person, Purpose.SHARE_SOCIETIES)
    assert exchange_pair_upkeep.withdraw_all_unfit() == 1
    send(second, first)
    assert first.state == "withdrawn"
    copy = copy_of(first)
    assert (copy.identity, copy.contact, copy.private, copy.searching) == (None, None, None, False)
    assert [one.state for one in proposals_of(copy_id)] == ["withdrawn"]


def test_another_society_and_other_roles_enter_nothing(sides):
    first, second = sides
    judged_same(first, second)
    with pytest.raises(NotFound):
        enter_copy(second.staff.officer, first.pair)
    for key in ("caseworker", "administrator", "protection", "volunteer"):
        with pytest.raises(NotAllowed):
            enter_copy(first.staff.actors[key], first.pair)
