"""Whole journeys through the services, from the interview to the telling, with every field filled in.

What is written into each free text comes from a `Voice`: plain words, hostile markup, or words that must not leak.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from exchange_world import elsewhere, find, finished_round, in_force
from interviews import SAFE, START, talk
from review_world import answer, proposal_between
from sqlalchemy import select
from staff import Staff

from rfl.domain.clock import now
from rfl.domain.consent import Purpose
from rfl.domain.imports import ListBasis
from rfl.domain.intake import Contact, News
from rfl.domain.persons import Identity, PersonName, Place, Relative, UncertainDate
from rfl.domain.registrations import Registration
from rfl.domain.roles import Actor
from rfl.models.proposals import Decision
from rfl.services import (
    acceptance,
    actions,
    autosave,
    clear_selection,
    clear_sending,
    closing,
    disclosures,
    exchange_letters,
    exchange_parties,
    harm_checks,
    import_columns,
    import_runs,
    imports,
    intake,
    intake_consent,
    intake_persons,
    located,
    matching_runs,
    plans,
    registrations,
    request_notes,
    runs,
)
from rfl.services.exchange_pairs import Found
from rfl.services.located import Answer
from rfl.services.unit import SYSTEM, Look

Voice = Callable[[str], str]
SCRIPTS = ("latin", "arabic", "cyrillic", "ethiopic")
ADULT, CHILD = "1970-03-11", "2016-03-11"
ALL_ANSWERS = dict.fromkeys((Purpose.REGISTER, Purpose.MATCHING, Purpose.SHARE_SOCIETIES, Purpose.SHARE_ENCODED), True)


def plain(subject: str) -> Voice:
    """Return a voice that says ordinary words, different for every subject."""
    return lambda about: f"{subject} {about}".replace(".", " ")


def identity_of(say: Voice, who: str, *, born: str = ADULT) -> Identity:
    """Return an identity with every field filled in; the names are those of `who`, the rest is said of them."""
    names = tuple(
        PersonName(kind, given=say(f"name.{who}.{script}"), father=say(f"name.{who}.father"))
        for kind, script in zip(("romanised", "original", "document", "nickname"), SCRIPTS, strict=True)
    )
    return Identity(
        names=names,
        sex="female",
        birth=UncertainDate(born, say(f"{who}.birth")),
        mother_name=say(f"name.{who}.mother"),
        birth_place=Place(say(f"{who}.birth_place"), "SO", say(f"{who}.birth_region"), say(f"{who}.birth_directions")),
        nationalities=("SO",),
        last_place=Place(say(f"{who}.last_place"), "KE", say(f"{who}.last_region"), say(f"{who}.last_directions")),
        last_contact=UncertainDate("2023-03", say(f"{who}.last_contact")),
        relatives=(Relative("brother", say(f"name.{who}.relative"), "40"),),
        occupation=say(f"{who}.occupation"),
        marks=say(f"{who}.marks"),
    )


def contact_of(say: Voice, who: str) -> Contact:
    return Contact(**{key: say(f"{who}.contact.{key}") for key in Contact.__dataclass_fields__})


def news_of(say: Voice) -> News:
    words = ("content", "separation_place", "present", "route", "rumours", "rumour_source", "looked", "organisations")
    return News(
        last_contact=UncertainDate("2023-04", say("news.last_contact")),
        means="phone",
        last_place=Place(say("news.place"), "KE", say("news.region"), say("news.directions")),
        separation=UncertainDate("2023", say("news.separation")),
        **{key: say(f"news.{key}") for key in words},
    )


def interviewed(actor: Actor, say: Voice, *, born: str = ADULT, answers: dict[str, bool] = SAFE) -> str:
    """Return the id of a draft in which every step is saved, and one page is typed and not saved."""
    start = replace(START, branch=say("start.branch"), language=say("start.language"), interpreter=True)
    request_id = intake.start_request(actor, start)
    enquirer = identity_of(say, "enquirer")
    intake_persons.save_enquirer(actor, request_id, enquirer, contact_of(say, "enquirer"), seen="")
    sought = identity_of(say, "sought", born=born)
    intake_persons.save_sought(actor, request_id, None, sought, "sister", seen="")
    with Look(actor) as look:
        stored = look.session.get_one(intake.TracingRequest, request_id)
        seen = intake.news_stamp(stored)
    intake.save_news(actor, request_id, news_of(say), seen=seen)
    intake_consent.save_consent(actor, request_id, ALL_ANSWERS, talk())
    harm_checks.check_harm(actor, request_id, answers, say("harm.note"))
    return request_id


def sought_in(request_id: str) -> str:
    with Look(SYSTEM) as look:
        people = select(intake_persons.Person.id).filter_by(request_id=request_id, kind="sought")
        return look.session.scalars(people).one()


def registered(actor: Actor, say: Voice, *, born: str = ADULT, condition: str = "injured") -> str:
    """Return the id of a registered person who bears the names of the sought one."""
    draft = registrations.Draft(
        identity=replace(identity_of(say, "sought", born=born), marks=say("registered.marks")),
        registration=Registration(
            kind="camp",
            on="2026-01-02",
            place=Place(say("registered.place"), "KE", say("registered.region"), say("registered.directions")),
            notes=say("registered.notes"),
        ),
        contact=contact_of(say, "registered"),
        condition=condition,
    )
    return registrations.register(actor, draft, ALL_ANSWERS, talk()).id


@dataclass
class Search:
    """One search that led to a confirmation: the ids of everything that belongs to it."""

    request: str
    sought: str
    registered: str
    action: str
    proposal: str
    answers: dict[str, str] = field(default_factory=dict)  # society id -> id of its officer's answer
    disclosure: str = ""


def searched(left: Staff, right: Staff, say: Voice, *, born: str = ADULT, told: bool = False) -> Search:
    """Walk the whole way: request in `left`, registration in `right`, two answers, the person asked, news, plan."""
    person = registered(right.caseworker, say, born=born)
    request_id = interviewed(left.caseworker, say, born=born)
    intake.submit(left.caseworker, request_id)
    acceptance.accept(left.caseworker, request_id)
    request_notes.add_note(left.caseworker, request_id, say("request.note"))
    act = actions.plan_action(left.caseworker, request_id, kind="phone", due_on=None, plan=say("action.plan"))
    done = actions.plan_action(left.caseworker, request_id, kind="other", due_on=None, plan=say("action.second_plan"))
    report = {"result": "useful", "done_on": now().date(), "report": say("action.report")}
    actions.finish_action(left.caseworker, request_id, done, **report)
    found = Search(request_id, sought_in(request_id), person, act, "")
    found.proposal = proposal_between(found.sought, person)
    second = right.officer if left.id != right.id else right.second_officer
    for number, officer in enumerate((left.officer, second)):
        answer(officer, found.proposal, reason=say(f"decision.{number}"))
    found.answers = answers_of(found.proposal)
    bring_news(left, right, found, say)
    if told:
        disclosures.tell(
            left.caseworker, found.disclosure, told_on=now().date(), how="in_person", note=say("telling.note")
        )
    return found


def answers_of(proposal_id: str) -> dict[str, str]:
    with Look(SYSTEM) as look:
        rows = look.session.scalars(select(Decision).filter_by(proposal_id=proposal_id))
        return {row.society_id: row.id for row in rows}


def bring_news(left: Staff, right: Staff, found: Search, say: Voice) -> None:
    """Ask the person concerned, plan the telling of hard news, and prepare it."""
    today = now().date()
    given = Answer("message", today, "so", say("located.witness"), words=say("located.words"), note=say("located.note"))
    located.record_answer(right.officer, found.proposal, found.registered, answer=given)
    disclosures.ask_for_plan(right.officer, found.proposal, found.registered)
    plan = {question: say(f"plan.{question}") for question in plans.QUESTIONS}
    deliver_on = today + timedelta(7)
    plans.write_plan(left.caseworker, found.request, found.proposal, answers=plan, deliver_on=deliver_on)
    plans.approve_plan(left.officer, found.request, found.proposal)
    found.disclosure = disclosures.prepare(right.officer, found.proposal, found.registered, sensitive=True)


def stations(staff: Staff, say: Voice) -> dict[str, str]:
    """Return a request of `staff` in every state that its pages know."""
    worker, officer = staff.caseworker, staff.officer
    made = {state: interviewed(worker, say) for state in ("draft", "submitted", "refused", "asked", "ending", "closed")}
    autosave.keep_typed(worker, made["draft"], "news", {"content": [say("typed.content")]})
    autosave.keep_typed(worker, made["draft"], "enquirer", {"contact-phones": [say("typed.phones")]})
    danger = interviewed(worker, say, answers={**SAFE, "flees_enquirer": True})
    for request_id in (*made.values(), danger):
        if request_id != made["draft"]:
            intake.submit(worker, request_id)
    harm_checks.clear_risk(officer, danger, say("harm.cleared"))
    acceptance.refuse(officer, made["refused"], reason="too_little", offered=say("refusal.offered"))
    acceptance.ask_for_information(officer, made["asked"], question=say("acceptance.question"))
    for state in ("ending", "closed"):
        acceptance.accept(officer, made[state])
        outcomes = {sought_in(made[state]): "not_found"}
        closing.propose_closing(worker, made[state], outcomes=outcomes, reason=say("closing.reason"))
    closing.approve_closing(officer, made["closed"])
    return {**made, "danger": danger}


LIST = "Full name,Date of birth,Phone,Note\n{name},1980-01-01,{phone},{note}\n{bad},not a date at all,{phone},{note}\n"
COLUMNS = {0: "full_name", 1: "date_of_birth", 2: "phone", 3: "notes"}


def imported(actor: Actor, say: Voice) -> str:
    """Return the id of an import that stored one person and refused one row."""
    cells = {key: '"' + say(f"list.{key}").replace('"', '""') + '"' for key in ("name", "phone", "note", "bad")}
    basis = ListBasis((Purpose.REGISTER, Purpose.MATCHING), evidence="list", language="so", on="2026-01-02")
    given = imports.Upload(
        data=LIST.format(**cells).encode(),
        filename=say("list.filename").replace("/", "") + ".csv",
        target="registered",
        keeper=say("list.keeper"),
        basis=basis,
        list_date=date(2026, 1, 2),
    )
    import_id = imports.upload(actor, given).id
    import_columns.save_columns(actor, import_id, COLUMNS)
    import_runs.start_import(actor, import_id)
    held = runs.claim("journey", ["import"])
    assert held is not None
    import_runs.run_import(held)
    return import_id


def matching_run(actor: Actor) -> str:
    """Return the id of a run that waits."""
    return matching_runs.start_matching(actor)


def partner_received(staff: Staff) -> str:
    """Load the identity file of a partner elsewhere; returns the id of its entry."""
    return exchange_parties.receive_partner(staff.protection, elsewhere(f"FAR-{staff.code}").public.to_bytes())


def without_hidden(text: str) -> str:
    """Return text without marks that turn or hide letters, which an agreement refuses."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def exchanged(staff: Staff, say: Voice, person_id: str) -> dict[str, str]:
    """Put an agreement in force and let a round find a person; returns the ids of agreement, round, pair and letter."""
    terms = {name: without_hidden(say(name)) for name in ("purpose", "contact", "clear_lists")}
    agreement = in_force(staff, number=f"{staff.code}/1", **terms)
    round_id = finished_round(staff, agreement)
    (pair,) = find(staff, round_id, Found(person_id, "aa" * 16, "bb" * 16, 3.0, 0b101))
    letter = exchange_letters.write_letter(staff.officer, round_id)
    return {
        "agreement": agreement,
        "round": round_id,
        "pair": pair,
        "package": letter,
        "clear_list": listed(staff, agreement),
    }


def listed(staff: Staff, agreement: str) -> str:
    """Send a list with the names of those who agreed to it; returns its id."""
    seal = clear_selection.read_names(staff.officer, agreement).seal
    return clear_sending.send(staff.officer, agreement, form="csv", reason="exchange", seal=seal).id
