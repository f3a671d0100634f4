"""What a round must remember until it ends and nobody may ever read again: blinding secrets, handles, who was sent.

It is sealed with a key of this round alone, which lies in the key folder and never in the database. When the key file
is deleted, the sealed bytes open no more, in the database, its log and every backup of it.
"""

import base64
import json
from collections.abc import Callable
from typing import Any

from rfl.domain.text import N_
from rfl.exchange.rounds.refusals import ExchangeRefused
from rfl.models.exchange_rounds import ExchangeRound
from rfl.models.sealed import keyring
from rfl.security.keys import KeyMissing

PREFIX = "round-"  # of the owners of such keys


class RoundOver(ExchangeRefused):
    """The secrets of the round are gone, or a backup brought them back without their key."""

    code = "round-over"
    message = N_("This round has ended. What it remembered was erased; start a new one.")
    status = 409


def keep(row: ExchangeRound, values: dict[str, Any]) -> None:
    """Seal what the round remembers from now on; bytes inside are kept as they are."""
    owner = _owner(row)
    keyring().add_society(owner)
    plain = json.dumps(values, default=_write_bytes).encode()
    row.secret = keyring().seal(owner, plain, bound_to=_place(row))


def recall(row: ExchangeRound) -> dict[str, Any]:
    """Return what the round remembers; raises RoundOver."""
    if row.secret is None:
        raise RoundOver
    try:
        plain = keyring().open(row.secret, bound_to=_place(row))
    except KeyMissing:
        raise RoundOver from None
    values: dict[str, Any] = json.loads(plain, object_hook=_read_bytes)
    return values


def drop(row: ExchangeRound) -> None:
    """Take the sealed bytes out of the row; `burn` must follow once this is committed."""
    row.secret = None


def burn(round_id: str) -> None:
    """Delete the key of a round that has ended."""
    keyring().forget(f"{PREFIX}{round_id}")


def burn_left_over(ended: Callable[[str], bool]) -> int:
    """Delete the keys of rounds that have ended, where a crash came before `burn`; returns how many."""
    left = [owner for owner in keyring().owners(PREFIX) if ended(owner.removeprefix(PREFIX))]
    for owner in left:
        keyring().forget(owner)
    return len(left)


def _owner(row: ExchangeRound) -> str:
    return f"{PREFIX}{row.id}"


def _place(row: ExchangeRound) -> str:
    return f"exchange_round/{row.id}/secret"


def _write_bytes(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(type(value).__name__)
    return {"bytes": base64.b64encode(value).decode("ascii")}


def _read_bytes(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["bytes"]) if set(value) == {"bytes"} else value
