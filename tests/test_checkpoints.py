"""A world that was built once is the same for every test that begins with it."""

import pytest
from caseload import add_registered, identity
from sqlalchemy import select
from staff import found, hire

from rfl.domain.clock import now
from rfl.models.persons import Person
from rfl.services.unit import SYSTEM, Look

BUILT = []  # the day of each building


def two_persons(north, *, name="Bilal Okafor") -> dict:
    """One known to the society, one to another that is founded here, with keys of its own."""
    BUILT.append((name, now().date()))
    other = found("OTH")
    ids = [
        add_registered(one.officer, identity(said), number=f"{one.code}-1")
        for one, said in ((north, "Amal Haddad"), (other, name))
    ]
    return {"societies": [north, other], "ids": ids}


def names() -> set[str]:
    with Look(SYSTEM) as look:
        return {one.identity["names"][0]["full"] for one in look.session.scalars(select(Person))}


@pytest.mark.parametrize("turn", ["building", "first copy", "second copy"])
def test_what_one_test_does_to_a_world_another_does_not_see(begin, north, turn):
    world = begin(two_persons, north)
    first, other = world["societies"]
    assert first is north
    assert (names(), len(world["ids"])) == ({"Amal Haddad", "Bilal Okafor"}, 2)
    assert {"newcomer"} & (north.actors.keys() | other.actors.keys()) == set()
    for one in (north, other):
        hire(one, "newcomer", ["caseworker"])
        add_registered(one.newcomer, identity("Celia Rossi"), number=f"{one.code}-2")
    world["ids"].clear()
    assert "Celia Rossi" in names()


@pytest.mark.parametrize("turn", [1, 2])
def test_the_same_arguments_build_once_and_others_another_world(begin, north, turn):
    begin(two_persons, north, name="Dawit Tesfaye")
    assert names() == {"Amal Haddad", "Dawit Tesfaye"}
    assert len(BUILT) == len(set(BUILT))


def test_whoever_copies_a_society_asks_it_for_more_than_its_staff(north):
    assert not hasattr(north, "newcomer")
    assert hasattr(north, "officer")
