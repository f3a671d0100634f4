"""A correction is learned from finished reviews only, waits to be put to use, and can be taken out of use again."""

from contextlib import suppress

import pytest
from caseload import answer
from judged_world import judged
from review_world import opinion, proposed, read_row
from sqlalchemy import func, select

import matching.correction
from matching import VERSION
from rfl.models.audit import AuditEntry
from rfl.models.corrections import MatchingCorrection
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.services import calibration, corrections
from rfl.services.calibration import NotEnoughDecisions, NothingLearned, calibrate
from rfl.services.corrections import (
    CorrectionOutOfDate,
    NoSuchCorrection,
    engine_in_use,
    list_corrections,
    use_correction,
)
from rfl.services.decisions import decide
from rfl.services.evidence import evidence_of
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Chore, Look


def in_use():
    with Look(SYSTEM) as look:
        return engine_in_use(look.session)


def stored(number: int) -> MatchingCorrection:
    with Look(SYSTEM) as look:
        return look.session.get_one(MatchingCorrection, number, populate_existing=True)


def set_all(model, **values):
    with Chore(SYSTEM) as chore:
        for row in chore.session.scalars(select(model)):
            for name, value in values.items():
                setattr(row, name, value)


def entries(event: str) -> list[AuditEntry]:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(AuditEntry).where(AuditEntry.event == event)))


@pytest.fixture
def run_as(monkeypatch):
    """Run as another version of the engine."""

    def become(version: str):
        monkeypatch.setattr(matching.correction, "VERSION", version)
        monkeypatch.setattr(corrections, "VERSION", version)
        corrections._read.cache_clear()

    yield become
    corrections._read.cache_clear()


def test_what_is_learned_is_stored_and_changes_nothing(begin, north, south):
    begin(judged, north, south)
    found = calibrate()
    assert (found.number, found.report["same"], found.report["different"]) == (1, 50, 50)
    assert found.report["after"]["loss"] < found.report["before"]["loss"]
    assert (stored(1).active, in_use().label) == (False, VERSION)


def test_the_report_names_in_words_what_changed_most(begin, north, south):
    begin(judged, north, south)
    (first, *_) = calibrate().report["changed"]
    assert (first["kind"], first["level"], first["bits"] > 0) == ("last_place", "same", True)
    assert first["words"].startswith("last place, same: Same ")


def test_learning_and_using_leave_audit_entries_without_names(begin, north, south):
    begin(judged, north, south)
    calibrate()
    use_correction(SYSTEM, 1)
    use_correction(SYSTEM, None)
    assert [one.details for one in entries("matching:calibrated")] == [{"same": 50, "different": 50}]
    assert [
        (one.subject, one.details["before"], one.details["after"]) for one in entries("matching:correction_used")
    ] == [
        ("1", VERSION, f"{VERSION}+1"),
        ("none", f"{VERSION}+1", VERSION),
    ]


def test_few_decisions_teach_nothing_and_say_so(north, south):
    with pytest.raises(NotEnoughDecisions) as few:
        calibrate()
    assert (few.value.params["same"], few.value.params["needed"]) == (0, 20)
    assert list_corrections() == []


def test_what_does_no_better_on_unseen_decisions_is_not_stored(begin, north, south, monkeypatch):
    begin(judged, north, south)
    monkeypatch.setattr("matching.calibration._is_better", lambda *_: False)
    with pytest.raises(NothingLearned):
        calibrate()
    assert list_corrections() == []


@pytest.mark.parametrize("state", ["open", "second", "information", "disputed", "withdrawn"])
def test_a_review_that_has_not_ended_teaches_nothing(begin, north, south, state):
    begin(judged, north, south)
    set_all(Proposal, state=state)
    with pytest.raises(NotEnoughDecisions) as few:
        calibrate()
    assert (few.value.params["same"], few.value.params["different"]) == (0, 0)


def test_whoever_withdrew_consent_to_matching_is_left_out(begin, north, south):
    begin(judged, north, south)
    with Chore(SYSTEM) as chore:
        first = chore.session.scalars(select(Person).where(Person.kind == "registered").limit(1)).one()
        answer(chore, first, given=False)
    found = calibrate()
    assert (found.report["left_out"], found.report["same"] + found.report["different"]) == (10, 90)


