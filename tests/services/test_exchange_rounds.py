"""A round of three parties: what goes where, who must confirm, what is refused, and what is left when it is over."""

from datetime import date, timedelta

import pytest
import round_world as world_of
from caseload import identity
from round_world import SHARED, confirm, deliver, start, state, waiting, work
from sqlalchemy import select, text
from staff import found

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.domain.errors import NotAllowed, NotFound
from rfl.exchange.rounds.refusals import (
    EarlierMissing,
    Malformed,
    Replayed,
    StateBehind,
    TooFewCases,
    WrongAgreement,
    WrongRecipient,
)
from rfl.models import db
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage, ExchangeRound
from rfl.models.persons import Person
from rfl.models.sealed import keyring
from rfl.models.work import Run
from rfl.services import consents, exchange_letters, exchange_parcels, exchange_work
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_rounds as rounds
from rfl.services.exchange_beginnings import TooManyRounds
from rfl.services.exchange_work import run_exchange
from rfl.services.runs import LeaseLost, claim
from rfl.services.unit import SYSTEM, Chore, Look

TALK = Talk(date(2026, 1, 2), "en", "signed", speaker=Speaker.PERSON)


def pairs_of(world, code: str) -> list[ExchangePair]:
    with Look(SYSTEM) as look:
        mine = select(ExchangePair).where(ExchangePair.society_id == world.staff[code].id)
        return list(look.session.scalars(mine))


def test_a_round_finds_the_person_that_both_know_and_nobody_else(world, played):
    assert [state(world, code) for code in world.staff] == ["done", "done", "answered"]
    (here,), (there,) = pairs_of(world, "NOR"), pairs_of(world, "SOU")
    assert (here.person_id, there.person_id) == (world.persons["NOR"][0], world.persons["SOU"][0])
    assert (here.own_handle, here.partner_handle) == (there.partner_handle, there.own_handle)


def test_the_hub_is_done_with_both_receipts_and_holds_nothing(world, played):
    for code in ("NOR", "SOU"):
        deliver(world, code, "HUB")
    assert state(world, "HUB") == "done"
    with Look(SYSTEM) as look:
        row = look.session.get_one(ExchangeRound, played["HUB"])
        assert (row.secret, row.cases, row.pairs) == (None, 0, 0)
    assert pairs_of(world, "HUB") == []


def test_after_a_round_its_secrets_lists_and_keys_are_gone_everywhere(world, played):
    with Look(SYSTEM) as look:
        rows = look.session.scalars(select(ExchangeRound)).all()
        lists = look.session.scalars(
            select(ExchangePackage).where(ExchangePackage.kind.in_(("blinded", "grouping", "raised")))
        ).all()
    assert {row.id: row.secret for row in rows} == dict.fromkeys(played.values())
    assert len(lists) == 6
    assert [one.data for one in lists] == [None] * 6
    assert not list(keyring().folder.glob("round-*"))


def test_no_name_lies_in_any_package_or_row_of_a_round(world):
    ids = {"NOR": start(world, "NOR")}
    work()
    data = waiting(world, "NOR")
    assert len(data) == 2
    with db.engine.connect() as connection:
        for table in ("exchange_round", "exchange_package", "exchange_channel", "exchange_pair"):
            data.append(repr(connection.execute(text(f"SELECT * FROM {table}")).all()).encode())
    words = [SHARED.encode(), b"Haddad", b"Okafor", world.persons["NOR"][0].encode()]
    assert ids
    assert [word for word in words if any(word in part for part in data)] == []


def test_the_partners_list_waits_until_a_person_has_confirmed_the_own(world, begun):
    deliver(world, "NOR", "SOU")
    work()
    assert state(world, "SOU") == "invited"
    assert waiting(world, "SOU") == []


def test_a_list_that_changed_since_it_was_looked_at_is_not_sent(world):
    seal = world_of.seal_of(world, "NOR")
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][3], Purpose.SHARE_ENCODED)
    with pytest.raises(rounds.ListChanged):
        rounds.start(world.officer("NOR"), world.agreement["NOR"], seal=seal)


