"""Values that any other implementation of version 1 must make too; a change of one is a new version."""

from rfl.exchange.rounds.blinding import digest, hash_to_group, multiply, random_scalar
from rfl.exchange.rounds.identity import Identity, fingerprint, pair_secret

ONE = Identity("AA", "Society A", bytes(range(32)), bytes(range(96)), bytes(range(1, 33)))
TWO = Identity("BB", "Society B", bytes(range(2, 34)), bytes(range(2, 98)), bytes(range(3, 35)))


def test_a_token_its_blinded_point_and_the_digest():
    point = hash_to_group(bytes(range(32)), bytes(range(16)))
    blinded = multiply(random_scalar(bytes(range(64))), point)
    assert point.hex() == "102e2d7a6206cdba85fc818dfe1623392bbef6df84b32f54b5eada9a73762264"
    assert blinded.hex() == "0642604a1b2ba3b91e712441c801933a0080c0ba1c6f05ba0eb0eed545b48615"
    assert digest(blinded, 0, 2).hex() == "a481285c0cec5434"


def test_a_fingerprint():
    assert fingerprint(ONE.public) == "01695 27459 06719 15926 02250 03333 46597 94930"


def test_the_secret_of_a_pair():
    secret = pair_secret(ONE, TWO.public, agreement="AA-BB/1", epoch=1)
    assert secret.hex() == "c13722199c53f53cf0c3cefee606c235658b2cca83fb7353ad837c7774608e54"
