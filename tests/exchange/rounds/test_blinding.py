"""Values blinded by two are the same in either order, and nothing but a point passes for one."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfl.exchange.rounds import blinding
from rfl.exchange.rounds.blinding import blind_tokens, hash_to_group, multiply, raise_points, random_points
from rfl.exchange.rounds.refusals import InvalidPoint

ONE, TWO = blinding.random_scalar(bytes([1]) * 64), blinding.random_scalar(bytes([2]) * 64)
SECRET = bytes(32)


def test_random_bytes_become_the_points_of_the_standard():
    # RFC 9496 appendix A.3, the first vector.
    wide = bytes.fromhex(
        "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1"
        "4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6"
    )
    assert blinding.random_point(wide).hex() == "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46"


@given(st.binary(min_size=16, max_size=16))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_two_makes_no_difference(token):
    point = hash_to_group(SECRET, token)
    assert multiply(ONE, multiply(TWO, point)) == multiply(TWO, multiply(ONE, point))


def test_another_secret_makes_another_point():
    assert hash_to_group(SECRET, bytes(16)) != hash_to_group(bytes([1]) * 32, bytes(16))


@pytest.mark.parametrize("point", [bytes(32), b"\xff" * 32, b"\x01" + bytes(31), bytes(31), bytes(33)])
def test_the_identity_and_what_is_no_point_are_refused(point):
    with pytest.raises((InvalidPoint, ValueError)):
        multiply(ONE, point)


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=100, deadline=None)
def test_any_32_bytes_are_a_point_or_refused(point):
    try:
        assert len(multiply(ONE, point)) == 32
    except InvalidPoint:
        return


def test_lists_are_made_value_by_value_in_their_order():
    tokens = bytes(range(48))
    points = blind_tokens(tokens, secret=SECRET, scalar=ONE)
    assert points[32:64] == multiply(ONE, hash_to_group(SECRET, tokens[16:32]))
    assert raise_points(points, scalar=TWO)[32:64] == multiply(TWO, points[32:64])


def test_several_processors_give_the_same_bytes_and_the_same_progress():
    tokens, alone, together = bytes(range(256)) * 300, [], []
    one = blind_tokens(tokens, secret=SECRET, scalar=ONE, progress=lambda *done: alone.append(done))
    two = blind_tokens(tokens, secret=SECRET, scalar=ONE, workers=2, progress=lambda *done: together.append(done))
    assert one == two
    assert alone == together == [(2048, 4800), (4096, 4800), (4800, 4800)]


def test_an_invalid_point_is_refused_by_several_processors_too():
    points = random_points(bytes(range(64)) * 3) + bytes(32)
    with pytest.raises(InvalidPoint):
        raise_points(points, scalar=ONE, workers=2)


def test_values_cut_short_are_refused():
    with pytest.raises(ValueError, match="33 bytes"):
        raise_points(bytes(33), scalar=ONE)


def test_loading_the_library_leaves_no_file_behind():
    assert Path(blinding.lib_path).parent == Path(tempfile.gettempdir())
    assert not Path(blinding.lib_path).exists()
