"""Nobody is told before two officers confirmed and the person concerned has said what may be shared."""

from dataclasses import replace
from datetime import timedelta

import pytest
from caseload import add_request, identity
from review_world import SOUGHT, answer, confirmed, proposal_between, proposed, read_row
from sqlalchemy import func, select, update

from rfl.domain.cases import SoughtStatus
from rfl.domain.clock import now
from rfl.domain.disclosure import NotAgreed, PlanNeeded
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.domain.proposals import AlreadyTold
from rfl.models import db
from rfl.models.aftercare import Disclosure, Telling
from rfl.models.persons import Person
from rfl.models.work import OutboxItem, Task
from rfl.services import disclosures, located, outbox, plans
from rfl.services.aftercare import NewsPrepared
from rfl.services.located import Answer, NotConfirmed, NotPossibleForThisPerson
from rfl.services.proposing import propose_due
from rfl.services.taking_back import take_back
from rfl.services.work_list import read_work

TODAY = now().date()
ADDRESS = Answer("address", TODAY, "ar", "Signed form", words="Harbour street 4, second door")
NOTHING = Answer("nothing", TODAY, "ar", "Interpreter Amal")
LATER = Answer("ask_again", TODAY, "ar", "Signed form", ask_again_on=TODAY + timedelta(30))
MESSAGE = Answer("message", TODAY, "so", "Signed form", words="We miss him too")
FATE = Answer("fate", TODAY, "ar", "Burial list of the district", words="Buried on 3 May in Mandera")
PLAN = dict.fromkeys(plans.QUESTIONS, "Amina and Yusuf, at home, with the sister")


def ask(actor, proposal_id, answer=ADDRESS) -> str:
    """Record an answer of the registered person; return the person's id."""
    person_id = read_row(proposal_id).right_id
    located.record_answer(actor, proposal_id, person_id, answer=answer)
    return person_id


def prepared(north, south, given=ADDRESS, **more) -> tuple[str, str]:
    proposal_id = confirmed(north, south, **more)
    return proposal_id, disclosures.prepare(south.officer, proposal_id, ask(south.officer, proposal_id, given))


def tell(actor, disclosure_id, **more) -> None:
    disclosures.tell(actor, disclosure_id, **({"told_on": TODAY, "how": "in_person"} | more))


def tasks_of(actor) -> list[str]:
    return [task.kind for task in read_work(actor).tasks]


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_whole_way_from_confirmation_to_the_family(begin, north, south):
    proposal_id, disclosure_id = begin(prepared, north, south)
    tell(north.caseworker, disclosure_id)
    news = disclosures.read_news(north.caseworker, disclosure_id)
    sought = db.session.get(Person, read_row(proposal_id).left_id)
    assert (news.scope, news.words, news.told_on) == ("address", ADDRESS.words, TODAY)
    assert (sought.status, sought.searching) == (SoughtStatus.TOLD, False)


def test_a_confirmation_gives_the_side_that_knows_the_person_a_task(begin, north, south):
    begin(confirmed, north, south)
    outbox.deliver_waiting()
    assert "contact_person" in tasks_of(south.officer)
    assert "contact_person" not in tasks_of(north.officer)


@pytest.mark.parametrize("given", [NOTHING, LATER])
def test_without_an_agreement_nothing_can_be_prepared(begin, north, south, given):
    proposal_id = begin(confirmed, north, south)
    person_id = ask(south.officer, proposal_id, given)
    with pytest.raises(NotAgreed):
        disclosures.prepare(south.officer, proposal_id, person_id)


def test_nobody_is_asked_before_two_officers_confirmed(north, south):
    proposal_id = proposed(north, south)
    answer(north.officer, proposal_id)
    with pytest.raises(NotConfirmed):
        ask(south.officer, proposal_id)


def test_only_the_side_that_knows_the_person_may_ask(begin, north, south):
    proposal_id = begin(confirmed, north, south)
    with pytest.raises(NotFound):
        ask(north.officer, proposal_id)


def test_a_caseworker_cannot_see_or_record_what_a_located_person_answered(begin, north, south):
    proposal_id = begin(confirmed, north, south)
    with pytest.raises(NotAllowed):
        located.read_asked(south.caseworker, proposal_id)


