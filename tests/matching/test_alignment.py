"""One word here and two words there are one name; which part is the given name shows in the rest."""

from __future__ import annotations

import pytest

import matching
from matching import Name, PersonRecord
from matching.scripts import read
from matching.scripts.reading import joining_bones
from matching.words import HEAD, POWER, TAIL, WHOLE, joints

OVER = (1 << 64) - 1


def _person(role="sought", **name):
    return matching.profile(PersonRecord(id=role, role=role, names=(Name("original", **name),)))


def _found(ours, theirs):
    """Return the findings by kind, which must be the same from either side."""
    one = matching.compare(_person(**ours), _person("registered", **theirs))
    other = matching.compare(_person(**theirs), _person("registered", **ours))
    assert one.weight == pytest.approx(other.weight)
    return {item.kind: item for item in one.evidence}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Haticenur Demirtas", "Hatice Nur Demirtaş"),
        ("Rambahadur Tamang", "Ram Bahadur Tamang"),
        ("Mehmet Kılıçarslan", "Mehmet Kılıç Arslan"),
        ("Mohammadreza Hosseinzadeh", "محمد رضا حسین زاده"),
        ("Ezzatollah Bakhtiari", "عزة الله بختياري"),
        ("Noureddine Trabelsi", "نور الدين الطرابلسي"),
    ],
)
def test_one_word_and_two_words_are_one_name(ours, theirs):
    found = _found({"full": ours}, {"full": theirs})
    assert found["name"].level in ("other_spelling", "other_script")
    assert found["given_name"].level in ("same", "elsewhere")


def test_two_given_names_meet_one_word_as_the_given_name():
    found = _found({"given": "Hatice Nur", "family": "Demirtaş"}, {"given": "Haticenur", "family": "Demirtas"})
    assert found["given_name"].level == "same"
    assert found["name"].params["agreed"] == 2


def test_two_words_that_are_not_neighbours_are_not_one():
    apart = _found({"full": "Hatice Demirtas Nur"}, {"full": "Haticenur Demirtas"})
    beside = _found({"full": "Hatice Nur Demirtas"}, {"full": "Haticenur Demirtas"})
    assert apart["name"].weight < beside["name"].weight


def test_a_word_that_is_exactly_there_is_not_taken_for_two():
    found = _found({"full": "Hatice Nur Demirtas"}, {"full": "Hatice Nur Demirtas"})
    assert found["name"].level == "same"


@pytest.mark.parametrize(
    ("whole", "head", "tail", "meets"),
    [
        ("hosseinzadeh", "hossein", "zadeh", True),
        ("gulshah", "gul", "shah", False),  # three consonants: by chance
        ("rambahadur", "ram", "bahadur", True),
        ("shahwali", "shah", "wali", False),  # the h is heard in one of them only
        ("hosseinzadeh", "zadeh", "hossein", False),
        ("hosseinzadeh", "hassan", "zadeh", True),  # consonants only: vowels do not tell them apart
    ],
)
def test_joints_are_of_consonants_in_order(whole, head, tail, meets):
    of_whole, of_head, of_tail = (joints(read(word)) for word in (whole, head, tail))
    made = (of_head[HEAD] * of_tail[POWER] + of_tail[TAIL]) & OVER
    assert (of_whole[WHOLE] != 0 and made == of_whole[WHOLE]) == meets


@pytest.mark.parametrize("word", ["@12", "@#4", "m", "", "e"])
def test_what_has_no_consonants_joins_nothing(word):
    found = joints(read(word))
    assert found[WHOLE] == 0
    assert found[TAIL] == 0 or word == "e"


def test_consonants_of_nothing_are_nothing():
    assert joining_bones("") == ("", "")


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        # The family's name stands first on the right, and the given names met nothing.
        ({"given": "Georgios", "father": "Dimitrios", "family": "Karasavvas"},
         {"full": "Karasavvas Grigorios Dimitrios"}, "probably_different"),
        ({"full": "Abdelkader Boudjemaa"}, {"full": "Boudjemaa Toufik"}, "probably_different"),
        # Nothing is left over on one side: the other order, or a part that was left out.
        ({"full": "Yousif Sargon Hermiz"}, {"full": "Sargon Hermiz"}, "shifted"),
        # The given name is among the other's parts.
        ({"given": "Deng", "father": "Akol", "family": "Majok"}, {"full": "Abraham Deng Akol"}, "shifted"),
    ],
)  # fmt: skip
def test_given_names_that_met_nothing_beside_a_family_name_that_stands_first_probably_differ(ours, theirs, level):
    assert _found(ours, theirs)["given_name"].level == level
