"""An interview can be left and taken up again, says what is missing, and never loses or overwrites a word."""

from datetime import timedelta

import pytest
from interviews import CONTACT, START, add_sought, interviewed, people, somebody, stored, submitted, talk

from rfl.domain import clock
from rfl.domain.cases import MoveNotPossible
from rfl.domain.errors import ChangedMeanwhile, FieldError, NotAllowed, NotFound
from rfl.domain.intake import News, Start, Step
from rfl.domain.persons import Identity, Place, Relative, UncertainDate
from rfl.models.audit import AuditEntry
from rfl.models.requests import TypedStep
from rfl.models.work import Task
from rfl.services import autosave, consents, intake, intake_persons, intake_reading
from rfl.services.request_gaps import NotComplete
from rfl.services.unit import Look


def draft(actor):
    return intake.start_request(actor, START)


def overview(actor, request_id):
    return intake_reading.open_overview(actor, request_id)


def events(actor):
    with Look(actor) as look:
        return [row.event for row in look.session.query(AuditEntry).order_by(AuditEntry.seq)]


def test_a_draft_has_its_number_from_the_start(north):
    first, second = draft(north.caseworker), draft(north.caseworker)
    year = clock.now().year
    assert stored(north.caseworker, first).number == f"NOR-T-{year}-0001"
    assert stored(north.caseworker, second).number == f"NOR-T-{year}-0002"


def test_volunteers_open_no_request(north):
    with pytest.raises(NotAllowed):
        draft(north.volunteer)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("channel", {"channel": "rumour"}),
        ("cause", {"cause": ""}),
        ("priority", {"priority": "royal"}),
        ("on", {"on": (clock.now() + timedelta(days=2)).date()}),
        ("branch", {"branch": "x" * 500}),
    ],
)
def test_a_start_that_cannot_be_is_refused_by_field(north, change, field):
    with pytest.raises(FieldError) as refused:
        intake.start_request(north.caseworker, Start(**{**vars(START), **change}))
    assert refused.value.field == field


def test_the_overview_says_what_is_missing_and_where(north):
    gaps = overview(north.caseworker, draft(north.caseworker)).head.gaps
    assert [(gap.code, gap.step) for gap in gaps] == [
        ("enquirer", Step.ENQUIRER),
        ("sought", Step.SOUGHT),
        ("consent", Step.CONSENT),
        ("harm", Step.HARM),
    ]


def test_a_whole_interview_has_no_gap(north):
    assert overview(north.caseworker, interviewed(north.caseworker)).head.gaps == ()


def test_the_overview_knows_where_the_interview_was_left(north):
    request_id = draft(north.caseworker)
    intake_persons.save_enquirer(north.caseworker, request_id, somebody("Mariam"), CONTACT, seen="")
    left = [one.step for one in overview(north.caseworker, request_id).head.steps if one.left_here]
    assert left == [Step.SOUGHT]


def test_a_colleague_of_the_society_can_go_on(north):
    request_id = draft(north.caseworker)
    add_sought(north.officer, request_id, "Yusuf Haddad")
    assert [line.name for line in overview(north.caseworker, request_id).sought] == ["Yusuf Haddad"]