def test_the_news_holds_what_was_allowed_and_nothing_else(north, south):
    alive = Answer("alive_and_well", TODAY, "so", "Signed form", note="lives with an aunt in the harbour")
    _, disclosure_id = prepared(north, south, alive)
    news = disclosures.read_news(north.caseworker, disclosure_id)
    assert news.words == ""
    assert "harbour" not in repr(news)


def test_alive_and_well_cannot_carry_any_words(begin, north, south):
    proposal_id = begin(confirmed, north, south)
    with pytest.raises(FieldError) as refused:
        ask(south.officer, proposal_id, Answer("alive_and_well", TODAY, "so", "Signed", words="in Mandera"))
    assert refused.value.field == "words"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"choice": "everything"}, "choice"),
        ({"words": " "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"witness": ""}, "witness"),
        ({"on": TODAY + timedelta(1)}, "on"),
        ({"choice": "ask_again", "words": ""}, "ask_again_on"),
        ({"choice": "ask_again", "words": "", "ask_again_on": TODAY}, "ask_again_on"),
    ],
)
def test_an_incomplete_answer_names_its_field(begin, north, south, wrong, field):
    proposal_id = begin(confirmed, north, south)
    with pytest.raises(FieldError) as refused:
        ask(south.officer, proposal_id, replace(ADDRESS, **wrong))
    assert refused.value.field == field


def test_a_later_no_withdraws_news_that_was_not_told_yet(begin, north, south):
    proposal_id, disclosure_id = begin(prepared, north, south)
    ask(south.officer, proposal_id, NOTHING)
    with pytest.raises(NotFound):
        disclosures.read_news(north.caseworker, disclosure_id)
    assert "tell_enquirer" not in tasks_of(north.caseworker)


def test_the_enquirer_is_told_once(begin, north, south):
    _, disclosure_id = begin(prepared, north, south)
    tell(north.caseworker, disclosure_id)
    with pytest.raises(disclosures.ToldAlready):
        tell(north.officer, disclosure_id)
    assert count(Telling) == 1


def test_after_telling_the_confirmation_stays(begin, north, south):
    proposal_id, disclosure_id = begin(prepared, north, south)
    tell(north.caseworker, disclosure_id)
    with pytest.raises(AlreadyTold):
        take_back(north.officer, proposal_id)


def test_prepared_news_is_withdrawn_before_a_confirmation_is_taken_back(begin, north, south):
    proposal_id, _ = begin(prepared, north, south)
    with pytest.raises(NewsPrepared):
        take_back(north.officer, proposal_id)
    disclosures.cancel(south.officer, proposal_id, read_row(proposal_id).right_id)
    take_back(north.officer, proposal_id)
    assert read_row(proposal_id).state != "confirmed"


def test_the_other_society_cannot_read_the_news_it_prepared_for_the_enquirer(begin, north, south):
    _, disclosure_id = begin(prepared, north, south)
    with pytest.raises(NotFound):
        disclosures.read_news(south.caseworker, disclosure_id)


def test_a_dead_person_is_told_of_only_by_an_approved_plan(begin, north, south):
    proposal_id = begin(confirmed, north, south, condition="deceased")
    person_id = ask(south.officer, proposal_id, FATE)
    with pytest.raises(PlanNeeded):
        disclosures.prepare(south.officer, proposal_id, person_id)
    request_id = db.session.get(Person, read_row(proposal_id).left_id).request_id
    plans.write_plan(north.caseworker, request_id, proposal_id, answers=PLAN, deliver_on=TODAY)
    with pytest.raises(PlanNeeded):
        disclosures.prepare(south.officer, proposal_id, person_id)
    plans.approve_plan(north.officer, request_id, proposal_id)
    news = disclosures.read_news(north.caseworker, disclosures.prepare(south.officer, proposal_id, person_id))
    assert (news.sensitive, news.plan, news.words) == (True, PLAN, FATE.words)


def test_nobody_approves_their_own_plan(begin, north, south):
    proposal_id = begin(confirmed, north, south, condition="deceased")
    ask(south.officer, proposal_id, FATE)
    request_id = db.session.get(Person, read_row(proposal_id).left_id).request_id
    plans.write_plan(north.officer, request_id, proposal_id, answers=PLAN, deliver_on=TODAY)
    with pytest.raises(plans.SamePerson):
        plans.approve_plan(north.officer, request_id, proposal_id)


@pytest.mark.parametrize("given", [ADDRESS, NOTHING])
def test_nobody_answers_for_a_dead_person(begin, north, south, given):
    proposal_id = begin(confirmed, north, south, condition="deceased")
    with pytest.raises(NotPossibleForThisPerson):
        ask(south.officer, proposal_id, given)


