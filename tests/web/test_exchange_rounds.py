"""A round in the browser, from looking at the list to a pair that both sides have opened and judged."""

import io
import re

import pytest
from pages import without_tokens
from round_world import SHARED, Three, with_hub, work

from rfl.domain.exchange import PAIR_STRENGTHS
from rfl.services import exchange_encoding

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite


@pytest.fixture
def world(begin, north, south, monkeypatch):
    monkeypatch.setattr(exchange_encoding, "PLACES", 2)
    return begin(with_hub, north, south)


class Desk:
    """An officer of one society at the screen."""

    def __init__(self, signed_in, world: Three, code: str) -> None:
        self.browser = signed_in(world.staff[code], "officer")
        self.agreement = world.agreement[code]

    def confirm_cases(self, round_id: str = "") -> str:
        """Look at the list and confirm it; returns the address of the round."""
        page = self.browser.get(f"/exchange/agreements/{self.agreement}/cases/?round={round_id}").text
        assert "50 persons go." in page
        action = re.search(r'action="(/exchange/rounds/[^"]+)"', page)[1]
        seal = re.search(r'name="seal" value="([0-9a-f]+)"', page)[1]
        answer = self.browser.post(action, data={"seal": seal})
        assert answer.status_code == 303
        work()
        return answer.location

    def packages(self, address: str, to: str) -> list[bytes]:
        """Download what has not been downloaded yet for one party, in the order of the page."""
        page = self.browser.get(address).text
        rows = [row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f"<bdi>{to}</bdi>" in row]
        waiting = [row for row in rows if "To be handed over" in row]
        places = [re.search(r'action="(/exchange/rounds/packages/[^"]+)"', row)[1] for row in waiting]
        files = [self.browser.post(place) for place in places]
        named = r"attachment; filename=[A-Z]{3}-[A-Z]{3}-\d{4}\.rfl"
        assert all(re.fullmatch(named, one.headers["Content-Disposition"]) for one in files)
        return [one.data for one in files]

    def load(self, data: bytes) -> str:
        answer = self.browser.post("/exchange/rounds/", data={"file": (io.BytesIO(data), "p.rfl")})
        assert answer.status_code == 303, answer.text
        work()
        return answer.location


@pytest.fixture
def desks(signed_in, world):
    return {code: Desk(signed_in, world, code) for code in world.staff}


def hand_over(sender: Desk, address: str, to: str, receiver: Desk) -> str:
    for data in sender.packages(address, to):
        address = receiver.load(data)
    return address


@pytest.fixture
def played(desks) -> dict[str, str]:
    """The addresses of the round at all three, once the pairs have arrived."""
    nor, sou, hub = (desks[code] for code in ("NOR", "SOU", "HUB"))
    at = {"NOR": nor.confirm_cases()}
    at["SOU"] = hand_over(nor, at["NOR"], "Society SOU", sou)
    assert "The partner has begun a round" in sou.browser.get(at["SOU"]).text
    sou.confirm_cases(at["SOU"].rpartition("/")[2])
    hand_over(sou, at["SOU"], "Society NOR", nor)
    for code, desk in (("NOR", nor), ("SOU", sou)):
        at["HUB"] = hand_over(desk, at[code], "Society HUB", hub)
    for code, desk in (("NOR", nor), ("SOU", sou)):
        hand_over(hub, at["HUB"], f"Society {code}", desk)
    return at


def pair_of(desk: Desk, state: str = "new") -> str:
    return re.search(
        r'href="(/exchange/pairs/[0-9a-z]{16})"', desk.browser.get(f"/exchange/pairs/?state={state}").text
    )[1]


