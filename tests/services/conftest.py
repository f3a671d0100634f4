"""Rounds of three societies, begun or played once a run; for the tests that go on from there."""

import pytest
from round_world import Three, with_hub, with_round_begun, with_round_played

from rfl.services import exchange_encoding


@pytest.fixture
def world(request, begin, north, south, monkeypatch) -> Three:
    """Three societies with an agreement; where the test asks for `begun` or `played`, with a round."""
    # A twentieth of the places: the padding of a list of thousand cases is what takes the time of a round.
    monkeypatch.setattr(exchange_encoding, "PLACES", 2)
    asked = set(request.fixturenames)
    build = with_round_played if "played" in asked else with_round_begun if "begun" in asked else with_hub
    return begin(build, north, south)


@pytest.fixture
def begun(world) -> str:
    """The id of a round that the first society has begun; its list waits to be handed over."""
    return world.round["NOR"]


@pytest.fixture
def played(world) -> dict[str, str]:
    """The ids of a round whose pairs have arrived, at each of the three."""
    return world.round