def test_death_is_never_recorded_for_somebody_who_is_not_recorded_as_dead(begin, north, south):
    proposal_id = begin(confirmed, north, south)
    with pytest.raises(NotPossibleForThisPerson):
        ask(south.officer, proposal_id, FATE)


def test_hard_news_about_a_living_person_can_wait_for_a_plan(begin, north, south):
    proposal_id = begin(confirmed, north, south)
    person_id = ask(south.officer, proposal_id)
    disclosures.ask_for_plan(south.officer, proposal_id, person_id)
    assert "write_plan" in tasks_of(north.caseworker)
    with pytest.raises(PlanNeeded):
        disclosures.prepare(south.officer, proposal_id, person_id, sensitive=True)


def linked(north, south) -> str:
    _, (left,) = add_request(north.officer, identity("Halima Warsame"), ("son", SOUGHT))
    _, (right,) = add_request(south.officer, identity("Sahra Warsame"), ("brother", SOUGHT))
    propose_due([left, right])
    proposal_id = proposal_between(*sorted([left, right]))
    answer(north.officer, proposal_id)
    answer(south.officer, proposal_id)
    return proposal_id


def test_two_requests_for_one_person_locate_nobody_and_each_enquirer_is_asked(north, south):
    proposal_id = linked(north, south)
    (asked,) = located.read_asked(north.officer, proposal_id)
    located.record_answer(north.officer, proposal_id, asked.person_id, answer=MESSAGE)
    disclosure_id = disclosures.prepare(north.officer, proposal_id, asked.person_id)
    tell(south.caseworker, disclosure_id)
    row = db.session.get(Disclosure, disclosure_id)
    told = db.session.get(Person, row.sought_id)
    assert (asked.is_link, asked.name, row.society_id) == (True, "Halima Warsame", south.id)
    assert (told.status != SoughtStatus.TOLD, told.searching) == (True, True)


def test_one_enquirers_answer_opens_nothing_about_the_other(north, south):
    proposal_id = linked(north, south)
    (asked,) = located.read_asked(north.officer, proposal_id)
    located.record_answer(north.officer, proposal_id, asked.person_id, answer=ADDRESS)
    (other,) = located.read_asked(south.officer, proposal_id)
    with pytest.raises(NotAgreed):
        disclosures.prepare(south.officer, proposal_id, other.person_id)


def test_where_two_relatives_seek_each_other_the_located_person_is_the_other_enquirer(north, south):
    halima, omar = identity("Halima Warsame Aden", "1975", sex="female"), SOUGHT
    _, (sought,) = add_request(north.officer, halima, ("son", omar))
    enquirer, _ = add_request(south.officer, omar, ("mother", halima))
    propose_due([sought, enquirer])
    proposal_id = proposal_between(sought, enquirer)
    answer(north.officer, proposal_id)
    answer(south.officer, proposal_id)
    (asked,) = located.read_asked(south.officer, proposal_id)
    assert (asked.person_id, asked.is_link) == (enquirer, False)


def test_an_outbox_item_delivered_twice_makes_one_task(begin, north, south):
    begin(confirmed, north, south)
    outbox.deliver_waiting()
    db.session.execute(update(OutboxItem).values(delivered_at=None))
    db.session.commit()
    outbox.deliver_waiting()
    assert db.session.scalar(select(func.count()).where(Task.kind == "contact_person")) == 1


def test_an_item_that_a_crash_left_waiting_is_delivered_later(begin, north, south, monkeypatch):
    proposal_id = begin(confirmed, north, south)
    person_id = ask(south.officer, proposal_id)
    monkeypatch.setattr(outbox, "deliver_waiting", lambda: 0)  # the process dies after the act
    disclosures.prepare(south.officer, proposal_id, person_id)
    assert "tell_enquirer" not in tasks_of(north.caseworker)
    monkeypatch.undo()
    outbox.deliver_waiting()
    assert tasks_of(north.caseworker).count("tell_enquirer") == 1


def test_news_is_prepared_once_also_when_the_button_is_pressed_twice(begin, north, south):
    proposal_id, _ = begin(prepared, north, south)
    with pytest.raises(disclosures.PreparedAlready):
        disclosures.prepare(south.officer, proposal_id, read_row(proposal_id).right_id)
    assert count(Disclosure) == 1