def test_evidence_counts_as_the_officers_saw_it_not_as_the_records_were_mended_since(begin, north, south):
    begin(judged, north, south)
    calibrate()
    with Chore(SYSTEM) as chore:
        people = chore.session.scalars(select(Person)).all()
        for person in people:
            person.identity = {**people[0].identity, "mother_name": "Asha Warsame"}
    calibrate()
    assert stored(1).content == stored(2).content


def test_bits_of_a_correction_in_use_at_that_time_are_taken_off_before_learning(begin, north, south):
    begin(judged, north, south)
    calibrate()
    use_correction(SYSTEM, 1)
    correction = matching.Correction.from_json(stored(1).content)
    with Chore(SYSTEM) as chore:
        for row in chore.session.scalars(select(Decision)):
            lines = [
                {**line, "weight": line["weight"] + correction.added(line["kind"], line["level"])}
                for line in row.seen["lines"]
            ]
            row.seen = {**row.seen, "lines": lines, "engine": f"{VERSION}+1"}
    calibrate()
    assert matching.Correction.from_json(stored(2).content) == correction


def test_decisions_on_another_engines_evidence_are_compared_anew_without_a_correction(begin, north, south, monkeypatch):
    begin(judged, north, south, engine="0.9")
    compared = []

    def compare(session, proposal, terms):
        compared.append(terms.engine.correction)
        return evidence_of(session, proposal)

    monkeypatch.setattr(calibration, "compare_pair", compare)
    with suppress(NothingLearned):
        calibrate()
    assert compared == [None] * 100


def test_one_correction_is_in_use_at_a_time_and_numbers_go_on(begin, north, south):
    begin(judged, north, south)
    assert [calibrate().number, calibrate().number] == [1, 2]
    use_correction(SYSTEM, 1)
    use_correction(SYSTEM, 2)
    assert [line.active for line in list_corrections()] == [False, True]
    assert in_use().label == f"{VERSION}+2"


def test_a_number_nobody_stored_is_refused_by_name(app):
    with pytest.raises(NoSuchCorrection):
        use_correction(SYSTEM, 7)


def test_scores_and_decisions_carry_the_correction_from_its_use_to_its_end(begin, north, south):
    begin(judged, north, south)
    calibrate()
    proposal = proposed(north, south, number="SOU-R-99")
    plain = read_review(north.officer, proposal).score
    use_correction(SYSTEM, 1)
    with_it = read_review(north.officer, proposal).score
    decide(north.officer, proposal, opinion(north.officer, proposal))
    use_correction(SYSTEM, None)
    assert with_it != plain
    assert read_review(south.officer, proposal).score == plain
    with Look(SYSTEM) as look:
        row = look.session.scalars(select(Decision).where(Decision.proposal_id == proposal)).one()
        assert (row.engine_version, row.seen["engine"]) == (f"{VERSION}+1", f"{VERSION}+1")


def test_a_new_proposal_names_the_engine_and_correction_that_found_it(begin, north, south):
    begin(judged, north, south)
    calibrate()
    use_correction(SYSTEM, 1)
    assert read_row(proposed(north, south, number="SOU-R-99")).engine_version == f"{VERSION}+1"


def test_after_an_upgrade_an_old_correction_is_left_off_and_said_to_be(begin, north, south, run_as):
    begin(judged, north, south)
    calibrate()
    use_correction(SYSTEM, 1)
    run_as("9.0")
    found = in_use()
    assert (found.label, found.correction, found.number, found.unfit) == ("9.0", None, 1, True)
    assert [line.fits for line in list_corrections()] == [False]
    use_correction(SYSTEM, None)
    with pytest.raises(CorrectionOutOfDate):
        use_correction(SYSTEM, 1)


def test_the_schema_itself_refuses_two_corrections_in_use(begin, north, south):
    begin(judged, north, south)
    calibrate()
    calibrate()
    with pytest.raises(Exception, match=r"(?i)unique"):
        set_all(MatchingCorrection, active=True)
    with Look(SYSTEM) as look:
        in_use_now = select(func.count()).select_from(MatchingCorrection).where(MatchingCorrection.active)
        assert look.session.scalar(in_use_now) == 0
