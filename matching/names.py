"""Names as bags of tokens with slots, aligned in any order; a missing part is not a contradicted part."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from matching import weights
from matching.equivalents import common_shares
from matching.kernel import CLOSE, DIFFERENT, INITIAL, LOOSE, SAME, compare_tokens
from matching.normalize import clean
from matching.scripts import read
from matching.skeletons import token_values
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


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The best alignment of two names: its weight in bits, its level, and the levels of the parts."""

    weight: float
    level: str
    given: str
    father: str
    family: str
    left: NameForm
    right: NameForm
    agreed: int = 0


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
        if not any(compare_tokens(token, other)[0] <= CLOSE for other in known)
    ]
    written = name.full or " ".join(part for slot in SLOTS if (part := getattr(name, slot)))
    found = found[:MAX_TOKENS]
    return NameForm(name.kind, clean(written), tuple(t for t, _ in found), tuple(s for _, s in found))


@lru_cache(maxsize=65_536)
def default_rarity(skeleton: str) -> float:
    """Return an assumed share of persons with this token: the table of common names, else by length."""
    known = common_shares().get(skeleton)
    return known if known is not None else weights.SHARE_BY_LENGTH.get(len(skeleton), weights.SHARE_OF_LONG)


def token_share(token: str, rarity: Rarity | None) -> float:
    """Return the share of persons whose name has this token in any spelling, 0..1."""
    bones = next(iter(token_values(token)), "")
    if rarity is None:
        return default_rarity(bones)
    return min(1.0, max(0.0, rarity(bones)))


def agreement(left: str, right: str, level: int, rarity: Rarity | None) -> float:
    """Return the bits by which two aligned tokens speak for one person: rare agreement counts more."""
    chance, factor = weights.TOKEN_LEVELS[level]
    share = max(token_share(left, rarity), token_share(right, rarity), weights.LEAST_SHARE)
    return weights.log2_ratio(chance, share * factor + weights.NOISE[level])


def align(left: NameForm, right: NameForm, rarity: Rarity | None) -> list[tuple[int, int, int, float]]:
    """Return (left place, right place, level, bits) of the best one-to-one pairs, best first."""
    pairs = []
    for i, one in enumerate(left.tokens):
        for j, other in enumerate(right.tokens):
            level = compare_tokens(one, other)[0]
            if level < DIFFERENT:
                same_slot = left.slots[i] == right.slots[j]
                pairs.append((level, not same_slot, abs(i - j), min(i, j), max(i, j), i, j))
    pairs.sort()
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen = []
    for level, *_, i, j in pairs:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            chosen.append((i, j, level, agreement(left.tokens[i], right.tokens[j], level, rarity)))
    return chosen


def _given_places(form: NameForm) -> tuple[int, ...]:
    """Places of the given name: its slot, else before a patronymic, else the first of a full name."""
    named = tuple(place for place, slot in enumerate(form.slots) if slot == "given")
    if named:
        return named
    for place, token in enumerate(form.tokens[1:]):
        if form.slots[place] == "full" and is_patronymic(token):
            return (place,)
    return (0,) if form.slots[0] == "full" else ()


@lru_cache(maxsize=65_536)
def is_patronymic(token: str) -> bool:
    """Tell whether a token is an East Slavic patronymic by its sound: -ovych, -evich, -ivna, -ovna."""
    return bool(_PATRONYMIC.search(read(token).sounds[0]))


def _joined_like(form: NameForm, other: NameForm) -> NameForm:
    """Return `form` with two neighbours written as one word where `other` does so: Gul Agha, Gulagha."""
    if len(form.tokens) < 2:  # noqa: PLR2004 - two neighbours
        return form
    longest = max(map(len, other.tokens))
    for place, (one, after) in enumerate(pairwise(form.tokens)):
        if len(one) + len(after) > longest + 2 or (one in other.tokens or after in other.tokens):
            continue
        joined = one + after
        if any(compare_tokens(joined, token)[0] <= SAME for token in other.tokens):
            tokens_now = (*form.tokens[:place], joined, *form.tokens[place + 2 :])
            return NameForm(form.kind, form.shown, tokens_now, form.slots[: place + 1] + form.slots[place + 2 :])
    return form


