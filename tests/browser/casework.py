"""What staff do on the screens, found by the names of fields, so that it reads the same in every language."""

from collections.abc import Mapping

from playwright.sync_api import Page

from rfl.domain.cases import HARM_QUESTIONS

MAIN_BUTTON = "main form .btn-primary"


def send(page: Page, button: str = MAIN_BUTTON) -> None:
    """Press a button, or follow a link, that leads to another page, and wait for that page; no entry may be refused."""
    with page.expect_navigation():
        page.locator(button).first.click()
    mistakes = page.locator("[data-error-summary]")
    assert not mistakes.count(), mistakes.inner_text()


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Write or choose `values`, field name -> text or code."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']").first
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            choose(page, name, value)
        else:
            field.fill(value)


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several radio buttons by its label, which is what people press."""
    option = page.locator(f"main input[name='{name}'][value='{value}']")
    page.locator(f"label[for='{option.get_attribute('id')}']").click()


def begin_request(page: Page) -> str:
    """Open a request from the dashboard and return its address."""
    page.goto("/")
    send(page, "main a[href='/requests/new']")
    fill(page, {"cause": "conflict"})
    send(page)
    return page.url.rpartition("/intake/")[0]


def name_enquirer(page: Page, name: str) -> None:
    """Fill the page of the enquirer and go on."""
    fill(page, {"identity-names-0-full": name, "contact-phones": "+00 555 0101"})
    send(page, "main .card-footer .btn-primary")


def name_sought(page: Page, names: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Add a sought person: `names` are kind -> whole name; end on the list of the persons sought."""
    send(page, "main a[href$='/intake/sought-new']")
    for place, (kind, name) in enumerate(names.items()):
        if place:
            page.locator("button[value='add names']").click()
            page.locator(f"[name='identity-names-{place}-full']").wait_for()
        fill(page, {f"identity-names-{place}-full": name, f"identity-names-{place}-kind": kind})
    fill(page, values)
    send(page, "main .card-footer .btn-primary")


def answer_consents(page: Page, prefix: str) -> None:
    """Record that somebody agreed to be registered and compared, and to nothing else."""
    fill(
        page,
        {
            f"{prefix}-register": "yes",
            f"{prefix}-matching": "yes",
            f"{prefix}-share_societies": "no",
            f"{prefix}-language": "ar",
            f"{prefix}-evidence": "signed",
        },
    )


def answer_harm(page: Page) -> None:
    """Answer every question of the do-no-harm check: no danger."""
    fill(page, dict.fromkeys(HARM_QUESTIONS, "no"))
    send(page, "main .card-footer .btn-primary")


def register_person(page: Page, name: str, values: Mapping[str, str]) -> str:
    """Register somebody who is alive, with consent; return the address of the record."""
    page.goto("/registered-persons/new?all=1")
    fill(page, {"identity-names-0-full": name, "contact-phones": "+00 555 0202", **values})
    answer_consents(page, "consents")
    send(page)
    return page.url


def follow_task(page: Page, part_of_address: str) -> None:
    """Open the task on the dashboard that leads to an address."""
    page.goto("/")
    send(page, f"main .list-group a[href*='{part_of_address}']")


def open_first_proposal(page: Page) -> None:
    """Go from the dashboard to the list of proposals and open the first."""
    page.goto("/")
    send(page, "main a[href='/proposals/']")
    send(page, "[data-row-link]")


def give_answer(page: Page, verdict: str, reason: str) -> None:
    """Answer the proposal on the screen."""
    choose(page, "verdict", verdict)
    fill(page, {"reason": reason})
    page.locator("main [name=compared]").check()
    send(page, "#answer .btn-primary")
