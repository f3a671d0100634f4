"""Lists with names, with the consent behind each row; addresses of partners, and what was posted to them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clear_list",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("agreement_id", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("party", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("import_id", sa.String(length=16), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(), nullable=True),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("recall_answered_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("direction IN ('out', 'in')", name=op.f("ck_clear_list_direction")),
        sa.ForeignKeyConstraint(["agreement_id"], ["exchange_agreement.id"], name=op.f("fk_clear_list_agreement_id")),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"], name=op.f("fk_clear_list_import_id")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_clear_list_made_by")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_clear_list_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clear_list")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_clear_list_id_society_id")),
        sa.UniqueConstraint("society_id", "number", name=op.f("uq_clear_list_society_id_number")),
    )
    op.create_index(op.f("ix_clear_list_import_id"), "clear_list", ["import_id"])
    op.create_index("ix_clear_list_society", "clear_list", ["society_id", "made_at"])
    op.create_table(
        "clear_row",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("list_id", sa.String(length=16), nullable=False),
        sa.Column("ref_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["clear_list.id"], name=op.f("fk_clear_row_list_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clear_row_person_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_clear_row_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clear_row")),
        sa.UniqueConstraint("list_id", "ref_key", name=op.f("uq_clear_row_list_id_ref_key")),
    )
    for column in ("list_id", "person_id"):
        op.create_index(op.f(f"ix_clear_row_{column}"), "clear_row", [column])
    op.create_table(
        "clear_letter",
        sa.Column("package_id", sa.String(length=16), nullable=False),
        sa.Column("list_id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["clear_list.id"], name=op.f("fk_clear_letter_list_id")),
        sa.ForeignKeyConstraint(["package_id"], ["exchange_package.id"], name=op.f("fk_clear_letter_package_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_clear_letter_society_id")),
        sa.PrimaryKeyConstraint("package_id", name=op.f("pk_clear_letter")),
    )
    op.create_index(op.f("ix_clear_letter_list_id"), "clear_letter", ["list_id"])
    _post()


def _post() -> None:
    op.create_table(
        "exchange_address",
        sa.Column("partner_id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=16), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=16), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> entered_by", name=op.f("ck_exchange_address_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_exchange_address_confirmed_when")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id", "society_id"],
            ["exchange_partner.id", "exchange_partner.society_id"],
            name=op.f("fk_exchange_address_partner_id_society_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by", "society_id"],
            ["user_account.id", "user_account.society_id"],
            name=op.f("fk_exchange_address_entered_by_society_id"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by", "society_id"],
            ["user_account.id", "user_account.society_id"],
            name=op.f("fk_exchange_address_confirmed_by_society_id"),
        ),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_address_society_id")),
        sa.PrimaryKeyConstraint("partner_id", name=op.f("pk_exchange_address")),
    )
    op.create_table(
        "exchange_posting",
        sa.Column("package_id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["package_id"], ["exchange_package.id"], name=op.f("fk_exchange_posting_package_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_posting_society_id")),
        sa.PrimaryKeyConstraint("package_id", name=op.f("pk_exchange_posting")),
    )
    op.create_table(
        "exchange_arrivals",
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("party", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_exchange_arrivals_society_id")),
        sa.PrimaryKeyConstraint("society_id", "party", name=op.f("pk_exchange_arrivals")),
    )


def downgrade() -> None:
    for table in ("exchange_arrivals", "exchange_posting", "exchange_address"):
        op.drop_table(table)
    op.drop_table("clear_letter")
    op.drop_table("clear_row")
    op.drop_table("clear_list")
