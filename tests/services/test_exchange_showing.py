"""Details of an opened pair are shown step by step, by both or by neither: commit first, then reveal."""

from datetime import timedelta

import pytest
from pair_world import carry_both, make_old
from show_world import (
    TEXTS,
    card,
    judged_same,
    opened_pair,
    partner_sees,
    pick,
    rows,
    send,
    show_step,
    states,
)
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.domain.errors import ChangedMeanwhile, FieldError, NotAllowed, NotFound
from rfl.domain.exchange_steps import REVEALED
from rfl.models.audit import AuditEntry
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.models.exchange_rounds import ExchangePackage
from rfl.models.persons import Person
from rfl.services import (
    consents,
    exchange_expiry,
    exchange_letters,
    exchange_pair_upkeep,
    exchange_parcels,
    exchange_post,
)
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_details import details_of
from rfl.services.exchange_showing import Choice, NotAgreedToShow, choose
from rfl.services.exchange_steps import agreed_to_showing
from rfl.services.unit import SYSTEM, Chore, Look


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


def test_nothing_is_offered_before_both_have_opened_the_pair(sides):
    first, _ = sides
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangePair, first.pair).state = "asked"
    assert card(first).showing.offer is None
    with pytest.raises(pairs.PairMovedOn):
        choose(first.staff.officer, first.pair, Choice(1, ["sex"], {}, ""))


def test_the_first_step_shows_no_name_and_no_day(sides):
    show_step(*sides)
    assert partner_sees(sides[0], 1) == {
        "sex": "male",
        "years": {"low": 1990, "high": 1994},
        "region": {"country": "SY", "region": "Aleppo", "text": ""},
    }


def test_the_steps_follow_each_other_until_everything_chosen_is_shown(sides):
    first, second = sides
    show_step(first, second)
    assert states(first) == ["shown", "choose", "ahead"]
    show_step(first, second)
    shown = partner_sees(first, 2)
    assert [one["full"] for one in shown["names"]] == ["يوسف أحمد حداد"]
    assert shown["parents"] == [{"relation": "mother", "name": "Salma"}, {"relation": "father", "name": "Ahmad"}]
    assert shown["record"] == "present"
    assert shown["agreed"] == {"on": "2026-01-02", "language": "en", "speaker": "person", "basis": "consent"}
    assert "directions" not in shown["last_place"]
    assert partner_sees(second, 2)["record"] == "sought"
    show_step(first, second)
    assert partner_sees(second, 3) == TEXTS
    assert states(second) == ["shown", "shown", "shown"]
    assert card(second).showing.offer is None


def test_a_field_that_is_left_out_never_leaves(sides):
    first, second = sides
    pick(first, leave_out=("sex",))
    pick(second)
    carry_both(first, second)
    carry_both(first, second)
    assert "sex" not in partner_sees(second, 1)
    assert "sex" in partner_sees(first, 1)


def test_nothing_but_what_names_the_step_is_not_a_choice(sides):
    show_step(*sides)
    offer = card(sides[0]).showing.offer
    with pytest.raises(FieldError):
        choose(sides[0].staff.officer, sides[0].pair, Choice(2, [], {}, offer.stamp))


def test_a_step_for_which_nothing_is_recorded_is_passed_with_nothing(sides):
    first, second = sides
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, first.person)
        person.identity = {"names": person.identity["names"]}
    show_step(first, second)
    assert partner_sees(second, 1) == {}
    assert states(second) == ["shown", "choose", "ahead"]
    assert partner_sees(first, 1)["sex"] == "male"


