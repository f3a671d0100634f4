"""Keys of the own society for encoded exchange, and the partners whose keys two people have confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_identity",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_exchange_identity_created_by")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_identity_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_identity")),
        sa.UniqueConstraint("digest", name=op.f("uq_exchange_identity_digest")),
        sa.UniqueConstraint("society_id", name=op.f("uq_exchange_identity_society_id")),
    )
    op.create_table(
        "exchange_partner",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("received_by", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=16), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("heard", sa.String(length=20), nullable=False),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> received_by", name=op.f("ck_exchange_partner_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_exchange_partner_confirmed_when")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by", "society_id"],
            ["user_account.id", "user_account.society_id"],
            name=op.f("fk_exchange_partner_confirmed_by_society_id"),
        ),
        sa.ForeignKeyConstraint(
            ["received_by", "society_id"],
            ["user_account.id", "user_account.society_id"],
            name=op.f("fk_exchange_partner_received_by_society_id"),
        ),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_partner_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_partner")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_exchange_partner_id_society_id")),
        sa.UniqueConstraint("society_id", "digest", name=op.f("uq_exchange_partner_society_id_digest")),
    )


def downgrade() -> None:
    op.drop_table("exchange_partner")
    op.drop_table("exchange_identity")
