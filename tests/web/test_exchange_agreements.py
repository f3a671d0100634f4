"""Agreements through the screen: drafted with what is usual filled in, signed, downloaded, taken in, printed."""

import io

from exchange_world import countersigned, drafted, with_partners

from rfl.services import exchange_agreements as agreements


def test_an_administrator_drafts_and_signs(signed_in, north):
    partner, hub = with_partners(north)
    browser = signed_in(north, "administrator")
    page = browser.get("/exchange/agreements/new").text
    assert "Society FAR (FAR)" in page
    form = {"number": "N/1", "partner_id": partner, "hub_id": hub, "purpose": "To find families.", "contact": "me"}
    terms = {"false_pairs": 10, "cap": 500, "minimum": 50, "repeats": 2, "rounds_a_month": 1, "retention_days": 30}
    days = {"first_day": "2026-01-01", "last_day": "2036-01-01"}
    answer = browser.post("/exchange/agreements/new", data=form | terms | days)
    assert answer.status_code == 303
    shown = browser.get(answer.location).text
    assert "To find families." in shown
    assert "Sign for your society" in shown
    assert browser.post(f"{answer.location}/sign").status_code == 303
    assert "Signatures of others are missing" in browser.get(answer.location).text


def test_a_draft_with_faults_comes_back_with_what_was_typed(signed_in, north):
    with_partners(north)
    answer = signed_in(north, "administrator").post("/exchange/agreements/new", data={"number": "kept as typed"})
    assert answer.status_code == 422
    assert "kept as typed" in answer.text


def test_the_printed_page_holds_parties_fingerprints_and_terms(signed_in, north):
    agreement_id = drafted(north, purpose="For <b>families</b>.")
    agreements.sign(north.administrator, agreement_id)
    countersigned(north, agreement_id, "FAR", "HUB")
    page = signed_in(north, "protection").get(f"/exchange/agreements/{agreement_id}").text
    assert "In force" in page
    assert page.count("<code>") == 4  # three fingerprints and the digest
    assert "For &lt;b&gt;families&lt;/b&gt;." in page
    assert "It is still personal data" in page
    assert "anonym" not in page.lower()


def test_a_file_goes_out_and_comes_back(signed_in, north):
    agreement_id = drafted(north)
    browser = signed_in(north, "administrator")
    file = browser.get(f"/exchange/agreements/{agreement_id}/agreement.json")
    assert file.headers["Content-Disposition"] == "attachment; filename=agreement.json"
    loaded = browser.post("/exchange/agreements/load", data={"file": (io.BytesIO(file.data), "a.json")})
    assert loaded.location.endswith(agreement_id)
    wrong = browser.post("/exchange/agreements/load", data={"file": (io.BytesIO(b"x"), "a.json")})
    assert (wrong.status_code, "not an agreement that can be read" in wrong.text) == (422, True)


def test_data_protection_revokes_and_an_officer_cannot(signed_in, north):
    agreement_id = drafted(north)
    address = f"/exchange/agreements/{agreement_id}/revoke"
    assert signed_in(north, "officer").post(address).status_code == 403
    assert signed_in(north, "protection").post(address).status_code == 303
    assert "Revoked by your society" in signed_in(north, "officer").get("/exchange/agreements/").text