def test_what_no_form_lets_in_is_not_offered(sides):
    first, _ = sides
    odd = {"full": "Amal \u202eHaddad", "kind": "unknown"}
    place = {"text": "Manbij", "country": "Syria"}
    changed = {"sex": "unknown", "birth": {"edtf": "soon"}, "last_place": place, "birth_place": {"text": "x" * 400}}
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, first.person)
        person.identity = person.identity | changed | {"names": [odd]}
    assert card(first).showing.offer.details == {}
    with Look(SYSTEM) as look:
        person = look.session.get_one(Person, first.person)
        second = details_of(person, 2, agreed_to_showing(look.session, person))
    assert second["names"][0] == {
        "kind": "other",
        "full": "Amal Haddad",
        **dict.fromkeys(("given", "father", "grandfather", "family"), ""),
    }
    assert len(second["birth_place"]["text"]) == 300
    assert not {"birth", "last_place"} & set(second)


def test_no_details_go_out_before_the_partner_has_committed_itself(sides):
    first, second = sides
    pick(first)
    send(first, second)
    send(first, second)
    assert states(first) == ["waiting", "ahead", "ahead"]
    assert states(second) == ["asked", "ahead", "ahead"]
    assert [row.details for row in rows(second)] == [None]


def test_nobody_reads_before_their_own_details_have_gone_out(sides):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)  # the second's letter carries its details with its commitment
    assert states(first) == ["ready", "ahead", "ahead"]
    assert any(row.state == REVEALED and not row.own for row in rows(first))
    assert partner_sees(first, 1) == {}
    send(first, second)
    assert partner_sees(first, 1)["sex"] == "male"
    assert states(first)[0] == "shown"


def test_what_was_chosen_is_shown_even_if_the_record_changes_afterwards(sides):
    first, second = sides
    for side in sides:
        pick(side)
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, first.person)
        person.identity = person.identity | {"sex": "female"}
    carry_both(first, second)
    carry_both(first, second)
    assert partner_sees(second, 1)["sex"] == "male"


def test_a_record_that_changed_under_the_page_has_to_be_looked_at_again(sides):
    first, _ = sides
    offer = card(first).showing.offer
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, first.person)
        person.identity = person.identity | {"sex": "female"}
    with pytest.raises(ChangedMeanwhile):
        choose(first.staff.officer, first.pair, Choice(1, ["sex"], {}, offer.stamp))
    assert rows(first) == []


def test_a_choice_is_made_once(sides):
    first, _ = sides
    offer = card(first).showing.offer
    pick(first)
    with pytest.raises(pairs.PairMovedOn):
        choose(first.staff.officer, first.pair, Choice(1, ["sex"], {}, offer.stamp))
    assert len(rows(first)) == 1


def test_agreement_to_encoded_exchange_alone_shows_nothing(sides):
    _, second = sides
    consents.withdraw(second.staff.officer, second.person, Purpose.SHARE_SOCIETIES)
    assert card(second).showing.barred
    with pytest.raises(NotAgreedToShow):
        choose(second.staff.officer, second.pair, Choice(1, ["sex"], {}, ""))
    assert second.state == "opened"


def test_agreement_withdrawn_after_the_choice_ends_the_pair_and_shows_nothing(sides):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)
    consents.withdraw(second.staff.officer, second.person, Purpose.SHARE_SOCIETIES)
    carry_both(first, second)
    assert (first.state, second.state) == ("withdrawn", "withdrawn")
    assert [row.details for side in sides for row in rows(side)] == [None] * 4


@pytest.mark.parametrize("why", ["different", "withdrawn", "no longer passed on"])
def test_what_was_shown_is_erased_on_both_sides_with_receipts(sides, why):
    first, second = sides
    show_step(first, second)
    show_step(first, second)
    if why == "different":
        pairs.judge_pair(second.staff.officer, second.pair, "different")
    else:
        purpose = Purpose.SHARE_ENCODED if why == "withdrawn" else Purpose.SHARE_SOCIETIES
        consents.withdraw(second.staff.officer, second.person, purpose)
        assert exchange_pair_upkeep.withdraw_all_unfit() == 1
    assert [row.details for row in rows(second)] == [None] * 4
    assert card(second).showing.receipt == "waiting"
    send(second, first)
    assert [row.details for row in rows(first)] == [None] * 4
    assert card(first).showing.receipt == "given"
    send(first, second)
    assert card(second).showing.receipt == "given"


