"""Scores make, refresh and withdraw proposals; they never touch what people have decided."""

import pytest
from caseload import YUSUF_ARABIC, add_registered, add_request, answer, identity
from sqlalchemy import select

from rfl.domain.ids import new_id
from rfl.domain.persons import Identity
from rfl.domain.registrations import Registration
from rfl.models.audit import AuditEntry
from rfl.models.index import MatchDue
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.models.requests import TimelineEvent, TracingRequest
from rfl.models.work import Task
from rfl.services import proposing
from rfl.services.evidence import evidence_of
from rfl.services.matching_index import describe, index_person, index_persons
from rfl.services.proposing import propose_due, propose_waiting
from rfl.services.tasks import open_task
from rfl.services.unit import SYSTEM, Chore, Look, Unit

YUSUF = identity("Yusuf Ahmad Haddad", "1994-05-12", mother_name="Salma", sex="male")
STRANGER = identity("Oleksandr Ivanovych Shevchenko", "1961-02-03", sex="male")
MOTHER = identity("Salma Haddad", "1970", sex="female")


@pytest.fixture
def pair(app, north, south):
    """One open proposal: sought by north, registered by south; their ids."""
    registered = add_registered(south.officer, YUSUF)
    _, (sought,) = add_request(north.officer, MOTHER, ("son", YUSUF_ARABIC))
    propose_due([sought])
    return sought, registered


def the_proposal():
    with Look(SYSTEM) as look:
        rows = look.session.scalars(select(Proposal)).all()
        look.session.expunge_all()
    assert len(rows) <= 1, rows
    return rows[0] if rows else None


def change(actor, person_id, *, who: Identity | None = None, given: bool | None = None):
    """Save another identity or answer to matching, as a use case does: unit, then proposing."""
    with Unit(actor) as unit:
        person = unit.session.get_one(Person, person_id)
        if who is not None:
            person.identity = who.to_dict()
        if given is not None:
            answer(unit, person, given=given)
        index_person(unit, person)
        unit.record("person:saved", person_id)
    propose_due([person_id])


def decide(officer, verdict, state, *, digest=None):
    with Chore(SYSTEM) as chore:
        proposal = chore.session.scalars(select(Proposal)).one()
        proposal.state = state
        chore.session.add(
            Decision(
                id=new_id(),
                proposal_id=proposal.id,
                round=proposal.round,
                officer_id=officer.id,
                society_id=officer.society_id,
                verdict=verdict,
                digest=digest or proposal.digest,
                score=proposal.score,
                at=chore.at,
            )
        )


def events(event):
    with Look(SYSTEM) as look:
        return look.session.scalars(select(TimelineEvent.society_id).where(TimelineEvent.event == event)).all()


def test_a_saved_request_is_proposed_to_a_registration_in_another_script(app, pair):
    proposal = the_proposal()
    assert (proposal.left_id, proposal.right_id, proposal.kind, proposal.state) == (*pair, "sought_registered", "open")


def test_both_societies_read_on_their_timeline_that_a_proposal_was_made(app, north, south, pair):
    assert sorted(events("proposal:proposed")) == sorted([north.id, south.id])


def test_matching_leaves_one_audit_entry_with_figures_and_no_name(app, pair):
    with Look(SYSTEM) as look:
        entries = look.session.scalars(select(AuditEntry).where(AuditEntry.event == "proposals:updated")).all()
    assert [entry.details["proposed"] for entry in entries] == [1]
    assert all(isinstance(value, int) for value in entries[0].details.values())


def test_the_mark_is_cleared_with_the_proposals(app, pair):
    with Look(SYSTEM) as look:
        marked = set(look.session.scalars(select(MatchDue.person_id)))
    assert marked.isdisjoint({pair[0]})


def test_whoever_is_saved_last_finds_the_other(app, north, south):
    _, (sought,) = add_request(north.officer, MOTHER, ("son", YUSUF))
    propose_due([sought])
    assert the_proposal() is None
    propose_due([add_registered(south.officer, YUSUF)])
    assert the_proposal().left_id == sought


def test_two_relatives_who_look_for_each_other_are_both_proposed(app, north, south):
    mother, (son,) = add_request(north.officer, MOTHER, ("son", YUSUF))
    seeker, (sought_mother,) = add_request(south.officer, YUSUF, ("mother", MOTHER))
    propose_due([seeker, sought_mother])
    with Look(SYSTEM) as look:
        found = {(one.left_id, one.right_id, one.kind) for one in look.session.scalars(select(Proposal))}
    assert found == {(son, seeker, "sought_enquirer"), (sought_mother, mother, "sought_enquirer")}


