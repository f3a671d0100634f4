"""Learned corrections of the matching engine, and the engine behind each matching run and decision."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matching_correction",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("engine_version", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("used_since", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_matching_correction")),
    )
    with op.batch_alter_table("matching_correction", schema=None) as batch_op:
        batch_op.create_index(
            "uq_matching_correction_one_active",
            ["active"],
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )
    # Without batch: copying a table would break the keys that point at it.
    for table in ("run", "decision"):
        op.add_column(table, sa.Column("engine_version", sa.String(length=20), nullable=False, server_default=""))
    op.execute("UPDATE decision SET engine_version = '1.0'")  # there was no other until now
    op.execute("UPDATE run SET engine_version = '1.0' WHERE kind = 'matching'")


def downgrade() -> None:
    for table in ("decision", "run"):
        op.drop_column(table, "engine_version")
    op.drop_table("matching_correction")
