"""Two officers confirm, blind to each other; everything they saw is kept, and nothing follows from one alone."""

from dataclasses import fields, replace
from threading import Barrier, Thread

import pytest
from review_world import REASON, answer, confirmed, opinion, proposed, read_row
from sqlalchemy import select
from staff import found

from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.domain.proposals import (
    AlreadyDecided,
    EvidenceChanged,
    OtherSocietyDecides,
    ReasonMissing,
    SecondPersonNeeded,
)
from rfl.models.audit import AuditEntry
from rfl.models.persons import Person
from rfl.models.proposals import Confirmation, Decision
from rfl.models.work import Task
from rfl.services.audit import verify
from rfl.services.decisions import NoLongerSearched, decide
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Chore, Look


def rows(model, **where) -> list:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(model).filter_by(**where)))


def test_one_answer_confirms_nothing(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    assert read_row(proposal).state == "second"
    assert not rows(Confirmation)
    assert not rows(Task, proposal_id=proposal)


def test_two_officers_of_two_societies_confirm(begin, north, south):
    proposal = begin(confirmed, north, south)
    (confirmation,) = rows(Confirmation)
    assert {confirmation.first_society_id, confirmation.second_society_id} == {north.id, south.id}
    assert confirmation.first_officer_id == north.officer.id
    assert read_row(proposal).state == "confirmed"


def test_a_confirmation_asks_the_society_of_the_registered_person_to_talk_to_them(begin, north, south):
    proposal = begin(confirmed, north, south)
    (task,) = rows(Task, proposal_id=proposal)
    assert (task.kind, task.society_id) == ("contact_person", south.id)


def test_two_officers_of_one_society_confirm_a_pair_of_their_own(begin, north):
    begin(confirmed, north, north)
    (confirmation,) = rows(Confirmation)
    assert {confirmation.first_officer_id, confirmation.second_officer_id} == {
        north.officer.id,
        north.second_officer.id,
    }


def test_the_same_officer_cannot_answer_twice(north):
    proposal = proposed(north, north)
    answer(north.officer, proposal)
    with pytest.raises(SecondPersonNeeded):
        answer(north.officer, proposal)


def test_a_colleague_cannot_answer_for_the_other_society(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    with pytest.raises(OtherSocietyDecides):
        answer(north.second_officer, proposal)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"verdict": ""}, "verdict"), ({"verdict": "confirmed"}, "verdict"), ({"compared": False}, "compared")],
)
def test_an_answer_needs_a_verdict_and_the_tick(north, south, changes, field):
    proposal = proposed(north, south)
    with pytest.raises(FieldError) as wrong:
        decide(north.officer, proposal, replace(opinion(north.officer, proposal), **changes))
    assert wrong.value.field == field


@pytest.mark.parametrize("reason", ["", "  \n\t ", "\u200b\u200b"])
def test_an_answer_needs_a_reason_that_can_be_read(north, south, reason):
    proposal = proposed(north, south)
    with pytest.raises(ReasonMissing):
        answer(north.officer, proposal, reason=reason)


