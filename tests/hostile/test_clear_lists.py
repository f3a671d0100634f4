"""Hostile lists with names: altered, replayed, of another agreement, too large, with formulas, without consent."""

from dataclasses import replace

import pytest
from clear_world import Sides, agreed_on_names, arrive, came, rows, send, take_in, willing
from exchange_world import ROUND, elsewhere, in_force
from lists import csv_file, no_pause, take  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.domain.clock import now
from rfl.exchange import clear_letters
from rfl.exchange.clear_letters import ClearList, Recall, Receipt, Snapshot
from rfl.exchange.failures import FileRefused
from rfl.exchange.rounds import package
from rfl.exchange.rounds.canonical import encode
from rfl.exchange.rounds.channels import Channel
from rfl.exchange.rounds.package import Letter, Terms
from rfl.exchange.rounds.refusals import (
    Altered,
    ListMalformed,
    Oversized,
    Replayed,
    TooManyCases,
    WrongAgreement,
    WrongRecipient,
    WrongRound,
)
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.models.clear_lists import ClearList as Kept
from rfl.models.exchange import ExchangeAgreement
from rfl.models.imports import PersonSource
from rfl.models.persons import Person
from rfl.services import clear_recalls, exchange_agreements, exchange_parcels, exchange_parties, import_columns
from rfl.services.clear_receiving import open_as_import
from rfl.services.clear_selection import NamesNotAgreed
from rfl.services.exchange_post import GOOD_FOR
from rfl.services.exports import Wanted, export
from rfl.services.unit import Look

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite

HEADERS = ["source_record_id", "full_name", "date_of_birth"]
GOOD = Snapshot("F-1", "share_societies", "consent", "signed", "person", "2026-1", "en", "2026-01-02", "2027-01-01")


@pytest.fixture
def sides(begin, north, south):
    return begin(agreed_on_names, north, south)


class Far:
    """A partner whose program writes whatever it likes, each package in its right place of the chain."""

    def __init__(self, staff, **changed) -> None:
        self.staff, self.channels = staff, {"FAR": Channel(), "HUB": Channel()}
        agreement_id = in_force(staff, **{"clear_lists": "A law."} | changed)
        with Look(staff.officer) as look:
            row = look.session.get_one(ExchangeAgreement, agreement_id)
            self.agreement = exchange_agreements.opened(row)
            own = exchange_parties.own_identity(look.session, staff.id).public
        self.terms = Terms(own, self.agreement.hash, self.agreement.profile_hash, self.agreement.epoch)

    def send(self, letter: Letter, code: str = "FAR") -> str:
        """What is refused takes no place in the chain, so the next letter stands there."""
        at = now().replace(microsecond=0)
        sealed = package.seal(
            letter,
            identity=elsewhere(code),
            terms=self.terms,
            channel=self.channels[code],
            created=at,
            expires=at + GOOD_FOR,
        )
        found = exchange_parcels.receive(self.staff.officer, sealed.data)
        self.channels[code] = sealed.channel
        return found

    def people(self, data: bytes, *snapshots: Snapshot, number: str = ROUND, form: str = "csv") -> str:
        return self.send(ClearList(form, "exchange", snapshots, data).letter(number))


@pytest.fixture
def far(north):
    return Far(north)


def problems(staff) -> list[str]:
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.society_id == staff.id)).all()
    return [one.details["problem"] for one in entries if one.event == "exchange:package_refused"]


def test_an_altered_package_is_refused_and_leaves_a_trace(sides):
    willing(sides.north, "Amal Haddad", 1)
    data = bytearray(send(sides).data)
    data[-100] ^= 1
    with pytest.raises(Altered):
        arrive(sides, bytes(data))
    assert problems(sides.south) == ["altered"]
    assert db.session.scalar(select(Kept.id).where(Kept.society_id == sides.south.id)) is None


