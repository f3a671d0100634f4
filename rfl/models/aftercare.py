"""After a confirmation: the located person's choice, disclosures, delivery plans and tellings.

The gate is here, in the schema: a disclosure can exist only beside a confirmation of a confirmed proposal and
the newest choice of the person it is about, with exactly the scope that was chosen.
"""

from datetime import date, datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime, db
from rfl.models.sealed import Sealed

SCOPES = "'address', 'call', 'message', 'alive_and_well', 'fate'"


class LocatedChoice(Base):
    """One answer of the person concerned; rows are never changed, the highest `round` counts."""

    __tablename__ = "located_choice"
    __table_args__ = (
        UniqueConstraint("id", "proposal_id", "person_id", "choice"),
        UniqueConstraint("proposal_id", "person_id", "round"),
        ForeignKeyConstraint(["person_id", "society_id"], ["person.id", "person.society_id"]),
        CheckConstraint(f"choice IN ({SCOPES}, 'nothing', 'ask_again')", name="choice"),
        CheckConstraint("choice <> 'ask_again' OR ask_again_on IS NOT NULL", name="ask_again_on_a_date"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ID)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    person_id: Mapped[str] = mapped_column(ID)
    round: Mapped[int]
    choice: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    language: Mapped[str] = mapped_column(String(10))
    ask_again_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _words: Mapped[bytes | None] = mapped_column("words")  # what may be passed on, the witness, a note
    words = Sealed()


class DeliveryPlan(Base):
    """How a sensitive result will be told: who, where, when, with whose support; approved by a second person."""

    __tablename__ = "delivery_plan"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> made_by", name="approved_by_another"),
        UniqueConstraint("id", "approved"),
        UniqueConstraint("request_id", "proposal_id"),
        CheckConstraint("approved = (approved_by IS NOT NULL)", name="approved"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("tracing_request.id"), index=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    made_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deliver_on: Mapped[date]
    approved: Mapped[bool] = mapped_column(default=False)
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    _plan: Mapped[bytes | None] = mapped_column("plan")
    plan = Sealed()


class Disclosure(Base):
    """What one enquirer may be told about one person, exactly as that person allowed."""

    __tablename__ = "disclosure"
    __table_args__ = (
        ForeignKeyConstraint(["proposal_id", "proposal_state"], ["proposal.id", "proposal.state"]),
        ForeignKeyConstraint(
            ["choice_id", "proposal_id", "person_id", "scope"],
            [f"located_choice.{c}" for c in ("id", "proposal_id", "person_id", "choice")],
        ),
        ForeignKeyConstraint(["request_id", "society_id"], ["tracing_request.id", "tracing_request.society_id"]),
        ForeignKeyConstraint(["plan_id", "plan_approved"], ["delivery_plan.id", "delivery_plan.approved"]),
        CheckConstraint("proposal_state = 'confirmed'", name="confirmed"),
        CheckConstraint(f"scope IN ({SCOPES})", name="scope"),
        CheckConstraint("plan_approved", name="plan_approved"),
        CheckConstraint("NOT sensitive OR plan_id IS NOT NULL", name="sensitive_needs_plan"),
        CheckConstraint("scope <> 'fate' OR sensitive", name="fate_is_sensitive"),
        UniqueConstraint("choice_id", "request_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))  # of the enquirer who is told
    proposal_id: Mapped[str] = mapped_column(ForeignKey("confirmation.proposal_id"), index=True)
    proposal_state: Mapped[str] = mapped_column(String(20), default="confirmed")
    choice_id: Mapped[str] = mapped_column(ID)
    person_id: Mapped[str] = mapped_column(ID)
    scope: Mapped[str] = mapped_column(String(20))
    request_id: Mapped[str] = mapped_column(ID, index=True)
    sought_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sensitive: Mapped[bool] = mapped_column(default=False)
    plan_id: Mapped[str | None] = mapped_column(ID)
    plan_approved: Mapped[bool] = mapped_column(default=True)
    prepared_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _content: Mapped[bytes | None] = mapped_column("content")  # sealed for the society that tells
    content = Sealed()


class Telling(Base):
    """The enquirer was told, once, by a person."""

    __tablename__ = "telling"

    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    told_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    told_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(20))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _note: Mapped[bytes | None] = mapped_column("note")
    note = Sealed()

    @property
    def id(self) -> str:
        """Return the key, under the name sealed columns expect."""
        return self.disclosure_id


# A choice that was overtaken by a newer one opens nothing, whoever asks. Foreign keys cannot say "newest".
NEWER_CHOICE = (
    "SELECT 1 FROM located_choice newer JOIN located_choice used ON newer.proposal_id = used.proposal_id"
    " AND newer.person_id = used.person_id AND newer.round > used.round WHERE used.id = {choice}"
)
TOLD_CHOICE = "(SELECT choice_id FROM disclosure WHERE id = NEW.disclosure_id)"
REFUSED = "the person concerned has answered again since"


def gate_statements(dialect: str) -> list[str]:
    """Return the statements that make the two triggers of the gate on `dialect` (sqlite or postgresql)."""
    statements = []
    for table, choice in (("disclosure", "NEW.choice_id"), ("telling", TOLD_CHOICE)):
        newer = NEWER_CHOICE.format(choice=choice)
        if dialect == "sqlite":
            statements.append(
                f"CREATE TRIGGER {table}_newest_choice BEFORE INSERT ON {table} WHEN EXISTS ({newer})"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
        else:
            statements.append(
                f"CREATE FUNCTION {table}_newest_choice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF EXISTS ({newer}) THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END IF;"
                " RETURN NEW; END $$"
            )
            statements.append(
                f"CREATE TRIGGER {table}_newest_choice BEFORE INSERT ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_newest_choice()"
            )
    return statements


for _dialect in ("sqlite", "postgresql"):
    for _statement in gate_statements(_dialect):
        event.listen(
            db.metadata,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]  # untyped in the library
        )