def test_fewer_cases_than_agreed_are_not_sent(world):
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][3], Purpose.SHARE_ENCODED)
    with pytest.raises(TooFewCases):
        start(world, "NOR")


def test_somebody_who_withdraws_before_the_list_is_written_is_not_in_it(world):
    with Chore(SYSTEM) as chore:
        extra = Person(
            id="extra00000000000",
            society_id=world.staff["NOR"].id,
            kind="registered",
            number="NOR-R-99",
            created_by=world.officer("NOR").id,
            created_at=chore.at,
        )
        extra.identity = identity("Zaki Omar Farah", "1980-02-03").to_dict()
        chore.session.add(extra)
    for purpose in (Purpose.MATCHING, Purpose.SHARE_ENCODED):
        consents.record_answers(world.officer("NOR"), extra.id, {purpose: True}, TALK)
    start(world, "NOR")
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][0], Purpose.SHARE_ENCODED)
    work()
    deliver(world, "NOR", "SOU")
    finish_from_second(world)
    assert pairs_of(world, "SOU") == []


def finish_from_second(world) -> None:
    """Go on from the invitation to the pairs."""
    with Look(SYSTEM) as look:
        mine = select(ExchangeRound.id).where(ExchangeRound.society_id == world.staff["SOU"].id)
        round_id = look.session.scalars(mine).one()
    confirm(world, "SOU", round_id)
    work()
    deliver(world, "SOU", "NOR")
    work()
    for code in ("NOR", "SOU"):
        deliver(world, code, "HUB")
    work()
    for code in ("NOR", "SOU"):
        deliver(world, "HUB", code)


def test_the_agreed_number_of_rounds_a_month_is_the_limit(world):
    for _ in range(2):
        start(world, "NOR")
        work()
    with pytest.raises(TooManyRounds):
        start(world, "NOR")


def test_a_revoked_agreement_stops_a_round_that_is_under_way_before_anything_leaves(world):
    start(world, "NOR")
    agreements.revoke(world.staff["NOR"].protection, world.agreement["NOR"])
    work()
    assert state(world, "NOR") == "failed"
    assert waiting(world, "NOR") == []