def test_a_package_counts_once(sides):
    willing(sides.north, "Amal Haddad", 1)
    data = send(sides).data
    arrive(sides, data)
    with pytest.raises(Replayed):
        arrive(sides, data)


def test_a_package_goes_to_its_recipient_only(sides):
    willing(sides.north, "Amal Haddad", 1)
    data = send(sides).data
    with pytest.raises((WrongRecipient, WrongAgreement)):
        exchange_parcels.receive(sides.north.officer, data)


def test_a_list_under_an_agreement_without_the_clause_is_refused(north):
    far = Far(north, clear_lists="")
    with pytest.raises(NamesNotAgreed):
        far.people(csv_file([["F-1", "A B", ""]], HEADERS), GOOD)


def test_the_hub_of_an_agreement_sends_no_list(far):
    with pytest.raises(WrongRound):
        far.send(ClearList("csv", "exchange", (GOOD,), b"x").letter(ROUND), "HUB")


def test_a_list_with_more_rows_than_agreed_is_refused(north):
    far = Far(north, cap=50)
    many = tuple(replace(GOOD, ref=f"F-{place}") for place in range(51))
    with pytest.raises(TooManyCases):
        far.people(b"x", *many)


def test_a_package_larger_than_agreed_is_refused_before_it_is_opened(north):
    far = Far(north, cap=50)
    with pytest.raises(Oversized):
        far.people(b"x" * 4_000_000, GOOD)


def test_one_number_names_one_list(far):
    far.people(b"full_name\nA B", GOOD)
    with pytest.raises(WrongRound):
        far.people(b"full_name\nA B", GOOD)


HEAD = {"format": "csv", "reason": "exchange", "rows": [vars(GOOD)]}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "exe"},
        {"reason": "because"},
        {"rows": []},
        {"rows": [vars(GOOD), vars(GOOD)]},
        {"rows": [vars(GOOD) | {"purpose": "publish_name"}]},
        {"rows": [vars(GOOD) | {"basis": "force"}]},
        {"rows": [vars(GOOD) | {"on": "2026-02-31"}]},
        {"rows": [vars(GOOD) | {"ref": "F\n1"}]},
        {"rows": [vars(GOOD) | {"more": "1"}]},
        {"rows": ["F-1"]},
        {"rows": "F-1"},
        {"more": "1"},
    ],
)
def test_a_list_that_is_not_built_as_agreed_is_refused(far, change):
    head = encode(HEAD | change)
    body = len(head).to_bytes(4) + head + b"full_name\nA B"
    count = len((HEAD | change)["rows"])
    with pytest.raises(ListMalformed):
        far.send(Letter(clear_letters.LIST, ROUND, count, body))


@pytest.mark.parametrize("body", [b"", b"\xff\xff\xff\xff", b"\0\0\0\x02{}", encode(HEAD)])
def test_a_body_that_is_cut_off_is_refused(far, body):
    with pytest.raises(ListMalformed):
        far.send(Letter(clear_letters.LIST, ROUND, 1, body))


def test_rows_without_a_consent_are_not_taken_and_say_why(far, north):
    data = csv_file([["F-1", "Amal Haddad", "1990"], ["F-2", "Bilal Okafor", "1985"], ["", "No Number", ""]], HEADERS)
    list_id = far.people(data, GOOD)
    assert take_in(north, list_id) == {"good": 1, "bad": 2}
    assert [one.identity["names"][0]["full"] for one in came(north)] == ["Amal Haddad"]
    assert {one.state for one in rows(list_id)} == {"stored"}


@pytest.mark.parametrize(
    "change", [{"until": "2026-01-01"}, {"on": "2099-01-01", "until": "2099-02-01"}, {"ref": "F-9"}]
)
def test_a_consent_that_is_over_or_yet_to_come_or_of_another_row_lets_nobody_in(far, north, change):
    list_id = far.people(csv_file([["F-1", "Amal Haddad", "1990"]], HEADERS), replace(GOOD, **change))
    assert take_in(north, list_id) == {"bad": 1}


