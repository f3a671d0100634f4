"""Words of a custom in which every name has one spelling, and given names of which a part differs."""

from __future__ import annotations

import pytest

import matching
from matching import Name, PersonRecord
from matching.kernel import DIFFERENT, SAME, compare_tokens
from matching.skeletons import token_values


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("영철", "영길"),  # brothers share a syllable
        ("순자", "순희"),
        ("建国", "建华"),
        ("hoàng", "huân"),
        ("mỹ", "mỵa"),
        ("thảo", "thủy"),
    ],
)
def test_words_spelled_in_one_way_are_apart_where_they_sound_apart(one, other):
    assert compare_tokens(one, other)[0] == compare_tokens(other, one)[0] == DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李", "이"),  # another script
        ("리", "이"),  # of the table
        ("建國", "建国"),  # characters of before the reform
        ("thủy", "thuý"),  # the tone
        ("thủy", "thuy"),  # no marks
        ("quỳnh", "quynh"),
    ],
)
def test_the_same_words_still_meet(one, other):
    assert compare_tokens(one, other)[0] <= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [("yıldız", "yildiz"), ("şahin", "sahin"), ("kovač", "kovac"), ("łukasz", "lukas"), ("rajeswaran", "rasesvaran")],
)
def test_a_word_is_found_without_its_marks_and_with_another_hiss(one, other):
    assert set(token_values(one)[:2]) & set(token_values(other)[:2])


def _given(left: Name, right: Name) -> str:
    people = [
        matching.profile(PersonRecord(id=role, role=role, names=(name,)))
        for role, name in (("sought", left), ("registered", right))
    ]
    found = matching.compare(*people).evidence
    return next(item.level for item in found if item.kind == "given_name")


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        # a word that many names carry does not make two names one
        (Name("original", given="Sita Devi", family="Thapa"), "Gita Devi Thapa", "probably_different"),
        (Name("original", given="Gul Nabi", father="Akbar"), "Gul Wahid Akbar", "probably_different"),
        # of two given names one differs
        (Name("original", given="Juma Ali", father="Nazar"), "Safar Ali Nazar", "second_differs"),
        (Name("original", full="Rosa Elena Quispe"), "Rosa Teresa Quispe", "second_differs"),
        # what differs is the last part: another family name, by marriage perhaps
        (Name("original", full="Oksana Ivanivna Moroz"), "Oksana Ivanivna Tkach", "first_agrees"),
        # a part that the other lacks is no other part
        (Name("original", full="Rosa Elena Quispe"), "Rosa Quispe", "same"),
    ],
)
def test_given_names_of_which_a_part_differs(left, right, level):
    assert _given(left, Name("original", full=right)) == level


@pytest.mark.parametrize(
    ("one", "two"),
    [("Abdirizak", "Abdi Rizak"), ("Abdurrashid", "Abd Rashid"), ("Abdoulhamid", "Hamid"), ("Abdelfattah", "Fattah")],
)
def test_a_compound_is_found_by_what_follows_servant(one, two):
    ours, theirs = (
        {
            key.value
            for key in matching.keys(matching.profile(PersonRecord("1", "sought", (Name("original", full=written),))))
            if key.kind == "name"
        }
        for written in (one, two)
    )
    assert ours & theirs


@pytest.mark.parametrize(("somali", "other"), [("Caaqib", "Aqib"), ("Xaajiyo", "Hajiyo"), ("Faarax", "Farah")])
def test_what_only_somali_writes_is_read_as_somali(somali, other):
    assert token_values(somali.lower())[0] == token_values(other.lower())[0]