def test_two_requests_for_one_person_are_proposed_once_with_the_smaller_id_on_the_left(app, north, south):
    _, (first,) = add_request(north.officer, MOTHER, ("son", YUSUF))
    _, (second,) = add_request(south.officer, identity("Rosa Banda", sex="female"), ("nephew", YUSUF))
    propose_due([first, second])
    proposal = the_proposal()
    assert (proposal.left_id, proposal.right_id, proposal.kind) == (*sorted((first, second)), "sought_sought")


def test_persons_of_one_request_are_never_proposed_to_each_other(app, north):
    twins = (("son", YUSUF), ("son", YUSUF))
    enquirer, sought = add_request(north.officer, YUSUF, *twins)
    propose_due([enquirer, *sought])
    assert the_proposal() is None


def test_two_registered_persons_are_never_proposed_to_each_other(app, north, south):
    propose_due([add_registered(north.officer, YUSUF), add_registered(south.officer, YUSUF)])
    assert the_proposal() is None


def test_a_child_on_either_side_makes_the_proposal_a_childs(app, north, south):
    registered = add_registered(south.officer, YUSUF, is_minor=True)
    add_request(north.officer, MOTHER, ("son", YUSUF))
    propose_due([registered])
    assert the_proposal().has_minor


def test_matching_twice_changes_nothing(app, south, pair):
    before = the_proposal()
    change(south.officer, pair[1])
    after = the_proposal()
    assert (after.version, after.state, after.score) == (before.version, before.state, before.score)


def test_an_undecided_proposal_whose_evidence_is_gone_is_withdrawn(app, south, pair):
    change(south.officer, pair[1], who=STRANGER)
    assert the_proposal().state == "withdrawn"


def test_a_withdrawn_proposal_comes_back_with_the_evidence(app, south, pair):
    change(south.officer, pair[1], who=STRANGER)
    change(south.officer, pair[1], who=YUSUF)
    assert the_proposal().state == "open"


@pytest.mark.parametrize("state", ["disputed", "confirmed", "different"])
def test_a_fallen_score_does_not_touch_what_an_officer_answered(app, north, south, pair, state):
    decide(north.officer, "different" if state == "different" else "same", state)
    before = the_proposal()
    change(south.officer, pair[1], who=STRANGER)
    after = the_proposal()
    assert (after.state, after.score, after.version) == (state, before.score, before.version)


def test_a_score_moves_alike_with_and_without_a_first_answer_which_stands(app, north, south, pair):
    decide(north.officer, "same", "second")
    change(south.officer, pair[1], who=STRANGER)
    after = the_proposal()
    with Look(SYSTEM) as look:
        standing = look.session.scalars(select(Decision.standing)).all()
    assert (after.state, standing) == ("second", [True])
    assert after.score < 0.02


def test_different_is_remembered_while_the_evidence_is_the_same(app, north, south, pair):
    decide(north.officer, "different", "different")
    change(south.officer, pair[1])
    change(north.officer, pair[0])
    assert (the_proposal().state, the_proposal().round) == ("different", 1)


def test_different_is_asked_again_in_a_new_round_once_the_evidence_changed(app, north, south, pair):
    decide(north.officer, "different", "different")
    change(south.officer, pair[1], who=identity("Yusuf Ahmad Haddad", "1994-05-12", mother_name="Salma", marks="scar"))
    proposal = the_proposal()
    with Look(SYSTEM) as look:
        standing = look.session.scalars(select(Decision.standing)).all()
    assert (proposal.state, proposal.round, standing) == ("open", 2, [False])
    assert len(events("proposal:reopened")) == 2


def test_different_given_on_newer_evidence_than_the_last_score_is_remembered_too(app, north, pair):
    with Look(SYSTEM) as look:
        now_seen = evidence_of(look.session, look.session.scalars(select(Proposal)).one()).comparison.digest()
    with Chore(SYSTEM) as chore:
        chore.session.scalars(select(Proposal)).one().digest = "of an older comparison"
    decide(north.officer, "different", "different", digest=now_seen)
    change(north.officer, pair[0])
    assert the_proposal().state == "different"


@pytest.mark.parametrize("state", ["open", "second", "information", "disputed"])
def test_a_withdrawn_consent_withdraws_what_is_undecided_and_closes_its_tasks(app, north, south, pair, state):
    with Chore(SYSTEM) as chore:
        chore.session.scalars(select(Proposal)).one().state = state
        open_task(
            chore,
            "settle_dispute",
            society_id=north.id,
            permission="proposal.decide",
            once="x",
            proposal_id=chore.session.scalars(select(Proposal.id)).one(),
        )
    change(south.officer, pair[1], given=False)
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(Task.done_by)).all() == [south.officer.id]
    assert the_proposal().state == "withdrawn"
    assert sorted(events("proposal:withdrawn")) == sorted([north.id, south.id])


