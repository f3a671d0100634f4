"""Indexes along which long lists of proposals are read from their beginning."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_proposal_societies", "proposal", ["left_society_id", "right_society_id", "has_minor"])
    for side in ("left", "right"):
        op.create_index(f"ix_proposal_{side}_order", "proposal", [f"{side}_society_id", "has_minor", "score", "id"])


def downgrade() -> None:
    for name in ("ix_proposal_right_order", "ix_proposal_left_order", "ix_proposal_societies"):
        op.drop_index(name, "proposal")
