"""The dashboard says what encoded exchange asks for, to those who can do it, and the lists of it have pages."""

from datetime import timedelta

import pytest
from caseload import add_registered, identity
from exchange_world import allied, countersigned, draft_of, find, finished_round, in_force
from sqlalchemy import select

from rfl.domain.clock import now
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.exchange_rounds import ExchangePackage
from rfl.models.persons import Person
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_letters, exchange_post, exchange_register, exchange_round_views
from rfl.services import exchange_parties as parties
from rfl.services.exchange_pairs import Found
from rfl.services.unit import SYSTEM, Chore
from rfl.services.work_list import read_work


def waiting(actor):
    return read_work(actor).exchange


@pytest.fixture
def round_id(north, south):
    """A finished round with one new pair."""
    here, _ = allied(north, south)
    made = finished_round(north, here)
    person = add_registered(north.officer, identity("Amal Haddad", "1990-01-02"), number="N-1")
    (pair,) = find(north, made, Found(person, "aa" * 16, "bb" * 16, 3.0, 1))
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangePair, pair).state = "new"  # nobody was asked, so it was withdrawn at once
    return made


def test_without_exchange_nothing_waits(north):
    assert not waiting(north.officer).anything
    assert not waiting(north.caseworker).anything


def test_new_pairs_and_untold_letters_wait_for_officers_of_the_own_society(north, south, round_id):
    assert (waiting(north.officer).pairs, waiting(north.officer).letters) == (1, 1)
    assert waiting(south.officer).pairs == 0
    for key in ("caseworker", "volunteer", "administrator", "protection"):
        assert waiting(north.actors[key]).pairs == 0


def test_a_pair_of_a_child_is_not_counted_for_staff_not_cleared_for_children(north, round_id):
    with Chore(SYSTEM) as chore:
        chore.session.scalars(select(Person)).one().is_minor = True
    assert waiting(north.officer).pairs == 1
    assert waiting(north.uncleared).pairs == 0


def test_a_package_waits_until_it_is_downloaded_and_is_overdue_a_week_later(north, round_id):
    package = exchange_letters.write_letter(north.officer, round_id)
    assert (waiting(north.officer).packages, waiting(north.officer).letters) == (1, 0)
    exchange_post.give(north.officer, package)
    assert (waiting(north.officer).packages, waiting(north.officer).overdue) == (0, 0)
    with Chore(SYSTEM) as chore:
        row = chore.session.scalars(select(ExchangePackage)).one()
        row.given_at = chore.at - timedelta(days=8)
    for key in ("officer", "administrator", "protection"):
        assert waiting(north.actors[key]).overdue == 1


def test_an_agreement_that_ends_soon_is_shown_until_a_newer_version_follows(north):
    until = now().date() + timedelta(days=20)
    first = in_force(north, last_day=until)
    (ending,) = waiting(north.administrator).ending
    assert (ending.id, ending.last_day) == (first, until)
    partner, hub = (one.id for one in parties.list_partners(north.officer))
    second = agreements.draft(north.administrator, draft_of(partner, hub, first_day=until))
    agreements.sign(north.administrator, second)
    assert waiting(north.officer).ending
    countersigned(north, second, "FAR", "HUB")
    assert not waiting(north.officer).ending


def test_an_agreement_that_holds_for_long_or_was_revoked_is_not_shown(north):
    first = in_force(north, last_day=now().date() + timedelta(days=20))
    agreements.revoke(north.protection, first)
    assert not waiting(north.officer).ending
    partner, hub = (one.id for one in parties.list_partners(north.officer))
    second = agreements.draft(north.administrator, draft_of(partner, hub, number="LONG/1"))
    agreements.sign(north.administrator, second)
    countersigned(north, second, "FAR", "HUB")
    assert not waiting(north.officer).ending


def test_the_dashboard_links_each_to_its_page(north, round_id, signed_in):
    page = signed_in(north, "officer").get("/").text
    assert "1 new pair to look at" in page
    assert "1 letter to write to a partner" in page
    assert 'href="/exchange/pairs/"' in page


def test_rounds_are_listed_in_pages_newest_first(north, round_id, monkeypatch):
    monkeypatch.setattr(exchange_round_views, "PAGE", 1)
    (row,) = exchange_round_views.list_rounds(north.officer).lines
    finished_round(north, row.agreement_id, "2" * 32)
    first, second = (exchange_round_views.list_rounds(north.officer, page=page) for page in (1, 2))
    assert (first.pages, second.page) == (2, 2)
    assert {one.id for page in (first, second) for one in page.lines} > {round_id}
    assert [one.id for one in exchange_round_views.all_rounds(north.officer)] == [
        one.id for page in (first, second) for one in page.lines
    ]


@pytest.mark.parametrize("page", [-5, 0, 99])
def test_a_page_that_is_not_there_is_the_nearest_one(north, round_id, page):
    assert exchange_round_views.list_rounds(north.officer, page=page).page == 1


def test_the_register_has_pages_and_counts_what_is_overdue_on_all_of_them(north, round_id, monkeypatch):
    monkeypatch.setattr(exchange_register, "PAGE", 1)
    for _ in range(2):
        exchange_post.give(north.officer, exchange_letters.write_letter(north.officer, round_id))
    with Chore(SYSTEM) as chore:
        for row in chore.session.scalars(select(ExchangePackage)):
            row.given_at = chore.at - timedelta(days=8)
    first = exchange_register.read_register(north.protection)
    second = exchange_register.read_register(north.protection, sent_page=2)
    assert (first.sent_pages, first.overdue, second.overdue) == (2, 2, 2)
    assert {line.sequence for page in (first, second) for line in page.sent} == {1, 2}


@pytest.mark.parametrize("query", ["rounds=2&sent=x", "rounds=-1", "sent=99999999999999999999"])
def test_a_page_number_that_is_none_shows_the_register(north, round_id, signed_in, query):
    assert signed_in(north, "protection").get(f"/exchange/register?{query}").status_code == 200
