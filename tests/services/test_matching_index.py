"""The match index holds keyed hashes only, and only of those who may be matched."""

import json
from contextlib import contextmanager
from datetime import date

import pytest
from caseload import add_person, add_registered, add_request, answer, identity
from sqlalchemy import delete, event, func, select, text

from matching import Profile
from rfl.domain.cases import Risk
from rfl.domain.errors import NotAllowed
from rfl.domain.persons import Identity, Place, Relative
from rfl.models import db
from rfl.models.index import MatchCommon, MatchDue, MatchKey, MatchProfile
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services import index_upkeep
from rfl.services.index_entries import PADDING
from rfl.services.index_figures import Figures, key_hash, read_figures
from rfl.services.index_postings import entry_at
from rfl.services.match_records import family_of, inverse, record_of, sought_together
from rfl.services.matching_index import (
    candidates,
    describe,
    find_people,
    forget_person,
    index_person,
    index_persons,
    is_too_common,
)
from rfl.services.unit import SYSTEM, Chore, Look, Unit

YUSUF = identity("Yusuf Ahmad Haddad", "1994-05-12", mother_name="Salma")


def entry_of(session, person_id):
    return entry_at(session, session.get_one(Person, person_id).slot)


def index_again(actor, person_id, change):
    with Unit(actor) as unit:
        person = unit.session.get_one(Person, person_id)
        change(person)
        index_person(unit, person)
        unit.record("person:saved", person_id)


def test_no_row_of_the_index_names_the_person(app, north):
    person_id = add_registered(north.officer, YUSUF)
    with Look(SYSTEM) as look:
        slot = look.session.get_one(Person, person_id).slot
        stored = look.session.scalar(select(MatchProfile.sealed))
        shown = look.session.execute(text("SELECT * FROM person")).mappings().one()
    assert not [part for part in (person_id, "usuf", "addad") if part.encode() in stored]
    assert str(slot) not in json.dumps(dict(shown), default=repr)


def test_sealed_entries_come_in_size_classes(app, north):
    short = add_registered(north.officer, identity("Bo"))
    long = add_registered(north.officer, identity("Bo Li"))
    with Look(SYSTEM) as look:
        slots = [look.session.get_one(Person, one).slot for one in (short, long)]
        sizes = {len(look.session.get_one(MatchProfile, slot).sealed) for slot in slots}
    assert len(sizes) == 1
    assert sizes.pop() >= PADDING


def test_an_entry_opens_only_at_its_own_slot(app, north):
    first, second = (add_registered(north.officer, YUSUF) for _ in range(2))
    with Chore(SYSTEM) as chore:
        slots = [chore.session.get_one(Person, one).slot for one in (first, second)]
        moved = chore.session.get_one(MatchProfile, slots[0]).sealed
        chore.session.get_one(MatchProfile, slots[1]).sealed = moved
    with Look(SYSTEM) as look, pytest.raises(Exception, match="damaged or moved"):
        entry_of(look.session, second)


def test_every_posting_of_a_forgotten_person_is_gone(app, north):
    person_id = add_registered(north.officer, YUSUF)
    with Unit(north.officer) as unit:
        forget_person(unit, unit.session.get_one(Person, person_id))
        unit.record("person:erased", person_id)
    with Look(SYSTEM) as look:
        left = [
            look.session.scalar(select(func.count()).select_from(one)) for one in (MatchKey, MatchProfile, MatchDue)
        ]
    assert left == [0, 0, 0]


def test_an_edit_leaves_exactly_the_postings_of_the_new_name(app, north):
    person_id = add_registered(north.officer, YUSUF)
    changed = identity("Oleksandr Shevchenko", "1980")
    index_again(north.officer, person_id, lambda person: setattr(person, "identity", changed.to_dict()))
    with Look(SYSTEM) as look:
        stored = set(look.session.scalars(select(MatchKey.hash)))
        assert stored == set(entry_of(look.session, person_id).hashes)


