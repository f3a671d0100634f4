"""Members of both societies do whatever they like, in any order; the promises hold after every single step.

`RFL_WALK_STEPS=10000` walks that many steps in all; without it the suite takes a short walk.
"""

import os
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from interviews import CONTACT, DANGER, SAFE, START, talk
from review_world import ENQUIRER, REASON, REGISTERED, SOUGHT
from staff import Staff, settings_for
from walk_world import (
    Walked,
    check_chain,
    check_news,
    check_proposals,
    check_status,
    has_untold_news,
    let_expire,
    people_of,
    perform,
    proposals_in_order,
    row_of,
    rows_of,
    seen_by,
)

from rfl.domain.cases import OUTCOMES
from rfl.domain.clock import now
from rfl.domain.consent import Purpose
from rfl.domain.disclosure import Choice
from rfl.domain.persons import Identity, UncertainDate
from rfl.domain.proposals import Verdict
from rfl.domain.registrations import Registration
from rfl.models.aftercare import Disclosure
from rfl.models.persons import Person
from rfl.services import (
    acceptance,
    actions,
    closing,
    consents,
    disclosures,
    harm_checks,
    intake,
    intake_consent,
    intake_persons,
    located,
    matching_runs,
    plans,
    proposal_assignment,
    registrations,
    request_notes,
    runs,
    storage,
)
from rfl.services.decisions import Opinion, decide
from rfl.services.index_upkeep import lapse_expired
from rfl.services.registration_reading import stamp_of
from rfl.services.request_rows import stamp
from rfl.services.review import read_review
from rfl.services.taking_back import take_back
from rfl.web.app import create_app

STEPS_PER_WALK = 50
SHORT = 600  # steps in the suite
TOTAL = int(os.environ.get("RFL_WALK_STEPS", SHORT))

# How often each act is tried, out of their sum; one rule with a table, so that every walk knows all of them.
WEIGHTS = {
    "decide_on_proposal": 8,
    "person_concerned_answers": 9,
    "prepare_news": 10,
    "tell_the_family": 10,
    "plan_the_telling": 4,
    "prepare_otherwise": 2,
    "take_answer_back": 3,
    "give_to_an_officer": 1,
    "register": 3,
    "open_request": 3,
    "decide_on_request": 6,
    "look_at_danger": 2,
    "propose_closing": 2,
    "decide_on_closing": 3,
    "work_on_request": 1,
    "answer_about_consent": 3,
    "amend_registered": 2,
    "change_sought": 2,
    "time_goes_by": 1,
    "match_everybody": 1,
}
WHO = ("caseworker", "officer", "officer", "officer", "second_officer", "second_officer", "volunteer", "protection")
CHANCE = st.integers(0, 2**32 - 1)
RIGHTLY = 0.8  # how often the society acts whose turn it is, and what is sent is in order
MOSTLY_SAME = (Verdict.SAME, Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT, Verdict.INFORMATION)
CHOICES = (*Choice, Choice.MESSAGE, Choice.ADDRESS, Choice.ALIVE)
CONDITIONS = ("well", "well", "well", "deceased")
MOST_RECORDS = 4  # of each kind in one walk: enough to have every pair of kinds, few enough to meet again
LIKE_THIS = settings(
    stateful_step_count=STEPS_PER_WALK,
    deadline=None,
    database=None,
    phases=(Phase.generate,),  # a walk can be read as it is, and to find a shorter one takes long
    suppress_health_check=list(HealthCheck),
)
PLAN = dict.fromkeys(plans.QUESTIONS, "Amina and Yusuf, at home")
# The same human as three sources would write them down.
SPELLINGS = (SOUGHT, REGISTERED, replace(REGISTERED, mother_name="Amina Yusuf", birth=UncertainDate("1994", "1994")))


def picked(things: list, place: int):
    return things[place % len(things)]


@dataclass(frozen=True)
class Turn:
    """Who acts, on what, and whether in the way that is asked for."""

    side: int
    who: str
    pick: int = 0
    other: int = 0
    rightly: bool = True


