"""Packages are posted in their order to addresses of two people, tried again, and never lost."""

from datetime import timedelta

import pytest
from clear_world import Sides, agreed_on_names, send, willing
from exchange_world import elsewhere, with_keys
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.domain.exchange_mail import MOST_AN_HOUR, MOST_REFUSED_AN_HOUR, wait_after
from rfl.exchange import posting
from rfl.exchange.posting import Outcome
from rfl.exchange.rounds.refusals import Altered, Oversized
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.models.exchange_mail import ExchangeAddress, ExchangeArrivals, ExchangePosting
from rfl.models.exchange_rounds import ExchangePackage
from rfl.services import clear_recalls, clear_selection, clear_sending, clear_views, exchange_parcels
from rfl.services import exchange_addresses as addresses
from rfl.services import exchange_courier as courier
from rfl.services import exchange_inbox as inbox
from rfl.services import exchange_parties as parties
from rfl.services.exchange_addresses import AnotherPerson, OnlyConfirmed
from rfl.services.unit import SYSTEM, Chore

ADDRESS = "https://south.example"


def partner_of(staff, code: str) -> str:
    return next(one.id for one in parties.list_partners(staff.officer) if one.code == code)


def with_address(north, south) -> Sides:
    """South's address, entered by one person of the north and confirmed by another."""
    sides = agreed_on_names(north, south)
    partner = partner_of(north, "SOU")
    addresses.enter(north.administrator, partner, ADDRESS)
    addresses.confirm(north.officer, partner, ADDRESS)
    return sides


def with_list(north, south) -> tuple[Sides, clear_sending.Sent]:
    """A list of two persons, which waits to be posted."""
    sides = with_address(north, south)
    for place, name in enumerate(("Amal Haddad", "Bilal Okafor"), 1):
        willing(north, name, place)
    return sides, send(sides)


@pytest.fixture
def sides(begin, north, south):
    return begin(agreed_on_names, north, south)


@pytest.fixture
def list_sent(begin, north, south):
    return begin(with_list, north, south)


@pytest.fixture
def addressed(request, begin, north, south):
    if "sent" in request.fixturenames:
        return request.getfixturevalue("list_sent")[0]
    return begin(with_address, north, south)


@pytest.fixture
def sent(list_sent):
    return list_sent[1]


class Line:
    """The way to the other instance: it leads into its post box, or fails as the test wants."""

    def __init__(self) -> None:
        self.fails: list[str] = []
        self.asked: list[str] = []

    def __call__(self, address, data: bytes, **_more) -> Outcome:
        self.asked.append(str(address))
        if self.fails and (code := self.fails.pop(0)):
            return Outcome(delivered=False, code=code)
        try:
            inbox.take(inbox.admit(data[: inbox.HEAD], len(data)), data)
        except Exception as refused:  # noqa: BLE001 - as the post box turns each into a code
            code = getattr(refused, "code", "not-now")
            return Outcome(delivered=code == "replayed", code=code)
        return Outcome(delivered=True)


@pytest.fixture
def line(monkeypatch):
    made = Line()
    monkeypatch.setattr(posting, "deliver", made)
    return made


def later(hours: float) -> None:
    """Let the time of every next try come nearer."""
    with Chore(SYSTEM) as chore:
        for one in chore.session.scalars(select(ExchangePosting)):
            one.next_at -= timedelta(hours=hours)


def lists_of(staff) -> list:
    return clear_views.list_lists(staff.officer)


def test_what_waits_is_posted_and_taken_as_if_it_had_been_loaded(addressed, sent, line):
    assert courier.post_waiting() == 1
    assert courier.post_waiting() == 0
    (arrived,) = lists_of(addressed.south)
    assert (arrived.rows, arrived.made_by) == (2, "")
    assert line.asked == [ADDRESS]
    db.session.rollback()
    assert db.session.get_one(ExchangePosting, sent.package_id).posted_at
    events = db.session.execute(select(AuditEntry.society_id, AuditEntry.actor_id, AuditEntry.event)).all()
    assert (addressed.north.id, "system", "exchange:package_posted") in events
    assert (addressed.south.id, "system", "exchange:package_taken") in events


def test_nothing_is_posted_to_an_address_that_one_person_entered(sides, line):
    addresses.enter(sides.north.administrator, partner_of(sides.north, "SOU"), ADDRESS)
    willing(sides.north, "Amal Haddad", 1)
    seal = clear_selection.read_names(sides.north.officer, sides.here).seal
    clear_sending.send(sides.north.officer, sides.here, form="csv", reason="exchange", seal=seal)
    assert courier.post_waiting() == 0
    assert line.asked == []


def test_a_new_address_waits_for_a_second_person_again(addressed, sent, line):
    addresses.enter(addressed.north.officer, partner_of(addressed.north, "SOU"), "https://elsewhere.example")
    assert (courier.post_waiting(), line.asked) == (0, [])


@pytest.mark.parametrize("act", [parties.end_partner, addresses.remove])
def test_nothing_is_posted_after_the_trust_or_the_address_has_ended(addressed, sent, line, act):
    act(addressed.north.officer, partner_of(addressed.north, "SOU"))
    assert (courier.post_waiting(), line.asked) == (0, [])


def test_what_does_not_arrive_is_tried_again_later_and_never_lost(addressed, sent, line):
    line.fails = ["no-connection", "too-slow"]
    assert courier.post_waiting() == 0
    assert courier.post_waiting() == 0
    assert len(line.asked) == 1
    later(1)
    assert courier.post_waiting() == 0
    later(1)
    assert courier.post_waiting() == 1
    assert len(lists_of(addressed.south)) == 1


