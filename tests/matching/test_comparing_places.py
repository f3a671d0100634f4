"""A rare place says more than a common one, and the words of one place are not several pieces of evidence."""

from __future__ import annotations

import pytest

import matching
from matching import Name, PersonRecord


def _person(number=0, role="registered", full="Karim Salem Barakat", **known):
    return PersonRecord(id=f"{role} {number}", role=role, names=(Name("original", full=full),), **known)


def _bits(kind, ours, theirs, *, share=0.01, **known):
    """Return the bits of a kind of place where every word is as common as `share` says."""
    left, right = (matching.profile(_person(**{kind: where}, **known)) for where in (ours, theirs))
    found = matching.compare(left, right, place_rarity=share if callable(share) else lambda _: share)
    return next(item.weight for item in found.evidence if item.kind == kind)


@pytest.mark.parametrize("kind", ["birth_place", "last_place"])
def test_a_rare_place_says_more_than_a_common_one(kind):
    rare, usual, capital = (_bits(kind, "Homs", "Homs", share=share) for share in (0.001, 0.01, 0.2))
    assert rare > usual > capital > 0


def test_a_place_seen_once_says_no_more_than_a_village():
    assert _bits("birth_place", "Homs", "Homs", share=1e-6) == _bits("birth_place", "Homs", "Homs", share=1e-4)


@pytest.mark.parametrize("kind", ["birth_place", "last_place"])
def test_a_place_that_everybody_names_still_speaks_for_one_person(kind):
    assert _bits(kind, "Homs", "Homs", share=1.0) > 0


def test_the_words_of_one_place_count_little_beside_the_rarest():
    one, three = _bits("birth_place", "Homs", "Homs"), _bits("birth_place", "Port-au-Prince", "Port-au-Prince")
    assert one < three < 2 * one


def test_the_last_place_says_little_again_where_it_is_the_place_of_birth():
    elsewhere = _bits("last_place", "Homs", "Homs", birth_place="Izmir")
    again = _bits("last_place", "Homs", "Homs", birth_place="Homs")
    assert 0 < again < elsewhere


def test_a_quarter_that_differs_counts_against_a_town_that_agrees():
    assert _bits("last_place", "Homs Waer", "Homs Khalidiya") < _bits("last_place", "Homs Waer", "Homs Waer")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Homs", "حمص"),
        ("Deir ez-Zor", "Deir al-Zor"),
        ("New Fangak Camp", "Fangak"),
        ("Homs Hims", "Hims Homs Hama"),
        ("Bad Ischl", "Ischl Bat Bad"),
    ],
)
def test_neither_side_of_two_places_matters(ours, theirs):
    assert _bits("birth_place", ours, theirs) == pytest.approx(_bits("birth_place", theirs, ours))


def test_a_list_counts_its_own_places():
    known = {"birth_place": "Kabul"}
    crowd = [_person(n, **known) for n in range(60)] + [_person(n, birth_place="Homs") for n in range(60, 120)]
    index = matching.Index([*crowd, _person(900, birth_place="Qamishli")])

    def found(place):
        query = _person(0, "sought", birth_place=place)
        return next(one.weight for one in index.propose(query, threshold=0.0))

    assert found("Qamishli") > found("Kabul")
    explained = index.explain(_person(0, "sought", birth_place="Qamishli"), 120)
    assert explained.weight == pytest.approx(found("Qamishli"))
