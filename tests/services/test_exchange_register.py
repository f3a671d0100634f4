"""The register says what went where, what was found, what is overdue and what is unusual, and names nobody."""

from datetime import timedelta

import pytest
from caseload import add_registered, identity
from exchange_world import allied, carry, find, finished_round
from sqlalchemy import select

from rfl.domain.errors import NotAllowed
from rfl.models.exchange_rounds import ExchangePackage, ExchangeRound
from rfl.services import exchange_letters, exchange_post
from rfl.services.exchange_pairs import Found
from rfl.services.exchange_register import read_register, unusual
from rfl.services.unit import SYSTEM, Chore


@pytest.fixture
def rounds(north, south):
    """One finished round on both sides, with a pair that was withdrawn because nobody was asked."""
    here, there = allied(north, south)
    ids = finished_round(north, here), finished_round(south, there)
    person = add_registered(north.officer, identity("Amal Haddad", "1990-01-02"), number="N-1")
    find(north, ids[0], Found(person, "aa" * 16, "bb" * 16, 3.0, 1))
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangeRound, ids[0]).cases = 50
    return ids


def test_a_round_with_its_rate_and_what_became_of_its_pairs(north, rounds):
    (line,) = read_register(north.protection).rounds
    assert (line.partner, line.cases, line.pairs, line.rate) == ("Society SOU", 50, 1, 2.0)
    assert dict(line.outcomes) == {"withdrawn": 1}


def test_what_was_handed_over_is_overdue_after_a_week(north, rounds):
    package = exchange_letters.write_letter(north.officer, rounds[0])
    exchange_post.give(north.officer, package)
    assert read_register(north.protection).overdue == 0
    with Chore(SYSTEM) as chore:
        row = chore.session.scalars(select(ExchangePackage)).one()
        row.given_at = chore.at - timedelta(days=8)
    assert read_register(north.protection).overdue == 1


def test_a_package_counts_as_received_once_a_later_one_of_the_partner_says_so(north, south, rounds):
    carry(north, rounds[0], south)
    assert [line.received for line in read_register(north.protection).sent] == [False]
    carry(south, rounds[1], north)
    assert [line.received for line in read_register(north.protection).sent] == [True]


@pytest.mark.parametrize(
    ("rate", "before", "said"),
    [
        (9.0, [2.0, 2.0, 3.0], True),
        (0.1, [2.0, 2.0, 3.0], True),
        (4.0, [2.0, 2.0, 3.0], False),
        (9.0, [2.0, 2.0], False),
        (None, [2.0, 2.0, 3.0], False),
        (0.0, [0.0, 0.0, 0.0], False),
        (1.0, [0.0, 0.0, 0.0], True),
    ],
)
def test_a_rate_far_from_the_rounds_before_is_unusual(rate, before, said):
    assert unusual(rate, before) == said


def test_the_register_is_the_own_one_and_for_those_who_may_read_it(north, south, rounds, signed_in):
    assert read_register(south.protection).rounds[0].pairs == 0
    for key in ("caseworker", "volunteer"):
        with pytest.raises(NotAllowed):
            read_register(north.actors[key])
    page = signed_in(north, "protection").get("/exchange/register").text
    assert "Society SOU" in page
    assert "Amal" not in page
