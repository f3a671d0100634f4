"""The learned odds of letters on disk: made by benchmarks/training, read once per process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.kernel.alphabets import NO_PAIR, SCRIPTS, Alphabet
from matching.kernel.odds import NEVER, Limits, Odds

Rounded = npt.NDArray[np.int16]
# (rows, columns) of every model; places in `odds`. Other pairs of scripts meet through their a-z spellings.
MODELS = ((0, 0), (1, 0), (2, 0), (3, 0), (1, 1), (2, 2), (3, 3))
CODES = NO_PAIR + 1
SHIPPED = "spelling_odds.npz"
# Hundredths of a natural logarithm: finer steps change no level.
SCALE = 100


@dataclass(frozen=True)
class SpellingOdds:
    """What is learned: `joint` [model, rows, columns]; `alone`, `typical` and `most` [model, side, letter]."""

    alphabets: tuple[Alphabet, ...]
    joint: Odds
    alone: Limits
    typical: Limits
    most: Limits


def load_odds(path: Path | None = None) -> SpellingOdds:
    """Return the odds in `path`, or those that ship with the library."""
    data = path.read_bytes() if path else (resources.files("matching") / "data" / SHIPPED).read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as file:
        alphabets = tuple(Alphabet(tuple(str(file[f"alphabet_{script}"][()]).split("\n"))) for script in SCRIPTS)
        return _filled(alphabets, {model: tuple(file[name] for name in _names(model)) for model in range(len(MODELS))})


def _names(model: int) -> tuple[str, str, str]:
    """Return the names in the file of a model's joint odds and of its rows and columns alone."""
    pair = "_".join(SCRIPTS[alphabet] for alphabet in MODELS[model])
    return f"joint_{pair}", f"rows_{pair}", f"columns_{pair}"


def odds_from(alphabets: tuple[Alphabet, ...], tables: Mapping[int, npt.NDArray[np.float64]]) -> SpellingOdds:
    """Return the odds of learned joint probabilities by place in MODELS; a model that is missing allows nothing."""
    return _filled(alphabets, {model: _rounded(table) for model, table in tables.items()})


def _filled(alphabets: tuple[Alphabet, ...], parts: Mapping[int, Sequence[Rounded]]) -> SpellingOdds:
    joint = np.full((len(MODELS), CODES, CODES), NEVER, np.int16)
    alone = np.full((len(MODELS), 2, CODES), NEVER, np.int16)
    for model, (table, rows, columns) in parts.items():
        joint[model, : len(rows), : len(columns)] = table
        alone[model, 0, : len(rows)], alone[model, 1, : len(columns)] = rows, columns
    typical = np.stack([_typical(joint[model], alone[model]) for model in range(len(MODELS))])
    most = np.stack([_most(joint[model], alphabets, MODELS[model]) for model in range(len(MODELS))])
    return SpellingOdds(alphabets, *(table.astype(np.float32) for table in (joint, alone, typical, most)))


def _most(joint: Rounded, alphabets: tuple[Alphabet, ...], model: tuple[int, int]) -> Rounded:
    """Return [side, letter] a log probability that the letter's part in an operation never exceeds."""
    found = np.stack([joint.max(1), joint.max(0)]).astype(np.int32)
    for side, alphabet in enumerate(model):
        codes = alphabets[alphabet].codes
        for chunk, code in codes.items():
            for letter in chunk if len(chunk) > 1 else "":
                place = codes[letter]
                found[side, place] = max(found[side, place], -(-found[side, code] // 2))
    return found.astype(np.int16)


def _typical(joint: Rounded, alone: Rounded) -> Rounded:
    """Return [side, chunk] the log odds that a chunk adds on average where two words are one name."""
    chance = np.where(joint > NEVER, np.exp(joint / SCALE), 0.0)
    partner_alone = np.where(alone > NEVER, alone, 0)
    gain = joint - partner_alone[0][:, None] - partner_alone[1][None, :]
    sums = [np.maximum(chance.sum(axis), 1e-30) for axis in (1, 0)]
    means = [(chance * gain).sum(axis) / sums[place] for place, axis in enumerate((1, 0))]
    return np.clip(np.round(means), NEVER, -NEVER).astype(np.int16)


def _rounded(table: npt.NDArray[np.float64]) -> tuple[Rounded, ...]:
    return logarithms(table), logarithms(_marginal(table, 1)), logarithms(_marginal(table, 0))


def logarithms(probabilities: npt.NDArray[np.float64]) -> Rounded:
    """Return whole hundredths of natural logarithms; what is impossible is NEVER."""
    safe = np.log(np.maximum(probabilities, 1e-30)) * SCALE
    return np.asarray(np.where(probabilities > 0.0, np.round(safe), NEVER)).astype(np.int16)


def save_odds(path: Path, alphabets: tuple[Alphabet, ...], tables: list[npt.NDArray[np.float64]]) -> None:
    """Write the joint probabilities of every model in the order of MODELS."""
    content: dict[str, npt.NDArray[np.generic]] = {}
    for script, alphabet in zip(SCRIPTS, alphabets, strict=True):
        content[f"alphabet_{script}"] = np.array("\n".join(alphabet.chunks))
    for model, table in enumerate(tables):
        content |= dict(zip(_names(model), _rounded(table), strict=True))
    with path.open("wb") as file:
        np.savez_compressed(file, **content)  # type: ignore[arg-type] # the stub expects no names of our own


def _marginal(table: npt.NDArray[np.float64], axis: int) -> npt.NDArray[np.float64]:
    """How likely a chunk is by itself, whatever it stands for on the other side."""
    sums = table.sum(axis)
    sums[0] = 0.0
    return np.asarray(sums / sums.sum())
