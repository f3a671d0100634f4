"""Reads the public name lists that tables are learned from, and mixes in the slips that clean lists lack.

Where they come from: tokens_arab_latn, tokens_cyrl_latn and wd_* are the person-name tokens of
NETransliteration-COLING2018 (Wikidata, CC0) and google/transliteration (Apache-2.0); token_clusters are the
name items of Wikidata as collected by rigour 1.3.5 (CC0).
"""

from __future__ import annotations

import gzip
import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise, permutations
from pathlib import Path

from matching.scripts import read, script_of

# A spelling seen often is no more certain than one seen three times; it is only more frequent.
MOST = 3
# Share of pairs repeated with a slip of typing or scanning, by judgement of what registers look like.
SLIPS = 0.12
# Pairs a model is learned from; more change its accuracy by less than one in a hundred.
ENOUGH = 40_000
# Words paired with a slip of themselves, for scripts whose spellings of one name are seldom listed.
OWN_SLIPS, OWN_WEIGHT = 8_000, 0.3
# Pairs taken from one cluster: large ones must not decide everything.
FROM_CLUSTER = 12
_COLUMNS = 2  # spelling and native; a count may follow
Pair = tuple[str, str, float]


def clean(word: str) -> str:
    """Return a token as the product would see it: composed, lower case."""
    return unicodedata.normalize("NFKC", word).lower().strip()


def own(word: str) -> str:
    """Return the folded form in the script it is written in."""
    return read(clean(word)).folded[:32]


def latin(word: str) -> str:
    """Return the plainest a-z form."""
    forms = read(clean(word)).latin
    return forms[0] if forms else ""


def lines(path: Path) -> Iterator[list[str]]:
    """Yield the columns of a table, zipped or not."""
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    for line in text.decode("utf-8").split("\n"):
        if line:
            yield line.split("\t")


def split_pairs(path: Path) -> list[Pair]:
    """Return (native, latin, weight) of a published split, whose native letters are spaced out."""
    rows = [row for row in lines(path) if len(row) >= _COLUMNS]
    return [(row[1].replace(" ", ""), row[0], min(MOST, float(row[2])) if len(row) > _COLUMNS else 1.0) for row in rows]


def token_pairs(path: Path) -> list[Pair]:
    """Return (native, latin, weight) of a token file with a heading."""
    rows = list(lines(path))[1:]
    return [(row[0], row[1], min(MOST, float(row[-1]))) for row in rows]


def clusters(path: Path) -> list[list[str]]:
    """Return the forms of each name item."""
    return [row[1].split("|") for row in list(lines(path))[1:]]


def same_script_pairs(groups: Iterable[list[str]], script: str) -> list[Pair]:
    """Return pairs of different spellings in one script, the weight of a cluster growing with its root."""
    found = []
    for group in groups:
        forms = sorted({form for form in map(clean, group) if script_of(form) == script and len(form) > 1})
        pairs = list(permutations(forms, 2))
        kept = random.Random(len(found)).sample(pairs, min(FROM_CLUSTER, len(pairs)))
        found += [(one, other, 1.0 / len(kept) ** 0.5) for one, other in kept]
    return found


def prepared(pairs: list[Pair], excluded: frozenset[str], *, both_own: bool) -> list[Pair]:
    """Return pairs in folded letters, without those that hold an excluded token."""
    found: Counter[tuple[str, str]] = Counter()
    allowed = [pair for pair in pairs if clean(pair[0]) not in excluded and clean(pair[1]) not in excluded]
    for native, roman, weight in random.Random(len(allowed)).sample(allowed, min(ENOUGH, len(allowed))):
        one, other = own(native), own(roman) if both_own else latin(roman)
        if one and other and not (both_own and one == other):
            found[one, other] += weight
    return [(one, other, min(MOST, weight)) for (one, other), weight in sorted(found.items())]


def own_slips(words: Iterable[str], excluded: frozenset[str]) -> list[Pair]:
    """Return words paired with themselves after one slip, both ways round."""
    known = sorted({clean(word) for word in words} - excluded)
    chance = random.Random(len(known))
    kept = [own(word) for word in chance.sample(known, min(OWN_SLIPS, len(known)))]
    letters = "".join(sorted(set("".join(kept))))
    spoiled = [(word, slip(word, letters, chance)) for word in kept if len(word) > 1]
    return [pair for word, other in spoiled for pair in ((word, other, OWN_WEIGHT), (other, word, OWN_WEIGHT))]


def with_slips(pairs: list[Pair], seed: int = 1) -> list[Pair]:
    """Return the pairs and, for a share of them, the same with one slip on either side."""
    chance = random.Random(seed)
    letters = ["".join(sorted({letter for pair in pairs for letter in pair[side]})) for side in (0, 1)]
    slipped = []
    for one, other, weight in pairs:
        if chance.random() < SLIPS:
            side = chance.randrange(2)
            spoiled = slip((one, other)[side], letters[side], chance)
            slipped.append((spoiled, other, weight) if side == 0 else (one, spoiled, weight))
    return pairs + [pair for pair in slipped if pair[0] and pair[1]]


def slip(word: str, letters: str, chance: random.Random) -> str:
    """Return a word with one letter left out, put in, doubled, exchanged for another, or swapped with the next."""
    place = chance.randrange(len(word))
    kind = chance.random()
    before, letter, after = word[:place], word[place], word[place + 1 :]
    if kind < 0.3:  # noqa: PLR2004 - shares of the kinds of slips, by judgement
        return before + after
    if kind < 0.55:  # noqa: PLR2004
        return before + chance.choice(letters) + after
    if kind < 0.7:  # noqa: PLR2004
        return before + letter + chance.choice(letters) + after
    if kind < 0.8:  # noqa: PLR2004
        return before + letter + letter + after
    return before + after[:1] + letter + after[1:]


def bigrams(words: Iterable[str]) -> Counter[str]:
    """Count neighbouring letters."""
    return Counter(one + other for word in words for one, other in pairwise(word))