def test_a_list_that_comes_after_the_agreement_was_revoked_is_not_taken(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    agreements.revoke(world.staff["SOU"].protection, world.agreement["SOU"])
    with pytest.raises(agreements.AgreementEnded):
        exchange_parcels.receive(world.officer("SOU"), data)


def test_a_round_ended_by_hand_while_it_is_worked_on_sends_nothing(world, monkeypatch):
    round_id = start(world, "NOR")
    blind = exchange_work.steps.blind

    def slow(*args, **more):
        rounds.void(world.officer("NOR"), round_id)
        return blind(*args, **more)

    monkeypatch.setattr(exchange_work.steps, "blind", slow)
    work()
    assert (state(world, "NOR"), waiting(world, "NOR")) == ("void", [])


def test_the_partners_list_that_comes_while_the_own_one_is_written_is_kept(world, monkeypatch):
    """Both societies begin to work at the same time: the step is done again, and nothing is lost."""
    first = start(world, "NOR")
    work()
    (data,) = waiting(world, "NOR", to="SOU")
    round_id = exchange_parcels.receive(world.officer("SOU"), data)
    confirm(world, "SOU", round_id)
    blind, calls = exchange_work.steps.blind, []

    def slow(*args, **more):
        if not calls:
            with Chore(SYSTEM) as chore:  # as a package that arrives does
                chore.session.get_one(ExchangeRound, round_id).cases += 0
                chore.session.get_one(ExchangeRound, round_id).version += 1
        calls.append(1)
        return blind(*args, **more)

    monkeypatch.setattr(exchange_work.steps, "blind", slow)
    work()
    assert (len(calls), state(world, "SOU")) == (2, "raised")
    assert first


def test_a_run_that_was_given_up_is_taken_up_again(world):
    start(world, "NOR")
    with Chore(SYSTEM) as chore:
        chore.session.scalars(select(Run)).one().state = "failed"
    work()
    assert state(world, "NOR") == "preparing"
    assert exchange_work.resume_waiting() == 1
    work()
    assert state(world, "NOR") == "blinded"


def test_the_hub_starts_no_round(world):
    with pytest.raises(rounds.NotAskedHere):
        rounds.start(world.officer("HUB"), world.agreement["HUB"], seal="")


def test_a_package_has_one_effect_also_when_it_comes_twice(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    exchange_parcels.receive(world.officer("SOU"), data)
    with pytest.raises(Replayed):
        exchange_parcels.receive(world.officer("SOU"), data)


def test_packages_in_the_wrong_order_wait_for_the_earlier_one(world):
    for _ in range(2):
        start(world, "NOR")
        work()
    first, second = waiting(world, "NOR", to="SOU")
    with pytest.raises(EarlierMissing):
        exchange_parcels.receive(world.officer("SOU"), second)
    for data in (first, second):
        exchange_parcels.receive(world.officer("SOU"), data)


def test_what_is_addressed_to_another_or_cut_short_changes_nothing(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    for code, sent, refusal in (("HUB", data, WrongRecipient), ("SOU", data[:200], Malformed), ("SOU", b"", Malformed)):
        with pytest.raises(refusal):
            exchange_parcels.receive(world.officer(code), sent)
    exchange_parcels.receive(world.officer("SOU"), data)


def test_a_package_under_an_agreement_that_is_not_here_is_refused(world, begun, north):
    (data,) = waiting(world, "NOR", to="SOU")
    stranger = found("NEW")
    with pytest.raises(WrongAgreement):
        exchange_parcels.receive(stranger.officer, data)


def test_a_restored_backup_is_noticed_by_the_next_package_of_the_partner(world, played):
    with Chore(SYSTEM) as chore:
        for row in chore.session.scalars(select(ExchangeChannel)):
            if row.agreement_id == world.agreement["NOR"]:
                row.sent = 0
                row.sent_digest = "0" * 64
    with Look(SYSTEM) as look:
        row = look.session.scalars(select(ExchangeRound).where(ExchangeRound.society_id == world.staff["SOU"].id)).one()
    exchange_letters.write_letter(world.officer("SOU"), row.id)
    with pytest.raises(StateBehind):
        deliver(world, "SOU", "NOR")


def test_a_killed_step_is_repeated_with_the_same_list(world):
    start(world, "NOR")
    held = claim("killed", {rounds.KIND})
    with Chore(SYSTEM) as chore:
        row = chore.session.get_one(Run, held.id)
        row.state, row.lease_until = "waiting", None
    with pytest.raises(LeaseLost):
        run_exchange(held)
    assert (state(world, "NOR"), waiting(world, "NOR")) == ("preparing", [])
    work()
    assert (state(world, "NOR"), len(waiting(world, "NOR"))) == ("blinded", 2)


def test_an_overdue_round_is_void_and_its_secrets_are_gone(world):
    round_id = start(world, "NOR")
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangeRound, round_id).void_at = chore.at - timedelta(days=1)
    assert rounds.void_overdue() == 1
    assert state(world, "NOR") == "void"
    assert not list(keyring().folder.glob("round-*"))
    work()
    assert waiting(world, "NOR") == []


def test_a_person_can_end_a_round_and_nothing_of_it_goes_on(world, begun):
    rounds.void(world.officer("NOR"), begun)
    work()
    assert state(world, "NOR") == "void"
    with pytest.raises(rounds.RoundMovedOn):
        rounds.void(world.officer("NOR"), begun)


def test_foreign_rounds_and_other_roles(world):
    round_id = start(world, "NOR")
    with pytest.raises(NotFound):
        rounds.void(world.officer("SOU"), round_id)
    with pytest.raises(NotAllowed):
        rounds.void(world.staff["NOR"].administrator, round_id)
    with pytest.raises(NotAllowed):
        exchange_parcels.receive(world.staff["NOR"].caseworker, b"x")
