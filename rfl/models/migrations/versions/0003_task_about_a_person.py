"""A task may be about one registered person, outside any tracing request."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_task_person_id_person"), "person", ["person_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_person_id"))
        batch_op.drop_constraint(batch_op.f("fk_task_person_id_person"), type_="foreignkey")
        batch_op.drop_column("person_id")
