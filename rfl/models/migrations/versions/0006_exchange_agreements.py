"""Agreements of encoded exchange with the signatures of their three parties."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_agreement",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("agreed_version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.String(length=16), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_exchange_agreement_created_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["user_account.id"], name=op.f("fk_exchange_agreement_ended_by")),
        sa.ForeignKeyConstraint(["signed_by"], ["user_account.id"], name=op.f("fk_exchange_agreement_signed_by")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_agreement_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_agreement")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_exchange_agreement_id_society_id")),
        sa.UniqueConstraint("society_id", "hash", name=op.f("uq_exchange_agreement_society_id_hash")),
        sa.UniqueConstraint(
            "society_id",
            "number",
            "agreed_version",
            name=op.f("uq_exchange_agreement_society_id_number_agreed_version"),
        ),
    )
    op.create_table(
        "exchange_signature",
        sa.Column("agreement_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["exchange_agreement.id"], name=op.f("fk_exchange_signature_agreement_id")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "digest", name=op.f("pk_exchange_signature")),
    )


def downgrade() -> None:
    op.drop_table("exchange_signature")
    op.drop_table("exchange_agreement")
