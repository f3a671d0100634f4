"""An opened pair in the browser: see exactly what would go, leave fields out, read both sides, enter the record."""

import re

import pytest
from forged_letters import commit, forged, load, reveal
from pair_world import carry_both, play
from show_world import (
    confirm,
    entered,
    judged_same,
    opened_pair,
    partner_sees,
    pick,
    present,
    seeker,
    send,
    show_step,
    states,
)

from rfl.domain.consent import Purpose
from rfl.services import consents
from rfl.services.exchange_pairs import judge_pair

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite

MARKUP = "<script>alert(1)</script>{{7*7}}\"' onmouseover=x"


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


def page_of(signed_in, side):
    browser = signed_in(side.staff, "officer")
    return browser, f"/exchange/pairs/{side.pair}"


def form_in(page: str) -> dict[str, list[str] | str]:
    """What the form of the page would send as it stands."""
    return {
        "step": re.search(r'name="step" value="(\d)"', page)[1],
        "stamp": re.search(r'name="stamp" value="([^"]+)"', page)[1],
        "fields": re.findall(r'name="fields" value="(\w+)"', page),
    }


def test_the_page_shows_exactly_what_would_go(sides, signed_in):
    browser, address = page_of(signed_in, sides[0])
    page = browser.get(address).text
    assert form_in(page)["fields"] == ["sex", "years", "region"]
    offered = page.partition("Details to show")[2].partition("</fieldset>")[0]
    assert "1990 to 1994" in offered
    assert "Manbij" not in offered
    assert "second house behind the mill" not in page


def test_the_page_of_a_new_pair_says_that_the_person_was_judged_different_before(sides, signed_in):
    first, second = sides
    judge_pair(first.staff.officer, first.pair, "different")
    carry_both(first, second)
    play(sides, "2" * 32, handles=("cc" * 16, "dd" * 16))
    browser, address = page_of(signed_in, first)
    assert "next letter has come" in browser.get(address).text
    carry_both(first, second)
    assert "judged different" not in browser.get(address).text


def test_a_choice_is_taken_back_until_its_letter_has_left(sides, signed_in):
    browser, address = page_of(signed_in, sides[0])
    browser.post(f"{address}/show", data=form_in(browser.get(address).text))
    assert "Take the choice back" in browser.get(address).text
    assert browser.post(f"{address}/take-back", data={"step": "1"}).status_code == 303
    browser.post(f"{address}/show", data=form_in(browser.get(address).text))
    send(*sides)
    page = browser.get(address).text
    assert "Take the choice back" not in page
    assert "the partner would see two different commitments" in page
    assert browser.post(f"{address}/take-back", data={"step": "1"}).status_code == 409


def test_a_field_is_left_out_and_the_details_arrive(sides, signed_in):
    first, second = sides
    browser, address = page_of(signed_in, first)
    form = form_in(browser.get(address).text) | {"fields": ["years"]}
    assert browser.post(f"{address}/show", data=form).status_code == 303
    assert "waiting for the partner to do so too" in browser.get(address).text
    pick(second)
    carry_both(first, second)
    carry_both(first, second)
    assert partner_sees(second, 1) == {"years": {"low": 1990, "high": 1994}}
    page = browser.get(address).text
    assert "What both sides have shown" in page
    assert re.search(r"<bdi>Male</bdi>", page)


def test_nothing_chosen_is_said_beside_the_form(sides, signed_in):
    browser, address = page_of(signed_in, sides[0])
    form = form_in(browser.get(address).text) | {"fields": []}
    answer = browser.post(f"{address}/show", data=form)
    assert answer.status_code == 422
    assert "Choose at least one field to show." in answer.text
    assert states(sides[0])[0] == "choose"


def test_what_is_written_in_the_last_step_stays_when_it_is_refused(sides, signed_in):
    first, second = sides
    for _ in range(2):
        show_step(first, second)
    browser, address = page_of(signed_in, first)
    form = form_in(browser.get(address).text) | {"circumstances": "kept \u202eword", "contact": "Ext. 4"}
    answer = browser.post(f"{address}/show", data=form)
    assert answer.status_code == 422
    assert "hidden characters that reverse its order" in answer.text
    assert "Ext. 4" in answer.text
    form["circumstances"] = "Separated."
    assert browser.post(f"{address}/show", data=form).status_code == 303
    assert states(first)[2] == "waiting"