def test_from_the_list_to_a_pair_that_both_found_to_be_one_person(desks, played):
    sides = {code: desks[code] for code in ("NOR", "SOU")}
    found_pairs = {code: pair_of(desk) for code, desk in sides.items()}
    for code, desk in sides.items():
        listed = desk.browser.get("/exchange/pairs/").text
        assert ">Strength<" in listed
        assert any(strength in listed for strength in PAIR_STRENGTHS.values())
        shown = desk.browser.get(found_pairs[code]).text
        assert SHARED in shown
        assert "about the year of birth" in shown
        assert desk.browser.post(f"{found_pairs[code]}/open").status_code == 303
    letters(desks, played)
    references = set()
    for code, desk in sides.items():
        page = desk.browser.get(found_pairs[code]).text
        assert "Speak with the partner" in page
        references.add(re.search(r'<code class="fs-3"><bdi[^>]*>([0-9a-f]{8})<', page)[1])
        assert desk.browser.post(f"{found_pairs[code]}/judge", data={"verdict": "same"}).status_code == 303
    assert len(references) == 1
    letters(desks, played)
    assert "Both societies found that this is one person." in sides["NOR"].browser.get(found_pairs["NOR"]).text


def letters(desks, at) -> None:
    for sender, receiver in (("NOR", "SOU"), ("SOU", "NOR")):
        assert desks[sender].browser.post(f"{at[sender]}/letter").status_code == 303
        hand_over(desks[sender], at[sender], f"Society {receiver}", desks[receiver])


def test_the_wish_to_open_is_not_shown_to_the_other_side(desks, played):
    nor, sou = desks["NOR"], desks["SOU"]
    pair = pair_of(sou)
    sou.browser.get("/exchange/")
    before = without_tokens(sou.browser.get(pair).text)
    nor.browser.post(f"{pair_of(nor)}/open")
    nor.browser.post(f"{played['NOR']}/letter")
    hand_over(nor, played["NOR"], "Society SOU", sou)
    sou.browser.get("/exchange/")  # shows what was said about the package
    assert without_tokens(sou.browser.get(pair).text) == before


def test_a_pair_left_closed_stays_closed(desks, played):
    nor = desks["NOR"]
    pair = pair_of(nor)
    assert nor.browser.post(f"{pair}/close").status_code == 303
    assert "Not opened" in nor.browser.get(pair).text
    assert nor.browser.post(f"{pair}/open").status_code == 409


def test_a_wrong_file_is_explained_and_changes_nothing(desks):
    answer = desks["NOR"].browser.post("/exchange/rounds/", data={"file": (io.BytesIO(b"holiday.jpg"), "p.rfl")})
    assert answer.status_code == 422
    assert "This is not a package of an exchange" in answer.text


def test_a_list_may_be_larger_than_any_other_upload(desks, app):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    file = {"file": (io.BytesIO(b"x" * 5000), "p.rfl")}
    assert desks["NOR"].browser.post("/exchange/rounds/", data=file).status_code == 422
    other = {"file": (io.BytesIO(b"x" * 5000), "identity.json")}
    assert desks["NOR"].browser.post("/exchange/partners/new", data=other).status_code == 413


def test_the_page_of_a_round_that_is_worked_on_renews_itself(signed_in, world, desks):
    page = desks["NOR"].browser.get(f"/exchange/agreements/{world.agreement['NOR']}/cases/").text
    seal = re.search(r'name="seal" value="([0-9a-f]+)"', page)[1]
    address = (
        desks["NOR"].browser.post(f"/exchange/rounds/start/{world.agreement['NOR']}", data={"seal": seal}).location
    )
    shown = desks["NOR"].browser.get(address)
    assert shown.headers["Refresh"]
    assert "The own list is being encoded" in shown.text
    work()
    assert "Refresh" not in desks["NOR"].browser.get(address).headers


def test_a_list_that_changed_is_not_confirmed(desks, world):
    answer = desks["NOR"].browser.post(f"/exchange/rounds/start/{world.agreement['NOR']}", data={"seal": "old"})
    assert answer.status_code == 409
    assert "have changed since you looked at them" in answer.text


def test_a_round_is_ended_by_hand(desks):
    address = desks["NOR"].confirm_cases()
    assert desks["NOR"].browser.post(f"{address}/void").status_code == 303
    assert "Ended without a result" in desks["NOR"].browser.get(address).text
