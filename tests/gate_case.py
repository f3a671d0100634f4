"""A proposal with everything around it that a disclosure needs, written past the program in plain SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from review_world import read_row
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
    said = str(error.value.orig)
    assert "NOT NULL" not in said
    assert "violates not-null" not in said


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