def test_a_child_is_not_taken_from_a_list(far, north):
    born = f"{now().year - 9}-01-01"
    assert take_in(north, far.people(csv_file([["F-1", "Amal Haddad", born]], HEADERS), GOOD)) == {"bad": 1}


def test_formulas_stay_text(far, north):
    evil = '=HYPERLINK("http://evil.example";"x")'
    list_id = far.people(csv_file([["F-1", evil, "1990"]], HEADERS), GOOD)
    take_in(north, list_id)
    written = export(north.officer, Wanted("registered", "csv", "own", "check")).data.decode()
    assert '"=HYPERLINK' not in written


def test_two_partners_cannot_touch_each_others_records(sides, south):
    """The same record number from two societies is two persons, also in the format whose ids are unique."""
    willing(sides.north, "Amal Haddad", 1)
    take_in(south, arrive(sides, send(sides).data))
    first = came(south)[0].id
    with Look(south.officer) as look:
        known = look.session.get_one(PersonSource, first).origin["record_id"]
    assert known == "NOR-R-1"
    other = csv_file([[known, "Somebody Else", "1970"]], HEADERS)
    take(south.officer, other, keeper="Society NOR")
    assert db.session.get_one(Person, first).identity["names"][0]["full"] == "Amal Haddad"


def test_a_file_that_is_no_table_is_refused_when_it_is_opened(far, north):
    list_id = far.people(b"PK\x03\x04not a workbook", GOOD, form="xlsx")
    with pytest.raises(FileRefused):
        open_as_import(north.officer, list_id)


def test_the_first_rows_show_what_would_be_refused(far, north):
    data = csv_file([["F-1", "Amal Haddad", "1990"], ["F-2", "Bilal Okafor", "1985"]], HEADERS)
    opened = open_as_import(north.officer, far.people(data, GOOD))
    columns = import_columns.read_columns(north.officer, opened.id).columns
    import_columns.save_columns(north.officer, opened.id, {one.index: one.chosen for one in columns if one.chosen})
    preview = import_columns.read_preview(north.officer, opened.id)
    assert [one.kind for one in preview.rows] == ["taken", "bad"]
    assert preview.matched


@pytest.mark.parametrize(
    "letter",
    [
        Recall(("F-1",)).letter("ab" * 16),
        Recall().letter("ab" * 16),
        Receipt("taken", taken=1).letter("ab" * 16),
        Letter(clear_letters.RECALL, ROUND, 0, b"{}"),
        Letter(clear_letters.RECEIPT, ROUND, 0, b"[]"),
    ],
)
def test_letters_about_nothing_known_are_refused(far, letter):
    with pytest.raises((WrongRound, ListMalformed)):
        far.send(letter)


def test_a_partner_cannot_answer_for_or_recall_a_list_of_another_agreement(far, north):
    number = "cd" * 16
    far.people(csv_file([["F-1", "Amal Haddad", "1990"]], HEADERS), GOOD, number=number)
    with pytest.raises(WrongRound):
        far.send(Receipt("taken", taken=1).letter(number))
    with pytest.raises(WrongRound):
        far.send(Recall().letter(number), "HUB")


def test_a_receipt_for_more_rows_than_were_sent_is_refused(north):
    far = Far(north)
    willing(north, "Amal Haddad", 1)
    with Look(north.officer) as look:
        here = look.session.scalar(select(ExchangeAgreement.id).where(ExchangeAgreement.society_id == north.id))
    sent = send(Sides(north, north, here, here))
    db.session.rollback()
    number = db.session.get_one(Kept, sent.id).number
    with pytest.raises(WrongRound):
        far.send(Receipt("taken", taken=2).letter(number))
    with pytest.raises(WrongRound):
        far.send(Receipt("recalled", erased=1).letter(number))
    assert clear_recalls.recall(north.officer, sent.id)
    assert far.send(Receipt("recalled", erased=1).letter(number)) == sent.id