def test_a_registered_person_meets_sought_persons_and_never_another_registered_one(app, north, south):
    registered = add_registered(north.officer, YUSUF)
    add_registered(south.officer, YUSUF)
    _, (sought,) = add_request(south.officer, identity("Salma Haddad"), ("son", YUSUF))
    with Look(SYSTEM) as look:
        person = look.session.get_one(Person, registered)
        found = candidates(look.session, describe(look.session, person), ("sought",))
    assert [one.person_id for one in found] == [sought]


@pytest.mark.parametrize(
    ("change", "taking_part"),
    [
        ({}, True),
        ({"state": "closing_proposed"}, True),
        ({"state": "draft"}, False),
        ({"state": "closed"}, False),
        ({"risk": Risk.AMBER}, True),
        ({"risk": Risk.RED}, False),
    ],
)
def test_only_a_searching_request_without_open_danger_is_matched(app, north, change, taking_part):
    enquirer, (sought,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF))
    with Unit(north.officer) as unit:
        person = unit.session.get_one(Person, sought)
        request = unit.session.get_one(TracingRequest, person.request_id)
        for name, value in change.items():
            setattr(request, name, value)
        index_persons(unit, [person, unit.session.get_one(Person, enquirer)])
        unit.record("request:saved", request.id)
    with Look(SYSTEM) as look:
        assert [look.session.get_one(Person, one).searching for one in (sought, enquirer)] == [taking_part] * 2


def test_a_danger_that_a_supervisor_cleared_no_longer_stops_matching(app, north):
    _, (sought,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF))

    def cleared(person):
        request = app.extensions["sqlalchemy"].session.get_one(TracingRequest, person.request_id)
        request.risk, request.risk_cleared_by = Risk.RED, north.officer.id

    index_again(north.officer, sought, cleared)
    with Look(SYSTEM) as look:
        assert look.session.get_one(Person, sought).searching


@pytest.mark.parametrize("status", ["told", "ended"])
def test_a_sought_person_whose_search_is_over_is_not_matched(app, north, status):
    _, (sought,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF))
    index_again(north.officer, sought, lambda person: setattr(person, "status", status))
    with Look(SYSTEM) as look:
        assert not look.session.get_one(Person, sought).searching


def test_without_an_answer_to_matching_nobody_is_matched(app, north):
    with Unit(north.officer) as unit:
        person = add_person(unit, "registered", YUSUF, given=None)
        index_person(unit, person)
        unit.record("person:registered", person.id)
    with Look(SYSTEM) as look:
        assert not look.session.get_one(Person, person.id).searching


def test_a_refusal_of_the_sought_person_outweighs_the_enquirers_agreement(app, north):
    _, (sought,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF))
    with Unit(north.officer) as unit:
        person = unit.session.get_one(Person, sought)
        answer(unit, person, given=False)
        index_person(unit, person)
        unit.record("consent:recorded", sought)
    with Look(SYSTEM) as look:
        assert not look.session.get_one(Person, sought).searching


def test_a_registration_past_its_time_is_taken_out_by_the_daily_job(app, north):
    person_id = add_registered(north.officer, YUSUF)
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Person, person_id).expires_on = date(2020, 1, 1)
    assert index_upkeep.lapse_expired() == 1
    with Look(SYSTEM) as look:
        assert not look.session.get_one(Person, person_id).searching
        assert look.session.scalar(select(MatchDue)) is None


def test_who_is_not_matched_is_still_found_by_the_own_society_only(app, north, south):
    _, (sought,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF), state="draft")
    with Look(SYSTEM) as look:
        assert sought in [one.id for one in find_people(look.session, north.officer, "حداد يوسف", 10)]
        assert find_people(look.session, south.officer, "Yusuf Haddad", 10) == []
        assert candidates(look.session, describe(look.session, look.session.get_one(Person, sought)), ("sought",)) == []


