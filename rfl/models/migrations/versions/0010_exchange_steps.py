"""What two societies show each other of an opened pair, step by step, and the partner's record that came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("exchange_pair") as table:
        table.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("partner_erased_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("copy_id", sa.String(length=16), nullable=True))
        table.create_foreign_key(op.f("fk_exchange_pair_copy_id"), "person", ["copy_id"], ["id"])
        table.create_index(op.f("ix_exchange_pair_copy_id"), ["copy_id"])
    op.create_table(
        "exchange_step",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("pair_id", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.String(length=12), nullable=False),
        sa.Column("chosen_by", sa.String(length=16), nullable=True),
        sa.Column("committed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("package_id", sa.String(length=16), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("step BETWEEN 1 AND 3", name=op.f("ck_exchange_step_step")),
        sa.CheckConstraint("own = (chosen_by IS NOT NULL)", name=op.f("ck_exchange_step_chosen_by_a_person")),
        sa.CheckConstraint("state IN ('committed', 'revealed', 'broken')", name=op.f("ck_exchange_step_state")),
        sa.ForeignKeyConstraint(["chosen_by"], ["user_account.id"], name=op.f("fk_exchange_step_chosen_by")),
        sa.ForeignKeyConstraint(["package_id"], ["exchange_package.id"], name=op.f("fk_exchange_step_package_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["exchange_pair.id"], name=op.f("fk_exchange_step_pair_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_step_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_step")),
        sa.UniqueConstraint("pair_id", "step", "own", name=op.f("uq_exchange_step_pair_id_step_own")),
    )
    op.create_index(op.f("ix_exchange_step_pair_id"), "exchange_step", ["pair_id"])
    op.create_table(
        "exchange_answer",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("pair_id", sa.String(length=16), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("recorded_by", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("package_id", sa.String(length=16), nullable=True),
        sa.Column("taken_by", sa.String(length=16), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "choice IN ('address', 'call', 'message', 'alive_and_well', 'nothing')",
            name=op.f("ck_exchange_answer_choice"),
        ),
        sa.CheckConstraint("own = (recorded_by IS NOT NULL)", name=op.f("ck_exchange_answer_recorded_by_a_person")),
        sa.ForeignKeyConstraint(["package_id"], ["exchange_package.id"], name=op.f("fk_exchange_answer_package_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["exchange_pair.id"], name=op.f("fk_exchange_answer_pair_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_exchange_answer_recorded_by")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_answer_society_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["user_account.id"], name=op.f("fk_exchange_answer_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_answer")),
        sa.UniqueConstraint("pair_id", "own", "number", name=op.f("uq_exchange_answer_pair_id_own_number")),
    )
    op.create_index(op.f("ix_exchange_answer_pair_id"), "exchange_answer", ["pair_id"])


def downgrade() -> None:
    op.drop_table("exchange_answer")
    op.drop_table("exchange_step")
    with op.batch_alter_table("exchange_pair") as table:
        table.drop_index(op.f("ix_exchange_pair_copy_id"))
        table.drop_constraint(op.f("fk_exchange_pair_copy_id"), type_="foreignkey")
        table.drop_column("copy_id")
        table.drop_column("partner_erased_at")
        table.drop_column("ended_at")
