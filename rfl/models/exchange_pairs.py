"""What a round has found, as one society sees it: pairs, what is told and shown of them, what was judged different."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed


class ExchangePair(Base):
    """An own person and a case of a partner that may be one human; of the other only a handle is known."""

    __tablename__ = "exchange_pair"
    __table_args__ = (
        UniqueConstraint("society_id", "own_handle", "partner_handle"),
        Index("ix_exchange_pair_society", "society_id", "state", "score"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    agreement_id: Mapped[str] = mapped_column(ForeignKey("exchange_agreement.id"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("exchange_round.id"), index=True)
    partner: Mapped[str] = mapped_column(String(64))  # digest
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    own_handle: Mapped[str] = mapped_column(String(32))
    partner_handle: Mapped[str] = mapped_column(String(32))
    score: Mapped[float]
    classes: Mapped[int] = mapped_column(BigInteger)  # bit n: the two agree in rule class n
    state: Mapped[str] = mapped_column(String(12))
    partner_opened: Mapped[bool] = mapped_column(default=False)  # shown to nobody before this side has opened too
    own_verdict: Mapped[str] = mapped_column(String(12), default="")
    partner_verdict: Mapped[str] = mapped_column(String(12), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    void_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    partner_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # receipt for what was shown from here
    copy_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id"), index=True
    )  # the partner's record, entered here
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class ExchangeStep(Base):
    """What one side has committed to, or shown, in one step of a pair; `details` go when the pair ends.

    Own details hold text and nonce from the choice on; the partner's are there once they fit its commitment.
    """

    __tablename__ = "exchange_step"
    __table_args__ = (
        UniqueConstraint("pair_id", "step", "own"),
        CheckConstraint("step BETWEEN 1 AND 3", name="step"),
        CheckConstraint("own = (chosen_by IS NOT NULL)", name="chosen_by_a_person"),
        CheckConstraint("state IN ('committed', 'revealed', 'broken')", name="state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    pair_id: Mapped[str] = mapped_column(ForeignKey("exchange_pair.id"), index=True)
    step: Mapped[int]
    own: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    commitment: Mapped[str] = mapped_column(String(64), default="")
    problem: Mapped[str] = mapped_column(String(12), default="")  # what of the partner's was not accepted
    chosen_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    committed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    package_id: Mapped[str | None] = mapped_column(ForeignKey("exchange_package.id"))  # that carried the own details
    _details: Mapped[bytes | None] = mapped_column("details")
    details = Sealed()


class ExchangeAnswer(Base):
    """What the person of a pair says may be shared: recorded here for the partner (`own`), or told by it.

    The highest number counts. `taken_by` has taken a partner's answer over as that of the registered person.
    """

    __tablename__ = "exchange_answer"
    __table_args__ = (
        UniqueConstraint("pair_id", "own", "number"),
        CheckConstraint("own = (recorded_by IS NOT NULL)", name="recorded_by_a_person"),
        CheckConstraint("choice IN ('address', 'call', 'message', 'alive_and_well', 'nothing')", name="choice"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    pair_id: Mapped[str] = mapped_column(ForeignKey("exchange_pair.id"), index=True)
    own: Mapped[bool]
    number: Mapped[int]
    choice: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    language: Mapped[str] = mapped_column(String(10))
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    package_id: Mapped[str | None] = mapped_column(ForeignKey("exchange_package.id"))  # that carried the own answer
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    _words: Mapped[bytes | None] = mapped_column("words")
    words = Sealed()


class ExchangeAct(Base):
    """What this side has to tell the partner about a pair; `package_id` once it is written into a letter."""

    __tablename__ = "exchange_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    round_id: Mapped[str] = mapped_column(ForeignKey("exchange_round.id"), index=True)
    own_handle: Mapped[str] = mapped_column(String(32))
    partner_handle: Mapped[str] = mapped_column(String(32))
    act: Mapped[str] = mapped_column(String(12))
    tag: Mapped[str] = mapped_column(String(64), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    package_id: Mapped[str | None] = mapped_column(ForeignKey("exchange_package.id"))


class ExchangeNotSame(Base):
    """An own person and a partner's case that were judged different: both sides keep the same `token`."""

    __tablename__ = "exchange_not_same"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), index=True)
    partner: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
