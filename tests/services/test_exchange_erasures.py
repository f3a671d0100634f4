"""The register counts what partners have not confirmed to have erased, and what of theirs did not fit."""

from datetime import timedelta

import pytest
from forged_letters import commit, forged, load, reveal
from show_world import opened_pair, pick, send, show_step

from rfl.domain.errors import NotAllowed
from rfl.models.exchange_pairs import ExchangePair
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_erasures import ShownNotes, read_shown_notes
from rfl.services.unit import SYSTEM, Chore


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


def test_what_was_shown_stands_as_unconfirmed_until_the_partner_says_that_it_is_gone(sides, signed_in):
    first, second = sides
    show_step(first, second)
    assert read_shown_notes(first.staff.protection) == ShownNotes(0, 0, 0)
    pairs.judge_pair(first.staff.officer, first.pair, "different")
    assert read_shown_notes(first.staff.protection) == ShownNotes(1, 0, 0)
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangePair, first.pair).ended_at -= timedelta(days=8)
    assert read_shown_notes(first.staff.protection) == ShownNotes(1, 1, 0)
    page = signed_in(first.staff, "protection").get("/exchange/register").text
    assert "1 pair ended more than a week ago" in page
    send(first, second)
    send(second, first)
    assert read_shown_notes(first.staff.protection) == ShownNotes(0, 0, 0)


def test_broken_word_stands_in_the_register_without_a_name(sides, signed_in):
    first, second = sides
    pick(first)
    send(first, second)
    load(first, forged(second, [commit(second, '{"sex":"male"}')], [reveal(second, '{"sex":"female"}')]))
    assert read_shown_notes(first.staff.protection).broken == 1
    assert read_shown_notes(second.staff.protection).broken == 0
    page = signed_in(first.staff, "protection").get("/exchange/register").text
    assert "In 1 pair a partner sent details that were not accepted." in page
    assert "Yusuf" not in page


def test_the_figures_are_for_those_who_may_read_the_register(north):
    for key in ("caseworker", "volunteer"):
        with pytest.raises(NotAllowed):
            read_shown_notes(north.actors[key])
