"""One spelling for one value, and no other spelling is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfl.exchange.rounds.canonical import NotCanonical, decode, encode

NAMES = st.from_regex(r"\A[a-z][a-z0-9_]{0,9}\Z")
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
VALUES = st.dictionaries(NAMES, PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(NAMES, PLAIN, max_size=3))


@given(VALUES)
def test_what_is_written_is_read(value):
    assert decode(encode(value), limit=10**6) == value


@given(st.binary(max_size=300))
def test_bytes_are_refused_or_are_the_spelling_of_their_value(data):
    try:
        value = decode(data, limit=300)
    except NotCanonical:
        return
    assert encode(value) == data


def test_text_is_spelled_as_the_rfc_spells_it():
    # RFC 8785 section 3.2.2.2: these escapes and no others.
    value = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/\u007f"}
    assert encode(value) == '{"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":"\\u0041"}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"A":1}',
        b"[1]",
        b"1",
        b"",
        b"\xff",
        b'{"a":"\\ud800"}',
        b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 8 + b"1" + b"}" * 8,
    ],
)
def test_another_spelling_is_refused(data):
    with pytest.raises(NotCanonical):
        decode(data, limit=10**6)


def test_a_text_that_is_too_long_is_not_read():
    with pytest.raises(NotCanonical, match="too long"):
        decode(json.dumps({"a": "x" * 100}).encode(), limit=50)


@pytest.mark.parametrize("value", [{"a": 1.5}, {"a": b"x"}, {"a": "\ud800"}, {"a": 2**53}, {1: 1}])
def test_a_value_without_a_spelling_is_refused(value):
    with pytest.raises(NotCanonical):
        encode(value)