def test_another_society_finds_no_interview(north, south):
    request_id = draft(north.caseworker)
    for act in (
        lambda: overview(south.caseworker, request_id),
        lambda: add_sought(south.caseworker, request_id, "Yusuf"),
        lambda: autosave.keep_typed(south.caseworker, request_id, "news", {"content": ["x"]}),
        lambda: intake.submit(south.caseworker, request_id),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_incomplete_request_is_not_sent(north):
    request_id = draft(north.caseworker)
    with pytest.raises(NotComplete) as refused:
        intake.submit(north.caseworker, request_id)
    assert refused.value.message.startswith("The enquirer has no name yet")


def test_sending_makes_one_task_to_decide_on_it(north):
    request_id = submitted(north.caseworker)
    with Look(north.caseworker) as look:
        tasks = look.session.query(Task).filter_by(request_id=request_id, kind="accept_request").all()
    assert [task.permission for task in tasks] == ["request.accept"]


def test_a_request_is_sent_once(north):
    request_id = submitted(north.caseworker)
    with pytest.raises(MoveNotPossible):
        intake.submit(north.caseworker, request_id)


def test_a_person_needs_a_name(north):
    with pytest.raises(FieldError) as refused:
        intake_persons.save_sought(north.caseworker, draft(north.caseworker), None, Identity(), "brother", seen="")
    assert refused.value.field == "names"


def test_two_people_saving_the_same_page_do_not_overwrite_each_other(north):
    request_id = draft(north.caseworker)
    person_id = add_sought(north.caseworker, request_id, "Yusuf")
    page = f"sought-{person_id}"
    seen = intake_reading.open_page(north.caseworker, request_id, page).seen
    intake_persons.save_sought(north.officer, request_id, person_id, somebody("Yusuf Haddad"), "brother", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        intake_persons.save_sought(north.caseworker, request_id, person_id, somebody("Y."), "brother", seen=seen)
    assert overview(north.caseworker, request_id).sought[0].name == "Yusuf Haddad"


def test_saving_one_page_does_not_make_another_out_of_date(north):
    request_id = draft(north.caseworker)
    seen = intake_reading.open_page(north.caseworker, request_id, "news").seen
    add_sought(north.caseworker, request_id, "Yusuf")
    intake.save_news(north.caseworker, request_id, News(content="He called."), seen=seen)
    assert intake_reading.open_page(north.caseworker, request_id, "news").news.content == "He called."


def test_a_second_enquirer_is_never_made_by_a_page_sent_twice(north):
    request_id = draft(north.caseworker)
    intake_persons.save_enquirer(north.caseworker, request_id, somebody("Mariam"), CONTACT, seen="")
    with pytest.raises(ChangedMeanwhile):
        intake_persons.save_enquirer(north.caseworker, request_id, somebody("Mariam"), CONTACT, seen="")
    assert len(people(north.caseworker, request_id, "enquirer")) == 1


def test_the_last_address_counts_for_everybody_without_one_of_their_own(north):
    request_id = interviewed(north.caseworker, "Yusuf", "Layla")
    layla = people(north.caseworker, request_id)[1]
    own = Identity(names=somebody("Layla").names, last_place=Place("Tibrin"))
    seen = intake_reading.open_page(north.caseworker, request_id, f"sought-{layla.id}").seen
    intake_persons.save_sought(north.caseworker, request_id, layla.id, own, "sister", seen=seen)
    for place in ("Old harbour", "New harbour"):  # a corrected address follows, Layla's own stays
        seen = intake_reading.open_page(north.caseworker, request_id, "news").seen
        intake.save_news(north.caseworker, request_id, News(last_place=Place(place)), seen=seen)
    known = [person.identity["last_place"]["text"] for person in people(north.caseworker, request_id)]
    assert known == ["New harbour", "Tibrin"]


def test_a_person_added_later_takes_the_last_contact_over(north):
    request_id = draft(north.caseworker)
    seen = intake_reading.open_page(north.caseworker, request_id, "news").seen
    news = News(last_contact=UncertainDate("2015-03", "March 2015"))
    intake.save_news(north.caseworker, request_id, news, seen=seen)
    add_sought(north.caseworker, request_id, "Yusuf")
    assert people(north.caseworker, request_id)[0].identity["last_contact"]["edtf"] == "2015-03"


def test_relatives_missing_too_stand_in_the_overview(north):
    request_id = draft(north.caseworker)
    kin = (Relative("son", "Sami", "4", missing_too=True), Relative("mother", "Rana"))
    identity = Identity(names=somebody("Yusuf").names, relatives=kin)
    intake_persons.save_sought(north.caseworker, request_id, None, identity, "brother", seen="")
    assert overview(north.caseworker, request_id).sought[0].missing_with == ("Sami",)


def test_typed_words_are_kept_as_they_are_and_change_nothing_else(north):
    request_id = draft(north.caseworker)
    autosave.keep_typed(north.caseworker, request_id, "news", {"last_contact-told": ["the 45th of May"]})
    page = intake_reading.open_page(north.officer, request_id, "news")
    assert page.kept.values == {"last_contact-told": ["the 45th of May"]}
    assert not page.news


def test_keeping_what_is_typed_makes_exactly_one_audit_entry(north):
    request_id = draft(north.caseworker)
    before = len(events(north.caseworker))
    autosave.keep_typed(north.caseworker, request_id, "news", {"content": ["x"]})
    assert events(north.caseworker)[before:] == ["request:typed_kept"]


def test_what_was_typed_is_not_readable_in_the_database(north):
    request_id = draft(north.caseworker)
    autosave.keep_typed(north.caseworker, request_id, "news", {"content": ["canary words"]})
    with Look(north.caseworker) as look:
        assert b"canary" not in look.session.query(TypedStep).one()._typed


def test_saving_a_page_ends_what_was_typed(north):
    request_id = draft(north.caseworker)
    seen = intake_reading.open_page(north.caseworker, request_id, "news").seen
    autosave.keep_typed(north.caseworker, request_id, "news", {"content": ["half a sen"]}, seen=seen)
    intake.save_news(north.caseworker, request_id, News(content="half a sentence"), seen=seen)
    assert intake_reading.open_page(north.caseworker, request_id, "news").kept is None


def test_a_request_is_not_sent_while_something_typed_waits(north):
    request_id = interviewed(north.caseworker)
    autosave.keep_typed(north.caseworker, request_id, "news", {"content": ["x"]})
    with pytest.raises(NotComplete) as refused:
        intake.submit(north.caseworker, request_id)
    assert [gap.code for gap in refused.value.gaps] == ["typed"]


def test_a_stale_page_does_not_keep_words_over_a_newer_saving(north):
    request_id = draft(north.caseworker)
    seen = intake_reading.open_page(north.caseworker, request_id, "news").seen
    intake.save_news(north.officer, request_id, News(content="newer"), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        autosave.keep_typed(north.caseworker, request_id, "news", {"content": ["older"]}, seen=seen)


def test_a_page_that_nobody_typed_is_refused(north):
    request_id = draft(north.caseworker)
    with pytest.raises(autosave.TooMuchTyped):
        autosave.keep_typed(north.caseworker, request_id, "news", {"content": ["x" * 300_000]})


@pytest.mark.parametrize("page", ["sought-0000000000000000", "review", "../start", "sought-"])
def test_pages_that_do_not_exist_are_not_found(north, page):
    request_id = draft(north.caseworker)
    with pytest.raises(NotFound):
        autosave.keep_typed(north.caseworker, request_id, page, {})


def test_a_removed_person_is_gone_with_consents_and_index_entry(north):
    request_id = interviewed(north.caseworker, "Yusuf", "Layla")
    yusuf = people(north.caseworker, request_id)[0]
    consents.record_answers(north.caseworker, yusuf.id, {"matching": True}, talk())
    intake_persons.remove_sought(north.caseworker, request_id, yusuf.id)
    assert [person.identity["names"][0]["full"] for person in people(north.caseworker, request_id)] == ["Layla"]


def test_nobody_is_removed_once_the_request_was_sent(north):
    request_id = submitted(north.caseworker, "Yusuf", "Layla")
    with pytest.raises(intake_persons.SearchAlreadyBegan):
        intake_persons.remove_sought(north.caseworker, request_id, people(north.caseworker, request_id)[0].id)


def test_a_child_keeps_the_request_for_cleared_staff(north):
    request_id = draft(north.uncleared)
    saved = intake_persons.save_sought(
        north.uncleared, request_id, None, somebody("Sami", str(clock.now().year - 6)), "son", seen=""
    )
    assert saved.now_child
    with pytest.raises(NotFound):
        overview(north.uncleared, request_id)
    assert overview(north.caseworker, request_id).head.has_minor


def test_a_task_asks_a_cleared_colleague_to_take_a_child_over(north):
    request_id = draft(north.uncleared)
    add_sought(north.uncleared, request_id, "Sami", born=str(clock.now().year - 6), relation="son")
    with Look(north.caseworker) as look:
        task = look.session.query(Task).filter_by(request_id=request_id).one()
    assert (task.kind, task.has_minor) == ("take_over_child", True)


def test_a_child_who_asks_needs_a_guardian(north):
    request_id = interviewed(north.caseworker)
    seen = intake_reading.open_page(north.caseworker, request_id, "enquirer").seen
    child = somebody("Mariam", str(clock.now().year - 12))
    intake_persons.save_enquirer(north.caseworker, request_id, child, CONTACT, seen=seen)
    assert [gap.code for gap in overview(north.caseworker, request_id).head.gaps] == ["guardian"]


def test_one_request_holds_one_family_not_a_list(north, monkeypatch):
    monkeypatch.setattr(intake_persons, "MOST_SOUGHT", 2)
    request_id = interviewed(north.caseworker, "Yusuf", "Layla")
    with pytest.raises(intake_persons.TooManySought):
        add_sought(north.caseworker, request_id, "Sami")
