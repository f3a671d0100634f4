"""Names as bags of tokens with slots: what was written, in parts, and where each part stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching import weights
from matching.equivalents import common_shares
from matching.kernel import CLOSE, compare_tokens
from matching.normalize import clean
from matching.scripts import read
from matching.tokens import MAX_TOKENS, tokens
from matching.types import Name

Rarity = Callable[[str], float]
SLOTS = ("given", "father", "grandfather", "family")
# More spellings of one person's name than this are repetitions.
MAX_NAMES = 6
# Kinds that are names for daily use: they help when they agree and say nothing when they differ.
HELPING_KINDS = frozenset(("nickname", "married", "other"))
_PATRONYMIC = re.compile(r".{2}(?:[oeiy]v[iy]C|[oeiy][vw]na)$")


@dataclass(frozen=True, slots=True)
class NameForm:
    """One written name: as shown, its tokens, and for each token its slot (`full` when unknown)."""

    kind: str
    shown: str
    tokens: tuple[str, ...]
    slots: tuple[str, ...]

    def part(self, slot: str) -> str:
        """Return the tokens of one slot, "" when the name does not mark it."""
        if slot not in self.slots:
            return ""
        return " ".join(token for token, held in zip(self.tokens, self.slots, strict=True) if held == slot)


def name_forms(names: Sequence[Name]) -> tuple[NameForm, ...]:
    """Return the forms of a person's names that have tokens, the first MAX_NAMES distinct ones."""
    forms = dict.fromkeys(form for form in map(_form, names) if form.tokens)
    return tuple(forms)[:MAX_NAMES]


def _form(name: Name) -> NameForm:
    parts = [(slot, tokens(getattr(name, slot))) for slot in SLOTS]
    found = [(token, slot) for slot, bag in parts for token in bag]
    known = [token for token, _ in found]
    found += [
        (token, "full")
        for token in tokens(name.full)
        if token not in known and not any(compare_tokens(token, other)[0] <= CLOSE for other in known)
    ]
    written = name.full or " ".join(part for slot in SLOTS if (part := getattr(name, slot)))
    found = found[:MAX_TOKENS]
    return NameForm(name.kind, clean(written), tuple(t for t, _ in found), tuple(s for _, s in found))


@lru_cache(maxsize=65_536)
def default_rarity(skeleton: str) -> float:
    """Return an assumed share of persons with this token: the table of common names, else by length."""
    known = common_shares().get(skeleton)
    return known if known is not None else weights.SHARE_BY_LENGTH.get(len(skeleton), weights.SHARE_OF_LONG)


def default_place_rarity(_: str) -> float:
    """Return an assumed share of persons with a word in their places, whatever the word."""
    return weights.PLACE_SHARE


@lru_cache(maxsize=65_536)
def is_patronymic(token: str) -> bool:
    """Tell whether a token is an East Slavic patronymic by its sound: -ovych, -evich, -ivna, -ovna."""
    return bool(_PATRONYMIC.search(read(token).sounds[0]))