def test_an_answer_that_got_lost_does_no_harm(addressed, sent, line, monkeypatch):
    def arrives_without_an_answer(address, data, **more):
        line(address, data, **more)
        return Outcome(delivered=False, code="too-slow")

    monkeypatch.setattr(posting, "deliver", arrives_without_an_answer)
    assert courier.post_waiting() == 0
    monkeypatch.setattr(posting, "deliver", line)
    later(1)
    assert courier.post_waiting() == 1
    assert len(lists_of(addressed.south)) == 1


def test_packages_keep_their_order(addressed, sent, line):
    clear_recalls.recall(addressed.north.officer, sent.id)
    line.fails = ["no-connection"]
    assert courier.post_waiting() == 0
    assert len(line.asked) == 1
    later(1)
    assert courier.post_waiting() == 2
    assert [one.state for one in lists_of(addressed.south)] == ["called_back"]


def test_a_person_posts_at_once_what_failed_a_moment_ago(addressed, sent, line):
    line.fails = ["no-connection"]
    courier.post_waiting()
    (tried,) = courier.post_now(addressed.north.officer)
    assert (tried.kind, tried.delivered) == ("clear-list", True)
    for key in ("caseworker", "protection", "administrator"):
        with pytest.raises(NotAllowed):
            courier.post_now(addressed.north.actors[key])


def test_what_was_carried_by_hand_is_not_in_the_way(addressed, sent, line):
    exchange_parcels.receive(addressed.south.officer, sent.data)
    assert courier.post_waiting() == 1
    assert len(lists_of(addressed.south)) == 1


def test_what_nobody_takes_any_more_is_not_posted(addressed, sent, line):
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangePackage, sent.package_id).created_at -= timedelta(days=15)
    assert (courier.post_waiting(), line.asked) == (0, [])


def test_waits_grow_and_end(addressed):
    waits = [wait_after(tries) for tries in range(30)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)


@pytest.mark.parametrize("text", ["http://south.example", "https://south.example/x", "nonsense"])
def test_what_is_no_address_is_refused_on_its_field(sides, text):
    with pytest.raises(FieldError) as wrong:
        addresses.enter(sides.north.administrator, partner_of(sides.north, "SOU"), text)
    assert wrong.value.field == "address"


def test_one_person_does_not_confirm_what_they_entered(sides):
    partner = partner_of(sides.north, "SOU")
    addresses.enter(sides.north.officer, partner, ADDRESS)
    with pytest.raises(AnotherPerson):
        addresses.confirm(sides.north.officer, partner, ADDRESS)
    with pytest.raises(FieldError):
        addresses.confirm(sides.north.administrator, partner, "https://evil.example")
    assert addresses.read_address(sides.north.administrator, partner).address == ""


def test_that_two_people_agreed_is_in_the_schema(sides):
    partner = partner_of(sides.north, "SOU")
    addresses.enter(sides.north.officer, partner, ADDRESS)
    row = db.session.get_one(ExchangeAddress, partner)
    row.confirmed_by, row.confirmed_at = row.entered_by, row.entered_at
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_keys_that_nobody_confirmed_have_no_address(north):
    with_keys(north)
    partner = parties.receive_partner(north.administrator, elsewhere().public.to_bytes())
    with pytest.raises(OnlyConfirmed):
        addresses.enter(north.administrator, partner, ADDRESS)


def test_the_address_of_another_society_is_not_there(addressed):
    with pytest.raises(NotFound):
        addresses.read_address(addressed.south.officer, partner_of(addressed.north, "SOU"))


@pytest.fixture
def package(sent, addressed) -> bytes:
    return sent.data


@pytest.mark.parametrize("end", ["sender", "recipient"])
def test_the_post_box_tells_nobody_who_lives_here_or_is_trusted(addressed, package, end):
    """A sender that is not trusted and a recipient that is not here get the same answer."""
    if end == "sender":
        parties.end_partner(addressed.south.officer, partner_of(addressed.south, "NOR"))
    else:
        start = package.index(b'"recipient":"') + len(b'"recipient":"')
        package = package[:start] + b"0" * 64 + package[start + 64 :]
    with pytest.raises(inbox.NotTakenHere):
        inbox.admit(package[: inbox.HEAD], len(package))


def test_the_post_box_reads_nothing_that_is_too_large(package):
    with pytest.raises(Oversized):
        inbox.admit(package[: inbox.HEAD], 60_000_000)


def test_the_post_box_counts_what_one_sender_does(addressed, package):
    for _ in range(MOST_AN_HOUR):
        inbox.admit(package[: inbox.HEAD], len(package))
    with pytest.raises(inbox.TooOften):
        inbox.admit(package[: inbox.HEAD], len(package))
    with Chore(SYSTEM) as chore:
        for one in chore.session.scalars(select(ExchangeArrivals)):
            one.since -= timedelta(hours=2)
    inbox.admit(package[: inbox.HEAD], len(package))


def test_the_post_box_does_not_open_altered_packages_all_day(addressed, package):
    altered = package[:-9] + bytes(9)
    for _ in range(MOST_REFUSED_AN_HOUR):
        ticket = inbox.admit(altered[: inbox.HEAD], len(altered))
        with pytest.raises(Altered):
            inbox.take(ticket, altered)
    with pytest.raises(inbox.TooOften):
        inbox.admit(package[: inbox.HEAD], len(package))


def test_an_address_of_this_machine_counts_in_a_demonstration_only(sides):
    partner = partner_of(sides.north, "SOU")
    with pytest.raises(FieldError):
        addresses.enter(sides.north.officer, partner, "http://127.0.0.1:5002")
    addresses.enter(sides.north.officer, partner, "http://127.0.0.1:5002", local=True)
