"""Details that a partner sends: checked field by field, and bound to one commitment."""

import json
from dataclasses import asdict, replace

import pytest

from rfl.exchange import pair_details as details
from rfl.exchange.pair_letters import MOST_ANSWERS, MOST_REVEALS, Contents, Line, Reveal, Told, read, write
from rfl.exchange.rounds.canonical import encode
from rfl.exchange.rounds.refusals import Malformed

NAME = {"kind": "original", "given": "", "father": "", "grandfather": "", "family": "", "full": "يوسف حداد"}
AGREED = {"on": "2026-01-02", "language": "ar", "speaker": "person", "basis": "consent"}
SECOND = {"record": "present", "agreed": AGREED, "names": [NAME]}
HANDLES = {"mine": "aa" * 16, "yours": "bb" * 16}
BOUND = {"agreement": "a" * 64, "step": 1, "sender": "b" * 64, **HANDLES}
NONCE = "c" * 64
TOLD = Told("aa" * 16, "bb" * 16, 1, "message", "2026-01-02", "ar", "I am well.", "Amina, interpreter")


def test_details_read_as_they_were_written():
    assert details.read(2, details.write(2, SECOND)) == SECOND


@pytest.mark.parametrize(
    ("step", "value"),
    [
        (1, {"names": [NAME]}),  # of a later step
        (1, {"sex": ""}),
        (1, {"sex": "<script>"}),
        (1, {"years": {"low": 1994, "high": 1990}}),
        (1, {"years": {"low": 1, "high": 9999}}),
        (1, {"region": {"country": "Syria", "region": "", "text": ""}}),
        (2, {"names": [NAME]}),  # without record and agreement
        (2, SECOND | {"record": "dead"}),
        (2, SECOND | {"agreed": AGREED | {"on": "2026-02-31"}}),
        (2, SECOND | {"agreed": AGREED | {"basis": "none"}}),
        (2, SECOND | {"names": []}),
        (2, SECOND | {"names": [NAME] * 13}),
        (2, SECOND | {"names": [NAME | {"full": ""}]}),
        (2, SECOND | {"names": [NAME | {"full": "x" * 201}]}),
        (2, SECOND | {"names": [NAME | {"full": "a\u202egnirts"}]}),
        (2, SECOND | {"names": [NAME | {"full": "a\u0000b"}]}),
        (2, SECOND | {"names": [NAME | {"full": "two\nlines"}]}),
        (2, SECOND | {"names": [NAME | {"full": 7}]}),
        (2, SECOND | {"names": [NAME | {"more": ""}]}),
        (2, SECOND | {"names": NAME}),
        (2, SECOND | {"birth": {"edtf": "yesterday", "original": "", "calendar": "gregorian"}}),
        (2, SECOND | {"birth": {"edtf": "1994", "original": "", "calendar": "lunar"}}),
        (2, SECOND | {"age": {"low": 20, "high": 10, "as_of": "2026-01-02"}}),
        (2, SECOND | {"age": {"low": 20, "high": 30, "as_of": "today"}}),
        (2, SECOND | {"parents": [{"relation": "wife", "name": "Huda"}]}),
        (3, {"circumstances": ""}),
        (3, {"contact": "x" * 4001}),
        (3, {"contact": ["x"]}),
        (3, {"address": "x"}),
    ],
)
def test_what_nobody_could_have_entered_is_refused(step, value):
    with pytest.raises(details.Unreadable):
        details.read(step, encode(value).decode())
    with pytest.raises(details.Unreadable):
        details.write(step, value)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"sex": "male"}', '{"sex":"male","sex":"male"}', "{" * 9000, '{"years":{"high":1.5,"low":1}}'],
)
def test_a_text_that_is_not_spelled_canonically_is_refused(text):
    with pytest.raises(details.Unreadable):
        details.read(1, text)


def test_more_than_the_largest_details_is_refused():
    with pytest.raises(details.Unreadable):
        details.write(2, SECOND | {"names": [NAME | dict.fromkeys(details.NAME_PARTS, "ب" * 200)] * 12})


