"""Persons who are never sent to one partner of encoded exchange."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_exclusion",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_exchange_exclusion_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exchange_exclusion_person_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_exclusion_society_id")),
        sa.PrimaryKeyConstraint("person_id", "partner", name=op.f("pk_exchange_exclusion")),
    )
    op.create_index(op.f("ix_exchange_exclusion_society_id"), "exchange_exclusion", ["society_id"])


def downgrade() -> None:
    op.drop_table("exchange_exclusion")
