"""Under which values people meet: with a name, and without one where all else agrees."""

from __future__ import annotations

from datetime import date

import pytest

import matching
from matching import Interval, Name, PersonRecord, Relative
from matching.keys import MAX_KEYS


def _day(year, month, day):
    return Interval(date(year, month, day), date(year, month, day))


def _person(name, role="registered", **known):
    return PersonRecord(id=name, role=role, names=(Name("original", full=name),) if name else (), **known)


def _kinds(left, right):
    """Return the kinds of key under which two persons meet."""
    ours, theirs = (set(matching.keys(matching.profile(one))) for one in (left, right))
    return {key.kind for key in ours & theirs}


@pytest.mark.parametrize(
    ("ours", "theirs", "kinds"),
    [
        ({"birth": _day(1990, 4, 12)}, {"birth": _day(1990, 4, 12)}, {"birthday"}),
        ({"birth": _day(1990, 4, 12)}, {"birth": _day(1990, 12, 4)}, {"birthday"}),
        ({"birth": _day(1990, 4, 12)}, {"birth": _day(1990, 4, 13)}, set()),
        ({"birth": _day(1990, 1, 1)}, {"birth": _day(1990, 1, 1)}, set()),
        ({"birth_place": "Homs"}, {"birth_place": "حمص"}, {"where"}),
        ({"birth_place": "Homs"}, {"last_place": "Homs"}, {"where"}),
        (
            {"birth_place": "Homs", "birth": _day(1990, 1, 1)},
            {"birth_place": "Homs", "birth": Interval(date(1990, 1, 1), date(1991, 12, 31))},
            {"where", "home"},
        ),
        (
            {"birth_place": "Homs", "last_place": "Izmir"},
            {"birth_place": "Izmir", "last_place": "Homs"},
            {"where", "places"},
        ),
        ({"birth_place": "Homs", "mother": "Fatima"}, {"birth_place": "Homs", "mother": "Fatimah"}, {"where", "kin"}),
        (
            {"mother": "Huda", "relatives": (Relative("son", "Nabil"),)},
            {"mother": "Huda", "relatives": (Relative("son", "Nabil"),)},
            {"kin"},
        ),
        (
            {"last_place": "Homs", "relatives": (Relative("wife", "Nada"),)},
            {"last_place": "Homs", "relatives": (Relative("wife", "Nada"),)},
            {"where", "kin"},
        ),
    ],
)
def test_people_meet_without_a_name_in_common(ours, theirs, kinds):
    assert _kinds(_person("Karim Barakat", **ours), _person("Oleh Popov", **theirs)) == kinds


def test_a_place_and_a_name_of_one_spelling_are_not_one_key():
    found = _kinds(_person("Salem Barakat"), _person("Oleh Popov", birth_place="Salem"))
    assert found == set()


def test_keys_of_one_word_are_marked_and_say_which_word():
    found = matching.keys(matching.profile(_person("Karim Barakat", birth_place="Homs")))
    assert {(key.kind, key.value) for key in found if key.single} >= {("where", "hms")}
    assert {key.kind for key in found if key.single} == {"name", "where"}


def test_many_names_do_not_crowd_out_the_keys_without_one():
    spellings = "Karim Salem Idris Yusuf Barakat", "Omar Farah Warsame Abdi Noor", "Pavlo Popal Rahel Deng Haddad"
    names = tuple(Name("original", full=full) for full in spellings)
    birth = _day(1990, 4, 12)
    left = PersonRecord("1", "sought", names, birth=birth, birth_place="Homs", last_place="Izmir", mother="Huda")
    found = matching.keys(matching.profile(left))
    assert len(found) <= MAX_KEYS
    assert {"birthday", "where", "home", "places", "kin"} <= {key.kind for key in found}


def test_who_agrees_in_all_but_the_name_is_a_candidate_in_a_list():
    known = {"birth": _day(1990, 4, 12), "birth_place": "Qamishli", "mother": "Huda"}
    others = [_person(f"Karim Barakat {n}", birth=_day(1950 + n, 5, 1 + n % 28), birth_place="Homs") for n in range(40)]
    index = matching.Index([*others, _person("Nizar Haddad", **known)])
    assert "Nizar Haddad" in {one.id for one in index.propose(_person("Oleh Popov", "sought", **known), threshold=0.0)}