def test_children_are_left_out_of_a_search_by_staff_not_cleared_for_them(app, north):
    person_id = add_registered(north.officer, YUSUF, is_minor=True)
    with Look(SYSTEM) as look:
        assert [one.id for one in find_people(look.session, north.officer, "Yusuf Haddad")] == [person_id]
        assert find_people(look.session, north.uncleared, "Yusuf Haddad") == []


def test_searching_needs_the_permission(app, north):
    with Look(SYSTEM) as look, pytest.raises(NotAllowed):
        find_people(look.session, north.administrator, "Yusuf")


@pytest.mark.parametrize(
    "hostile", ["", "   ", "<script>alert(1)</script>", "\u202eYusuf\u202c", "%", "x" * 500, "'; --"]
)
def test_no_text_breaks_the_search(app, north, hostile):
    add_registered(north.officer, YUSUF)
    with Look(SYSTEM) as look:
        assert isinstance(find_people(look.session, north.officer, hostile), list)


def test_a_name_that_too_many_bear_leaves_the_index_and_the_pair_still_finds(app, north, monkeypatch):
    monkeypatch.setattr(index_upkeep, "MOST_SINGLE", 2)
    people = [add_registered(north.officer, identity(f"Yusuf {other}")) for other in ("Haddad", "Banda", "Ismail")]
    index_upkeep.drop_common_names(people)
    with Look(SYSTEM) as look:
        dropped = look.session.scalars(select(MatchCommon.hash).where(MatchCommon.dropped)).all()
        kept = look.session.scalars(select(MatchKey.hash).where(MatchKey.hash.in_(dropped))).all()
        assert (len(dropped), kept) == (2, [])  # once among the registered, once for the own staff
        assert is_too_common(look.session, north.officer, "Yusuf")
        assert [one.id for one in find_people(look.session, north.officer, "Yusuf Banda")] == [people[1]]


def test_a_dropped_name_is_not_stored_again(app, north, monkeypatch):
    monkeypatch.setattr(index_upkeep, "MOST_SINGLE", 1)
    people = [add_registered(north.officer, identity(name)) for name in ("Yusuf", "Yusuf")]
    index_upkeep.drop_common_names(people)
    add_registered(north.officer, identity("Yusuf"))
    with Look(SYSTEM) as look:
        assert look.session.scalar(select(func.count()).select_from(MatchKey)) == 0


def test_a_recount_finds_how_many_bear_a_dropped_name(app, north, monkeypatch):
    monkeypatch.setattr(index_upkeep, "MOST_SINGLE", 2)
    for _ in range(5):
        add_registered(north.officer, identity("Yusuf"))
    assert index_upkeep.recount() == 5
    with Look(SYSTEM) as look:
        assert set(look.session.scalars(select(MatchCommon.n).where(MatchCommon.dropped))) == {5}
        assert read_figures(look.session).persons == {"registered": 5}


def test_the_index_is_counted_anew_only_when_it_grew_or_a_day_passed(app, north):
    add_registered(north.officer, YUSUF)
    assert index_upkeep.recount_if_stale()
    assert not index_upkeep.recount_if_stale()


def test_the_budget_is_spent_on_the_rarest_keys():
    figures = Figures("v", [(1, 2_000, False), (2, 500, False), (3, 201, True)], {"sought": 100_000})
    chosen = figures.choose([1, 2, 3, 4], 1_000)
    assert [digest for digest, _ in chosen] == [4, 2]
    assert chosen[0][1] > chosen[1][1]


def test_a_place_is_as_common_as_its_key_and_rare_where_nobody_counted_it(app):
    village, city = (key_hash("registered", "where", word) for word in ("village", "city"))
    figures = Figures("v", [(village, 150, False), (city, 9_000, True)], {"registered": 30_000})
    assert figures.place_share("city") == pytest.approx(9_020 / 32_000)
    assert figures.place_share("hamlet") < figures.place_share("village") < 0.01
    assert figures.share("city") < 0.01


