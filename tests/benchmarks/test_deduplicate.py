"""One list against itself: pairs are counted once, a record never matches itself."""

from datetime import date

import pytest

import matching
from benchmarks import deduplicate
from benchmarks.febrl import born, read

PEOPLE = [
    ("Maryam", "Haddad", date(1990, 3, 7)),
    ("Maryam", "Hadad", date(1990, 3, 7)),
    ("Oleksandr", "Shevchenko", date(1971, 11, 2)),
    ("Alexander", "Shevchenko", date(1971, 11, 2)),
    ("Rosa", "Zelaya", date(2001, 5, 30)),
]


def records():
    for number, (given, family, day) in enumerate(PEOPLE):
        name = matching.Name("original", given=given, family=family)
        yield matching.PersonRecord(str(number), "registered", (name,), birth=matching.Interval(day, day))


def test_pairs_of_one_list_are_measured_once_each():
    found = deduplicate.measure(list(records()), ["a", "a", "b", "b", "c"])
    assert (found["records"], found["true pairs"]) == ("5", "2")
    assert (found["best F1"], found["hit@1"]) == ("1.000", "1.000")


def test_wrong_clusters_are_not_found():
    found = deduplicate.measure(list(records()), ["a", "b", "a", "b", "c"])
    assert found["hit@1"] == ".000"


def test_febrl_records_belong_to_the_person_of_their_number(tmp_path):
    (tmp_path / "dataset1.csv").write_text(
        "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth,"
        " soc_sec_id\n"
        "rec-7-org, ann, lee, 8, stanley street, miami, kela, 4223, nsw, 19151111, 5304218\n"
        "rec-7-dup-0, ann, leee, 8, stanley street, , kela, 4223, nsw, 19151311, 5304218\n"
    )
    people, clusters = read(tmp_path, ("1",))
    assert clusters == ["7", "7"]
    assert people[0].last_place == "kela 4223 nsw"
    assert people[1].birth is None


@pytest.mark.parametrize("text", ["", "19151311", "1915"])
def test_impossible_days_are_unknown(text):
    assert born(text) is None
