"""What rounds of encoded exchange have found, what is to be told about it, and what was judged different."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_pair",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("agreement_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("own_handle", sa.String(length=32), nullable=False),
        sa.Column("partner_handle", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("classes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("partner_opened", sa.Boolean(), nullable=False),
        sa.Column("own_verdict", sa.String(length=12), nullable=False),
        sa.Column("partner_verdict", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("void_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["exchange_agreement.id"], name=op.f("fk_exchange_pair_agreement_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exchange_pair_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["exchange_round.id"], name=op.f("fk_exchange_pair_round_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_pair_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_pair")),
        sa.UniqueConstraint(
            "society_id",
            "own_handle",
            "partner_handle",
            name=op.f("uq_exchange_pair_society_id_own_handle_partner_handle"),
        ),
    )
    for column in ("agreement_id", "person_id", "round_id"):
        op.create_index(op.f(f"ix_exchange_pair_{column}"), "exchange_pair", [column])
    op.create_index("ix_exchange_pair_society", "exchange_pair", ["society_id", "state", "score"])
    op.create_table(
        "exchange_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("own_handle", sa.String(length=32), nullable=False),
        sa.Column("partner_handle", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("package_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["exchange_round.id"], name=op.f("fk_exchange_act_round_id")),
        sa.ForeignKeyConstraint(["package_id"], ["exchange_package.id"], name=op.f("fk_exchange_act_package_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_act_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_act")),
    )
    op.create_index(op.f("ix_exchange_act_round_id"), "exchange_act", ["round_id"])
    op.create_table(
        "exchange_not_same",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exchange_not_same_person_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_not_same_society_id")),
        sa.PrimaryKeyConstraint("person_id", "token", name=op.f("pk_exchange_not_same")),
    )
    op.create_index(op.f("ix_exchange_not_same_society_id"), "exchange_not_same", ["society_id"])


def downgrade() -> None:
    op.drop_table("exchange_not_same")
    op.drop_table("exchange_act")
    op.drop_table("exchange_pair")