def test_without_agreement_the_page_says_what_to_ask(sides, signed_in):
    first = sides[1]
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_SOCIETIES)
    browser, address = page_of(signed_in, first)
    page = browser.get(address).text
    assert re.search(rf'href="[^"]*{first.person}[^"]*">Ask, and record the answer', page)
    assert "Agreement to encoded exchange does not allow to show details." in page
    assert "Commit to showing this" not in page
    answer = browser.post(f"{address}/show", data={"step": "1", "fields": "sex", "stamp": "x"})
    assert answer.status_code == 409


@pytest.mark.parametrize("step", ["", "7", "-1", "x"])
def test_an_altered_form_shows_nothing(sides, signed_in, step):
    browser, address = page_of(signed_in, sides[0])
    form = form_in(browser.get(address).text) | {"step": step}
    assert browser.post(f"{address}/show", data=form).status_code == 409
    assert states(sides[0])[0] == "choose"


def test_whatever_the_partner_shows_is_text(north, south, signed_in):
    first, second = opened_pair(north, south, second=lambda staff: present(staff, MARKUP))
    for _ in range(2):
        show_step(first, second)
    browser, address = page_of(signed_in, first)
    page = browser.get(address).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "<script>alert" not in page


def test_the_record_of_the_partner_is_entered_with_one_click(sides, signed_in):
    first, second = sides
    for _ in range(2):
        show_step(first, second)
    judged_same(first, second)
    browser, address = page_of(signed_in, first)
    assert "Enter the partner's record" in browser.get(address).text
    assert browser.post(f"{address}/enter").status_code == 303
    page = browser.get(address).text
    person = re.search(r'href="(/registered-persons/[0-9a-z]{16})"', page)[1]
    assert "Shown by a partner society" in browser.get(person).text
    assert "يوسف أحمد حداد" in browser.get("/proposals/").text
    assert browser.post(f"{address}/enter").status_code == 409


def test_broken_word_is_shown_plainly(sides, signed_in):
    first, second = sides
    pick(first)
    send(first, second)
    load(first, forged(second, [commit(second, '{"sex":"male"}')], [reveal(second, '{"sex":"female"}')]))
    browser, address = page_of(signed_in, first)
    assert "What the partner sent is not what it had committed to. It was not kept." in browser.get(address).text


def test_two_searches_are_told_apart_from_a_find(north, south, signed_in):
    first, second = opened_pair(north, south, second=seeker)
    for _ in range(2):
        show_step(first, second)
    judged_same(first, second)
    browser, address = page_of(signed_in, first)
    page = browser.get(address).text
    assert "Both societies are looking for this person" in page
    assert "Enter the partner" not in page


ANSWER = {
    "answer-choice": "message",
    "answer-words": "I am well. <b>Call</b> me.",
    "answer-on": "2026-01-05",
    "answer-language": "ar",
    "answer-witness": "Amina",
}


@pytest.fixture
def record_entered(begin, north, south):
    return begin(entered, north, south)


def test_the_answer_of_the_person_goes_to_the_partner_and_is_taken_over(record_entered, signed_in):
    first, second = record_entered
    browser, address = page_of(signed_in, second)
    assert "Record the answer for the partner" in browser.get(address).text
    assert browser.post(f"{address}/answer", data=ANSWER).status_code == 303
    send(second, first)
    browser, address = page_of(signed_in, first)
    page = browser.get(address).text
    assert "It can be read once two officers have confirmed" in page
    assert "I am well." not in page
    assert browser.post(f"{address}/take-over").status_code == 409
    confirm(first)
    assert "I am well. &lt;b&gt;Call&lt;/b&gt; me." in browser.get(address).text
    located = browser.post(f"{address}/take-over")
    assert located.status_code == 303
    assert "I am well. &lt;b&gt;Call&lt;/b&gt; me." in browser.get(located.location).text
    assert "Taken over" in browser.get(address).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer-choice": "nothing"}, "This answer lets nothing be told"),
        ({"answer-choice": "fate"}, "This answer lets nothing be told"),
        ({"answer-choice": ""}, "Choose what the person answered."),
        ({"answer-on": ""}, "Choose a day."),
        ({"answer-on": "2100-01-01"}, "cannot be in the future"),
        ({"answer-witness": ""}, "Write who heard the answer"),
        ({"answer-words": ""}, "Write exactly what the person allows"),
    ],
)
def test_an_answer_that_cannot_be_sent_is_explained_and_stays(record_entered, signed_in, changed, said):
    browser, address = page_of(signed_in, record_entered[1])
    answer = browser.post(f"{address}/answer", data=ANSWER | changed)
    assert answer.status_code == 422
    assert said in answer.text
