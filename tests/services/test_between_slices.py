"""Long work lets others in: what colleagues wait for is done between its slices."""

from caseload import YUSUF_ARABIC, add_registered, add_request, identity
from lists import csv_file, load, people
from sqlalchemy import func, select

from rfl.jobs import worker as jobs
from rfl.models.index import MatchDue
from rfl.models.proposals import Proposal
from rfl.models.work import OutboxItem
from rfl.services import import_runs
from rfl.services.outbox import post
from rfl.services.unit import Unit


def test_neither_a_mark_nor_a_message_waits_for_the_end_of_an_import(app, north, south, monkeypatch):
    monkeypatch.setattr(import_runs, "SLICE", 2)
    monkeypatch.setattr(import_runs, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(jobs, "MARK_SECONDS", 0)
    add_registered(south.officer, YUSUF_ARABIC)
    _, (sought,) = add_request(south.officer, identity("Salma Haddad"), ("son", YUSUF_ARABIC))
    with Unit(south.officer) as unit:
        post(unit, south.id, "write_plan", once="plan")
        unit.record("plan:asked", "")
    import_runs.start_import(north.officer, load(north.officer, csv_file(people(6))))
    seen, finish = [], import_runs.finish

    def look_first(unit, held):
        marked = unit.session.get(MatchDue, sought)
        proposed = unit.session.scalar(select(func.count()).select_from(Proposal))
        waiting = unit.session.scalar(select(func.count()).where(OutboxItem.delivered_at.is_(None)))
        seen.append((marked, proposed, waiting))
        finish(unit, held)

    monkeypatch.setattr(import_runs, "finish", look_first)
    worker = jobs.Worker(app)
    assert jobs.work_once(worker.name, worker._call_brief_hooks)
    assert seen == [(None, 1, 0)]


def test_between_two_slices_only_what_is_brief_is_done(app, monkeypatch):
    called = []
    hooks = (
        jobs.Hook("a", 0, lambda: called.append("a"), brief=lambda: called.append("brief")),
        jobs.Hook("b", 0, lambda: called.append("b")),
    )
    monkeypatch.setattr(jobs, "HOOKS", hooks)
    jobs.Worker(app)._call_brief_hooks()
    assert called == ["brief"]