def test_the_values_compared_are_frozen_with_the_answer(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    (decision,) = rows(Decision)
    by_kind = {line["kind"]: line for line in decision.seen["lines"]}
    assert by_kind["mother"]["left"][0]["text"] == "Amina Yusuf"
    assert by_kind["birth"]["right"][0]["text"] == "1996-01-01"
    assert decision.seen["engine"]
    assert decision.digest
    assert decision.reason == REASON


def test_different_is_remembered_and_needs_no_second_officer(north, south):
    proposal = proposed(north, south)
    assert answer(south.officer, proposal, "different") == "different"
    with pytest.raises(AlreadyDecided):
        answer(north.officer, proposal)


def test_more_information_is_no_dead_end(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal, "information")
    assert read_row(proposal).state == "information"
    answer(south.officer, proposal)
    answer(north.officer, proposal)
    assert read_row(proposal).state == "confirmed"
    assert len(rows(Decision, standing=True)) == 2


def test_a_dispute_becomes_a_task_of_both_societies(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    assert answer(south.officer, proposal, "different") == "disputed"
    assert {task.society_id for task in rows(Task, kind="settle_dispute", proposal_id=proposal)} == {north.id, south.id}


def test_a_second_answer_to_the_same_page_is_turned_away(north, south):
    proposal = proposed(north, south)
    stale = opinion(south.officer, proposal, "different")
    answer(north.officer, proposal)
    with pytest.raises(AlreadyDecided):
        decide(south.officer, proposal, stale)
    assert len(rows(Decision)) == 1


def test_an_answer_is_about_the_values_on_the_screen(north, south):
    proposal = proposed(north, south)
    stale = opinion(south.officer, proposal)
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, read_row(proposal).left_id)
        person.identity = person.identity | {"mother_name": "Maryam Ali"}
    with pytest.raises(EvidenceChanged):
        decide(south.officer, proposal, stale)


def test_nothing_is_decided_after_consent_has_ended(north, south):
    proposal = proposed(north, south)
    ready = opinion(north.officer, proposal)
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, read_row(proposal).right_id)
        person.expires_on = person.created_at.date().replace(year=2001)
    with pytest.raises(NoLongerSearched):
        decide(north.officer, proposal, ready)


def test_a_foreign_proposal_is_like_a_missing_one(north, south):
    proposal, third = proposed(north, south), found("THI")
    ready = opinion(north.officer, proposal)
    for key in (proposal, "0000000000000000"):
        with pytest.raises(NotFound):
            decide(third.officer, key, ready)
        with pytest.raises(NotFound):
            read_review(third.officer, key)


@pytest.mark.parametrize("key", ["caseworker", "administrator", "protection", "volunteer"])
def test_only_tracing_officers_answer(north, south, key):
    proposal = proposed(north, south)
    ready = opinion(north.officer, proposal)
    with pytest.raises(NotAllowed):
        decide(north.actors[key], proposal, ready)


def test_a_child_is_reviewed_by_cleared_officers_only(north, south):
    proposal = proposed(north, south, is_minor=True)
    with pytest.raises(NotFound):
        read_review(north.uncleared, proposal)


def test_two_officers_at_once_one_wins_and_the_trace_is_whole(app, north, south):
    proposal = proposed(north, south)
    ready = {actor: opinion(actor, proposal, verdict) for actor, verdict in opposing(north, south)}
    outcomes, together = [], Barrier(2)

    def send(actor) -> None:
        with app.app_context():
            together.wait()
            try:
                outcomes.append(decide(actor, proposal, ready[actor]).value)
            except AlreadyDecided:
                outcomes.append("told kindly")

    threads = [Thread(target=send, args=(actor,)) for actor in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("told kindly") == 1
    assert len(rows(Decision)) == 1
    assert len(rows(AuditEntry, event="proposal:decided")) == 1
    with Look(SYSTEM) as look:
        assert verify(look.session).first_bad is None


def opposing(north, south):
    return ((north.officer, "same"), (south.officer, "different"))


def test_reading_and_answering_leave_one_entry_each(north, south):
    proposal = proposed(north, south)
    read_review(north.officer, proposal)
    assert len(rows(AuditEntry, event="proposal:read", subject=proposal, actor_id=north.officer.id)) == 1
    answer(north.officer, proposal)
    (entry,) = rows(AuditEntry, event="proposal:decided", subject=proposal)
    assert entry.details == {"verdict": "same", "state": "second"}


def test_the_page_knows_nothing_beyond_its_listed_fields(north, south):
    """The dataclass is the border: a new field has to be added here, and thought about."""
    review = read_review(north.officer, proposed(north, south))
    assert {field.name for field in fields(review.right)} == {
        "own",
        "society",
        "kind",
        "number",
        "person_id",
        "request_id",
        "is_minor",
    }
    assert (review.right.number, review.right.person_id, review.right.request_id) == ("", "", "")
