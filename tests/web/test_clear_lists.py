"""A list with names in the browser, from the look at who goes to a recall that both sides know of."""

import io
import re
from datetime import timedelta

import pytest
from clear_world import BASIS, agreed_on_names, came, letters_of, willing
from lists import no_pause  # noqa: F401 - a fixture
from pages import choose_as_proposed
from sqlalchemy import update

from rfl.jobs.worker import work_once
from rfl.models.exchange_rounds import ExchangePackage
from rfl.services.exchange_expiry import forget_expired
from rfl.services.unit import SYSTEM, Chore

NAME = "Amal <b>Haddad</b>"


def with_two_names(north, south):
    made = agreed_on_names(north, south)
    willing(north, NAME, 1)
    willing(north, "فاطمة الحسن", 2)
    return made


@pytest.fixture
def sides(begin, north, south):
    return begin(with_two_names, north, south)


@pytest.fixture
def sender(signed_in, sides):
    return signed_in(sides.north, "officer")


@pytest.fixture
def recipient(signed_in, sides):
    return signed_in(sides.south, "officer")


def address(sides) -> str:
    return f"/exchange/lists/send/{sides.here}"


def seal_in(page: str) -> str:
    return re.search(r'name="seal"[^>]* value="([0-9a-f]{64})"', page)[1]


def sent(browser, sides, **changed) -> bytes:
    form = {"form": "csv", "reason": "exchange", "seal": seal_in(browser.get(address(sides)).text)} | changed
    answer = browser.post(address(sides), data=form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=package-")
    return answer.data


def load(browser, data: bytes) -> str:
    answer = browser.post("/exchange/rounds/", data={"file": (io.BytesIO(data), "p.rfl")})
    assert answer.status_code == 303, answer.text
    return answer.location


def download(browser, page: str) -> bytes:
    """What waits to be handed over of one list."""
    rows = [row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if "To be handed over" in row]
    return browser.post(re.search(r'action="(/exchange/rounds/packages/[^"]+)"', rows[-1])[1]).data


def take_in(browser, place: str) -> None:
    check = choose_as_proposed(browser, browser.post(f"{place}/open").location).location
    assert "Another society sent this list." in browser.get(check).text
    assert browser.post(check.replace("/check", "/start")).status_code == 303
    assert work_once("test")


def test_from_the_look_to_the_receipt_and_the_recall(sides, sender, recipient):
    page = sender.get(address(sides)).text
    assert "2 persons go." in page
    assert BASIS in page
    assert "Amal &lt;b&gt;Haddad&lt;/b&gt;" in page
    place = load(recipient, sent(sender, sides))
    shown = recipient.get(place).text
    assert {"Society NOR", BASIS, "The person agreed: 2", "Said aloud before a witness: 2"} == {
        words
        for words in ("Society NOR", BASIS, "The person agreed: 2", "Said aloud before a witness: 2")
        if words in shown
    }
    assert "Haddad" not in shown
    take_in(recipient, place)
    assert len(came(sides.south)) == 2
    shown = recipient.get(place).text
    assert "2 rows taken, 0 refused" in shown
    back = load(sender, download(recipient, shown))
    assert "2 rows taken, 0 refused" in sender.get(back).text
    assert sender.post(f"{back}/recall", data={"whole": "1"}).status_code == 303
    load(recipient, download(sender, sender.get(back).text))
    assert [one.identity for one in came(sides.south)] == [None, None]
    load(sender, download(recipient, recipient.get(place).text))
    assert "Recall: 2 rows erased, 0 still looked at" in sender.get(back).text


def test_a_person_shows_where_it_came_from(sides, sender, recipient):
    take_in(recipient, load(recipient, sent(sender, sides)))
    page = recipient.get(f"/registered-persons/{came(sides.south)[0].id}").text
    assert "From another registry" in page
    assert "Society NOR" in page
    assert "List with names" in page


def test_single_rows_are_recalled(sides, sender):
    sent(sender, sides)
    place = re.search(r'href="(/exchange/lists/[0-9a-z]{16})"', sender.get("/exchange/lists/").text)[1]
    row = re.search(r'name="row" value="([^"]+)"', sender.get(place).text)[1]
    assert sender.post(f"{place}/recall", data={"row": row}).status_code == 303
    assert sender.get(place).text.count('name="row"') == 1
    assert sender.post(f"{place}/recall").status_code == 409


def test_a_list_is_refused(sides, sender, recipient):
    place = load(recipient, sent(sender, sides))
    assert recipient.post(f"{place}/decline").status_code == 303
    back = load(sender, download(recipient, recipient.get(place).text))
    assert "Refused" in sender.get(back).text


@pytest.mark.parametrize("change", [{"reason": ""}, {"form": "pdf"}])
def test_a_form_without_reason_or_format_gives_no_list(sides, sender, change):
    form = {"form": "csv", "reason": "exchange", "seal": "x"} | change
    answer = sender.post(address(sides), data=form)
    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_a_confirmation_of_somebody_elses_list_gives_no_list(sides, sender):
    answer = sender.post(address(sides), data={"form": "csv", "reason": "exchange", "seal": "0" * 64})
    assert answer.status_code == 409
    assert "have changed since you looked at them" in answer.text


def test_data_protection_sees_lists_and_the_register_and_sends_nothing(sides, sender, signed_in):
    sent(sender, sides)
    protection = signed_in(sides.north, "protection")
    place = re.search(r'href="(/exchange/lists/[0-9a-z]{16})"', protection.get("/exchange/register").text)[1]
    page = protection.get(place).text
    assert "Recall the whole list" not in page
    assert "/exchange/rounds/packages/" not in page
    assert protection.post(f"{place}/recall", data={"whole": "1"}).status_code == 403
    assert protection.get(address(sides)).status_code == 403


def test_an_agreement_says_whether_names_may_be_sent(sides, sender):
    page = sender.get(f"/exchange/agreements/{sides.here}").text
    assert BASIS in page
    assert "Send a list with names" in page


def test_a_page_of_an_agreement_without_the_clause_leads_back_with_the_reason(signed_in, north, south):
    made = agreed_on_names(north, south, clear_lists="")
    browser = signed_in(north, "officer")
    page = browser.get(address(made), follow_redirects=True).text
    assert "does not allow lists with names" in page
    assert "Not agreed: none may be sent" in page


def test_a_list_that_was_not_loaded_in_time_is_shown_as_that_on_both_sides(sides, sender, recipient):
    sent(sender, sides)
    with Chore(SYSTEM) as chore:
        chore.session.execute(update(ExchangePackage).values(created_at=chore.at - timedelta(days=14)))
    forget_expired()
    (void,) = letters_of(sides.north)
    page = load(recipient, void)
    assert "Nothing of it is here." in recipient.get(page).text
    assert "Not loaded in time" in recipient.get("/exchange/lists/").text
    (receipt,) = letters_of(sides.south)
    page = sender.get(load(sender, receipt)).text
    assert "Write a new list if it is still wanted." in page
    assert "the file is a note that stands in its place" in page
