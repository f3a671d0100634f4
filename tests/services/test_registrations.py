"""Registered persons are registered with a basis, seen by those who may, and never overwritten unseen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from rfl.domain.clock import now
from rfl.domain.consent_talk import Talk
from rfl.domain.errors import ChangedMeanwhile, FieldError, NotAllowed, NotFound
from rfl.domain.intake import Contact
from rfl.domain.persons import Age, Identity, PersonName, Place
from rfl.domain.registrations import Registration
from rfl.models.db import db
from rfl.models.persons import Person
from rfl.services import registration_reading, registrations
from rfl.services.registration_list import Wanted, conditions_offered, list_registrations
from rfl.services.registrations import Draft
from rfl.services.work_list import read_work

TODAY = now().date()
TALK = Talk(TODAY, "ar", "signed")
YES = {"register": True, "matching": True}
AMINA = Identity(names=(PersonName(full="أمينة يوسف"),))
CHILD = replace(AMINA, age=Age(9, 9, TODAY.isoformat()))
DRAFT = Draft(
    identity=AMINA,
    registration=Registration("camp", TODAY.isoformat(), Place("Zarqa camp", "JO"), notes="came alone"),
    contact=Contact(phones="+962 7 1234"),
    condition="injured",
)


def registered(actor, draft=DRAFT, answers=YES):
    return registrations.register(actor, draft, answers, TALK)


def test_what_was_registered_is_read_again(north):
    view = registration_reading.read(north.caseworker, registered(north.caseworker).id)
    assert (view.identity, view.contact, view.registration, view.condition) == (
        AMINA,
        DRAFT.contact,
        DRAFT.registration,
        "injured",
    )


def test_numbers_count_up_per_society(north, south):
    numbers = [registered(staff.caseworker).number for staff in (north, north, south)]
    assert [number.rpartition("-")[2] for number in numbers] == ["0001", "0002", "0001"]
    assert numbers[0].startswith(f"NOR-R-{now().year}-")


def test_nothing_readable_stands_in_the_database(north):
    registered(north.caseworker)
    row = db.session.execute(text("SELECT * FROM person")).one()
    stored = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert not any(word.encode() in stored for word in ("أمينة", "Zarqa", "1234", "alone"))


@pytest.mark.parametrize("answers", [{}, {"matching": True}, {"register": False}])
def test_nobody_is_registered_without_a_basis(north, answers):
    with pytest.raises(FieldError) as refused:
        registered(north.caseworker, answers=answers)
    assert refused.value.field == "answers"
    assert db.session.scalar(select(Person.id)) is None


def test_agreement_to_matching_lets_the_person_take_part(north):
    assert registration_reading.read(north.officer, registered(north.officer).id).searching


def test_without_agreement_to_matching_the_person_does_not_take_part(north):
    made = registered(north.officer, answers={"register": True, "matching": False})
    assert not registration_reading.read(north.officer, made.id).searching


def test_a_number_is_not_lost_when_the_answers_cannot_be_recorded(north):
    with pytest.raises(FieldError):
        registrations.register(north.caseworker, DRAFT, YES, replace(TALK, evidence=""))
    assert registered(north.caseworker).number.endswith("-0001")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"condition": "dead"}, "condition"),
        ({"expires_on": TODAY}, "expires_on"),
        ({"registration": replace(DRAFT.registration, on="")}, "registered_on"),
        ({"registration": replace(DRAFT.registration, on=(TODAY + timedelta(1)).isoformat())}, "registered_on"),
        ({"registration": replace(DRAFT.registration, kind="prison")}, "kind"),
        ({"registration": replace(DRAFT.registration, told_by="police")}, "told_by"),
        ({"registration": replace(DRAFT.registration, notes="\u202e")}, "notes"),
        ({"contact": Contact(phones="1" * 500)}, "phones"),
    ],
)
def test_each_mistake_names_its_field(north, change, field):
    with pytest.raises(FieldError) as refused:
        registered(north.caseworker, replace(DRAFT, **change))
    assert refused.value.field == field


@pytest.mark.parametrize("role", ["administrator", "protection"])
def test_roles_outside_casework_register_nobody(north, role):
    with pytest.raises(NotAllowed):
        registered(north.actors[role])


def test_a_foreign_id_answers_like_a_missing_one(north, south):
    made = registered(north.officer)
    for person_id in (made.id, "0" * 16):
        with pytest.raises(NotFound):
            registration_reading.read(south.officer, person_id)


def test_a_childs_record_is_not_there_for_staff_who_are_not_cleared(north):
    made = registered(north.officer, replace(DRAFT, identity=CHILD))
    assert registration_reading.read(north.officer, made.id).is_minor
    with pytest.raises(NotFound):
        registration_reading.read(north.uncleared, made.id)


def test_who_is_not_cleared_is_told_that_the_record_has_left_their_hands(north):
    assert not registered(north.uncleared, replace(DRAFT, identity=CHILD)).visible


def waiting(actor) -> list[tuple[str, str]]:
    return [(task.kind, task.number) for task in read_work(actor).tasks]


def test_a_child_registered_by_uncleared_staff_waits_for_a_cleared_colleague(north, south):
    child = registered(north.uncleared, replace(DRAFT, identity=CHILD))
    assert waiting(north.caseworker) == [("take_over_registered_child", child.number)]
    assert not waiting(north.uncleared)
    assert not waiting(south.caseworker)
    assert registration_reading.read(north.caseworker, child.id).handed_over
    registrations.take_over(north.caseworker, child.id)
    assert not waiting(north.caseworker)
    assert not registration_reading.read(north.caseworker, child.id).handed_over


def test_who_is_cleared_and_changes_the_record_has_taken_it_over(north):
    child = registered(north.uncleared, replace(DRAFT, identity=CHILD))
    seen = registration_reading.read(north.officer, child.id).stamp
    registrations.amend(north.officer, child.id, replace(DRAFT, identity=CHILD, condition="injured"), seen=seen)
    assert not waiting(north.officer)


def test_a_child_registered_by_cleared_staff_leaves_nothing_to_take_over(north):
    registered(north.officer, replace(DRAFT, identity=CHILD))
    assert not waiting(north.caseworker)


def test_a_volunteer_reads_only_what_they_registered(north):
    mine, other = registered(north.volunteer), registered(north.officer)
    assert registration_reading.read(north.volunteer, mine.id).number == mine.number
    with pytest.raises(NotFound):
        registration_reading.read(north.volunteer, other.id)


def test_a_volunteers_list_holds_only_their_own(north):
    mine = registered(north.volunteer)
    registered(north.officer)
    assert [line.id for line in list_registrations(north.volunteer, Wanted()).lines] == [mine.id]


@pytest.mark.parametrize(
    ("condition", "seen"), [("well", "well"), ("unknown", "unknown"), ("deceased", ""), ("detained", "")]
)
def test_a_volunteer_does_not_read_a_sensitive_condition(north, condition, seen):
    made = registered(north.volunteer, replace(DRAFT, condition=condition))
    assert registration_reading.read(north.volunteer, made.id).condition == seen


def test_a_volunteer_cannot_find_out_a_condition_by_filtering(north):
    assert "deceased" not in conditions_offered(north.volunteer)
    registered(north.volunteer)
    assert list_registrations(north.volunteer, Wanted(condition="deceased")).total == 1


def test_filters_narrow_the_list(north):
    registered(north.officer)
    well = registered(north.caseworker, replace(DRAFT, condition="well"), {"register": True})
    child = registered(north.officer, replace(DRAFT, identity=CHILD))

    def ids(**wanted):
        return {line.id for line in list_registrations(north.caseworker, Wanted(**wanted)).lines}

    assert ids(condition="well") == {well.id} == ids(mine=True) == ids(unmatched=True)
    assert ids(children=True) == {child.id}


def test_a_page_beyond_the_end_is_the_last_one(north):
    registered(north.officer)
    assert list_registrations(north.officer, Wanted(page=99)).page == 1


def test_amending_keeps_the_number_and_tells_the_timeline(north):
    made = registered(north.officer)
    before = registration_reading.read(north.officer, made.id)
    changed = replace(DRAFT, condition=None, contact=Contact(phones="+962 9"))
    registrations.amend(north.caseworker, made.id, changed, seen=before.stamp)
    after = registration_reading.read(north.officer, made.id)
    assert (after.number, after.condition, after.contact.phones) == (before.number, "injured", "+962 9")
    assert [event.text for event in after.timeline] == ["Details changed", "Person registered"]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(north):
    made = registered(north.officer)
    seen = registration_reading.read(north.officer, made.id).stamp
    registrations.amend(north.caseworker, made.id, replace(DRAFT, condition="well"), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        registrations.amend(north.officer, made.id, replace(DRAFT, condition="detained"), seen=seen)
    assert registration_reading.read(north.officer, made.id).condition == "well"


def test_matching_that_touched_the_row_does_not_count_as_a_change(north):
    made = registered(north.officer)
    before = registration_reading.read(north.officer, made.id).stamp
    row = db.session.get(Person, made.id)
    row.due_token = "another"
    db.session.commit()
    assert registration_reading.read(north.officer, made.id).stamp == before


def test_a_record_that_becomes_a_childs_leaves_uncleared_hands(north):
    made = registered(north.uncleared)
    seen = registration_reading.read(north.uncleared, made.id).stamp
    assert not registrations.amend(north.uncleared, made.id, replace(DRAFT, identity=CHILD), seen=seen)
    with pytest.raises(NotFound):
        registration_reading.read(north.uncleared, made.id)
    assert waiting(north.officer) == [("take_over_registered_child", made.number)]


def test_an_old_record_keeps_an_end_that_has_passed(north):
    made = registered(north.officer)
    row = db.session.get(Person, made.id)
    row.expires_on = date(2020, 1, 1)
    db.session.commit()
    seen = registration_reading.read(north.officer, made.id).stamp
    assert registrations.amend(north.officer, made.id, replace(DRAFT, expires_on=date(2020, 1, 1)), seen=seen)