def compare_forms(left: NameForm, right: NameForm, rarity: Rarity | None) -> NameMatch:
    """Return the alignment of two name forms."""
    left, right = _joined_like(left, right), _joined_like(right, left)
    chosen = align(left, right, rarity)
    bits = sum(gain for *_, gain in chosen)
    unmatched = min(len(left.tokens), len(right.tokens)) - len(chosen)
    bits += unmatched * weights.UNMATCHED_TOKEN
    to_right = {i: (j, level) for i, j, level, _ in chosen}
    to_left = {j: (i, level) for i, j, level, _ in chosen}
    return NameMatch(
        weight=weights.dampen(bits),
        level=_level(left, right, chosen, unmatched),
        given=_given(left, right, to_right, to_left),
        father=_slot("father", left, right, to_right, to_left),
        family=_slot("family", left, right, to_right, to_left),
        left=left,
        right=right,
        agreed=len(chosen),
    )


def _level(left: NameForm, right: NameForm, chosen: list[tuple[int, int, int, float]], unmatched: int) -> str:
    if not chosen:
        return "different"
    if unmatched:
        return "partly"
    worst = max(level for _, _, level, _ in chosen)
    in_order = all(i == j for i, j, _, _ in chosen) or len(chosen) == 1
    if worst > SAME:
        return "close"
    if worst == 0:
        return ("same" if in_order else "same_other_order") if len(left.tokens) == len(right.tokens) else "same_shorter"
    scripts = {read(token).script for token in left.tokens} == {read(token).script for token in right.tokens}
    return "other_spelling" if scripts else "other_script"


def _given(
    left: NameForm, right: NameForm, to_right: dict[int, tuple[int, int]], to_left: dict[int, tuple[int, int]]
) -> str:
    ours, theirs = _given_places(left), _given_places(right)
    if not ours or not theirs:
        return "missing"
    met = [to_right[i][1] for i in ours if i in to_right and to_right[i][0] in theirs]
    if met:
        best = min(met)
        if _rest_differs(ours, to_right) and _rest_differs(theirs, to_left):
            return "second_differs"
        return "same" if best <= SAME else "close" if best < LOOSE else "loose"
    left_found = any(i in to_right for i in ours)
    right_found = any(j in to_left for j in theirs)
    if left_found and right_found:
        return "elsewhere"
    named = _is_named(left, ours) and _is_named(right, theirs)
    if left_found or right_found:
        return "partly" if named else "shifted"
    return "different" if named else "probably_different"


def _rest_differs(places: tuple[int, ...], met: dict[int, tuple[int, int]]) -> bool:
    return any(place not in met for place in places)


def _is_named(form: NameForm, places: tuple[int, ...]) -> bool:
    return any(form.slots[place] == "given" for place in places)


def _slot(
    slot: str,
    left: NameForm,
    right: NameForm,
    to_right: dict[int, tuple[int, int]],
    to_left: dict[int, tuple[int, int]],
) -> str:
    ours = [place for place, name in enumerate(left.slots) if name == slot]
    theirs = [place for place, name in enumerate(right.slots) if name == slot]
    if not ours or not theirs:
        return "missing"
    levels = [to_right[i][1] for i in ours if i in to_right and to_right[i][0] in theirs]
    if levels:
        return "same" if min(levels) <= SAME else "close"
    if any(i in to_right for i in ours) or any(j in to_left for j in theirs):
        return "elsewhere"
    return "different"


def best_match(
    left: Sequence[NameForm], right: Sequence[NameForm], rarity: Rarity | None
) -> tuple[NameMatch | None, NameMatch | None]:
    """Return (best of the full names, best where a nickname or married name takes part)."""
    main: NameMatch | None = None
    helping: NameMatch | None = None
    for one in left:
        for other in right:
            match = compare_forms(one, other, rarity)
            if one.kind in HELPING_KINDS or other.kind in HELPING_KINDS:
                helping = match if helping is None or _order(match) > _order(helping) else helping
            else:
                main = match if main is None or _order(match) > _order(main) else main
    return main, helping


def _order(match: NameMatch) -> tuple[float, str, str, str]:
    """Best bits first; ties are broken by what both sides show, so that neither side matters."""
    shown = sorted((match.left.shown, match.right.shown))
    return round(part_bits(match), 6), match.given, match.level, "|".join(shown)


def part_bits(match: NameMatch) -> float:
    """Return the bits of a name alignment together with the bits of its parts."""
    return match.weight + sum(
        weights.bits(kind, level)
        for kind, level in (
            ("given_name", match.given),
            ("father_name", match.father),
            ("family_name", match.family),
        )
    )


__all__ = [
    "INITIAL",
    "NameForm",
    "NameMatch",
    "Rarity",
    "best_match",
    "compare_forms",
    "name_forms",
    "part_bits",
]