def test_the_enquirer_and_those_sought_together_are_relatives(app, north):
    enquirer, (son, _) = add_request(
        north.officer,
        identity("Salma Haddad", sex="female"),
        ("son", YUSUF),
        ("daughter", identity("Maryam Haddad")),
    )
    with Look(SYSTEM) as look:
        people = {one: look.session.get_one(Person, one) for one in (enquirer, son)}
        records = {one: record_of(person, family_of(look.session, person)) for one, person in people.items()}
    assert [(one.relation, one.name) for one in records[son].relatives] == [
        ("mother", "Salma Haddad"),
        ("sister", "Maryam Haddad"),
    ]
    assert [one.relation for one in records[enquirer].relatives] == ["son", "daughter"]


def test_a_relative_told_in_the_interview_is_not_named_twice(app, north):
    told = Identity(names=YUSUF.names, relatives=(Relative("mother", "Salma Haddad"),))
    _, (son,) = add_request(north.officer, identity("Salma Haddad", sex="female"), ("son", told))
    with Look(SYSTEM) as look:
        person = look.session.get_one(Person, son)
        assert len(record_of(person, family_of(look.session, person)).relatives) == 1


def test_a_new_name_of_the_enquirer_reaches_the_sought_persons_entry(app, north):
    enquirer, (son,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF))
    renamed = identity("Rosa Haddad")
    index_again(north.officer, enquirer, lambda person: setattr(person, "identity", renamed.to_dict()))
    with Look(SYSTEM) as look:
        shown = [one.shown for one in Profile.unpack(entry_of(look.session, son).packed).relatives]
    assert shown == ["Rosa Haddad"]


@pytest.mark.parametrize(
    ("relation", "sex", "expected"),
    [("son", "female", "mother"), ("son", "", "other"), ("wife", "", "husband"), ("cousin", "male", "cousin")],
)
def test_the_enquirer_is_named_by_what_they_are_to_the_sought_person(relation, sex, expected):
    assert inverse(relation, sex) == expected


@pytest.mark.parametrize(
    ("relation", "other", "expected"),
    [("son", "daughter", "sister"), ("brother", "mother", "mother"), ("mother", "brother", "son"), ("aunt", "son", "")],
)
def test_persons_sought_together_are_related_only_where_every_family_agrees(relation, other, expected):
    assert sought_together(relation, other) == expected


def test_a_place_without_words_is_compared_by_its_region(app, north):
    person_id = add_registered(north.officer, identity("Yusuf", birth_place=Place(region="Upper Nile", country="SS")))
    with Look(SYSTEM) as look:
        record = record_of(look.session.get_one(Person, person_id), ())
    assert (record.birth_place, record.birth_country) == ("Upper Nile", "SS")


def test_a_rebuilt_index_holds_what_it_held_and_asks_for_everybody_to_be_matched(app, north):
    add_registered(north.officer, YUSUF)
    _, (sought,) = add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF))
    with Chore(SYSTEM) as chore:
        before = set(chore.session.execute(select(MatchKey.hash, MatchKey.slot)))
        chore.session.execute(delete(MatchDue))
        chore.session.execute(delete(MatchKey))
        chore.session.get_one(MatchProfile, chore.session.get_one(Person, sought).slot).sealed = b"\0" * 40
    assert index_upkeep.rebuild() == 3
    with Look(SYSTEM) as look:
        assert set(look.session.execute(select(MatchKey.hash, MatchKey.slot))) == before
        assert len(look.session.scalars(select(MatchDue.person_id)).all()) == 3


def test_indexing_many_takes_no_more_statements_than_indexing_few(app, north):
    def statements(count):
        people = [add_registered(north.officer, identity(f"Yusuf Haddad {place}", "1990")) for place in range(count)]
        with counted_statements() as seen, Unit(north.officer) as unit:
            persons = unit.session.scalars(select(Person).where(Person.id.in_(people)).order_by(Person.id)).all()
            index_persons(unit, persons)
            unit.record("import:slice", "")
        return len(seen)

    assert statements(2) == statements(9)


@contextmanager
def counted_statements():
    seen = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
