"""Rounds of encoded exchange: chains of packages, rounds, and packages to hand over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_channel",
        sa.Column("agreement_id", sa.String(length=16), nullable=False),
        sa.Column("party", sa.String(length=64), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("sent_digest", sa.String(length=64), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("taken_digest", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["exchange_agreement.id"], name=op.f("fk_exchange_channel_agreement_id")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "party", name=op.f("pk_exchange_channel")),
    )
    op.create_table(
        "exchange_round",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("agreement_id", sa.String(length=16), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_by", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("void_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["exchange_agreement.id"], name=op.f("fk_exchange_round_agreement_id")
        ),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_round_society_id")),
        sa.ForeignKeyConstraint(["started_by"], ["user_account.id"], name=op.f("fk_exchange_round_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_round")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_exchange_round_id_society_id")),
        sa.UniqueConstraint("society_id", "round", name=op.f("uq_exchange_round_society_id_round")),
    )
    op.create_index("ix_exchange_round_society", "exchange_round", ["society_id", "started_at"])
    op.create_table(
        "exchange_package",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("agreement_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=True),
        sa.Column("party", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["exchange_agreement.id"], name=op.f("fk_exchange_package_agreement_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["exchange_round.id"], name=op.f("fk_exchange_package_round_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_package_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_package")),
    )
    op.create_index(op.f("ix_exchange_package_round_id"), "exchange_package", ["round_id"])
    op.create_index(op.f("ix_exchange_package_society_id"), "exchange_package", ["society_id"])


def downgrade() -> None:
    op.drop_table("exchange_package")
    op.drop_table("exchange_round")
    op.drop_table("exchange_channel")
