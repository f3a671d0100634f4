"""The pages of the interview as a table: how each fills its form, reads it, and hands it to the service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm

from rfl.domain.cases import HARM_QUESTIONS
from rfl.domain.intake import Contact, News, Start, Step
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.services import harm_checks, intake, intake_consent, intake_persons
from rfl.services.intake_reading import Page
from rfl.web.access import today
from rfl.web.forms.consents import read_answers, read_talk
from rfl.web.forms.intake import (
    ContactForm,
    EnquirerConsentForm,
    EnquirerForm,
    HarmForm,
    NewsForm,
    SoughtForm,
    StartForm,
)
from rfl.web.forms.person_reading import Reading, identity_data, read_identity, told_data

YES = "yes"


@dataclass(frozen=True)
class Recipe:
    """One page: its template, its form, the data of a filled form, and what saving does.

    `save` returns None when something in the form is wrong, else whether the request has just become one about a
    child under the hands of somebody not cleared for that.
    """

    step: Step
    title: str
    template: str
    form: type[FlaskForm]
    data: Callable[[Page], dict[str, Any]]
    save: Callable[[Actor, str, str, Page, Any], bool | None]


def recipe_for(page: str) -> Recipe | None:
    """Return the recipe of a page, None where there is no such page."""
    return RECIPES.get("sought" if page.startswith("sought-") else page)


def read_start(form: Any) -> Start | None:
    """Return what the start form says, None when something in it is wrong."""
    if not form.validate():
        return None
    return Start(
        channel=form.channel.data or "",
        on=form.on.data or today(),
        cause=form.cause.data or "",
        priority=form.priority.data or "",
        branch=form.branch.data or "",
        interpreter=bool(form.interpreter.data),
        language=form.language.data or "",
    )


def start_data(start: Start | None) -> dict[str, Any]:
    """Return the data of the start form; a new one is dated today."""
    return {"on": today()} if start is None else dict(vars(start))


def _save_start(actor: Actor, request_id: str, _page: str, _view: Page, form: Any) -> bool | None:
    start = read_start(form)
    if start is None:
        return None
    intake.save_start(actor, request_id, start, seen=form.seen.data or "")
    return False


def _enquirer_data(view: Page) -> dict[str, Any]:
    contact, identity = view.contact or Contact(), view.identity
    return {"identity": identity_data(identity) if identity else {}, "contact": contact.to_dict()}


def _save_enquirer(actor: Actor, request_id: str, _page: str, view: Page, form: Any) -> bool | None:
    identity = read_identity(form.identity, former=view.identity, name_required=True)
    if identity is None:
        return None
    contact = Contact.from_dict({name: form.contact[name].data or "" for name in ContactForm()._fields})
    saved = intake_persons.save_enquirer(actor, request_id, identity, contact, seen=form.seen.data or "")
    return saved.now_child


def _sought_data(view: Page) -> dict[str, Any]:
    return {"identity": identity_data(view.identity) if view.identity else {}, "relation": view.relation}


def _save_sought(actor: Actor, request_id: str, page: str, view: Page, form: Any) -> bool | None:
    identity = read_identity(form.identity, former=view.identity, name_required=True)
    if identity is None:
        return None
    person_id = None if page == "sought-new" else page.removeprefix("sought-")
    saved = intake_persons.save_sought(
        actor, request_id, person_id, identity, form.relation.data or "", seen=form.seen.data or ""
    )
    return saved.now_child


def _news_data(view: Page) -> dict[str, Any]:
    news = view.news or News()
    dates = {"last_contact": told_data(news.last_contact), "separation": told_data(news.separation)}
    return news.to_dict() | dates


def _save_news(actor: Actor, request_id: str, _page: str, view: Page, form: Any) -> bool | None:
    former, reading = view.news or News(), Reading(today())
    reading.sound = form.validate()
    words = ("means", "content", "separation_place", "present", "route", "rumours", "rumour_source", "looked")
    news = News(
        last_contact=reading.day(form.last_contact, former.last_contact),
        last_place=reading.place(form.last_place),
        separation=reading.day(form.separation, former.separation),
        organisations=form.organisations.data or "",
        **{name: form[name].data or "" for name in words},
    )
    if not reading.sound:
        return None
    intake.save_news(actor, request_id, news, seen=form.seen.data or "")
    return False


def _save_consent(actor: Actor, request_id: str, _page: str, _view: Page, form: Any) -> bool | None:
    if not form.validate():
        return None
    inner = form.answers.form
    intake_consent.save_consent(actor, request_id, read_answers(inner), read_talk(inner))
    return False


def _harm_data(view: Page) -> dict[str, Any]:
    answers = {key: YES if yes else "no" for key, yes in (view.answers or {}).items()}
    return answers | {"note": view.note}


def _save_harm(actor: Actor, request_id: str, _page: str, _view: Page, form: Any) -> bool | None:
    if not form.validate():
        return None
    answers = {key: form[key].data == YES for key in HARM_QUESTIONS if form[key].data in (YES, "no")}
    harm_checks.check_harm(actor, request_id, answers, form.note.data or "")
    return False


RECIPES: dict[str, Recipe] = {
    "start": Recipe(
        Step.START,
        N_("How the request came"),
        "intake/start.html",
        StartForm,
        lambda view: start_data(view.start),
        _save_start,
    ),
    "enquirer": Recipe(
        Step.ENQUIRER, N_("The enquirer"), "intake/enquirer.html", EnquirerForm, _enquirer_data, _save_enquirer
    ),
    "sought": Recipe(Step.SOUGHT, N_("A person sought"), "intake/sought.html", SoughtForm, _sought_data, _save_sought),
    "news": Recipe(Step.NEWS, N_("Last news and circumstances"), "intake/news.html", NewsForm, _news_data, _save_news),
    "consent": Recipe(
        Step.CONSENT, N_("Consent"), "intake/consent.html", EnquirerConsentForm, lambda _: {}, _save_consent
    ),
    "harm": Recipe(Step.HARM, N_("Do-no-harm check"), "intake/harm.html", HarmForm, _harm_data, _save_harm),
}