@pytest.mark.parametrize("state", ["confirmed", "different"])
def test_a_withdrawn_consent_leaves_a_finished_review_as_it_ended(app, south, pair, state):
    with Chore(SYSTEM) as chore:
        chore.session.scalars(select(Proposal)).one().state = state
    change(south.officer, pair[1], given=False)
    assert the_proposal().state == state


def test_a_renewed_consent_takes_the_question_up_where_it_was(app, north, south, pair):
    decide(north.officer, "same", "second")
    change(south.officer, pair[1], given=False)
    change(south.officer, pair[1], given=True)
    assert the_proposal().state == "second"
    assert len(events("proposal:restored")) == 2


def test_a_closed_request_withdraws_its_proposals(app, north, pair):
    with Unit(north.officer) as unit:
        person = unit.session.get_one(Person, pair[0])
        unit.session.get_one(TracingRequest, person.request_id).state = "closed"
        index_persons(unit, [person])
        unit.record("request:closed", person.request_id)
    assert the_proposal().state == "withdrawn"


def test_a_score_computed_before_a_withdrawal_makes_no_proposal_after_it(app, north, south, monkeypatch):
    registered = add_registered(south.officer, YUSUF)
    _, (sought,) = add_request(north.officer, MOTHER, ("son", YUSUF))
    apply = proposing.apply_findings

    def withdraw_first(unit, findings):
        person = unit.session.get_one(Person, registered)
        answer(unit, person, given=False)
        index_person(unit, person)
        return apply(unit, findings)

    monkeypatch.setattr(proposing, "apply_findings", withdraw_first)
    propose_due([sought])
    assert the_proposal() is None


def test_a_mark_set_again_while_scores_were_computed_stays(app, north, south, monkeypatch):
    registered = add_registered(south.officer, YUSUF)
    apply = proposing.apply_findings

    def save_again_first(unit, findings):
        index_person(unit, unit.session.get_one(Person, registered))
        return apply(unit, findings)

    monkeypatch.setattr(proposing, "apply_findings", save_again_first)
    propose_due([registered])
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(MatchDue.person_id)).all() == [registered]


def test_the_sweep_takes_up_marks_that_were_left_behind(app, north, south):
    add_registered(south.officer, YUSUF)
    add_request(north.officer, MOTHER, ("son", YUSUF))
    with Look(SYSTEM) as look:
        later = look.at.replace(year=look.at.year + 1)
    assert propose_waiting(since=later) == 3
    assert the_proposal() is not None
    assert propose_waiting(since=later) == 0


def test_the_evidence_shown_is_that_of_the_records_as_they_are_now(app, south, pair):
    with Look(SYSTEM) as look:
        found = evidence_of(look.session, look.session.scalars(select(Proposal)).one())
    assert (found.left.role, found.right.role) == ("sought", "registered")
    assert found.comparison.score == pytest.approx(the_proposal().score)


def test_a_lost_key_of_one_society_does_not_stop_matching_among_others(app, north, south):
    lost = add_registered(south.officer, YUSUF)
    kept = add_registered(north.officer, YUSUF)
    _, (sought,) = add_request(north.officer, MOTHER, ("son", YUSUF))
    lose_key(app, south)
    propose_due([sought])
    assert the_proposal().right_id == kept != lost


def lose_key(app, society):
    ring = app.extensions["rfl.keyring"]
    del ring._keys[f"{society.id}-1"]
    (ring.folder / f"{society.id}-1.key").unlink()


def test_a_proposal_keeps_its_score_while_the_key_of_the_other_society_is_lost(app, north, south, pair):
    before = the_proposal()
    lose_key(app, south)
    change(north.officer, pair[0], who=STRANGER)
    assert (the_proposal().state, the_proposal().score) == ("open", before.score)


def test_whoever_cannot_be_matched_now_waits_behind_the_others(app, north, south):
    stuck = add_registered(south.officer, YUSUF)
    lose_key(app, south)
    with Look(SYSTEM) as look:
        before, later = look.session.get_one(MatchDue, stuck).at, look.at.replace(year=look.at.year + 1)
    propose_waiting(since=later)
    with Look(SYSTEM) as look:
        assert look.session.get_one(MatchDue, stuck).at > before


def test_the_day_of_a_registration_counts_not_the_day_it_was_typed(north):
    person_id = add_registered(north.officer, YUSUF_ARABIC)
    with Unit(north.officer) as unit:
        person = unit.session.get_one(Person, person_id)
        person.private = Registration(on="2019-05-02").to_dict()
        described = describe(unit.session, person)
        unit.record("test:read", person.id)
    assert described.last_seen.earliest.isoformat() == "2019-05-02"
