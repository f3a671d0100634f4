"""Promises that hold for any text a form or file can carry."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching
from matching import Interval, Name, PersonRecord, Profile, Relative

_LETTERS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="ابتثجحخدذرزسشعغفقكلمنهويىةء ", max_size=30),
    st.text(alphabet="абвгдежзийклмноўїєщю -'", max_size=30),
    st.text(alphabet="ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ ", max_size=30),
    st.text(alphabet="abdelrhmnxcsy -'\u202e\u200f\u0301\u0000", max_size=30),
)
_DAYS = st.dates(min_value=date(1300, 1, 1), max_value=date(2100, 1, 1))
_INTERVALS = st.one_of(
    st.none(), st.builds(lambda a, b, c: Interval(min(a, b), max(a, b), approximate=c), _DAYS, _DAYS, st.booleans())
)
_NAMES = st.builds(
    Name, st.sampled_from(matching.NAME_KINDS), _LETTERS, _LETTERS, _LETTERS, _LETTERS, st.one_of(st.just(""), _LETTERS)
)
_RELATIVES = st.builds(Relative, st.sampled_from(matching.RELATIONS), _LETTERS)
_RECORDS = st.builds(
    PersonRecord,
    id=st.text(max_size=8),
    role=st.sampled_from(matching.ROLES),
    names=st.lists(_NAMES, max_size=4).map(tuple),
    sex=st.sampled_from(("female", "male", "other", "")),
    birth=_INTERVALS,
    mother=_LETTERS,
    birth_place=_LETTERS,
    nationalities=st.lists(st.sampled_from(("SY", "UA", "ET")), max_size=2).map(tuple),
    last_place=_LETTERS,
    last_seen=_INTERVALS,
    relatives=st.lists(_RELATIVES, max_size=4).map(tuple),
)
_HOSTILE = (
    "",
    " ",
    "م",
    "x",
    "a" * 500,
    "م" * 500,
    "e" + "\u0301" * 1_000,
    "\u202e\u200f\u0000\u0007",
    "名" * 500,
    "مuаም" * 50,
    "1234",
    "- ' -",
    "\ud800",
)


@settings(deadline=None, max_examples=80)
@given(_RECORDS, _RECORDS)
def test_score_is_the_same_whichever_record_comes_first(one, other):
    left, right = matching.profile(one), matching.profile(other)
    assert matching.compare(left, right).score == matching.compare(right, left).score


@settings(deadline=None, max_examples=60)
@given(_RECORDS, _RECORDS)
def test_digest_is_the_same_whichever_record_comes_first(one, other):
    left, right = matching.profile(one), matching.profile(other)
    assert matching.compare(left, right).digest() == matching.compare(right, left).digest()


@settings(deadline=None, max_examples=60)
@given(_RECORDS, _RECORDS)
def test_every_kind_of_evidence_appears_once_in_the_fixed_order(one, other):
    found = matching.compare(matching.profile(one), matching.profile(other))
    assert tuple(item.kind for item in found.evidence) == matching.KINDS


@settings(deadline=None, max_examples=60)
@given(_RECORDS, _RECORDS)
def test_every_finding_and_question_is_a_sentence_with_its_values(one, other):
    found = matching.compare(matching.profile(one), matching.profile(other))
    said = [*map(matching.sentence, found.evidence), *matching.questions(found)]
    assert all(template % params for template, params in said)


@settings(deadline=None, max_examples=60)
@given(_RECORDS)
def test_packed_profile_returns_unchanged(record):
    known = matching.profile(record)
    assert Profile.unpack(known.pack()) == known


@settings(deadline=None, max_examples=60)
@given(_RECORDS)
def test_keys_are_bounded_stable_and_survive_packing(record):
    known = matching.profile(record)
    found = matching.keys(known)
    assert len(found) <= matching.MAX_KEYS
    assert found == matching.keys(Profile.unpack(known.pack()))


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_hostile_name_is_compared_in_bounded_time(text):
    record = PersonRecord("1", "sought", (Name("original", text, text, text, text, text),), mother=text)
    started = time.perf_counter()
    known = matching.profile(record)
    matching.keys(known)
    matching.compare(known, known)
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize("packed", [b"", b"[]", b"[99]", b"{", b"[1,2]", b"null", b"\xff"])
def test_damaged_pack_is_refused_by_name(packed):
    with pytest.raises(matching.UnreadableProfile):
        Profile.unpack(packed)
