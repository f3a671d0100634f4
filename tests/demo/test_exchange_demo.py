"""Each instance of the demonstration holds one society alone, with enough people who agreed to be exchanged."""

import pytest

from rfl.demo.exchange import part_of
from rfl.demo.people import build
from rfl.domain.consent import Purpose

ENOUGH = 50  # the fewest cases that an agreement can ask for


@pytest.fixture(scope="module")
def world():
    return build()


@pytest.mark.parametrize("code", ["VAL", "SAH"])
def test_a_society_stands_alone_with_enough_cases(world, code):
    part = part_of(world, code, cases=True)
    assert {one.code for one in part.societies} == {code}
    assert {one.society for one in (*part.users, *part.requests, *part.registered)} == {code}
    agreed = [
        one for one in part.registered if any(c.purpose == Purpose.SHARE_ENCODED and c.given for c in one.consents)
    ]
    assert len(agreed) >= ENOUGH


def test_whoever_refused_to_be_compared_has_not_agreed_to_exchange(world):
    for one in part_of(world, "VAL", cases=True).registered:
        answers = {answer.purpose: answer.given for answer in one.consents}
        assert answers.get(Purpose.SHARE_ENCODED) == answers.get(Purpose.MATCHING)


def test_the_hub_holds_staff_and_no_case(world):
    part = part_of(world, "NOH", cases=False)
    assert part.users
    assert (part.requests, part.registered) == ((), ())
