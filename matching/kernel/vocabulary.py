"""Distinct name tokens, each read once and kept as flat arrays that compiled loops can walk."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.equivalents import tabled_names
from matching.scripts import Reading, read

# The sounds of matching.scripts; place 0 stands for no sound.
SOUNDS = " aeioubptdkqgfvwmnlrszhyjSCZcxGTD'"
_CODES = {sound: code for code, sound in enumerate(SOUNDS)}
_SINGLE, _ABJAD = 1, 2


class TokenArrays(NamedTuple):
    """Tokens as arrays: what `Vocabulary.arrays` hands to compiled loops, which alone look inside."""

    identity: npt.NDArray[np.uint64]  # [n] hash of script and folded form; 0 where a token has no sounds
    traits: npt.NDArray[np.uint8]  # [n] 1: one letter; 2: written without short vowels
    first: npt.NDArray[np.uint8]  # [n] code of the first sound
    name_at: npt.NDArray[np.int32]  # [n+1] where a token's tabled names begin in `names`
    names: npt.NDArray[np.int32]  # 2 x number of a tabled name, +1 where the token is its short form
    form_at: npt.NDArray[np.int32]  # [n+1] where a token's forms begin in `letter_at`
    letter_at: npt.NDArray[np.int32]  # [forms+1] where a form begins in `letters`
    letters: npt.NDArray[np.uint8]  # codes of sounds
    masks: npt.NDArray[np.uint64]  # [forms] which consonants a form has


class Vocabulary:
    """Distinct tokens with ids in the order of arrival: `add` a token, take `arrays` when all are in."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._tokens: list[str] = []
        self._arrays: TokenArrays | None = None

    def __len__(self) -> int:
        return len(self._tokens)

    def add(self, token: str) -> int:
        """Return the id of a clean lower-case token, the same whenever it is added again."""
        known = self._ids.get(token)
        if known is None:
            known = self._ids[token] = len(self._tokens)
            self._tokens.append(token)
            self._arrays = None
        return known

    def token(self, place: int) -> str:
        """Return the token of an id; IndexError when there is none."""
        return self._tokens[place]

    def arrays(self) -> TokenArrays:
        """Return all tokens so far as arrays; ids are places in them."""
        if self._arrays is None:
            self._arrays = token_arrays(self._tokens)
        return self._arrays


def token_arrays(tokens: list[str]) -> TokenArrays:
    """Return the arrays of `tokens` in their order."""
    readings = [read(token) for token in tokens]
    names = [tabled_names(reading.folded) for reading in readings]
    forms = [form for reading in readings for form in reading.sounds]
    return TokenArrays(
        identity=np.array([_identity(reading) for reading in readings], np.uint64),
        traits=np.array([_SINGLE * (len(r.folded) == 1) + _ABJAD * r.abjad for r in readings], np.uint8),
        first=np.array([_CODES.get(reading.sounds[0][:1], 0) for reading in readings], np.uint8),
        name_at=_starts(names),
        names=np.array([name for row in names for name in row], np.int32),
        form_at=_starts([reading.sounds for reading in readings]),
        letter_at=_starts(forms),
        letters=np.array([_CODES[sound] for form in forms for sound in form], np.uint8),
        masks=np.array([_mask(form) for form in forms], np.uint64),
    )


def _starts(rows: list[tuple[int, ...]] | list[tuple[str, ...]] | list[str]) -> npt.NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)]).astype(np.int32)


def _identity(reading: Reading) -> int:
    if not reading.sounds[0]:
        return 0
    text = f"{reading.script}:{reading.folded}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little") or 1


def _mask(form: str) -> int:
    mask = 0
    for sound in form:
        mask |= 1 << _CODES[sound]
    return mask
