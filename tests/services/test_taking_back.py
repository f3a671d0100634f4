"""An answer can be taken back until somebody was told, and what it had confirmed ends with it."""

from datetime import date

import pytest
from review_world import answer, confirmed, proposed, read_row
from sqlalchemy import select

from rfl.domain.errors import NotFound
from rfl.domain.proposals import AlreadyTold, NothingToTakeBack
from rfl.models.aftercare import Disclosure, Telling
from rfl.models.persons import Person
from rfl.models.proposals import Confirmation, Decision
from rfl.models.work import Task
from rfl.services import disclosures, located
from rfl.services.aftercare import NewsPrepared
from rfl.services.review import read_review
from rfl.services.taking_back import take_back
from rfl.services.unit import SYSTEM, Chore, Look


def rows(model, **where) -> list:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(model).filter_by(**where)))


def open_tasks(proposal: str) -> list[str]:
    return sorted(task.kind for task in rows(Task, proposal_id=proposal) if task.done_at is None)


def agree_to_share(south, proposal: str) -> str:
    person = read_row(proposal).right_id
    allowed = located.Answer("alive_and_well", date(2026, 1, 3), "ar", "signed")
    located.record_answer(south.officer, proposal, person, answer=allowed)
    return person


def test_taking_back_ends_the_confirmation_and_its_tasks(begin, north, south):
    proposal = begin(confirmed, north, south)
    take_back(north.officer, proposal)
    assert not rows(Confirmation)
    assert read_row(proposal).state == "second"
    assert open_tasks(proposal) == []


def test_a_second_confirmation_asks_the_person_again(begin, north, south):
    proposal = begin(confirmed, north, south)
    take_back(north.officer, proposal)
    answer(north.officer, proposal)
    assert read_row(proposal).state == "confirmed"
    assert open_tasks(proposal) == ["contact_person"]


def test_an_answer_taken_back_stays_on_file(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    take_back(north.officer, proposal)
    (decision,) = rows(Decision)
    assert not decision.standing
    assert read_row(proposal).state == "open"


def test_different_can_be_taken_back(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal, "different")
    take_back(north.officer, proposal)
    assert read_review(south.officer, proposal).may_decide


def test_a_dispute_is_settled_by_whoever_takes_back(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    answer(south.officer, proposal, "different")
    take_back(south.officer, proposal)
    assert read_row(proposal).state == "second"
    assert open_tasks(proposal) == []


def test_nobody_takes_back_the_answer_of_another(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    for other in (north.second_officer, south.officer):
        with pytest.raises(NothingToTakeBack):
            take_back(other, proposal)


def test_a_child_not_cleared_for_is_like_a_missing_one(north, south):
    with pytest.raises(NotFound):
        take_back(north.uncleared, proposed(north, south, is_minor=True))


def test_prepared_news_is_withdrawn_before_the_answer(begin, north, south):
    proposal = begin(confirmed, north, south)
    person = agree_to_share(south, proposal)
    disclosures.prepare(south.officer, proposal, person)
    with pytest.raises(NewsPrepared):
        take_back(north.officer, proposal)
    assert rows(Confirmation)


def test_nothing_is_taken_back_after_somebody_was_told(begin, north, south):
    proposal = begin(confirmed, north, south)
    disclosures.prepare(south.officer, proposal, agree_to_share(south, proposal))
    (disclosure,) = rows(Disclosure)
    with Chore(SYSTEM) as chore:
        chore.session.add(
            Telling(
                disclosure_id=disclosure.id,
                society_id=north.id,
                told_by=north.caseworker.id,
                told_on=date(2026, 1, 4),
                how="in_person",
                recorded_at=chore.at,
            )
        )
    for officer in (north.officer, south.officer):
        with pytest.raises(AlreadyTold):
            take_back(officer, proposal)


def test_a_review_does_not_begin_again_after_consent_has_ended(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal, "different")
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, read_row(proposal).right_id)
        person.expires_on = date(2001, 1, 1)
    take_back(north.officer, proposal)
    assert read_row(proposal).state == "withdrawn"


def test_a_withdrawn_proposal_shows_nothing_of_the_foreign_record(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    with Chore(SYSTEM) as chore:
        row = chore.session.get_one(type(read_row(proposal)), proposal)
        row.state = "withdrawn"
    review = read_review(north.officer, proposal)
    assert (review.lines, review.questions, review.band) == ((), (), "")
