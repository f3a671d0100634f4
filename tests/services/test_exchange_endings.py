"""What becomes of packages that nobody is to take any more: the list does not leave, and the chain goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from round_world import confirm, deliver, start, state, waiting, work
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.exchange.pair_letters import WITHDRAWN
from rfl.exchange.rounds import voids
from rfl.exchange.rounds.numbers import RANDOM_BYTES, round_number
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.refusals import BrokenChain, EarlierMissing, Replayed, Stale, WrongRound
from rfl.models.audit import AuditEntry
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangeAct
from rfl.models.exchange_rounds import ExchangePackage, ExchangeRound
from rfl.models.sealed import keyring
from rfl.services import consents, exchange_expiry, exchange_parcels, exchange_post
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_beginnings as beginnings
from rfl.services import exchange_letters as letters
from rfl.services import exchange_parties as parties
from rfl.services import exchange_rounds as rounds
from rfl.services.unit import SYSTEM, Look, Unit

DAY = timedelta(days=1)


@pytest.fixture
def later(monkeypatch):
    """Set the clock of every unit of work some days ahead."""

    def move(**ahead) -> None:
        moment = datetime.now(UTC) + timedelta(**ahead)
        monkeypatch.setattr("rfl.services.unit.now", lambda: moment)

    return move


def start_and_work(world, code: str = "NOR") -> str:
    round_id = start(world, code)
    work()
    return round_id


def rows_of(world, code: str) -> list[ExchangeRound]:
    with Look(SYSTEM) as look:
        mine = select(ExchangeRound).where(ExchangeRound.society_id == world.staff[code].id)
        return list(look.session.scalars(mine.order_by(ExchangeRound.started_at.desc())))


def kinds(world, code: str) -> list[tuple[str, bool, int]]:
    """Kind, taken back, and bytes of the packages that one society could hand over."""
    with Look(SYSTEM) as look:
        mine = ExchangePackage.society_id == world.staff[code].id, ExchangePackage.data.is_not(None)
        rows = look.session.scalars(select(ExchangePackage).where(*mine).order_by(ExchangePackage.created_at))
        return [(row.kind, row.taken_back, len(row.data)) for row in rows]


# Given up after the list was sealed


def test_a_round_given_up_after_its_list_was_sealed_sends_no_list(world, begun):
    rounds.void(world.officer("NOR"), begun)
    assert sorted(kind for kind, _, _ in kinds(world, "NOR")) == ["blinded", "grouping"]
    assert all(taken_back and size < 20_000 for _, taken_back, size in kinds(world, "NOR"))
    deliver(world, "NOR", "SOU")
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangeRound.secret)).all() == [None, None]


def test_a_void_lets_later_packages_through_and_shows_that_the_round_was_given_up(world, begun):
    rounds.void(world.officer("NOR"), begun)
    start_and_work(world)
    deliver(world, "NOR", "SOU")
    assert [(row.state, row.problem) for row in rows_of(world, "SOU")] == [("invited", ""), ("void", "given-up-there")]
    deliver(world, "NOR", "HUB")
    assert [row.state for row in rows_of(world, "HUB")] == ["collecting", "void"]


def test_a_list_that_was_handed_over_before_and_its_void_have_one_effect_in_either_order(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    rounds.void(world.officer("NOR"), begun)
    void = again(world, "NOR", "blinded")
    exchange_parcels.receive(world.officer("SOU"), void)
    with pytest.raises(Replayed):
        exchange_parcels.receive(world.officer("SOU"), data)
    start_and_work(world)
    told, data = waiting(world, "NOR", to="SOU")
    exchange_parcels.receive(world.officer("SOU"), told)
    rounds.void(world.officer("NOR"), rows_of(world, "NOR")[0].id)
    exchange_parcels.receive(world.officer("SOU"), data)
    assert state(world, "SOU") == "invited"
    with pytest.raises(Replayed):
        exchange_parcels.receive(world.officer("SOU"), again(world, "NOR", "blinded"))


def again(world, code: str, kind: str) -> bytes:
    """The newest package of a kind, downloaded once more."""
    with Look(SYSTEM) as look:
        mine = ExchangePackage.society_id == world.staff[code].id, ExchangePackage.kind == kind
        newest = select(ExchangePackage.id).where(*mine).order_by(ExchangePackage.sequence.desc()).limit(1)
        package_id = look.session.scalars(newest).one()
    return exchange_post.give(world.officer(code), package_id)


def test_a_void_ends_the_hubs_part_of_the_round_and_erases_its_secrets(world, begun):
    """The second society has sent its list to the hub when the first gives up."""
    (invited,) = deliver(world, "NOR", "SOU")
    confirm(world, "SOU", invited)
    work()
    assert state(world, "SOU") == "raised"
    deliver(world, "SOU", "HUB")
    rounds.void(world.officer("NOR"), rows_of(world, "NOR")[0].id)
    deliver(world, "NOR", "HUB")
    assert (state(world, "HUB"), rows_of(world, "HUB")[0].secret) == ("void", None)
    rounds.void(world.officer("SOU"), invited)
    assert not list(keyring().folder.glob("round-*"))


def test_a_void_after_a_withdrawal_carries_nobody(world, begun):
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][3], Purpose.SHARE_ENCODED)
    rounds.void(world.officer("NOR"), begun)
    assert all(taken_back for _, taken_back, _ in kinds(world, "NOR"))


def test_who_has_loaded_the_list_already_is_told_that_the_round_was_given_up(world, begun):
    (invited,) = deliver(world, "NOR", "SOU")
    rounds.void(world.officer("NOR"), begun)
    data = waiting(world, "NOR", to="SOU")
    assert exchange_parcels.receive(world.officer("SOU"), data[-1]) == invited
    (row,) = rows_of(world, "SOU")
    assert (row.state, row.problem, row.secret) == ("void", "given-up-there", None)
    assert not list(keyring().folder.glob("round-*"))


def test_a_partner_whose_round_is_declined_is_told(world, begun):
    (invited,) = deliver(world, "NOR", "SOU")
    rounds.void(world.officer("SOU"), invited)
    deliver(world, "SOU", "NOR")
    assert [(row.state, row.problem) for row in rows_of(world, "NOR")] == [("void", "given-up-there")]
    assert waiting(world, "SOU", to="HUB") == []  # the hub has never heard of it


def test_a_round_given_up_before_anything_left_tells_nobody(world):
    rounds.void(world.officer("NOR"), start(world, "NOR"))
    work()
    assert waiting(world, "NOR") == []


def test_giving_up_sends_nothing_to_keys_that_are_trusted_no_more(world, begun):
    deliver(world, "NOR", "SOU")
    far = next(one.id for one in parties.list_partners(world.officer("NOR")) if one.code == "SOU")
    parties.end_partner(world.officer("NOR"), far)
    rounds.void(world.officer("NOR"), begun)
    assert waiting(world, "NOR", to="SOU") == []
    assert state(world, "NOR") == "void"


@pytest.mark.parametrize("number", ["f" * 32, "0" * 32])
def test_a_void_of_a_round_of_no_possible_moment_is_taken_and_harms_nothing(world, begun, number):
    """What a partner with another program could write into the number."""
    deliver(world, "NOR", "SOU")
    body = voids.Void("blinded", "ab" * 32).to_bytes()
    with Unit(world.officer("NOR")) as unit:
        agreed = unit.session.get_one(ExchangeAgreement, world.agreement["NOR"])
        party = parties.own_identity(unit.session, world.staff["SOU"].id).public.digest
        package_id = exchange_post.post(unit, agreed, party, Letter(voids.KIND, number, 0, body))
        unit.record("exchange:letter_written", package_id)
    exchange_parcels.receive(world.officer("SOU"), exchange_post.give(world.officer("NOR"), package_id))
    assert {row.state for row in rows_of(world, "SOU")} == {"void", "invited"}
    start_and_work(world)
    (data,) = waiting(world, "NOR", to="SOU")
    with pytest.raises(BrokenChain):  # who lies about a digest breaks only the own chain
        exchange_parcels.receive(world.officer("SOU"), data)


# Refused by its recipient


def test_a_refused_list_is_answered_and_both_chains_go_on(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    agreements.revoke(world.staff["SOU"].protection, world.agreement["SOU"])
    with pytest.raises(agreements.AgreementEnded):
        exchange_parcels.receive(world.officer("SOU"), data)
    assert [(row.state, row.problem, row.secret) for row in rows_of(world, "SOU")] == [
        ("void", "agreement-ended", None)
    ]
    deliver(world, "SOU", "NOR")
    assert [(row.state, row.problem, row.secret) for row in rows_of(world, "NOR")] == [("void", "refused-there", None)]
    with pytest.raises(Replayed):
        exchange_parcels.receive(world.officer("SOU"), data)
    with Look(SYSTEM) as look:
        refused = select(AuditEntry).where(AuditEntry.event == "exchange:package_refused")
        problems = [one.details["problem"] for one in look.session.scalars(refused)]
    assert problems == ["agreement-ended", "replayed"]


def test_a_letter_that_follows_a_refused_list_is_taken(world, played):
    """A withdrawal must reach the partner also when a list before it was refused."""
    for code in ("NOR", "SOU"):
        deliver(world, code, "SOU" if code == "NOR" else "NOR")
    start_and_work(world)
    (data,) = waiting(world, "NOR", to="SOU")
    agreements.revoke(world.staff["SOU"].protection, world.agreement["SOU"])
    with pytest.raises(agreements.AgreementEnded):
        exchange_parcels.receive(world.officer("SOU"), data)
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][0], Purpose.SHARE_ENCODED)
    letters.write_letter(world.officer("NOR"), played["NOR"])
    assert deliver(world, "NOR", "SOU") == [played["SOU"]]


def test_one_round_too_many_is_refused_answered_and_holds_up_nothing(world, monkeypatch):
    for _ in range(2):
        start_and_work(world)
    with monkeypatch.context() as cheating:
        cheating.setattr(beginnings, "_rounds_of_month", lambda *_: 0)  # the partner does not count
        start_and_work(world)
    first, second, third = waiting(world, "NOR", to="SOU")
    for data in (first, second):
        exchange_parcels.receive(world.officer("SOU"), data)
    with pytest.raises(beginnings.TooManyRounds):
        exchange_parcels.receive(world.officer("SOU"), third)
    assert rows_of(world, "SOU")[0].problem == "too-many-rounds"
    deliver(world, "SOU", "NOR")
    assert [row.state for row in rows_of(world, "NOR")] == ["void", "blinded", "blinded"]


def test_a_package_from_the_future_is_refused_and_taken_once_the_clock_is_right(world, begun, later):
    (data,) = waiting(world, "NOR", to="SOU")
    later(days=-2)
    with pytest.raises(Stale):  # a package from the future: the clock of one side is wrong
        exchange_parcels.receive(world.officer("SOU"), data)
    later(days=0)
    exchange_parcels.receive(world.officer("SOU"), data)
    assert state(world, "SOU") == "invited"


# Out of date


def test_a_list_nobody_took_in_time_is_replaced_by_a_void_and_its_round_ends(world, begun, later):
    later(days=14)
    assert exchange_expiry.forget_expired() == 2
    (row,) = rows_of(world, "NOR")
    assert (row.state, row.problem, row.secret) == ("void", "not-taken", None)
    start_and_work(world)
    deliver(world, "NOR", "SOU")
    assert [row.state for row in rows_of(world, "SOU")] == ["invited", "void"]


def test_without_the_void_a_later_package_is_held_up(world, begun, later):
    later(days=14)
    exchange_expiry.forget_expired()
    start_and_work(world)
    _void, after = waiting(world, "NOR", to="SOU")
    with pytest.raises(EarlierMissing):
        exchange_parcels.receive(world.officer("SOU"), after)


def test_the_void_of_a_package_that_was_handed_over_and_lost_is_handed_over_too(world, begun, later):
    waiting(world, "NOR")
    later(days=14)
    exchange_expiry.forget_expired()
    assert state(world, "NOR") == "blinded"  # the others may have taken them
    assert len(waiting(world, "NOR", to="SOU")) == 1


def test_what_an_expired_letter_told_is_told_again(world, played, later):
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][0], Purpose.SHARE_ENCODED)
    letters.write_letter(world.officer("NOR"), played["NOR"])
    later(days=14)
    exchange_expiry.forget_expired()
    with Look(SYSTEM) as look:
        untold = select(ExchangeAct.act).where(ExchangeAct.package_id.is_(None), ExchangeAct.round_id == played["NOR"])
        assert WITHDRAWN in look.session.scalars(untold).all()


def test_a_package_its_recipient_has_confirmed_is_not_taken_back(world, played, later):
    for code in ("NOR", "SOU"):
        deliver(world, code, "HUB")
    later(days=14)
    exchange_expiry.forget_expired()
    assert {kind for kind, _, _ in kinds(world, "NOR")} <= {"receipt", "judgements"}


# Rounds of a month


def test_all_three_count_a_round_in_the_month_in_which_it_was_begun(world, begun, later):
    later(days=6)
    (invited,) = deliver(world, "NOR", "SOU")
    confirm(world, "SOU", invited)
    work()
    deliver(world, "SOU", "HUB")
    (begun,) = {row.started_at for code in ("NOR", "SOU", "HUB") for row in rows_of(world, code)}
    (over,) = {row.void_at for code in ("NOR", "SOU", "HUB") for row in rows_of(world, code)}
    assert over - begun == timedelta(days=30)


def test_the_limit_of_a_month_leaves_the_next_month_free(world, later):
    for _ in range(2):
        start_and_work(world)
    with pytest.raises(beginnings.TooManyRounds):
        start(world, "NOR")
    later(days=31)
    assert start_and_work(world)


@pytest.mark.parametrize("ahead", [timedelta(days=-29), timedelta(hours=1), timedelta(days=400)])
def test_a_round_dated_to_another_month_is_refused(world, monkeypatch, ahead):
    begun = datetime.now(UTC) + ahead

    def dated(random: bytes, _moment: datetime) -> str:
        return round_number(random, begun)

    with monkeypatch.context() as cheating:
        cheating.setattr(rounds, "round_number", dated)
        cheating.setattr(beginnings, "OLDEST", timedelta(days=1000))
        cheating.setattr(beginnings, "CLOCK_SKEW", timedelta(days=1000))
        start_and_work(world)
    (data,) = waiting(world, "NOR", to="SOU")
    with pytest.raises(WrongRound):
        exchange_parcels.receive(world.officer("SOU"), data)
    assert rows_of(world, "SOU") == []


def test_the_number_of_a_round_is_random_and_says_when_it_was_begun(world, begun):
    (row,) = rows_of(world, "NOR")
    assert len(row.round) == 2 * RANDOM_BYTES + 12
    assert abs(row.started_at - datetime.now(UTC)) < DAY