def test_a_pair_stays_until_the_partner_has_confirmed_that_it_erased_what_was_shown(sides):
    first, second = sides
    show_step(first, second)
    pairs.judge_pair(second.staff.officer, second.pair, "different")
    make_old(first, second)
    send(second, first)
    assert exchange_pair_upkeep.delete_old_pairs() == 0
    send(first, second)
    assert exchange_pair_upkeep.delete_old_pairs() == 2
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangeStep)).all() == []


def test_nothing_more_is_shown_once_the_agreement_has_ended(sides):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)
    agreements.revoke(first.staff.protection, first.agreement)
    send(first, second)
    assert states(first)[0] == "ready"
    assert states(second)[0] == "sent"


def test_a_letter_that_failed_half_way_shows_nothing_and_goes_again(sides, monkeypatch):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)
    monkeypatch.setattr(exchange_letters, "mark_sent", stop)
    with pytest.raises(RuntimeError):
        exchange_letters.write_letter(first.staff.officer, first.round)
    assert states(first)[0] == "ready"
    monkeypatch.undo()
    send(first, second)
    assert states(first)[0] == "shown"


def test_a_letter_that_was_taken_half_way_has_no_effect_and_can_be_taken_again(sides, monkeypatch):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)
    package = exchange_letters.write_letter(first.staff.officer, first.round)
    data = exchange_post.give(first.staff.officer, package)
    for place in ("take_commitments", "take_reveals", "take_answers"):
        monkeypatch.setattr(exchange_letters, place, stop)
        with pytest.raises(RuntimeError):
            exchange_parcels.receive(second.staff.officer, data)
        monkeypatch.undo()
        assert states(second)[0] == "sent"
    exchange_parcels.receive(second.staff.officer, data)
    assert states(second)[0] == "shown"


def stop(*_):
    raise RuntimeError("killed")


def test_details_in_a_letter_that_nobody_took_in_time_go_with_the_next_one(sides):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)
    package = exchange_letters.write_letter(first.staff.officer, first.round)
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangePackage, package).created_at -= exchange_post.GOOD_FOR + timedelta(days=1)
    assert exchange_expiry.forget_expired() == 1
    exchange_parcels.receive(second.staff.officer, exchange_post.give(first.staff.officer, package))
    assert states(second)[0] == "sent"
    send(first, second)
    assert states(second)[0] == "shown"


def test_every_choice_reveal_and_look_is_in_the_trace(sides):
    first, second = sides
    show_step(first, second)
    assert partner_sees(first, 1)
    with Look(SYSTEM) as look:
        mine = select(AuditEntry).where(AuditEntry.society_id == first.staff.id).order_by(AuditEntry.seq)
        entries = [(one.event, one.details) for one in look.session.scalars(mine)]
    (chosen,) = (details for event, details in entries if event == "exchange:details_chosen")
    assert chosen["fields"] == "region sex years"
    assert chosen["commitment"] == next(row.commitment for row in rows(first) if row.own)
    revealed = [details.get("revealed") for event, details in entries if event == "exchange:letter_written"]
    assert revealed[-1] == f"{first.pair}:1"
    assert [details for event, details in entries if event == "exchange:pair_read"][-1]["shown"] == "1"
    assert not any("Haddad" in str(details) or "Aleppo" in str(details) for _, details in entries)


def test_another_society_and_other_roles_show_nothing(sides):
    first, second = sides
    nothing = Choice(1, ["sex"], {}, "")
    with pytest.raises(NotFound):
        choose(second.staff.officer, first.pair, nothing)
    for key in ("caseworker", "administrator", "protection", "volunteer"):
        with pytest.raises(NotAllowed):
            choose(first.staff.actors[key], first.pair, nothing)


def test_a_later_step_can_be_shown_after_both_said_the_same(sides):
    first, second = sides
    judged_same(first, second)
    show_step(first, second)
    assert states(first) == ["shown", "choose", "ahead"]
    assert first.state == "same"
