"""The post box: open to other instances, closed to everything but sealed packages; addresses of two people."""

import threading

import pytest
from clear_world import agreed_on_names, willing
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server

from rfl.services import clear_selection, clear_sending, clear_views, exchange_inbox
from rfl.services import exchange_addresses as addresses
from rfl.services import exchange_courier as courier
from rfl.services import exchange_parties as parties


@pytest.fixture
def sides(begin, north, south):
    return begin(agreed_on_names, north, south)


@pytest.fixture
def package(sides) -> bytes:
    willing(sides.north, "Amal Haddad", 1)
    seal = clear_selection.read_names(sides.north.officer, sides.here).seal
    return clear_sending.send(sides.north.officer, sides.here, form="csv", reason="exchange", seal=seal).data


@pytest.fixture
def stranger(app) -> FlaskClient:
    """Another instance: no session, no form token, although tokens are asked for."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def post(browser, data: bytes, **more):
    return browser.post("/exchange/post", data=data, content_type="application/octet-stream", **more)


def test_a_package_is_taken_without_anybody_signed_in(stranger, package, sides):
    answer = post(stranger, package)
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Set-Cookie" not in answer.headers
    assert [one.rows for one in clear_views.list_lists(sides.south.officer)] == [1]


def test_the_same_package_again_says_so(stranger, package):
    post(stranger, package)
    answer = post(stranger, package)
    assert (answer.status_code, answer.json) == (422, {"code": "replayed"})


@pytest.mark.parametrize("data", [b"holiday.jpg", b"RFLPKG\r\n\x00\x05{}", b"RFLPKG\r\n\xff\xff" + b"x" * 5000])
def test_what_is_no_package_is_refused(stranger, sides, data):
    assert post(stranger, data).json == {"code": "malformed"}


def test_an_altered_package_is_refused_as_for_a_file_that_is_loaded(stranger, package):
    assert post(stranger, package[:-1] + bytes([package[-1] ^ 1])).json == {"code": "altered"}


def test_a_package_cut_off_on_its_way_is_refused(stranger, package):
    assert post(stranger, package[: len(package) // 2]).json == {"code": "altered"}


def test_strangers_get_one_answer(stranger, package, sides):
    (partner,) = [one for one in parties.list_partners(sides.south.officer) if one.code == "NOR"]
    parties.end_partner(sides.south.officer, partner.id)
    assert post(stranger, package).json == {"code": "not-taken-here"}


def test_a_body_of_unknown_length_is_not_read(stranger, sides):
    answer = stranger.post("/exchange/post", environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked"})
    assert answer.status_code in {411, 422}


def test_only_the_first_bytes_of_what_is_too_large_are_read(stranger, package, monkeypatch):
    read = []
    admit = exchange_inbox.admit
    monkeypatch.setattr(exchange_inbox, "admit", lambda head, size: read.append(len(head)) or admit(head, size))
    answer = post(stranger, package + bytes(20_000_000))
    assert answer.json == {"code": "oversized"}
    assert read == [exchange_inbox.HEAD]


def test_more_than_any_package_is_not_even_begun(stranger, app, sides):
    assert post(stranger, bytes(65 * 1024 * 1024)).status_code == 413


def test_the_post_box_shows_nothing(stranger, sides):
    assert stranger.get("/exchange/post").status_code == 405


def test_two_people_agree_on_an_address(signed_in, sides):
    (partner,) = [one for one in parties.list_partners(sides.north.officer) if one.code == "SOU"]
    place = f"/exchange/partners/{partner.id}"
    first, second = signed_in(sides.north, "administrator"), signed_in(sides.north, "officer")
    assert "nothing after it" in first.post(f"{place}/address", data={"address": "http://south.example"}).text
    assert first.post(f"{place}/address", data={"address": "https://south.example"}).status_code == 303
    assert "You entered an address." in first.get(place).text
    assert "south.example" not in second.get(place).text
    wrong = second.post(f"{place}/address/confirm", data={"typed": "https://other.example"})
    assert (wrong.status_code, "not the address that was entered" in wrong.text) == (422, True)
    assert second.post(f"{place}/address/confirm", data={"typed": "https://south.example/"}).status_code == 303
    assert "https://south.example" in second.get(place).text
    assert second.post(f"{place}/address/remove").status_code == 303
    assert "Keep the address" in second.get(place).text


def test_an_address_is_not_confirmed_by_whoever_entered_it(signed_in, sides):
    (partner,) = [one for one in parties.list_partners(sides.north.officer) if one.code == "SOU"]
    browser = signed_in(sides.north, "officer")
    browser.post(f"/exchange/partners/{partner.id}/address", data={"address": "https://south.example"})
    answer = browser.post(f"/exchange/partners/{partner.id}/address/confirm", data={"typed": "https://south.example"})
    assert answer.status_code == 403


class Silent(WSGIRequestHandler):
    """Requests are not the test report's business."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""


def test_a_package_goes_over_a_real_connection(app, sides, package):
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        (partner,) = [one for one in parties.list_partners(sides.north.officer) if one.code == "SOU"]
        address = f"http://127.0.0.1:{server.server_port}"
        addresses.enter(sides.north.administrator, partner.id, address, local=True)
        addresses.confirm(sides.north.officer, partner.id, address, local=True)
        assert courier.post_waiting() == 0  # outside a demonstration this machine is no partner
        (tried,) = courier.post_now(sides.north.officer, local=True)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
    assert (tried.delivered, tried.code) == (True, "")
    assert [one.rows for one in clear_views.list_lists(sides.south.officer)] == [1]
