"""Every act leaves a trace that cannot be changed unnoticed."""

import re
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

from rfl.models import db
from rfl.models.audit import AuditEntry, AuditHead
from rfl.services import accounts, unit
from rfl.services.audit import read_head, verify
from rfl.services.audit_words import ACTS, act_words
from rfl.services.unit import SYSTEM, Look, Unit


def act(times: int = 1) -> None:
    for number in range(times):
        with Unit(SYSTEM) as unit:
            unit.record("test:act", f"subject-{number}", number=number)


def checked(**kwargs):
    with Look(SYSTEM) as look:
        return verify(look.session, **kwargs)


def tamper(*statements) -> None:
    for statement in statements:
        db.session.execute(statement)
    db.session.commit()


@pytest.fixture
def chain(app):
    act(8)
    assert checked().first_bad is None


SHIFT = text("UPDATE audit_entry SET seq = seq + 100 WHERE seq = 4")
TAMPERINGS = {
    "edited": ([update(AuditEntry).where(AuditEntry.seq == 4).values(event="test:other")], 4),
    "details edited": ([update(AuditEntry).where(AuditEntry.seq == 4).values(details={"number": 99})], 4),
    "time edited": ([text("UPDATE audit_entry SET at = '2001-01-01 00:00:00' WHERE seq = 4")], 4),
    "actor edited": ([update(AuditEntry).where(AuditEntry.seq == 4).values(actor_id="somebody")], 4),
    "deleted": ([delete(AuditEntry).where(AuditEntry.seq == 4)], 4),
    "first deleted": ([delete(AuditEntry).where(AuditEntry.seq == 1)], 1),
    "moved": ([SHIFT], 4),
    "cut at the end": ([delete(AuditEntry).where(AuditEntry.seq > 6)], 7),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_verification_names_the_first_entry_that_was_tampered_with(chain, how):
    statements, first_bad = TAMPERINGS[how]
    tamper(*statements)
    assert checked().first_bad == first_bad


def test_a_chain_cut_together_with_its_head_is_revealed_by_a_head_written_down_earlier(chain):
    with Look(SYSTEM) as look:
        written_down = read_head(look.session)
        fifth = look.session.get_one(AuditEntry, 5).hash
    tamper(delete(AuditEntry).where(AuditEntry.seq > 5), update(AuditHead).values(seq=5, hash=fifth))
    assert checked().first_bad is None
    assert checked(expected_heads=(written_down,)).first_bad == 6


def test_an_inserted_entry_cannot_be_given_a_fitting_hash_without_the_key(chain):
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    forged = AuditEntry(
        seq=9, at=last.at, actor_id="x", society_id="", event="x", subject="x", details={}, previous=last.hash
    )
    forged.hash = "0" * 64
    db.session.add(forged)
    db.session.execute(update(AuditHead).values(seq=9, hash=forged.hash))
    db.session.commit()
    assert checked().first_bad == 9


def test_a_failed_audit_entry_undoes_the_act(app, monkeypatch):
    def fail(*_args):
        raise OSError("disk full")

    monkeypatch.setattr("rfl.services.unit.append", fail)
    with pytest.raises(OSError, match="disk full"):
        accounts.create_society(SYSTEM, code="LOST", name="Lost")
    monkeypatch.undo()
    assert "LOST" not in {code for code, _, _ in accounts.list_societies()}


def test_writers_at_the_same_time_do_not_fork_the_chain(app):
    problems = []

    def work():
        try:
            with app.app_context():
                act(10)
        except Exception as problem:  # noqa: BLE001 - whatever happens in the thread is the finding
            problems.append(problem)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    result = checked()
    assert (result.entries, result.first_bad) == (40, None)


def test_the_commands_print_a_head_and_verify_against_it(app, chain):
    from rfl import cli  # noqa: PLC0415 - the commands belong to this test only

    cli.init_app(app)
    runner = app.test_cli_runner()
    head = runner.invoke(args=["rfl", "audit", "head"]).output.strip()
    act(2)
    good = runner.invoke(args=["rfl", "audit", "verify", "--head", head])
    tamper(update(AuditEntry).where(AuditEntry.seq == 3).values(subject="other"))
    bad = runner.invoke(args=["rfl", "audit", "verify"])
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "entry 3" in bad.output


def test_every_act_of_the_program_has_words_in_the_trace():
    source = Path(unit.__file__).parents[1]
    named = {
        found
        for file in source.rglob("*.py")
        for found in re.findall(r"(?:record|tell_timeline)\(\s*(?:unit,\s*)?\"([a-z_]+:[a-z_]+)\"", file.read_text())
    }
    assert len(named) > 50
    assert named - set(ACTS) == set()
    assert act_words("a_later:version") == "a_later:version"
