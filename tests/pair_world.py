"""Two societies of one instance with a pair that a round has found; letters are carried by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

from caseload import add_registered, identity
from exchange_world import allied, carry, find, finished_round

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.models.exchange_pairs import ExchangePair
from rfl.services import consents
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_pairs import Found
from rfl.services.unit import SYSTEM, Chore, Look

TALK = Talk(date(2026, 1, 2), "en", "signed", speaker=Speaker.PERSON)
NORTHERN, SOUTHERN = "aa" * 16, "bb" * 16  # handles


@dataclass
class Side:
    """One of the two societies, with its round and its half of the pair."""

    staff: object
    person: str
    agreement: str
    round: str = ""
    pair: str = ""

    @property
    def state(self) -> str:
        with Look(SYSTEM) as look:
            return look.session.get_one(ExchangePair, self.pair).state


def person_of(staff) -> str:
    person_id = add_registered(staff.officer, identity("Amal Haddad"), number=f"{staff.code}-1")
    consents.record_answers(staff.officer, person_id, {Purpose.SHARE_ENCODED: True}, TALK)
    return person_id


def play(sides, number: str, handles=(NORTHERN, SOUTHERN)) -> None:
    """A round in which the hub found the two persons, up to the arrival of the pair on both sides."""
    for side, own, other in zip(sides, handles, reversed(handles), strict=True):
        side.round = finished_round(side.staff, side.agreement, number)
        (side.pair,) = find(side.staff, side.round, Found(side.person, own, other, 4.5, 0b1011))


def paired(north, south) -> tuple[Side, Side]:
    """Two societies with an agreement, and a pair that a round has found."""
    here, there = allied(north, south)
    both = Side(north, person_of(north), here), Side(south, person_of(south), there)
    play(both, "1" * 32)
    return both


def carry_both(first: Side, second: Side) -> None:
    carry(first.staff, first.round, second.staff)
    carry(second.staff, second.round, first.staff)


def opened(first: Side, second: Side) -> None:
    for side in (first, second):
        pairs.open_pair(side.staff.officer, side.pair)
    carry_both(first, second)


def make_old(*sides: Side) -> None:
    with Chore(SYSTEM) as chore:
        for side in sides:
            chore.session.get_one(ExchangePair, side.pair).void_at = chore.at - timedelta(days=1)
