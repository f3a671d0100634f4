"""What leaves is chosen by rules: open, agreed to for encoded exchange, no child, no danger, nobody held back."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from caseload import add_registered, add_request, identity
from exchange_world import drafted, elsewhere
from sqlalchemy import select

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.domain.exchange import HELD_BACK
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services import consents
from rfl.services import exchange_selection as selection
from rfl.services.unit import SYSTEM, Chore, Look

TALK = Talk(date(2026, 1, 2), "en", "signed", speaker=Speaker.PERSON)


def agree(actor, person_id: str, *, given: bool = True) -> None:
    consents.record_answers(actor, person_id, {Purpose.SHARE_ENCODED: given}, TALK)


@pytest.fixture
def agreement(begin, north):
    return begin(drafted, north)


def reason_of(staff, agreement_id: str, person_id: str) -> str | None:
    """Why a person does not go, empty where they go, None where they are in no list at all."""
    for reason in ("", *HELD_BACK):
        page = selection.read_cases(staff.officer, agreement_id, reason=reason)
        if person_id in {line.person_id for line in page.lines}:
            return reason
    return None


def registered(staff, *, agreed: bool | None = True, **columns) -> str:
    person_id = add_registered(staff.officer, identity("Amal Haddad", "1990-02-03"), number="N-R-1", **columns)
    if agreed is not None:
        agree(staff.officer, person_id, given=agreed)
    return person_id


def change(model, key: str, **columns) -> None:
    with Chore(SYSTEM) as chore:
        row = chore.session.get_one(model, key)
        for name, value in columns.items():
            setattr(row, name, value)


def test_a_registered_person_who_agreed_goes(north, agreement):
    assert reason_of(north, agreement, registered(north)) == ""


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"agreed": None}, "not_asked"),
        ({"agreed": False}, "refused"),
        ({"given": False}, "not_open"),
        ({"given": None}, "not_open"),
        ({"is_minor": True}, "child"),
        ({"condition": "detained"}, "detained"),
        ({"condition": "deceased"}, "deceased"),
        ({"expires_on": date(2026, 1, 1)}, "not_open"),
    ],
)
def test_who_does_not_go_and_why(north, agreement, facts, reason):
    assert reason_of(north, agreement, registered(north, **facts)) == reason


def test_a_withdrawn_agreement_is_a_refusal(north, agreement):
    person_id = registered(north)
    consents.withdraw(north.officer, person_id, Purpose.SHARE_ENCODED)
    assert reason_of(north, agreement, person_id) == "refused"


@pytest.fixture
def searched(north):
    """An enquirer and the person sought, of a request that goes on; nobody was asked about encoded exchange yet."""
    enquirer, (sought,) = add_request(
        north.officer, identity("Salma Haddad", "1970-01-01"), ("son", identity("Yusuf Haddad", "1994-05-12"))
    )
    return enquirer, sought


def request_of(person_id: str) -> str:
    with Look(SYSTEM) as look:
        return look.session.get_one(Person, person_id).request_id


def test_the_enquirers_agreement_lets_the_sought_person_go_and_either_refusal_stops_it(north, agreement, searched):
    enquirer, sought = searched
    assert reason_of(north, agreement, sought) == "not_asked"
    agree(north.officer, enquirer)
    assert reason_of(north, agreement, sought) == ""
    agree(north.officer, sought, given=False)
    assert reason_of(north, agreement, sought) == "refused"
    assert reason_of(north, agreement, enquirer) == ""


@pytest.mark.parametrize("state", ["draft", "submitted", "closed", "not_accepted"])
def test_a_request_that_is_not_searched_for_is_not_even_listed(north, agreement, searched, state):
    enquirer, sought = searched
    agree(north.officer, enquirer)
    change(TracingRequest, request_of(sought), state=state)
    assert reason_of(north, agreement, sought) is None


def test_danger_that_a_supervisor_cleared_at_home_is_not_cleared_for_others(north, agreement, searched):
    enquirer, sought = searched
    agree(north.officer, enquirer)
    change(TracingRequest, request_of(sought), risk="red", risk_cleared_by=north.second_officer.id)
    assert reason_of(north, agreement, sought) == "danger"


def test_a_search_after_an_arrest_stays_here(north, agreement, searched):
    enquirer, sought = searched
    agree(north.officer, enquirer)
    change(TracingRequest, request_of(sought), separation_cause="detention")
    assert reason_of(north, agreement, sought) == "detained"


def test_a_person_left_out_for_one_partner_stays_out_until_taken_back(north, agreement):
    person_id = registered(north)
    selection.leave_out(north.officer, agreement, person_id, "asked")
    assert reason_of(north, agreement, person_id) == "left_out"
    selection.take_back(north.officer, agreement, person_id)
    assert reason_of(north, agreement, person_id) == ""


def test_leaving_out_needs_a_reason(north, agreement):
    with pytest.raises(FieldError, match="why"):
        selection.leave_out(north.officer, agreement, registered(north), "")


def test_the_seal_names_exactly_who_goes(north, agreement):
    empty = selection.read_cases(north.officer, agreement).seal
    registered(north)
    assert selection.read_cases(north.officer, agreement).seal != empty


def test_the_page_says_how_many_are_missing_and_how_many_wait(north):
    agreement = drafted(north, cap=51, minimum=51)
    people = [
        add_registered(north.officer, identity(f"Person{n} Haddad", "1980-01-01"), number=f"N-{n}") for n in range(53)
    ]
    for person_id in people[:10]:
        agree(north.officer, person_id)
    assert selection.read_cases(north.officer, agreement).short == 41
    for person_id in people[10:]:
        agree(north.officer, person_id)
    page = selection.read_cases(north.officer, agreement)
    assert (page.going, page.short, page.waiting) == (51, 0, 2)


def test_children_are_neither_listed_nor_counted_for_staff_not_cleared(north, agreement):
    registered(north, is_minor=True)
    cleared = selection.read_cases(north.officer, agreement, reason="child")
    other = selection.read_cases(north.uncleared, agreement, reason="child")
    assert (len(cleared.lines), cleared.counts["child"]) == (1, 1)
    assert (len(other.lines), other.counts["child"]) == (0, 0)


def test_looking_leaves_a_trace_without_names(north, agreement):
    registered(north)
    selection.read_cases(north.officer, agreement)
    with Look(SYSTEM) as look:
        entry = look.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert entry.event == "exchange:cases_listed"
    assert "Amal" not in str(entry.details)


def test_foreign_persons_and_agreements_are_like_missing_ones(north, south, agreement):
    with pytest.raises(NotFound):
        selection.read_cases(south.officer, agreement)
    with pytest.raises(NotFound):
        selection.leave_out(north.officer, agreement, registered(south), "asked")


@pytest.mark.parametrize("key", ["caseworker", "administrator", "protection", "volunteer"])
def test_only_officers_choose(north, agreement, key):
    with pytest.raises(NotAllowed):
        selection.read_cases(getattr(north, key), agreement)


def test_an_exclusion_counts_for_its_partner_only(north, agreement):
    person_id = registered(north)
    selection.leave_out(north.officer, agreement, person_id, "danger")
    with Look(north.officer) as look:
        persons = selection.open_cases(look.session, north.id)
        verdicts = selection.judge(look.session, persons, elsewhere("THIRD").public.digest)
    assert verdicts[person_id] == ""


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        (identity("Amal"), ("name", "birth", "mother", "place", "relative")),
        (identity("Amal Haddad"), ("birth", "mother", "place", "relative")),
        (identity("Amal", mother_name="Salma"), ("name", "birth", "place", "relative")),
    ],
)
def test_of_whom_too_little_is_known_the_page_says_what_to_ask_for(north, agreement, known, missing):
    person_id = add_registered(north.officer, known, number="N-R-1")
    agree(north.officer, person_id)
    (line,) = selection.read_cases(north.officer, agreement, reason="too_little").lines
    assert (line.person_id, line.missing) == (person_id, missing)
    assert selection.read_cases(north.officer, agreement).going == 0


@pytest.mark.sqlite
def test_others_can_write_while_the_list_is_put_together(north, agreement, monkeypatch):
    person_id = registered(north)
    put_together, written = selection.choose, []

    def choose_while_another_writes(*arguments):
        with closing(sqlite3.connect(db.engine.url.database, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            written.append(other.rollback())
        return put_together(*arguments)

    monkeypatch.setattr(selection, "choose", choose_while_another_writes)
    page = selection.read_cases(north.officer, agreement)
    assert [line.person_id for line in page.lines] == [person_id]
    assert len(written) == 1
