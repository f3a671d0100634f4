"""The gate is in the schema: whoever writes SQL past the program is refused by the database itself.

Every attempt starts from rows that the database accepts, and changes the one thing that must not be.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from review_world import answer, confirmed, proposed, read_row
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from rfl.domain.ids import new_id
from rfl.models.db import db
from rfl.services.unit import SYSTEM, Chore

NOW = datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)
INSERT = "INSERT INTO {table} ({columns}) VALUES ({values})"


def insert(table: str, row: dict) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    run(INSERT.format(table=table, columns=columns, values=values), **row)


def run(statement: str, **values) -> None:
    """Run one statement and commit it, as somebody at an SQL console would."""
    with Chore(SYSTEM) as chore:
        chore.session.execute(text(statement), values)


@contextmanager
def refusal() -> Iterator[None]:
    """The database refuses for a rule: not for bad SQL, and not because the test forgot a column."""
    with pytest.raises(IntegrityError) as error:
        yield
    assert "null" not in str(error.value.orig).lower()


def refused(statement: str, **values) -> None:
    with refusal():
        run(statement, **values)


def refuse_insert(table: str, row: dict) -> None:
    with refusal():
        insert(table, row)


def count(table: str) -> int:
    with db.engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


class Case:
    """One proposal with everything around it that a disclosure needs."""

    def __init__(self, north, south, proposal: str) -> None:
        self.north, self.south, self.proposal = north, south, proposal
        self.row = read_row(proposal)

    def decisions(self) -> list:
        with db.engine.connect() as connection:
            query = text("SELECT * FROM decision WHERE proposal_id = :id")
            return list(connection.execute(query, {"id": self.proposal}).mappings())

    def choice(self, choice: str = "message", *, turn: int = 1) -> str:
        key = new_id()
        row = {
            "id": key,
            "society_id": self.south.id,
            "proposal_id": self.proposal,
            "person_id": self.row.right_id,
            "round": turn,
            "choice": choice,
            "on": date(2026, 1, 3),
            "language": "ar",
            "recorded_by": self.south.officer.id,
            "recorded_at": NOW,
        }
        insert("located_choice", row)
        return key

    def request(self) -> str:
        with db.engine.connect() as connection:
            query = text("SELECT request_id FROM person WHERE id = :id")
            return connection.execute(query, {"id": self.row.left_id}).scalar_one()

    def plan(self) -> str:
        key = new_id()
        row = {
            "id": key,
            "society_id": self.north.id,
            "proposal_id": self.proposal,
            "request_id": self.request(),
            "made_by": self.north.officer.id,
            "made_at": NOW,
            "deliver_on": date(2026, 2, 1),
            "approved": False,
        }
        insert("delivery_plan", row)
        return key

    def disclosure(self, choice: str, **changes) -> dict:
        return {
            "id": new_id(),
            "society_id": self.north.id,
            "proposal_id": self.proposal,
            "proposal_state": "confirmed",
            "choice_id": choice,
            "person_id": self.row.right_id,
            "scope": "message",
            "request_id": self.request(),
            "sought_id": self.row.left_id,
            "sensitive": False,
            "plan_id": None,
            "plan_approved": True,
            "prepared_by": self.south.officer.id,
            "prepared_at": NOW,
        } | changes

    def confirmation(self, first, second, **changes) -> dict:
        return {
            "proposal_id": self.proposal,
            "proposal_state": "confirmed",
            "left_society_id": self.row.left_society_id,
            "right_society_id": self.row.right_society_id,
            "first_decision_id": first["id"],
            "first_officer_id": first["officer_id"],
            "first_society_id": first["society_id"],
            "second_decision_id": second["id"],
            "second_officer_id": second["officer_id"],
            "second_society_id": second["society_id"],
            "verdict": "same",
            "standing": True,
            "at": NOW,
        } | changes

    def telling(self, disclosure: str) -> dict:
        return {
            "disclosure_id": disclosure,
            "society_id": self.north.id,
            "told_by": self.north.caseworker.id,
            "told_on": date(2026, 1, 6),
            "how": "in_person",
            "recorded_at": NOW,
        }


@pytest.fixture
def settled(north, south) -> Case:
    """A confirmed proposal."""
    return Case(north, south, confirmed(north, south))


@pytest.fixture
def half(north, south) -> Case:
    """A proposal with the answer of one officer, as `half.first`."""
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    case = Case(north, south, proposal)
    (case.first,) = case.decisions()
    return case


@pytest.fixture
def prepared(settled) -> Case:
    """A confirmed proposal with a disclosure that was not told yet, as `prepared.news`."""
    row = settled.disclosure(settled.choice())
    insert("disclosure", row)
    settled.news = row["id"]
    return settled


def decide_by_hand(case: Case, officer) -> dict:
    row = {
        "id": new_id(),
        "proposal_id": case.proposal,
        "round": 1,
        "officer_id": officer.id,
        "society_id": officer.society_id,
        "verdict": "same",
        "standing": True,
        "digest": "",
        "score": 0.9,
        "at": NOW,
    }
    insert("decision", row)
    return row


def test_what_the_rules_allow_the_database_takes(prepared):
    insert("telling", prepared.telling(prepared.news))
    assert count("telling") == 1


def test_the_confirmation_that_the_rules_allow_the_database_takes(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    second = decide_by_hand(half, half.south.officer)
    insert("confirmation", half.confirmation(half.first, second))
    assert count("confirmation") == 1


@pytest.mark.parametrize("state", ["confirmed", "second"])
def test_no_disclosure_for_an_unconfirmed_proposal(half, state):
    refuse_insert("disclosure", half.disclosure(half.choice(), proposal_state=state))


def test_calling_a_proposal_confirmed_does_not_open_the_gate(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    refuse_insert("disclosure", half.disclosure(half.choice()))


def test_no_confirmation_by_one_officer_twice(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    refuse_insert("confirmation", half.confirmation(half.first, half.first))
    refuse_insert("confirmation", half.confirmation(half.first, half.first, second_society_id=half.south.id))


def test_an_officer_cannot_have_two_answers_that_count(half):
    with refusal():
        decide_by_hand(half, half.north.officer)


def test_an_officer_cannot_speak_for_another_society(half):
    foreign = type(half.north.officer)(half.north.second_officer.id, half.south.id, frozenset())
    with refusal():
        decide_by_hand(half, foreign)


def test_no_confirmation_by_two_officers_of_one_of_two_societies(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    second = decide_by_hand(half, half.north.second_officer)
    refuse_insert("confirmation", half.confirmation(half.first, second))
    same_side = {"left_society_id": half.north.id, "right_society_id": half.north.id}
    refuse_insert("confirmation", half.confirmation(half.first, second, **same_side))


@pytest.mark.parametrize("verdict", ["different", "information"])
def test_no_confirmation_from_another_verdict(half, verdict):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    second = decide_by_hand(half, half.south.officer)
    run("UPDATE decision SET verdict = :v WHERE id = :id", v=verdict, id=second["id"])
    refuse_insert("confirmation", half.confirmation(half.first, second))
    refuse_insert("confirmation", half.confirmation(half.first, second, verdict=verdict))


def test_no_confirmation_of_a_proposal_in_review(half):
    second = decide_by_hand(half, half.south.officer)
    refuse_insert("confirmation", half.confirmation(half.first, second))
    refuse_insert("confirmation", half.confirmation(half.first, second, proposal_state="second"))


@pytest.mark.parametrize("scope", ["address", "call", "nothing", "fate"])
def test_no_disclosure_wider_than_the_choice(settled, scope):
    refuse_insert("disclosure", settled.disclosure(settled.choice(), scope=scope))


@pytest.mark.parametrize("choice", ["nothing"])
def test_no_disclosure_after_a_refusal(settled, choice):
    key = settled.choice(choice)
    refuse_insert("disclosure", settled.disclosure(key, scope=choice))
    refuse_insert("disclosure", settled.disclosure(key, scope="alive_and_well"))


def test_no_disclosure_with_an_overtaken_choice(settled):
    older = settled.choice()
    settled.choice("nothing", turn=2)
    refuse_insert("disclosure", settled.disclosure(older))


def test_no_disclosure_of_another_persons_choice(settled):
    refuse_insert("disclosure", settled.disclosure(settled.choice(), person_id=settled.row.left_id))


def test_no_telling_after_a_newer_choice(prepared):
    prepared.choice("nothing", turn=2)
    refuse_insert("telling", prepared.telling(prepared.news))


def test_no_telling_without_a_disclosure(settled):
    refuse_insert("telling", settled.telling(new_id()))


def test_nobody_is_told_the_same_news_twice(prepared):
    insert("telling", prepared.telling(prepared.news))
    refuse_insert("telling", prepared.telling(prepared.news))


@pytest.mark.parametrize("state", ["open", "second", "different", "withdrawn"])
def test_the_state_of_a_proposal_with_a_disclosure_cannot_change(prepared, state):
    refused("UPDATE proposal SET state = :state WHERE id = :id", state=state, id=prepared.proposal)


def test_a_confirmation_under_a_disclosure_cannot_go(prepared):
    refused("DELETE FROM confirmation WHERE proposal_id = :id", id=prepared.proposal)


def test_decisions_under_a_confirmation_cannot_go_or_change(settled):
    refused("DELETE FROM decision WHERE proposal_id = :id", id=settled.proposal)
    refused("UPDATE decision SET standing = false WHERE proposal_id = :id", id=settled.proposal)
    refused("UPDATE decision SET verdict = 'different' WHERE proposal_id = :id", id=settled.proposal)


def test_no_sensitive_disclosure_without_an_approved_plan(settled):
    choice = settled.choice()
    refuse_insert("disclosure", settled.disclosure(choice, sensitive=True))
    draft = settled.plan()
    refuse_insert("disclosure", settled.disclosure(choice, sensitive=True, plan_id=draft))
    refuse_insert("disclosure", settled.disclosure(choice, sensitive=True, plan_id=draft, plan_approved=False))
    approve = "UPDATE delivery_plan SET approved = true, approved_by = :who WHERE id = :id"
    run(approve, who=settled.north.second_officer.id, id=draft)
    insert("disclosure", settled.disclosure(choice, sensitive=True, plan_id=draft))
    assert count("disclosure") == 1


def test_a_plan_is_not_approved_by_its_author(settled):
    draft = settled.plan()
    refused(
        "UPDATE delivery_plan SET approved = true, approved_by = :who WHERE id = :id",
        who=settled.north.officer.id,
        id=draft,
    )


def test_news_of_a_death_is_always_sensitive(settled):
    refuse_insert("disclosure", settled.disclosure(settled.choice("fate"), scope="fate"))


def test_news_goes_to_the_society_of_the_request_only(settled):
    refuse_insert("disclosure", settled.disclosure(settled.choice(), society_id=settled.south.id))
