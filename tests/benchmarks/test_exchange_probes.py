"""Invented cases in a partner's list: about who is on ours they are answered, and many at once are noted."""

import random

import pytest

from benchmarks import exchange_probes as probes
from benchmarks.lists.files import generate


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    where = tmp_path_factory.mktemp("lists")
    generate(where, 200, 800, 5)
    return probes.read_people(where)


def test_a_probe_is_answered_for_who_is_on_the_list_and_seldom_for_others(people):
    here, elsewhere = probes.answered(people, random.Random(1), 1, own_way=False)
    assert here > 0.95
    assert elsewhere < 0.2


def test_a_few_probes_pass_among_shared_cases_and_many_are_noted(people, monkeypatch):
    monkeypatch.setattr(probes, "SMALL", 120)
    monkeypatch.setattr(probes, "CAP", 300)
    few, many = probes.noted(people, random.Random(1), 20, [(2, 0), (80, 0)])
    assert (few.answers, few.unusual) == (2, False)
    assert (many.answers, many.unusual) == (80, True)


def test_each_round_of_the_table_has_a_line(people, monkeypatch):
    monkeypatch.setattr(probes, "SMALL", 100)
    monkeypatch.setattr(probes, "CAP", 300)
    monkeypatch.setattr(probes, "SHARED", (10,))
    monkeypatch.setattr(probes, "SUSPECTED", (5,))
    monkeypatch.setattr(probes, "EVERYBODY", (40,))
    one, other = probes.noted_rows(people, draws=1)
    assert (one[0], one[2], other[2]) == ("10", "5", "40 (2 of ours)")
