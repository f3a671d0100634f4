"""The pages of a review in two languages: hostile names stay harmless, and nobody sees what is not theirs."""

import re
from dataclasses import replace

import pytest
from pages import without_tokens
from review_world import ENQUIRER, REASON, REGISTERED, SOUGHT, answer, confirmed, proposed, read_row, triangle
from staff import found

from rfl.domain.persons import PersonName

SCRIPT = "<script>alert(1)</script>"


def seal_of(page: str) -> str:
    tag = re.search(r'<input[^>]*name="seal"[^>]*>', page)
    return re.search(r'value="([^"]*)"', tag[0])[1]


def send(browser, proposal: str, **changes):
    page = browser.get(f"/proposals/{proposal}").text
    form = {"verdict": "same", "reason": REASON, "compared": "y", "seal": seal_of(page)} | changes
    return browser.post(f"/proposals/{proposal}/answer", data={k: v for k, v in form.items() if v is not None})


def test_an_answer_is_recorded_and_the_page_says_so(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(north, "officer")
    sent = send(browser, proposal)
    assert sent.status_code == 303
    page = browser.get(sent.location).text
    assert "Your answer is recorded" in page
    assert "Take my answer back" in page


def test_the_filters_stay_in_the_address_after_an_answer(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(north, "officer")
    seal = seal_of(browser.get(f"/proposals/{proposal}").text)
    form = {"verdict": "same", "reason": REASON, "compared": "y", "seal": seal}
    sent = browser.post(f"/proposals/{proposal}/answer?stage=all&sort=old", data=form)
    assert sent.location.endswith(f"/proposals/{proposal}?stage=all&sort=old")


@pytest.mark.parametrize("missing", ["verdict", "reason", "compared"])
def test_what_is_missing_is_named_and_the_text_is_kept(north, south, signed_in, missing):
    proposal = proposed(north, south)
    sent = send(signed_in(north, "officer"), proposal, **{missing: None})
    assert sent.status_code == 422
    assert f'id="{missing}-error"' in sent.text
    assert missing == "reason" or REASON in sent.text
    assert read_row(proposal).state == "open"


def test_extra_fields_change_nothing(north, south, signed_in):
    proposal = proposed(north, south)
    send(
        signed_in(north, "officer"), proposal, state="confirmed", officer_id=south.officer.id, standing="2", version="9"
    )
    assert read_row(proposal).state == "second"


def test_whoever_was_slower_keeps_the_text(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(south, "officer")
    stale = seal_of(browser.get(f"/proposals/{proposal}").text)
    answer(north.officer, proposal)
    sent = send(browser, proposal, seal=stale, reason="What I had written.")
    assert sent.status_code == 409
    assert "What I had written." in sent.text
    assert send(browser, proposal, seal=seal_of(sent.text)).status_code == 303
    assert read_row(proposal).state == "confirmed"


def test_whoever_comes_after_the_end_can_still_copy_the_text(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(south, "officer")
    stale = seal_of(browser.get(f"/proposals/{proposal}").text)
    answer(north.officer, proposal, "different")
    form = {"verdict": "same", "reason": "What I had written.", "compared": "y", "seal": stale}
    sent = browser.post(f"/proposals/{proposal}/answer", data=form)
    assert sent.status_code == 409
    assert "What I had written." in sent.text
    assert '<form method="post" action="/proposals/' + proposal + "/answer" not in sent.text


def test_sending_twice_has_one_effect(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(north, "officer")
    form = {"verdict": "same", "reason": REASON, "compared": "y"}
    form["seal"] = seal_of(browser.get(f"/proposals/{proposal}").text)
    answers = [browser.post(f"/proposals/{proposal}/answer", data=form).status_code for _ in range(2)]
    assert answers == [303, 409]


def test_taking_back_by_the_button(north, south, signed_in):
    proposal, browser = confirmed(north, south), signed_in(north, "officer")
    assert browser.post(f"/proposals/{proposal}/take-back").status_code == 303
    assert read_row(proposal).state == "second"
    page = browser.post(f"/proposals/{proposal}/take-back", follow_redirects=True)
    assert "no answer of yours to take back" in page.text


ROUTES = [
    ("get", "/proposals/{id}"),
    ("get", "/proposals/{id}/answers/{id}"),
    ("post", "/proposals/{id}/answer"),
    ("post", "/proposals/{id}/take-back"),
    ("post", "/proposals/{id}/officer"),
]
FORM = {"verdict": "same", "reason": REASON, "compared": "y", "seal": "x", "side": "left", "officer": ""}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_foreign_proposal_answers_like_a_missing_one(north, south, signed_in, method, path):
    proposal, browser = proposed(north, south), signed_in(found("THI"), "officer")
    kwargs = {"data": FORM} if method == "post" else {}
    absent = "0000000000000000"
    foreign = getattr(browser, method)(path.format(id=proposal), **kwargs)
    missing = getattr(browser, method)(path.format(id=absent), **kwargs)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert without_tokens(foreign.text).replace(proposal, absent) == without_tokens(missing.text)


@pytest.mark.parametrize(("method", "path"), [*ROUTES, ("get", "/proposals/")])
def test_a_caseworker_is_refused(north, south, signed_in, method, path):
    sent = getattr(signed_in(north, "caseworker"), method)(path.format(id=proposed(north, south)))
    assert sent.status_code == 403


def test_a_child_is_not_shown_to_an_officer_not_cleared(north, south, signed_in):
    proposal, browser = proposed(north, south, is_minor=True), signed_in(north, "uncleared")
    assert browser.get(f"/proposals/{proposal}").status_code == 404
    assert proposal not in browser.get("/proposals/?stage=all").text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_names_and_reasons_stay_text(north, south, signed_in, language):
    hostile = replace(SOUGHT, names=(*SOUGHT.names, PersonName("other", full=f"{SCRIPT} \u202edamhA")))
    proposal, browser = proposed(north, south, sought=hostile), signed_in(north, "officer")
    answer(north.officer, proposal, reason=SCRIPT + "x" * 500)
    browser.set_cookie("rfl_language", language)
    for address in (f"/proposals/{proposal}", "/proposals/?stage=all&q=" + SCRIPT):
        page = browser.get(address).text
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page
        assert "&lt;script&gt;" in page
        assert SCRIPT not in page
        assert "\u202e" not in page


def test_a_look_alike_name_is_marked(north, south, signed_in):
    twin = replace(REGISTERED, names=(*REGISTERED.names, PersonName("document", full="Umаr Hasan")))
    page = signed_in(north, "officer").get(f"/proposals/{proposed(north, south, found=twin)}").text
    assert "Letters of different scripts are mixed" in page


def test_the_own_record_is_linked_and_the_foreign_one_is_not(north, south, signed_in):
    proposal = proposed(north, south)
    row = read_row(proposal)
    page = signed_in(north, "officer").get(f"/proposals/{proposal}").text
    assert f"/{row.right_id}" not in page
    assert re.search(r'<a href="/[^"]+"><bdi dir="ltr" class="text-nowrap">X-T-', page)


def test_contradictions_stand_on_top_and_are_named(north, south, signed_in):
    found_twin = replace(REGISTERED, sex="female")
    page = signed_in(north, "officer").get(f"/proposals/{proposed(north, south, found=found_twin)}").text
    says = re.findall(r'data-says="(\w+)"', page)
    against = says.count("against")
    assert against
    assert says[:against] == ["against"] * against
    assert "Different sex." in page


def test_a_warning_and_its_tick_appear_only_where_something_contradicts(north, south, signed_in):
    first, second, *_ = triangle(north, south)
    browser = signed_in(north, "officer")
    assert 'name="acknowledged"' not in browser.get(f"/proposals/{second}").text
    answer(north.officer, first)
    answer(south.officer, first)
    page = browser.get(f"/proposals/{second}").text
    assert "already confirmed" in page
    assert f'href="/proposals/{first}"' in page
    assert send(browser, second).status_code == 422
    assert send(browser, second, acknowledged="y").status_code == 303


def test_assigning_keeps_the_filters_and_says_so(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(north, "officer")
    form = {"side": "left", "officer": north.second_officer.id}
    sent = browser.post(f"/proposals/{proposal}/officer?band=strong", data=form)
    assert sent.location.endswith("?band=strong")
    assert read_row(proposal).left_assignee_id == north.second_officer.id


def test_the_values_compared_at_that_time_can_be_read_again(north, south, signed_in):
    proposal, browser = proposed(north, south), signed_in(north, "officer")
    send(browser, proposal)
    (link,) = set(re.findall(rf"/proposals/{proposal}/answers/\w+", browser.get(f"/proposals/{proposal}").text))
    page = browser.get(link).text
    assert "Amina Yusuf" in page
    assert REASON in page


def test_enquirer_of_the_other_society_is_nowhere_on_the_page(north, south, signed_in):
    page = signed_in(south, "officer").get(f"/proposals/{proposed(north, south)}").text
    assert ENQUIRER.names[0].full not in page
