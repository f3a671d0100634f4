"""First schema: everything of release 0.1, with the gate between a confirmation and an enquirer."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A choice that was overtaken by a newer one opens nothing; foreign keys cannot say "newest".
GATE = {
    "sqlite": (
        "CREATE TRIGGER disclosure_newest_choice BEFORE INSERT ON disclosure WHEN EXISTS (SELECT 1 FROM located_choice newer JOIN located_choice used ON newer.proposal_id = used.proposal_id AND newer.person_id = used.person_id AND newer.round > used.round WHERE used.id = NEW.choice_id) BEGIN SELECT RAISE(ABORT, 'the person concerned has answered again since'); END",
        "CREATE TRIGGER telling_newest_choice BEFORE INSERT ON telling WHEN EXISTS (SELECT 1 FROM located_choice newer JOIN located_choice used ON newer.proposal_id = used.proposal_id AND newer.person_id = used.person_id AND newer.round > used.round WHERE used.id = (SELECT choice_id FROM disclosure WHERE id = NEW.disclosure_id)) BEGIN SELECT RAISE(ABORT, 'the person concerned has answered again since'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION disclosure_newest_choice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM located_choice newer JOIN located_choice used ON newer.proposal_id = used.proposal_id AND newer.person_id = used.person_id AND newer.round > used.round WHERE used.id = NEW.choice_id) THEN RAISE EXCEPTION 'the person concerned has answered again since' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER disclosure_newest_choice BEFORE INSERT ON disclosure FOR EACH ROW EXECUTE FUNCTION disclosure_newest_choice()",
        "CREATE FUNCTION telling_newest_choice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM located_choice newer JOIN located_choice used ON newer.proposal_id = used.proposal_id AND newer.person_id = used.person_id AND newer.round > used.round WHERE used.id = (SELECT choice_id FROM disclosure WHERE id = NEW.disclosure_id)) THEN RAISE EXCEPTION 'the person concerned has answered again since' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER telling_newest_choice BEFORE INSERT ON telling FOR EACH ROW EXECUTE FUNCTION telling_newest_choice()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_entry_previous")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_society_id"), ["society_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "match_common",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_match_common")),
    )
    op.create_table(
        "match_key",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "slot", name=op.f("pk_match_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_profile",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_match_profile")),
    )
    op.create_table(
        "match_state",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_match_state")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(), nullable=True),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name_hash", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "society",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_society")),
        sa.UniqueConstraint("code", name=op.f("uq_society_code")),
    )
    op.create_table(
        "counter",
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("series", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_counter_society_id")),
        sa.PrimaryKeyConstraint("society_id", "series", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("header", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_import_mapping_society_id")),
        sa.PrimaryKeyConstraint("society_id", "header", name=op.f("pk_import_mapping")),
    )
    op.create_table(
        "outbox_item",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_outbox_item_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_item")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_item_once")),
    )
    with op.batch_alter_table("outbox_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_item_delivered_at"), ["delivered_at"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("sign_in_name", sa.String(length=100), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("minors_cleared", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_user_account_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_user_account_id_society_id")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_user_account_sign_in_name")),
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_account_society_id"), ["society_id"], unique=False)

    op.create_table(
        "run",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_by", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("worker", sa.String(length=40), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.String(length=40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_run_society_id")),
        sa.ForeignKeyConstraint(["started_by"], ["user_account.id"], name=op.f("fk_run_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index("ix_run_waiting", ["state", "lease_until"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sign_in_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "tracing_request",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("separation_cause", sa.String(length=30), nullable=False),
        sa.Column("intake_channel", sa.String(length=30), nullable=False),
        sa.Column("intake_on", sa.Date(), nullable=True),
        sa.Column("priority", sa.String(length=20), nullable=False),
        sa.Column("risk", sa.String(length=10), nullable=False),
        sa.Column("risk_cleared_by", sa.String(length=16), nullable=True),
        sa.Column("refusal", sa.String(length=30), nullable=False),
        sa.Column("has_minor", sa.Boolean(), nullable=False),
        sa.Column("caseworker_id", sa.String(length=16), nullable=True),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closing_proposed_by", sa.String(length=16), nullable=True),
        sa.Column("closed_by", sa.String(length=16), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("source_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("story", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "closed_by IS NULL OR closed_by <> closing_proposed_by", name=op.f("ck_tracing_request_closing_by_two")
        ),
        sa.ForeignKeyConstraint(["caseworker_id"], ["user_account.id"], name=op.f("fk_tracing_request_caseworker_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["user_account.id"], name=op.f("fk_tracing_request_closed_by")),
        sa.ForeignKeyConstraint(
            ["closing_proposed_by"], ["user_account.id"], name=op.f("fk_tracing_request_closing_proposed_by")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_tracing_request_created_by")),
        sa.ForeignKeyConstraint(
            ["risk_cleared_by"], ["user_account.id"], name=op.f("fk_tracing_request_risk_cleared_by")
        ),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_tracing_request_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracing_request")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_tracing_request_id_society_id")),
        sa.UniqueConstraint("society_id", "number", name=op.f("uq_tracing_request_society_id_number")),
        sa.UniqueConstraint("society_id", "source_key", name=op.f("uq_tracing_request_society_id_source_key")),
    )
    with op.batch_alter_table("tracing_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tracing_request_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index("ix_tracing_request_society_state", ["society_id", "state", "opened_at"], unique=False)

    op.create_table(
        "harm_check",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("risk", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_harm_check_made_by")),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_harm_check_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_harm_check_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harm_check")),
    )
    with op.batch_alter_table("harm_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_harm_check_request_id"), ["request_id"], unique=False)

    op.create_table(
        "import_file",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("run_id", sa.String(length=16), nullable=True),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("target", sa.String(length=12), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("header", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("consent", sa.JSON(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=16), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_import_file_run_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_import_file_society_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user_account.id"], name=op.f("fk_import_file_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_run_id"), ["run_id"], unique=False)
        batch_op.create_index("ix_import_file_society", ["society_id", "uploaded_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column("searching", sa.Boolean(), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.Column("slot", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'registered') = (request_id IS NULL)", name=op.f("ck_person_request_unless_registered")
        ),
        sa.CheckConstraint("kind IN ('enquirer', 'sought', 'registered')", name=op.f("ck_person_kind")),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_person_created_by")),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_person_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_person_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("id", "society_id", name=op.f("uq_person_id_society_id")),
        sa.UniqueConstraint("society_id", "number", name=op.f("uq_person_society_id_number")),
        sa.UniqueConstraint("society_id", "source_key", name=op.f("uq_person_society_id_source_key")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_request_id"), ["request_id"], unique=False)
        batch_op.create_index("ix_person_society_kind", ["society_id", "kind", "created_at"], unique=False)

    op.create_table(
        "tracing_action",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_tracing_action_created_by")),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_tracing_action_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_tracing_action_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracing_action")),
    )
    with op.batch_alter_table("tracing_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tracing_action_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_tracing_action_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tracing_action_society_id"), ["society_id"], unique=False)

    op.create_table(
        "typed_step",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("typed_by", sa.String(length=16), nullable=False),
        sa.Column("typed_at", sa.DateTime(), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_typed_step_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_typed_step_society_id")),
        sa.ForeignKeyConstraint(["typed_by"], ["user_account.id"], name=op.f("fk_typed_step_typed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_step")),
        sa.UniqueConstraint("request_id", "step", name=op.f("uq_typed_step_request_id_step")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.String(length=20), nullable=False),
        sa.Column("speaker", sa.String(length=20), nullable=False),
        sa.Column("notice_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_consent_recorded_by")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_consent_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_person", ["person_id", "purpose", "recorded_at"], unique=False)

    op.create_table(
        "import_problem",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("import_id", sa.String(length=16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"], name=op.f("fk_import_problem_import_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_import_problem_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_problem")),
    )
    with op.batch_alter_table("import_problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_problem_import_id"), ["import_id"], unique=False)

    op.create_table(
        "match_due",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_match_due_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_match_due")),
    )
    with op.batch_alter_table("match_due", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_due_at"), ["at"], unique=False)

    op.create_table(
        "person_note",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_note_person_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_person_note_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_note")),
        sa.UniqueConstraint("society_id", "source_key", name=op.f("uq_person_note_society_id_source_key")),
    )
    with op.batch_alter_table("person_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_note_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_source",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("import_id", sa.String(length=16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.Column("left", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name=op.f("fk_person_source_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"], name=op.f("fk_person_source_import_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_person_source_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_source")),
    )
    with op.batch_alter_table("person_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_source_format"), ["format"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_source_import_id"), ["import_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("left_id", sa.String(length=16), nullable=False),
        sa.Column("right_id", sa.String(length=16), nullable=False),
        sa.Column("left_society_id", sa.String(length=16), nullable=False),
        sa.Column("right_society_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("engine_version", sa.String(length=20), nullable=False),
        sa.Column("has_minor", sa.Boolean(), nullable=False),
        sa.Column("left_assignee_id", sa.String(length=16), nullable=True),
        sa.Column("right_assignee_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'second', 'disputed', 'information', 'confirmed', 'different', 'withdrawn')",
            name=op.f("ck_proposal_state"),
        ),
        sa.CheckConstraint("left_id <> right_id", name=op.f("ck_proposal_two_records")),
        sa.ForeignKeyConstraint(["left_assignee_id"], ["user_account.id"], name=op.f("fk_proposal_left_assignee_id")),
        sa.ForeignKeyConstraint(
            ["left_id", "left_society_id"],
            ["person.id", "person.society_id"],
            name=op.f("fk_proposal_left_id_left_society_id"),
        ),
        sa.ForeignKeyConstraint(["right_assignee_id"], ["user_account.id"], name=op.f("fk_proposal_right_assignee_id")),
        sa.ForeignKeyConstraint(
            ["right_id", "right_society_id"],
            ["person.id", "person.society_id"],
            name=op.f("fk_proposal_right_id_right_society_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint(
            "id", "left_society_id", "right_society_id", name=op.f("uq_proposal_id_left_society_id_right_society_id")
        ),
        sa.UniqueConstraint("id", "state", name=op.f("uq_proposal_id_state")),
        sa.UniqueConstraint("left_id", "right_id", name=op.f("uq_proposal_left_id_right_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_left_queue", ["left_society_id", "state", "score"], unique=False)
        batch_op.create_index("ix_proposal_right", ["right_id"], unique=False)
        batch_op.create_index("ix_proposal_right_queue", ["right_society_id", "state", "score"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("seen", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("verdict IN ('same', 'different', 'information')", name=op.f("ck_decision_verdict")),
        sa.ForeignKeyConstraint(
            ["officer_id", "society_id"],
            ["user_account.id", "user_account.society_id"],
            name=op.f("fk_decision_officer_id_society_id"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "id",
            "proposal_id",
            "officer_id",
            "society_id",
            "verdict",
            "standing",
            name=op.f("uq_decision_id_proposal_id_officer_id_society_id_verdict_standing"),
        ),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_proposal", ["proposal_id", "at"], unique=False)
        batch_op.create_index(
            "uq_decision_one_standing_answer",
            ["proposal_id", "officer_id"],
            unique=True,
            sqlite_where=sa.text("standing AND verdict <> 'information'"),
            postgresql_where=sa.text("standing AND verdict <> 'information'"),
        )

    op.create_table(
        "delivery_plan",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("deliver_on", sa.Date(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("approved_by", sa.String(length=16), nullable=True),
        sa.Column("plan", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("approved = (approved_by IS NOT NULL)", name=op.f("ck_delivery_plan_approved")),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> made_by", name=op.f("ck_delivery_plan_approved_by_another")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["user_account.id"], name=op.f("fk_delivery_plan_approved_by")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_delivery_plan_made_by")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_delivery_plan_proposal_id")),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_delivery_plan_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_delivery_plan_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_plan")),
        sa.UniqueConstraint("id", "approved", name=op.f("uq_delivery_plan_id_approved")),
        sa.UniqueConstraint("request_id", "proposal_id", name=op.f("uq_delivery_plan_request_id_proposal_id")),
    )
    with op.batch_alter_table("delivery_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_plan_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_plan_request_id"), ["request_id"], unique=False)

    op.create_table(
        "located_choice",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "choice <> 'ask_again' OR ask_again_on IS NOT NULL", name=op.f("ck_located_choice_ask_again_on_a_date")
        ),
        sa.CheckConstraint(
            "choice IN ('address', 'call', 'message', 'alive_and_well', 'fate', 'nothing', 'ask_again')",
            name=op.f("ck_located_choice_choice"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "society_id"],
            ["person.id", "person.society_id"],
            name=op.f("fk_located_choice_person_id_society_id"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_located_choice_proposal_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_located_choice_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_located_choice")),
        sa.UniqueConstraint(
            "id", "proposal_id", "person_id", "choice", name=op.f("uq_located_choice_id_proposal_id_person_id_choice")
        ),
        sa.UniqueConstraint(
            "proposal_id", "person_id", "round", name=op.f("uq_located_choice_proposal_id_person_id_round")
        ),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("permission", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=True),
        sa.Column("proposal_id", sa.String(length=16), nullable=True),
        sa.Column("disclosure_id", sa.String(length=16), nullable=True),
        sa.Column("assignee_id", sa.String(length=16), nullable=True),
        sa.Column("has_minor", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(length=16), nullable=True),
        sa.Column("once", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["user_account.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_task_proposal_id")),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_task_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_task_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("once", name=op.f("uq_task_once")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_disclosure_id"), ["disclosure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_request_id"), ["request_id"], unique=False)
        batch_op.create_index("ix_task_society_open", ["society_id", "done_at", "due_on"], unique=False)

    op.create_table(
        "timeline_event",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=True),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("proposal_id", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_timeline_event_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_timeline_event_proposal_id")),
        sa.ForeignKeyConstraint(["request_id"], ["tracing_request.id"], name=op.f("fk_timeline_event_request_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_timeline_event_society_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_event")),
    )
    with op.batch_alter_table("timeline_event", schema=None) as batch_op:
        batch_op.create_index("ix_timeline_event_person", ["person_id", "at"], unique=False)
        batch_op.create_index("ix_timeline_event_proposal", ["proposal_id", "at"], unique=False)
        batch_op.create_index("ix_timeline_event_request", ["request_id", "at"], unique=False)

    op.create_table(
        "confirmation",
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_state", sa.String(length=20), nullable=False),
        sa.Column("left_society_id", sa.String(length=16), nullable=False),
        sa.Column("right_society_id", sa.String(length=16), nullable=False),
        sa.Column("first_decision_id", sa.String(length=16), nullable=False),
        sa.Column("first_officer_id", sa.String(length=16), nullable=False),
        sa.Column("first_society_id", sa.String(length=16), nullable=False),
        sa.Column("second_decision_id", sa.String(length=16), nullable=False),
        sa.Column("second_officer_id", sa.String(length=16), nullable=False),
        sa.Column("second_society_id", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("proposal_state = 'confirmed'", name=op.f("ck_confirmation_confirmed")),
        sa.CheckConstraint("verdict = 'same' AND standing", name=op.f("ck_confirmation_both_say_same")),
        sa.CheckConstraint(
            "(first_society_id = left_society_id AND second_society_id = right_society_id) OR (first_society_id = right_society_id AND second_society_id = left_society_id)",
            name=op.f("ck_confirmation_one_of_each_society"),
        ),
        sa.CheckConstraint("first_officer_id <> second_officer_id", name=op.f("ck_confirmation_two_officers")),
        sa.ForeignKeyConstraint(
            ["first_decision_id", "proposal_id", "first_officer_id", "first_society_id", "verdict", "standing"],
            [
                "decision.id",
                "decision.proposal_id",
                "decision.officer_id",
                "decision.society_id",
                "decision.verdict",
                "decision.standing",
            ],
            name="fk_confirmation_first_decision",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "left_society_id", "right_society_id"],
            ["proposal.id", "proposal.left_society_id", "proposal.right_society_id"],
            name=op.f("fk_confirmation_proposal_id_left_society_id_right_society_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposal_state"],
            ["proposal.id", "proposal.state"],
            name=op.f("fk_confirmation_proposal_id_proposal_state"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_confirmation_proposal_id")),
        sa.ForeignKeyConstraint(
            ["second_decision_id", "proposal_id", "second_officer_id", "second_society_id", "verdict", "standing"],
            [
                "decision.id",
                "decision.proposal_id",
                "decision.officer_id",
                "decision.society_id",
                "decision.verdict",
                "decision.standing",
            ],
            name="fk_confirmation_second_decision",
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_confirmation")),
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_state", sa.String(length=20), nullable=False),
        sa.Column("choice_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=False),
        sa.Column("sought_id", sa.String(length=16), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("plan_id", sa.String(length=16), nullable=True),
        sa.Column("plan_approved", sa.Boolean(), nullable=False),
        sa.Column("prepared_by", sa.String(length=16), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("proposal_state = 'confirmed'", name=op.f("ck_disclosure_confirmed")),
        sa.CheckConstraint("scope <> 'fate' OR sensitive", name=op.f("ck_disclosure_fate_is_sensitive")),
        sa.CheckConstraint(
            "scope IN ('address', 'call', 'message', 'alive_and_well', 'fate')", name=op.f("ck_disclosure_scope")
        ),
        sa.CheckConstraint("NOT sensitive OR plan_id IS NOT NULL", name=op.f("ck_disclosure_sensitive_needs_plan")),
        sa.CheckConstraint("plan_approved", name=op.f("ck_disclosure_plan_approved")),
        sa.ForeignKeyConstraint(
            ["choice_id", "proposal_id", "person_id", "scope"],
            ["located_choice.id", "located_choice.proposal_id", "located_choice.person_id", "located_choice.choice"],
            name=op.f("fk_disclosure_choice_id_proposal_id_person_id_scope"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "plan_approved"],
            ["delivery_plan.id", "delivery_plan.approved"],
            name=op.f("fk_disclosure_plan_id_plan_approved"),
        ),
        sa.ForeignKeyConstraint(["prepared_by"], ["user_account.id"], name=op.f("fk_disclosure_prepared_by")),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposal_state"],
            ["proposal.id", "proposal.state"],
            name=op.f("fk_disclosure_proposal_id_proposal_state"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["confirmation.proposal_id"], name=op.f("fk_disclosure_proposal_id")),
        sa.ForeignKeyConstraint(
            ["request_id", "society_id"],
            ["tracing_request.id", "tracing_request.society_id"],
            name=op.f("fk_disclosure_request_id_society_id"),
        ),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_disclosure_society_id")),
        sa.ForeignKeyConstraint(["sought_id"], ["person.id"], name=op.f("fk_disclosure_sought_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("choice_id", "request_id", name=op.f("uq_disclosure_choice_id_request_id")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_request_id"), ["request_id"], unique=False)

    op.create_table(
        "telling",
        sa.Column("disclosure_id", sa.String(length=16), nullable=False),
        sa.Column("society_id", sa.String(length=16), nullable=False),
        sa.Column("told_by", sa.String(length=16), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_telling_disclosure_id")),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_telling_society_id")),
        sa.ForeignKeyConstraint(["told_by"], ["user_account.id"], name=op.f("fk_telling_told_by")),
        sa.PrimaryKeyConstraint("disclosure_id", name=op.f("pk_telling")),
    )
    for statement in GATE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("telling")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_request_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_proposal_id"))

    op.drop_table("disclosure")
    op.drop_table("confirmation")
    with op.batch_alter_table("timeline_event", schema=None) as batch_op:
        batch_op.drop_index("ix_timeline_event_request")
        batch_op.drop_index("ix_timeline_event_proposal")
        batch_op.drop_index("ix_timeline_event_person")

    op.drop_table("timeline_event")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_society_open")
        batch_op.drop_index(batch_op.f("ix_task_request_id"))
        batch_op.drop_index(batch_op.f("ix_task_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_task_disclosure_id"))
        batch_op.drop_index(batch_op.f("ix_task_assignee_id"))

    op.drop_table("task")
    op.drop_table("located_choice")
    with op.batch_alter_table("delivery_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_plan_request_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_plan_proposal_id"))

    op.drop_table("delivery_plan")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_one_standing_answer",
            sqlite_where=sa.text("standing AND verdict <> 'information'"),
            postgresql_where=sa.text("standing AND verdict <> 'information'"),
        )
        batch_op.drop_index("ix_decision_proposal")

    op.drop_table("decision")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_right_queue")
        batch_op.drop_index("ix_proposal_right")
        batch_op.drop_index("ix_proposal_left_queue")

    op.drop_table("proposal")
    with op.batch_alter_table("person_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_source_import_id"))
        batch_op.drop_index(batch_op.f("ix_person_source_format"))

    op.drop_table("person_source")
    with op.batch_alter_table("person_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_note_person_id"))

    op.drop_table("person_note")
    with op.batch_alter_table("match_due", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_due_at"))

    op.drop_table("match_due")
    with op.batch_alter_table("import_problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_problem_import_id"))

    op.drop_table("import_problem")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("ix_consent_person")

    op.drop_table("consent")
    op.drop_table("typed_step")
    with op.batch_alter_table("tracing_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tracing_action_society_id"))
        batch_op.drop_index(batch_op.f("ix_tracing_action_request_id"))
        batch_op.drop_index(batch_op.f("ix_tracing_action_due_on"))

    op.drop_table("tracing_action")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_society_kind")
        batch_op.drop_index(batch_op.f("ix_person_request_id"))

    op.drop_table("person")
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_index("ix_import_file_society")
        batch_op.drop_index(batch_op.f("ix_import_file_run_id"))

    op.drop_table("import_file")
    with op.batch_alter_table("harm_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_harm_check_request_id"))

    op.drop_table("harm_check")
    with op.batch_alter_table("tracing_request", schema=None) as batch_op:
        batch_op.drop_index("ix_tracing_request_society_state")
        batch_op.drop_index(batch_op.f("ix_tracing_request_caseworker_id"))

    op.drop_table("tracing_request")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_user_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index("ix_run_waiting")

    op.drop_table("run")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_account_society_id"))

    op.drop_table("user_account")
    with op.batch_alter_table("outbox_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_item_delivered_at"))

    op.drop_table("outbox_item")
    op.drop_table("import_mapping")
    op.drop_table("counter")
    op.drop_table("society")
    op.drop_table("sign_in_attempt")
    op.drop_table("match_state")
    op.drop_table("match_profile")
    op.drop_table("match_key")
    op.drop_table("match_common")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_society_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_event"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id"))

    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        for table in ("disclosure", "telling"):
            op.execute(f"DROP FUNCTION IF EXISTS {table}_newest_choice()")
