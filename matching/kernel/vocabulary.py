"""Distinct name tokens, each read once and kept as flat arrays that compiled loops can walk."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.alphabets import LATN, SCRIPTS
from matching.kernel.identity import identity
from matching.kernel.odds import Codes, Limits, Odds, alone, letter_sum
from matching.kernel.odds_file import MODELS
from matching.kernel.tables import Tables, shipped_tables
from matching.scripts import Reading, read
from matching.scripts.reading import MAX_SOUNDS, SIGN

SINGLE = 1
NO_MODEL = 99
# Bits of `exact` below which the sound stands.
CUSTOM_AT = np.uint64(32)


class TokenArrays(NamedTuple):
    """Tokens as arrays: what `Vocabulary.arrays` hands to compiled loops, which alone look inside."""

    identity: npt.NDArray[np.uint64]  # [n] of script and folded form; 0 where a token has no sounds
    traits: npt.NDArray[np.uint8]  # [n] SINGLE: one letter
    first: npt.NDArray[np.uint8]  # [n] first sound as a code point
    exact: npt.NDArray[np.uint64]  # [n] custom of writing in which a name has one spelling, then its sound; 0 for none
    alphabet: npt.NDArray[np.uint8]  # [n] of the first form
    name_at: npt.NDArray[np.int32]  # [n+1] where a token's tabled names begin in `names`
    names: npt.NDArray[np.int32]  # 2 x number of a tabled name, +1 where the token is its short form
    form_at: npt.NDArray[np.int32]  # [n+1] where a token's forms begin: own script first, then a-z
    letter_at: npt.NDArray[np.int32]  # [forms+1] where a form begins in `letters`
    letters: Codes  # [letters, 2] code of each letter and of the two letters that end there
    alone: npt.NDArray[np.int32]  # [forms, 4] log probability of a form by itself, beside each alphabet
    typical: npt.NDArray[np.int32]  # [forms, 4] log odds that a form reaches on average beside its own name
    most: npt.NDArray[np.int32]  # [forms, 4] log probability that a form never exceeds beside each alphabet
    odds: Odds  # [model, chunks, chunks] shared by all tokens
    limits: Limits  # [model, side, letters] what a letter adds at most


class Vocabulary:
    """Distinct tokens with ids in the order of arrival: `add` a token, take `arrays` when all are in."""

    def __init__(self, tables: Tables | None = None) -> None:
        self.tables = tables or shipped_tables()
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
        return known

    def token(self, place: int) -> str:
        """Return the token of an id; IndexError when there is none."""
        return self._tokens[place]

    def arrays(self) -> TokenArrays:
        """Return all tokens so far as arrays; ids are places in them."""
        done = 0 if self._arrays is None else len(self._arrays.identity)
        if self._arrays is None or done < len(self._tokens):
            fresh = token_arrays(self._tokens[done:], self.tables)
            self._arrays = fresh if self._arrays is None else _joined(self._arrays, fresh)
        return self._arrays


def _joined(one: TokenArrays, other: TokenArrays) -> TokenArrays:
    """Return two sets of tokens as one: offsets go on where they ended, what all tokens share stays."""
    made: dict[str, Any] = {}
    for name in TokenArrays._fields:
        first, second = getattr(one, name), getattr(other, name)
        if name in ("odds", "limits"):
            made[name] = first
        elif name.endswith("_at"):
            made[name] = np.concatenate((first, second[1:] + first[-1]))
        else:
            made[name] = np.concatenate((first, second))
    return TokenArrays(**made)


def token_arrays(tokens: Sequence[str], tables: Tables) -> TokenArrays:
    """Return the arrays of `tokens` in their order."""
    readings, learned = [read(token) for token in tokens], tables.odds
    names = [tables.names_of(reading) for reading in readings]
    forms = [_forms(reading) for reading in readings]
    flat = [form for row in forms for form in row]
    codes = [learned.alphabets[alphabet].encode(word) for alphabet, word in flat]
    letters = np.array([code for row in codes for code in row], np.uint8).reshape(-1, 2)
    letter_at = _starts(codes)
    alphabets = np.array([alphabet for alphabet, _ in flat], np.uint8)
    return TokenArrays(
        identity=np.array([identity(reading) for reading in readings], np.uint64),
        traits=np.array([SINGLE * reading.initial for reading in readings], np.uint8),
        first=np.array([ord(reading.sounds[0][:1] or " ") & 0xFF for reading in readings], np.uint8),
        exact=np.array([_exact(reading) for reading in readings], np.uint64),
        alphabet=np.array([row[0][0] if row else LATN for row in forms], np.uint8),
        name_at=_starts(names),
        names=np.array([name for row in names for name in row], np.int32),
        form_at=_starts(forms),
        letter_at=letter_at,
        letters=letters,
        alone=_sums(letters, letter_at, alphabets, learned.alone, True, MODEL_OF),
        typical=_sums(letters, letter_at, alphabets, learned.typical, False, MODEL_OF),
        most=_sums(letters, letter_at, alphabets, learned.most, False, MODEL_OF),
        odds=learned.joint,
        limits=learned.most,
    )


def _models() -> npt.NDArray[np.uint8]:
    """Return [alphabet, alphabet] -> 2 x model, +1 where the first alphabet has the model's columns."""
    places = np.full((len(SCRIPTS), len(SCRIPTS)), NO_MODEL, np.uint8)
    for model, (rows, columns) in enumerate(MODELS):
        places[columns, rows] = 2 * model + 1
        places[rows, columns] = 2 * model
    return places


MODEL_OF = _models()


def _forms(reading: Reading) -> list[tuple[int, str]]:
    """Return (alphabet, word): the own-script form where its letters are learned, then the a-z forms.

    A sign has none, so that spelling never finds it.
    """
    if reading.script == SIGN:
        return []
    roman = [(LATN, form) for form in reading.latin]
    if reading.script in SCRIPTS[1:]:
        return [(SCRIPTS.index(reading.script), reading.folded[:MAX_SOUNDS]), *roman]
    return roman or [(LATN, "")]


def _exact(reading: Reading) -> int:
    if not reading.exact:
        return 0
    custom, sound = (zlib.crc32(text.encode()) for text in (reading.exact, reading.sounds[0]))
    return custom << int(CUSTOM_AT) | sound


def _starts(rows: Sequence[Sequence[object]]) -> npt.NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)]).astype(np.int32)


@compiled
def _sums(
    letters: Codes,
    letter_at: npt.NDArray[np.int32],
    alphabets: npt.NDArray[np.uint8],
    values: Limits,
    chained: bool,
    models: npt.NDArray[np.uint8],
) -> npt.NDArray[np.int32]:
    """Return [forms, alphabets] the value of each form beside each alphabet: of the best chain, or of all letters."""
    found = np.zeros((len(alphabets), models.shape[0]), np.int32)
    for form in range(len(alphabets)):
        word = letters[letter_at[form] : letter_at[form + 1]]
        for other in range(models.shape[0]):
            model = models[alphabets[form], other]
            if model != NO_MODEL:
                row = values[model >> 1, model & 1]
                found[form, other] = alone(word, row) if chained else letter_sum(word, row)
    return found
