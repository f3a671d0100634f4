"""A list in memory: the same answers whatever the number of workers, scores that know how long the list is."""

from __future__ import annotations

from datetime import date

import pytest

import matching
from matching import Interval, Name, PersonRecord, candidates, weights

GIVEN = ["Karim", "Salem", "Huda", "Amina", "Yusuf", "Tesfay", "Oksana", "Pavlo", "Fatima", "Zarghuna"]
GIVEN += ["Rahel", "Idris"]
FAMILY = ["Barakat", "Haddad", "Kovalenko", "Gebremariam", "Noorzai", "Warsame", "Shevchenko", "Mansour"]
FAMILY += ["Abebe", "Popal"]


def _person(number, full, role="registered", **known):
    return PersonRecord(id=f"{role} {number}", role=role, names=(Name("original", full=full),), **known)


def _year(year):
    return Interval(date(year, 1, 1), date(year, 12, 31))


def _listed():
    return [
        _person(number, f"{given} {family}", birth=_year(1950 + number % 50), mother=GIVEN[number % 7])
        for number, (given, family) in enumerate((given, family) for given in GIVEN for family in FAMILY)
    ]


def _sought():
    return [
        _person(number, f"{family} {given}", "sought", birth=_year(1950 + number % 50))
        for number, (given, family) in enumerate((given, family) for given in GIVEN for family in FAMILY[:4])
    ]


def test_the_number_of_workers_changes_nothing():
    listed, sought = _listed() * 10, _sought() * 25  # more than one piece of each, or no other process would begin
    one, two = (matching.Index(listed, workers=workers) for workers in (1, 2))
    assert one.link(sought, workers=1) == two.link(sought, workers=2)


def test_a_rare_name_is_found_in_a_near_spelling_that_shares_no_key():
    sought, registered = _person(0, "Kirubaharan", "sought"), _person(0, "Kirupakaran")
    keys = [{key.value for key in matching.keys(matching.profile(one))} for one in (sought, registered)]
    assert not keys[0] & keys[1]
    index = matching.Index([*_listed(), registered])
    assert index.propose(sought, threshold=1e-6)[0].place == len(_listed())


def test_a_name_that_many_have_in_near_spellings_is_no_rare_name():
    many = [_person(number, "Kirupakaran") for number in range(candidates.MAX_SINGLE + 1)]
    assert not matching.Index([*_listed(), *many]).propose(_person(0, "Kirubaharan", "sought"), threshold=1e-9)


def test_the_order_of_the_list_changes_no_score():
    records = _listed()
    forward, backward = matching.Index(records), matching.Index(records[::-1])
    for ours, theirs in zip(forward.link(_sought()), backward.link(_sought()), strict=True):
        assert {(match.id, match.score) for match in ours} == {(match.id, match.score) for match in theirs}


def test_a_longer_list_asks_for_more_before_it_gives_the_same_score(monkeypatch):
    plain = matching.Index(_listed()).propose(_sought()[0], threshold=0.0)[0]
    monkeypatch.setattr(weights, "PRIOR_LIST", len(_listed()) // 4)
    asking = matching.Index(_listed())
    stricter = asking.propose(_sought()[0], threshold=0.0)[0]
    assert stricter.weight == plain.weight
    assert stricter.score == pytest.approx(weights.probability(plain.weight - 2.0))
    assert asking.explain(_sought()[0], stricter.place).score == pytest.approx(stricter.score)
    found = asking.propose(_sought()[0], threshold=stricter.score * 1.0001)
    assert stricter.id not in {match.id for match in found}


def test_no_list_is_so_short_that_strangers_become_likely():
    assert weights.size_bits(0) == weights.size_bits(10) == weights.size_bits(weights.PRIOR_LIST) == 0.0
    assert weights.size_bits(8 * weights.PRIOR_LIST) == pytest.approx(3.0)


def test_an_index_that_does_not_explain_links_the_same_and_says_so():
    plain, bare = matching.Index(_listed()), matching.Index(_listed(), explains=False)
    assert plain.link(_sought()) == bare.link(_sought())
    with pytest.raises(IndexError):
        bare.explain(_sought()[0], 0)


def _two_communities():
    """Warsame is everywhere among Somalis and rare among Ethiopians, of whom the list holds more."""
    somalis = [_person(n, f"{GIVEN[n % 12]} Warsame", nationalities=("SO",), birth=_year(1980)) for n in range(320)]
    others = [
        _person(1000 + n, f"{GIVEN[n % 12]} {FAMILY[n % 4]}", nationalities=("ET",), birth=_year(1980))
        for n in range(3_000)
    ]
    return matching.Index(
        [*somalis, *others, _person(9_999, "Idris Warsame", nationalities=("ET",), birth=_year(1980))]
    )


def test_names_are_counted_in_the_community_of_either_side():
    index = _two_communities()
    stated = _person(1, "Idris Warsame", "sought", nationalities=("SO",), birth=_year(1980))
    silent = _person(1, "Idris Warsame", "sought", birth=_year(1980))

    def found(record):
        return {match.id: match.weight for match in index.propose(record, threshold=0.0)}

    somali = next(record for record in found(stated) if record != "registered 9999")
    same_nation = weights.array()[matching.levels.KINDS.index("nationality"), 1]
    assert found(silent)[somali] == pytest.approx(found(stated)[somali] - same_nation)
    # Beside somebody of another nationality the name is as rare as it is there.
    assert found(silent)["registered 9999"] > found(silent)[somali]
