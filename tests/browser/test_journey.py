"""The main job from the first interview to the closed case, in both languages, and once without scripts."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from browser.casework import (
    answer_consents,
    answer_harm,
    begin_request,
    choose,
    fill,
    follow_task,
    give_answer,
    name_enquirer,
    name_sought,
    open_first_proposal,
    register_person,
    send,
)
from browser.screens import Inspection, sign_in
from playwright.sync_api import Page
from staff import PASSWORD, Staff

BORN = {"en": "about 1994", "ar": "حوالي ١٩٩٤"}
SOUGHT_IN_ARABIC = {"original": "عمر حسن محمد", "romanised": "Omar Hassan Mohamed"}
SECRET_REASON = "Both name the village Baidoa and a brother called Abdi."
WORDS_OF_OTHERS = ("Umar", "proposal", "مقترح")  # what no screen of a caseworker may hold before the telling


@dataclass
class People:
    """One window per person, all in one language; screens passed are inspected where scripts run."""

    language: str
    open_page: Callable[..., Page]
    scripts: bool
    inspection: Inspection = field(default_factory=lambda: Inspection(contrast=()))

    def enter(self, society: Staff, key: str) -> Page:
        """Sign somebody in."""
        page = self.open_page(self.language, scripts=self.scripts)
        sign_in(page, society.names[key], PASSWORD)
        return page

    def look(self, page: Page) -> None:
        """Inspect the screen shown now; axe is a script itself."""
        if self.scripts:
            self.inspection.look(page)


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("ar", True), ("en", False)])
def test_a_request_becomes_news_for_the_family(language, scripts, new_page, north, south):
    people = People(language, new_page, scripts)
    caseworker, officer = people.enter(north, "caseworker"), people.enter(north, "officer")
    abroad = people.enter(south, "officer")
    register_elsewhere(people, people.enter(south, "volunteer"))
    request = take_request(people, caseworker)
    accept(people, officer)
    sees_nothing_of_proposals(people, caseworker, request)
    confirm_twice(people, officer, abroad)
    sees_nothing_of_proposals(people, caseworker, request)
    ask_located_person(people, abroad)
    tell(people, caseworker)
    close(people, caseworker, officer, request)
    people.inspection.judge()
    caseworker.goto(request)
    assert caseworker.locator("main a[href$='/reopening']").count() == 1  # offered for closed requests only


def register_elsewhere(people: People, page: Page) -> None:
    page.goto("/registered-persons/new?all=1")
    people.look(page)
    register_person(
        page,
        "Umar Hasan Muhammad",
        {
            "identity-sex": "male",
            "identity-birth-told": "1994",
            "identity-relatives-0-relation": "brother",
            "identity-relatives-0-name": "Abdi Hasan",
        },
    )
    people.look(page)


def take_request(people: People, page: Page) -> str:
    people.look(page)
    request = begin_request(page)
    people.look(page)
    name_enquirer(page, "Halima Warsame")
    people.look(page)
    brother = {"identity-relatives-0-relation": "brother", "identity-relatives-0-name": "Abdi Hassan"}
    told = {"identity-sex": "male", "relation": "son", **brother}
    name_sought(page, SOUGHT_IN_ARABIC, told)
    about = {"identity-sex": "female", "identity-birth-told": BORN[people.language], "relation": "daughter"}
    name_sought(page, {"romanised": "Asha Hassan Mohamed"}, about)
    people.look(page)
    send(page, "main a.btn-primary[href$='/intake/news']")
    people.look(page)
    fill(page, {"last_contact-told": "2023", "last_place-text": "Mandera"})
    send(page, "main .card-footer .btn-primary")
    people.look(page)
    answer_consents(page, "answers")
    send(page, "main .card-footer .btn-primary")
    people.look(page)
    answer_harm(page)
    people.look(page)
    send(page)
    people.look(page)
    assert "1994" in page.locator("main").inner_text()
    return request


def accept(people: People, officer: Page) -> None:
    officer.goto("/")
    people.look(officer)
    follow_task(officer, "/requests/")
    people.look(officer)
    send(officer, "form[action$='/accept'] button")


def sees_nothing_of_proposals(people: People, caseworker: Page, request: str) -> None:
    for address in ("/", "/requests/", request):
        caseworker.goto(address)
        shown = caseworker.content()
        assert not [word for word in WORDS_OF_OTHERS if word in shown.casefold() or word in shown], address
    people.look(caseworker)
    assert caseworker.goto("/proposals/").status == 403
    caseworker.witness.complaints.clear()


def confirm_twice(people: People, officer: Page, abroad: Page) -> None:
    open_first_proposal(abroad)
    before = abroad.locator("main").inner_text()
    open_first_proposal(officer)
    people.look(officer)
    give_answer(officer, "same", SECRET_REASON)
    people.look(officer)
    abroad.reload()
    assert abroad.locator("main").inner_text() == before
    people.look(abroad)
    give_answer(abroad, "same", "The mother's village is the same.")
    assert SECRET_REASON in abroad.content()
    people.look(abroad)


def ask_located_person(people: People, abroad: Page) -> None:
    follow_task(abroad, "/located/")
    people.look(abroad)
    name = abroad.locator("main input[type=radio][value=alive_and_well]").get_attribute("name")
    prefix = name.removesuffix("choice")
    choose(abroad, name, "alive_and_well")
    fill(abroad, {f"{prefix}witness": "signed"})
    send(abroad, "form[action$='/answer'] button")
    people.look(abroad)
    send(abroad, "form[action$='/prepare'] button")
    people.look(abroad)


def tell(people: People, caseworker: Page) -> None:
    caseworker.goto("/")
    people.look(caseworker)
    follow_task(caseworker, "/news/")
    people.look(caseworker)
    fill(caseworker, {"how": "in_person"})
    send(caseworker, "form[action$='/told'] button")
    people.look(caseworker)


def close(people: People, caseworker: Page, officer: Page, request: str) -> None:
    caseworker.goto(request)
    people.look(caseworker)
    send(caseworker, "main a[href$='/closing']")
    people.look(caseworker)
    outcomes = caseworker.locator("main select[name^='outcome-']")
    outcomes.nth(0).select_option("limited_news")
    outcomes.nth(1).select_option("not_found")
    fill(caseworker, {"reason": "The family knows; the daughter's trail is cold."})
    send(caseworker)
    people.look(caseworker)
    follow_task(officer, "/requests/")
    people.look(officer)
    send(officer, "form[action$='/closing/approve'] button")
    people.look(officer)
