"""Everything is off until somebody agreed; the newest answer counts; taking back ends what it allowed."""

from dataclasses import replace

import caseload
import pytest
from sqlalchemy import select

from rfl.domain.clock import now
from rfl.domain.consent import NOTICE_VERSION, PURPOSES
from rfl.domain.consent_talk import Talk
from rfl.domain.errors import FieldError, NotFound
from rfl.models.audit import AuditEntry
from rfl.models.db import db
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.services import consents
from rfl.services.proposing import propose_due

TODAY = now().date()
TALK = Talk(TODAY, "ar", "witnessed")
WHO = caseload.identity("Abdulrahman Mohamad Alhalabi", "1994-05-12")


@pytest.fixture
def person(north):
    return caseload.add_registered(north.officer, WHO, given=None)


def allowed(person_id):
    return {purpose for purpose in PURPOSES if consents.allows(db.session, person_id, purpose)}


def test_everything_is_off_until_it_was_asked(person):
    assert allowed(person) == set()
    assert consents.current(db.session, person) == {}


def test_only_what_was_agreed_to_is_on(north, person):
    consents.record_answers(north.caseworker, person, {"matching": True, "publish_name": False}, TALK)
    assert allowed(person) == {"matching"}


def test_the_newest_answer_counts_and_older_ones_stay(north, person):
    consents.record_answers(north.caseworker, person, {"feedback": True}, TALK)
    consents.record_answers(north.caseworker, person, {"feedback": False}, TALK)
    card = consents.read_card(north.caseworker, person)
    assert not card.current["feedback"].given
    assert [state.given for state in card.history] == [False, True]


def test_an_answer_keeps_how_it_can_be_shown(north, person):
    consents.record_answers(north.caseworker, person, {"register": True}, replace(TALK, speaker="guardian"))
    state = consents.read_card(north.caseworker, person).current["register"]
    assert (state.on, state.language, state.evidence, state.speaker, state.notice_version, state.recorded_by) == (
        TODAY,
        "ar",
        "witnessed",
        "guardian",
        NOTICE_VERSION,
        "Caseworker of NOR",
    )


def test_one_answer_that_cannot_be_recorded_leaves_none_recorded(north, person):
    with pytest.raises(FieldError):
        consents.record_answers(north.caseworker, person, {"register": True}, replace(TALK, evidence=""))
    assert db.session.scalar(select(Consent.id)) is None


def test_agreeing_to_matching_begins_it_and_withdrawing_ends_it(north, person):
    consents.record_answers(north.caseworker, person, {"matching": True}, TALK)
    assert db.session.get(Person, person).searching
    consents.withdraw(north.caseworker, person, "matching")
    assert not db.session.get(Person, person, populate_existing=True).searching


def test_withdrawing_takes_open_proposals_back(north, south, person):
    consents.record_answers(north.caseworker, person, {"matching": True}, TALK)
    _, sought = caseload.add_request(south.officer, caseload.identity("Fatima Alhalabi"), ("brother", WHO))
    propose_due(sought)
    assert db.session.scalars(select(Proposal.state)).all() == ["open"]
    consents.withdraw(north.caseworker, person, "matching")
    assert db.session.scalars(select(Proposal.state)).all() == ["withdrawn"]


def test_an_enquirers_withdrawal_stops_the_whole_request(north):
    enquirer, sought = caseload.add_request(north.officer, caseload.identity("Fatima Alhalabi"), ("brother", WHO))
    assert db.session.get(Person, sought[0]).searching
    consents.withdraw(north.officer, enquirer, "matching")
    assert not db.session.get(Person, sought[0], populate_existing=True).searching


@pytest.mark.parametrize("purpose", ["matching", "nothing", ""])
def test_only_what_was_agreed_to_can_be_withdrawn(north, person, purpose):
    with pytest.raises(consents.NotGiven):
        consents.withdraw(north.caseworker, person, purpose)


@pytest.mark.parametrize("act", ["read", "record", "withdraw"])
def test_a_foreign_id_answers_like_a_missing_one(north, south, person, act):
    acts = {
        "read": lambda one: consents.read_card(south.officer, one),
        "record": lambda one: consents.record_answers(south.officer, one, {"matching": True}, TALK),
        "withdraw": lambda one: consents.withdraw(south.officer, one, "matching"),
    }
    for one in (person, "0" * 16):
        with pytest.raises(NotFound):
            acts[act](one)


def test_a_volunteer_does_not_learn_that_a_request_exists(north):
    enquirer, _ = caseload.add_request(north.officer, caseload.identity("Fatima Alhalabi"))
    with pytest.raises(NotFound):
        consents.read_card(north.volunteer, enquirer)


def test_a_request_about_a_child_is_closed_to_the_uncleared_also_through_its_enquirer(north):
    enquirer, _ = caseload.add_request(north.officer, caseload.identity("Fatima Alhalabi"))
    db.session.scalar(select(TracingRequest)).has_minor = True
    db.session.commit()
    with pytest.raises(NotFound):
        consents.read_card(north.uncleared, enquirer)


def test_data_protection_reads_but_does_not_record(north, person):
    assert not consents.read_card(north.protection, person).may_write
    with pytest.raises(NotFound):
        consents.record_answers(north.protection, person, {"register": True}, TALK)


def test_the_trace_names_purposes_and_nobody(north, person):
    consents.record_answers(north.caseworker, person, {"register": True, "feedback": False}, TALK)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.event == "consent:recorded"))
    assert entry.details == {"agreed": "register", "refused": "feedback"}
