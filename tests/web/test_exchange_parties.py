"""The exchange page: make keys, read the fingerprint aloud, load a partner's file, compare as a second person."""

import io

from exchange_world import confirmed_partner, elsewhere, in_force, with_keys

from rfl.exchange.rounds.identity import fingerprint

FAR = elsewhere()


def load(browser, data: bytes):
    return browser.post("/exchange/partners/new", data={"file": (io.BytesIO(data), "identity.json")})


def test_an_administrator_makes_keys_and_everybody_concerned_reads_the_fingerprint(signed_in, north):
    administrator, officer = signed_in(north, "administrator"), signed_in(north, "officer")
    assert "A society administrator makes them" in officer.get("/exchange/").text
    assert administrator.post("/exchange/identity").status_code == 303
    file = officer.get("/exchange/identity.json")
    assert file.headers["Content-Disposition"] == "attachment; filename=identity.json"
    assert b"rfl-identity" in file.data
    assert "Download the identity file" in officer.get("/exchange/").text


def test_the_second_person_types_what_was_heard_and_the_first_cannot(signed_in, north):
    first, second = signed_in(north, "administrator"), signed_in(north, "officer")
    address = load(first, FAR.public.to_bytes()).location
    digits = fingerprint(FAR.public)
    assert "A second person of your society calls" in first.get(address).text
    assert digits not in second.get(address).text
    assert "Compare and confirm" in second.get(address).text
    form = {"heard": "telephone", "typed": digits}
    assert first.post(f"{address}/confirm", data=form).status_code == 403
    assert second.post(f"{address}/confirm", data=form).status_code == 303
    assert digits in second.get(address).text


def test_a_wrong_fingerprint_is_explained_on_its_field(signed_in, north):
    first, second = signed_in(north, "administrator"), signed_in(north, "officer")
    address = load(first, FAR.public.to_bytes()).location
    answer = second.post(f"{address}/confirm", data={"heard": "telephone", "typed": "11111"})
    assert answer.status_code == 422
    assert "the file was replaced on its way" in answer.text.replace("\n", " ")


def test_a_file_that_is_none_is_explained_and_an_empty_form_too(signed_in, north):
    browser = signed_in(north, "administrator")
    wrong = load(browser, b"not an identity")
    assert wrong.status_code == 422
    assert "This is not an identity of a society." in wrong.text
    assert "Choose a file." in browser.post("/exchange/partners/new").text


def test_trust_ends_by_one_button(signed_in, north):
    browser = signed_in(north, "protection")
    address = load(browser, FAR.public.to_bytes()).location
    assert browser.post(f"{address}/end").status_code == 303
    assert "No longer trusted" in browser.get("/exchange/").text


def test_the_page_calls_lists_encoded_and_promises_no_more(signed_in, north):
    page = signed_in(north, "officer").get("/exchange/").text
    assert "still personal data" in page
    assert "anonym" not in page.lower()


def test_a_society_without_an_agreement_is_shown_what_comes_before_the_first_round(signed_in, north):
    desk = signed_in(north, "administrator")
    assert "Before the first round" not in desk.get("/exchange/").text  # keys come first
    with_keys(north)
    page = desk.get("/exchange/").text
    assert page.count("To do") == 4
    confirmed_partner(north, elsewhere("FAR"))
    confirmed_partner(north, elsewhere("HUB"))
    page = desk.get("/exchange/").text
    assert (page.count("To do"), page.count("Done")) == (2, 2)


def test_once_an_agreement_is_signed_by_all_the_first_steps_are_gone(signed_in, north):
    in_force(north)
    page = signed_in(north, "administrator").get("/exchange/").text
    assert "Before the first round" not in page
    assert "Download the identity file" in page
