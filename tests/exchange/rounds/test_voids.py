"""A void stands in the place of one package and says nothing but which; whatever else it holds is refused."""

import pytest

from rfl.exchange.rounds.refusals import Malformed
from rfl.exchange.rounds.voids import Void

DIGEST = "ab" * 32


def test_a_void_is_read_as_it_was_written():
    assert Void.from_bytes(Void("blinded", DIGEST).to_bytes()) == Void("blinded", DIGEST)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"digest":"ab","kind":"blinded"}',
        b'{"digest":"' + b"AB" * 32 + b'","kind":"blinded"}',
        b'{"digest":"' + b"ab" * 32 + b'","kind":"<script>"}',
        b'{"digest":"' + b"ab" * 32 + b'","kind":"blinded","more":1}',
        b'{"digest":"' + b"ab" * 32 + b'", "kind":"blinded"}',
        b"[" * 400,
        b"\xff" * 80,
    ],
)
def test_anything_else_is_refused(body):
    with pytest.raises(Malformed):
        Void.from_bytes(body)