class Walk(RuleBasedStateMachine):
    """One walk over a database of its own; every rule is an act of one member of staff, allowed or not."""

    staffed = None
    folder: Path
    walked: Walked

    def __init__(self) -> None:
        super().__init__()
        place = self.folder / str(len(list(self.folder.iterdir())))
        shutil.copytree(self.staffed.keys, place / "keys")
        self.url = self.staffed.databases.fresh(place)
        self.app = create_app(settings_for(self.url, place))
        self.context = self.app.app_context()
        self.context.push()
        self.sides: tuple[Staff, Staff] = (self.staffed.societies["NOR"], self.staffed.societies["SOU"])
        self.requests: list[str] = []
        self.registered: list[str] = []
        self.known: dict[str, int] = {}  # person id -> order of coming

    def teardown(self) -> None:
        check_chain()
        storage.disconnect()
        self.context.pop()
        self.staffed.databases.drop(self.url)

    def act(self, name: str, turn: "Turn", run):
        actor = self.sides[turn.side].actors[turn.who]
        return perform(self.walked, name, actor, lambda: run(actor))

    def meet(self, people) -> None:
        for person_id in people:
            self.known.setdefault(person_id, len(self.known))

    @rule(chance=CHANCE)
    def step(self, chance):
        """One act of one member of staff. The step is counted in, because chances come more than once."""
        self.walked.steps += 1
        drawn = Random(f"{chance} in step {self.walked.steps}")
        (name,) = drawn.choices(list(WEIGHTS), weights=WEIGHTS.values())
        turn = Turn(
            side=drawn.randrange(2),
            who=drawn.choice(WHO),
            pick=drawn.randrange(8),
            other=drawn.randrange(8),
            rightly=drawn.random() < RIGHTLY,
        )
        note(f"{name} {turn}")
        getattr(self, name)(turn)

    # how records come

    @initialize(known=st.booleans())
    def two_records_of_one_human(self, known):
        """Begin with a pair that is proposed; in half of the walks it is confirmed, to come to the telling."""
        self.register(Turn(1, "caseworker", 1, 0))
        self.open_request(Turn(0, "caseworker", 0, 1))
        self.act("submit", Turn(0, "caseworker"), lambda actor: intake.submit(actor, self.requests[0]))
        self.act("accept", Turn(0, "officer"), lambda actor: acceptance.accept(actor, self.requests[0]))
        for side in (0, 1) if known else ():
            self.decide_on_proposal(Turn(side, "officer"))

    def register(self, turn):
        if len(self.registered) == MOST_RECORDS:
            return
        draft = self.draft(picked(SPELLINGS, turn.pick), picked(CONDITIONS, turn.other))
        answers = {Purpose.REGISTER: True, Purpose.MATCHING: turn.rightly}
        made = self.act("register", turn, lambda a: registrations.register(a, draft, answers, talk()))
        if isinstance(made, registrations.Registered):
            self.registered.append(made.id)
            self.meet([made.id])

    def draft(self, identity: Identity, condition: str) -> registrations.Draft:
        return registrations.Draft(identity, Registration(kind="camp", on="2026-01-02"), CONTACT, condition)

    def open_request(self, turn):
        """Interview one enquirer about one person; now and then the enquirer is the human that others seek."""
        if len(self.requests) == MOST_RECORDS:
            return
        request_id = self.act("open", turn, lambda a: intake.start_request(a, START))
        if not isinstance(request_id, str):
            return
        self.requests.append(request_id)
        enquirer, sought = (REGISTERED, ENQUIRER) if turn.other == 0 else (ENQUIRER, picked(SPELLINGS, turn.pick))
        answers, note = (SAFE, "") if turn.rightly else (DANGER, "noted")
        purposes = dict.fromkeys((Purpose.REGISTER, Purpose.MATCHING), True)
        for name, run in (
            ("enquirer", lambda a: intake_persons.save_enquirer(a, request_id, enquirer, CONTACT, seen="")),
            ("sought", lambda a: intake_persons.save_sought(a, request_id, None, sought, "son", seen="")),
            ("consent", lambda a: intake_consent.save_consent(a, request_id, purposes, talk())),
            ("harm", lambda a: harm_checks.check_harm(a, request_id, answers, note)),
        ):
            self.act(name, turn, run)
        self.meet(person.id for person in people_of(request_id))

    # what becomes of a request

    def decide_on_request(self, turn):
        request_id = picked(self.requests, turn.pick)
        verbs = [
            ("submit", lambda a: intake.submit(a, request_id)),
            ("accept", lambda a: acceptance.accept(a, request_id)),
            ("refuse", lambda a: acceptance.refuse(a, request_id, reason="too_little", offered="advice")),
            ("ask", lambda a: acceptance.ask_for_information(a, request_id, question="Since when?")),
            ("reconsider", lambda a: acceptance.reconsider(a, request_id, reason="New facts")),
        ]
        self.act(*self.one_of(turn, verbs))

    def look_at_danger(self, turn):
        request_id = picked(self.requests, turn.pick)
        answers, note = (SAFE, "") if turn.rightly else (DANGER, "noted")
        verbs = [
            ("check_harm", lambda a: harm_checks.check_harm(a, request_id, answers, note)),
            ("clear_risk", lambda a: harm_checks.clear_risk(a, request_id, "Talked to both")),
        ]
        self.act(*self.one_of(turn, verbs))

    def propose_closing(self, turn):
        request_id, outcome = picked(self.requests, turn.pick), picked(list(OUTCOMES), turn.other)
        outcomes = dict.fromkeys(self.sought_of(request_id), outcome)
        ask = {"outcomes": outcomes, "reason": "All leads followed"}
        self.act("propose_closing", turn, lambda a: closing.propose_closing(a, request_id, **ask))

    def decide_on_closing(self, turn):
        request_id = picked(self.requests, turn.pick)
        again = {"persons": frozenset(self.sought_of(request_id)), "reason": "A new lead"}
        verbs = [
            ("approve_closing", lambda a: closing.approve_closing(a, request_id)),
            ("reopen", lambda a: closing.reopen(a, request_id, **again)),
            ("decline_closing", lambda a: closing.decline_closing(a, request_id, reason="One lead is left")),
        ]
        self.act(*self.one_of(turn, verbs))

    def work_on_request(self, turn):
        request_id, colleague = picked(self.requests, turn.pick), self.sides[turn.side].officer.id
        verbs = [
            ("note", lambda a: request_notes.add_note(a, request_id, "The aunt called")),
            ("assign", lambda a: request_notes.assign_caseworker(a, request_id, colleague)),
            ("plan_action", lambda a: actions.plan_action(a, request_id, kind="phone", due_on=None, plan="Call again")),
        ]
        self.act(*self.one_of(turn, verbs))

    def sought_of(self, request_id: str) -> list[str]:
        return [person.id for person in people_of(request_id) if person.kind == "sought"]

    # what people allow, and what is changed or ends

    def answer_about_consent(self, turn):
        person_id, answers = picked(list(self.known), turn.pick), {Purpose.MATCHING: turn.rightly}
        verbs = [
            ("withdraw_consent", lambda a: consents.withdraw(a, person_id, Purpose.MATCHING)),
            ("record_consent", lambda a: consents.record_answers(a, person_id, answers, talk())),
        ]
        self.act(*self.one_of(turn, verbs))

    def amend_registered(self, turn):
        person = row_of(Person, picked(self.registered, turn.pick))
        seen = stamp_of(person) if turn.rightly else "of an older page"
        draft = self.draft(picked(SPELLINGS, turn.other), picked((*CONDITIONS, None), turn.pick))
        amend = ("amend", lambda a: registrations.amend(a, person.id, draft, seen=seen))
        take_over = ("take_over", lambda a: registrations.take_over(a, person.id))
        self.act(*self.one_of(turn, [amend, amend, amend, take_over]))

    def change_sought(self, turn):
        request_id, identity = picked(self.requests, turn.pick), picked(SPELLINGS, turn.other)
        for person_id in self.sought_of(request_id):
            person = row_of(Person, person_id)
            seen = stamp([person.identity, person.relation])
            self.act(
                "change_sought",
                turn,
                lambda a, known=seen, key=person_id: intake_persons.save_sought(
                    a, request_id, key, identity, "son", seen=known
                ),
            )

    def time_goes_by(self, turn):
        if len(self.registered) > 1:
            let_expire(picked(self.registered, turn.pick))
            lapse_expired()

    def match_everybody(self, turn):
        self.act("match", turn, matching_runs.start_matching)
        held = runs.claim("walk", ["matching"])
        if held:
            matching_runs.run_matching(held)

    # what officers answer

    def decide_on_proposal(self, turn):
        for proposal in self.one_proposal(turn):
            review = self.act("read_proposal", turn, lambda a, key=proposal.id: read_review(a, key))
            opinion = Opinion(
                verdict=picked(MOSTLY_SAME, turn.other),
                reason=REASON,
                compared=True,
                acknowledged=turn.rightly,
                seal=getattr(review, "seal", ""),
            )
            self.act("decide", turn, lambda a, key=proposal.id, said=opinion: decide(a, key, said))

    def take_answer_back(self, turn):
        for proposal in self.one_proposal(turn):
            self.act("take_back", turn, lambda a, key=proposal.id: take_back(a, key))

    def give_to_an_officer(self, turn):
        officer = self.sides[turn.side].second_officer.id
        for proposal in self.one_proposal(turn):
            place = {"side": picked(("left", "right"), turn.other), "officer_id": officer}
            self.act(
                "assign_proposal",
                turn,
                lambda a, key=proposal.id, to=place: proposal_assignment.assign_proposal(a, key, **to),
            )

    # what the person concerned answers, and who is told

    def person_concerned_answers(self, turn):
        for proposal, person_id in self.concerned(turn):
            choice = picked(CHOICES, turn.other)
            words = "Harbour street 4" if choice in located.CARRIES_WORDS else ""
            again = now().date() + timedelta(9) if choice == Choice.ASK_AGAIN else None
            given = located.Answer(choice, now().date(), "ar", "signed", words=words, ask_again_on=again)
            # Those who prepare to tell hard news, or have news to tell already, learn of it by their tasks.
            tasks = choice != Choice.FATE and not has_untold_news()
            before = [seen_by(staff, tasks=tasks) for staff in self.sides]
            self.act(
                "answer",
                self.turn_of(person_id, turn),
                lambda a, key=proposal.id, who=person_id, said=given: located.record_answer(a, key, who, answer=said),
            )
            after = [seen_by(staff, tasks=tasks) for staff in self.sides]
            assert after == before, "the enquirer's side sees an answer that nobody told"

    def prepare_news(self, turn):
        hard = turn.other == 0
        for proposal, person_id in self.concerned(turn):
            self.act(
                "prepare",
                self.turn_of(person_id, turn),
                lambda a, key=proposal.id, who=person_id: disclosures.prepare(a, key, who, sensitive=hard),
            )

    def prepare_otherwise(self, turn):
        name, run = self.one_of(turn, [("ask_for_plan", disclosures.ask_for_plan), ("cancel", disclosures.cancel)])[::2]
        for proposal, person_id in self.concerned(turn):
            whose = self.turn_of(person_id, turn)
            self.act(name, whose, lambda a, key=proposal.id, who=person_id: run(a, key, who))

    def plan_the_telling(self, turn):
        told = {"answers": PLAN, "deliver_on": now().date()}
        for proposal, _ in self.concerned(turn):
            request_id = row_of(Person, proposal.left_id).request_id
            verbs = [
                ("write_plan", lambda a, key=proposal.id, to=request_id: plans.write_plan(a, to, key, **told)),
                ("approve_plan", lambda a, key=proposal.id, to=request_id: plans.approve_plan(a, to, key)),
            ]
            name, _, run = self.one_of(turn, verbs)
            self.act(name, self.turn_of(proposal.left_id, turn), run)

    def tell_the_family(self, turn):
        waiting = sorted(rows_of(Disclosure), key=lambda row: (self.known[row.person_id], self.known[row.sought_id]))
        for news in [picked(waiting, turn.pick)] if waiting else []:
            verbs = [
                ("tell", lambda a, key=news.id: disclosures.tell(a, key, told_on=now().date(), how="phone")),
                ("read_news", lambda a, key=news.id: disclosures.read_news(a, key)),
            ]
            name, _, run = self.one_of(turn, verbs)
            self.act(name, self.turn_of(news.sought_id, turn), run)

    def one_of(self, turn, verbs: list) -> tuple:
        """Return name, turn and act of the verb that `other` points at."""
        name, run = picked(verbs, turn.other)
        return name, turn, run

    def one_proposal(self, turn) -> list:
        found = proposals_in_order(self.known)
        return [picked(found, turn.pick)] if found else []

    def turn_of(self, person_id: str, turn):
        """Return the turn as that of the society that knows a person, or of the other one."""
        north = row_of(Person, person_id).society_id == self.sides[0].id
        return replace(turn, side=int(north != turn.rightly))

    def concerned(self, turn) -> list:
        """Return a confirmed proposal and the person to ask; of two requests that were linked, an enquirer."""
        confirmed = [row for row in proposals_in_order(self.known) if row.state == "confirmed"]
        if not confirmed:
            return []
        proposal = picked(confirmed, turn.pick)
        if proposal.kind != "sought_sought":
            return [(proposal, proposal.right_id)]
        request_id = row_of(Person, picked((proposal.left_id, proposal.right_id), turn.other)).request_id
        return [(proposal, next(one.id for one in people_of(request_id) if one.kind == "enquirer"))]

    # what holds after every step

    @invariant()
    def the_promises_hold(self):
        check_news()
        check_proposals()
        check_status()


@pytest.fixture(scope="module")
def walked(staffed, tmp_path_factory) -> Walked:
    """All walks, done once; a broken promise fails every test of this module with the steps that led to it."""
    Walk.staffed, Walk.folder, Walk.walked = staffed, tmp_path_factory.mktemp("walks"), Walked()
    while Walk.walked.steps < TOTAL:
        walks = max(1, (TOTAL - Walk.walked.steps) // STEPS_PER_WALK)
        run_state_machine_as_test(seed(Walk.walked.steps)(Walk), settings=settings(LIKE_THIS, max_examples=walks))
    return Walk.walked


def test_the_promises_hold_wherever_the_walk_leads(walked, record_testsuite_property):
    record_testsuite_property("steps", walked.steps)
    record_testsuite_property("done", str(dict(walked.done)))
    record_testsuite_property("refused", str(dict(walked.refused)))
    assert walked.steps >= TOTAL


# What a walk has to pass through, or the invariants would have been asked of nothing.
@pytest.mark.parametrize("act", ["accept", "decide", "take_back", "answer", "prepare", "tell", "withdraw_consent"])
def test_the_walk_came_past_everything_that_matters(walked, act):
    assert Counter(walked.done)[act] > 0
    assert Counter(walked.refused)[act] > 0
