"""Golden vectors: whoever makes other tokens of these records speaks another profile."""

import pytest

from benchmarks.training.exchange_vectors import FILE, written
from matching.encoding import PROFILE, encode, profile_hash, vectors
from matching.encoding.habits import Habit
from matching.encoding.vectors import facts_made, names_made, published, record_made, record_of

AGAIN = "made otherwise than published: another profile needs a new name, and `exchange_vectors` run anew"


def test_the_vectors_are_of_this_profile():
    assert published()["profile"] == PROFILE


@pytest.mark.parametrize("habit", list(Habit))
def test_names_have_the_published_codes(habit):
    names = published()["names"][habit.value]
    assert len(names) >= 8
    assert names_made(names, habit) == names, AGAIN


@pytest.mark.parametrize("place", range(len(published()["records"])))
def test_records_have_the_published_facts_and_tokens(place):
    vector = published()["records"][place]
    record = record_of(vector["record"])
    assert facts_made(record) == vector["facts"], AGAIN
    assert record_made(encode(record)) == vector["made"], AGAIN


def test_the_file_is_written_as_the_program_writes_it():
    assert FILE.read_text(encoding="utf-8") == written(published())


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("matching.encoding.codes", "_GLIDE", __import__("re").compile("^zz")),
        ("matching.encoding.facts", "WIDER", 2),
        ("matching.encoding.cases", "PROFILE", "sounds-x"),
        ("matching.encoding.vectors", "REPEATS", 5),
    ],
)
def test_another_rule_gives_another_hash(monkeypatch, module, name, value):
    before = profile_hash()
    monkeypatch.setattr(f"{module}.{name}", value)
    for cached in (vectors.profile_hash, vectors.codes):
        cached.cache_clear()
    try:
        assert profile_hash() != before
    finally:
        monkeypatch.undo()
        for cached in (vectors.profile_hash, vectors.codes):
            cached.cache_clear()
        assert profile_hash() == before