@pytest.mark.parametrize(
    "other",
    [{"agreement": "d" * 64}, {"step": 2}, {"sender": "d" * 64}, {"mine": "dd" * 16}, {"yours": "dd" * 16}],
)
def test_a_commitment_holds_for_one_text_step_pair_agreement_and_sender_only(other):
    text = details.write(1, {"sex": "male"})
    bound = details.commitment(text, NONCE, **BOUND)
    assert bound == details.commitment(text, NONCE, **BOUND)
    assert bound != details.commitment(text, NONCE, **(BOUND | other))
    assert bound != details.commitment(details.write(1, {"sex": "female"}), NONCE, **BOUND)
    assert bound != details.commitment(text, "d" * 64, **BOUND)


def test_a_letter_reads_as_it_was_written():
    lines = [Line("aa" * 16, "bb" * 16, "commit1", "d" * 64), Line("aa" * 16, "bb" * 16, "erased")]
    reveals = [Reveal("aa" * 16, "bb" * 16, 1, NONCE, '{"sex":"male"}')]
    answers = [TOLD]
    assert read(write(lines, reveals, answers)) == Contents(lines, reveals, answers)


@pytest.mark.parametrize(
    "changed",
    [{"step": 0}, {"step": 4}, {"step": True}, {"nonce": "c" * 63}, {"mine": "x"}, {"details": 1}, {"more": 1}],
)
def test_a_reveal_out_of_shape_spoils_the_letter(changed):
    one = {**HANDLES, "step": 1, "nonce": NONCE, "details": "{}"} | changed
    with pytest.raises(Malformed):
        read(encode({"lines": [], "reveals": [one], "answers": []}))


@pytest.mark.parametrize(
    "changed",
    [
        {"choice": "fate"},
        {"choice": "ask_again"},
        {"choice": ""},
        {"on": "2026-02-31"},
        {"on": 20260102},
        {"number": 0},
        {"number": 1001},
        {"language": ""},
        {"witness": ""},
        {"witness": ["x"]},
        {"words": "a\u202eb"},
        {"words": "x" * 4001},
        {"words": None},
        {"yours": "BB" * 16},
    ],
)
def test_an_answer_out_of_shape_spoils_the_letter(changed):
    with pytest.raises(Malformed):
        read(encode({"lines": [], "reveals": [], "answers": [asdict(TOLD) | changed]}))


def test_a_letter_with_too_many_or_too_large_reveals_is_refused():
    one = Reveal("aa" * 16, "bb" * 16, 1, NONCE, "{}")
    with pytest.raises(Malformed):
        read(write([], [one] * (MOST_REVEALS + 1)))
    with pytest.raises(Malformed):
        read(write([], [Reveal("aa" * 16, "bb" * 16, 1, NONCE, "x" * (details.MOST_BYTES + 1))]))
    with pytest.raises(Malformed):
        read(write([], [], [TOLD] * (MOST_ANSWERS + 1)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        json.dumps({"lines": [], "reveals": 3}).encode(),
        b'{"lines":[]}',
        b'{"answers":3,"lines":[],"reveals":[]}',
    ],
)
def test_a_letter_without_its_parts_is_refused(body):
    with pytest.raises(Malformed):
        read(body)


def test_the_fullest_letter_fits_into_a_package_of_the_smallest_agreement():
    """1,000 places of 2 KiB each and a mebibyte: `exchange_post.most_bytes` for the smallest cap."""
    one = Reveal("aa" * 16, "bb" * 16, 3, NONCE, '"' * details.MOST_BYTES)
    lines = [Line("aa" * 16, "bb" * 16, "commit1", "d" * 64)] * 4_000
    words = replace(TOLD, words="\U0001f54a" * 4000)
    assert len(write(lines, [one] * MOST_REVEALS, [words] * MOST_ANSWERS)) < 1_000 * 2048 + 1024 * 1024
