"""Consent to encoded exchange with named societies; digests of packages, so that one can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("partner", sa.String(length=16), nullable=False, server_default=""))
    with op.batch_alter_table("exchange_package", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("exchange_package", schema=None) as batch_op:
        batch_op.drop_column("taken_back")
        batch_op.drop_column("digest")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_column("partner")
