"""Brings the invented world into an empty instance, through the use cases that staff use."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random

from rfl.demo.people import build
from rfl.demo.sources import details
from rfl.demo.values import DemoConsent, DemoRegistered, DemoRequest, DemoWorld
from rfl.domain.cases import RequestState
from rfl.domain.clock import now
from rfl.domain.consent_talk import Talk
from rfl.domain.errors import RuleBroken
from rfl.domain.intake import News, Start
from rfl.domain.persons import Place
from rfl.domain.registrations import Registration
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.security.passwords import Passwords
from rfl.services import acceptance, accounts, actions, consents, harm_checks, intake, intake_persons, registrations
from rfl.services.request_rows import stamp
from rfl.services.unit import SYSTEM

PASSWORD = "invented people only"  # noqa: S105 - printed at every start; opens nothing outside a demo
OFFERED = "Advice on other services, and a telephone number."
QUESTION = "Which village, and the name of the father?"
# The dashboard of a service that keeps up: a few actions are overdue, some are due this week, most later.
FIRST_ACTION_WITHIN = range(-4, 45)

Say = Callable[[str], None]


class NotEmpty(RuleBroken):
    """Demo data never comes near real data."""

    message = N_(
        "This instance holds societies that are not the demo's. Demo data is loaded into an empty instance only."
    )


def load(passwords: Passwords, say: Say) -> list[str]:
    """Load the demo world unless it is there; return one line per account. Raises NotEmpty.

    `say` is told how far the loading is, since it takes some seconds.
    """
    return load_world(build(), passwords, say)


def load_world(world: DemoWorld, passwords: Passwords, say: Say) -> list[str]:
    """Do so for a world, or a part of one."""
    codes = {code for code, _, _ in accounts.list_societies()}
    if codes - {society.code for society in world.societies}:
        raise NotEmpty
    if not codes:
        _load(world, passwords, say)
    return [f"  {user.sign_in_name:<16} {user.roles[0]:<24} password: {PASSWORD}" for user in world.users]


def _load(world: DemoWorld, passwords: Passwords, say: Say) -> None:
    staff = _hire(world, passwords)
    say(f"Registering {len(world.registered)} invented persons ...")
    for person in world.registered:
        _register(staff[f"caseworker.{person.society.lower()}"], person)
    say(f"Taking {len(world.requests)} invented tracing requests and comparing ...")
    for request in world.requests:
        place = request.society.lower()
        _request(staff[f"caseworker.{place}"], staff[f"officer.{place}"], request)


def _hire(world: DemoWorld, passwords: Passwords) -> dict[str, Actor]:
    ids = {
        society.code: accounts.create_society(
            SYSTEM, code=society.code, name=society.name, country=society.country, demo=True
        )
        for society in world.societies
    }
    staff = {}
    for user in world.users:
        user_id, _ = accounts.create_user(
            SYSTEM,
            ids[user.society],
            sign_in_name=user.sign_in_name,
            display_name=user.name,
            roles=user.roles,
            passwords=passwords,
            password=PASSWORD,
            minors_cleared=user.minors_cleared,
            language=user.language,
        )
        staff[user.sign_in_name] = Actor(
            user_id, ids[user.society], frozenset(user.roles), user.name, minors_cleared=user.minors_cleared
        )
    return staff


def _register(actor: Actor, person: DemoRegistered) -> None:
    registration = Registration(kind=person.kind, on=person.registered_on.isoformat(), place=Place(person.site))
    draft = registrations.Draft(person.identity, registration, person.contact, person.condition)
    talks = list(_talks(person.consents, person.registered_on))
    (answers, talk), *others = talks
    registered = registrations.register(actor, draft, answers, talk)
    for answers, talk in others:
        consents.record_answers(actor, registered.id, answers, talk)


def _request(caseworker: Actor, officer: Actor, request: DemoRequest) -> None:
    start = Start(
        channel=request.channel,
        on=request.opened_on,
        cause=request.cause,
        priority=request.priority,
        interpreter=request.interpreter,
        language=details("language_names")[request.language],
    )
    request_id = intake.start_request(caseworker, start)
    day = request.opened_on
    saved = intake_persons.save_enquirer(
        caseworker, request_id, request.enquirer.identity, request.enquirer.contact, seen=""
    )
    _record(caseworker, saved.person_id, request.enquirer.consents, day)
    for sought in request.sought:
        found = intake_persons.save_sought(caseworker, request_id, None, sought.identity, sought.relation, seen="")
        _record(caseworker, found.person_id, sought.consents, day)
    intake.save_news(caseworker, request_id, request.news, seen=stamp(News().to_dict()))
    note = "Talked through with the enquirer." if any(request.harm.values()) else ""
    harm_checks.check_harm(caseworker, request_id, request.harm, note)
    _bring_to(caseworker, officer, request_id, request)


def _bring_to(caseworker: Actor, officer: Actor, request_id: str, request: DemoRequest) -> None:
    if request.state == RequestState.DRAFT:
        return
    intake.submit(caseworker, request_id)
    if request.state == RequestState.ACCEPTED:
        acceptance.accept(officer, request_id)
        days = Random(request.key).choice(FIRST_ACTION_WITHIN)  # noqa: S311 - invented data, no secret
        due = now().date() + timedelta(days=days)
        actions.plan_action(caseworker, request_id, kind="ask_relatives", due_on=due, plan="Ask at the last address.")
    elif request.state == RequestState.NOT_ACCEPTED:
        acceptance.refuse(officer, request_id, reason=request.refusal, offered=OFFERED)
    elif request.state == RequestState.INFORMATION_NEEDED:
        acceptance.ask_for_information(officer, request_id, question=QUESTION)


def _record(actor: Actor, person_id: str, given: tuple[DemoConsent, ...], day: date) -> None:
    for answers, talk in _talks(given, day):
        consents.record_answers(actor, person_id, answers, talk)


def _talks(given: Iterable[DemoConsent], day: date) -> Iterable[tuple[dict[str, bool], Talk]]:
    """Group answers that were given in one way into one conversation each."""
    groups: dict[tuple[str, str, str], dict[str, bool]] = {}
    for answer in given:
        groups.setdefault((answer.language, answer.evidence, answer.basis), {})[answer.purpose] = answer.given
    for (language, evidence, basis), answers in groups.items():
        yield answers, Talk(day, language, evidence, basis)
