"""A written name becomes an ordered bag of tokens: compounds brought to one form, titles and particles left out."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from matching.normalize import words
from matching.scripts import script_of
from matching.scripts.burmese import syllables
from matching.traditions import TRADITIONS
from matching.traditions.chinese import is_syllable, join_given, split_han
from matching.traditions.korean import split_hangul

# More parts than this are not one name; the limit bounds the time of one comparison.
MAX_TOKENS = 8
# The shortest words in which a joined article, or what a compound completes, is looked for.
_MIN_WITH_ARTICLE, _MIN_REST = 5, 3
ARTICLES = frozenset().union(*(tradition.articles for tradition in TRADITIONS))
TITLES = frozenset().union(*(tradition.titles for tradition in TRADITIONS))
PARTICLES = frozenset().union(*(tradition.particles for tradition in TRADITIONS))
# Particles that are part of the name where it begins with them, and say little.
NAMES_WHEN_FIRST = frozenset().union(*(tradition.first for tradition in TRADITIONS))
MAY_BE_LAST = frozenset().union(*(tradition.last for tradition in TRADITIONS))
GENERIC = NAMES_WHEN_FIRST | frozenset().union(*(tradition.generic for tradition in TRADITIONS))
# The first word is no name by itself: what follows completes it. Value: the joined beginning.
STARTS = {word: joined for tradition in TRADITIONS for word, joined in tradition.starts.items()}
# The last word is no name by itself: it completes what stands before. Value: the joined ending.
ENDS = {word: joined for tradition in TRADITIONS for word, joined in tradition.ends.items()}
# Two words that are names by themselves and one name together: Tesfa Yesus, Haile Mariam.
BUILDS = {
    (head, tail): start + end
    for tradition in TRADITIONS
    for heads, tails in tradition.builds
    for (head, start), (tail, end) in product(heads.items(), tails.items())
}
# One written word that is two names: Gulmohammad, Alireza, Benali.
HALVES = {
    head + tail: (head, tail)
    for tradition in TRADITIONS
    for heads, tails in tradition.halves
    for head, tail in product(sorted(heads), sorted(tails))
    if head != tail
}
_SPLIT = {"Hani": split_han, "Hang": split_hangul, "Mymr": syllables}
# Son of, daughter of, wife of, care of; he or she who was born.
_RELATION = re.compile(r"(?<!\w)(?:[sdwc]/o|(?:son|daughter|wife|widow|brother|sister) of)(?!\w)", re.IGNORECASE)
# Two names around an article in one word: Ziaulhaq, ضیاالحق.
_AROUND_ARTICLE = re.compile("^(.{3,}?)(?:ul|ol|al|al-|ال)(haqq?|haque|islam|huda|amin|kabir|حق|اسلام|هدی|هدى|امین)$")
_SHORT_AROUND = 6
# What stands between servant and the name of God in one word: Abdelaziz, Abdurrahman, Abdishakur, Abdoulkarim.
_SERVANT_OF = re.compile(r"^(?:ou|[aeiouаеиоуы])(?:[lл](?=.{3})|sh(?=sh)|([nrstdzнрстдзш])(?=\1))?")
_SERVANTS = ("abd", "cabd", "ebd", "عبد", "абд", "अब्द", "আব্দ")
_JOINED_STARTS = (
    *sorted(set(STARTS.values()), key=lambda word: (-len(word), word)),
    "haile",
    "tekle",
    "gholam",
    "غلام",
)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """Return the name tokens of `text` in the order written, at most MAX_TOKENS; () when there is none."""
    found = [
        part
        for word in words(_RELATION.sub(" ", text) if "/" in text or " of " in text.lower() else text)
        for part in _parts(word)
    ]
    if len(found) == 1:
        return tuple(_apart(found[0]))
    # Pan and Du are titles and particles elsewhere, and names in China.
    kept = found if all(map(is_syllable, found)) else _without_small_words(found)
    bare = _without_articles(_join(join_given(kept or found)))
    return tuple([half for part in bare for half in _apart(part)][:MAX_TOKENS])


def _without_small_words(found: list[str]) -> list[str]:
    kept = [part for part in found if part not in TITLES]
    return [part for place, part in enumerate(kept) if not _is_small(part, place, len(kept) - 1)]


def _is_small(part: str, place: int, last: int) -> bool:
    """Tell whether a word only leads to the next: not where it begins a name (Ben Ali), or ends it (Sumon Das)."""
    if part not in PARTICLES or (not place and part in NAMES_WHEN_FIRST):
        return False
    return place < last or part in MAY_BE_LAST


def _without_articles(joined: list[str]) -> list[str]:
    """Leave out articles before the word that they belong to; an-Nur has one, Nguyen Van An has none."""
    return [
        part
        for place, part in enumerate(joined)
        if part not in ARTICLES or place == len(joined) - 1 or not _belongs(part, joined[place + 1])
    ]


def _belongs(article: str, word: str) -> bool:
    return article[-1:] in "lьль" or not article.isascii() or word.startswith(article[1:])


@lru_cache(maxsize=65_536)
def is_generic(token: str) -> bool:
    """Tell whether a token says little about who somebody is, there or missing: Md, Bibi, Khan, Begum, Maung."""
    return token in GENERIC


def _parts(word: str) -> list[str]:
    """Return the words inside one written word: at hyphens, and by syllables where a script writes no spaces."""
    split = None if word.isascii() else _SPLIT.get(script_of(word))
    if split is not None:
        return [part for piece in word.split("-") if piece for part in split(piece)]
    if "-" not in word:
        return [word.replace("'", "") or word]
    pieces = [piece.replace("'", "") or piece for piece in word.split("-") if piece]
    # Xiao-ming, Ji-sung: syllables of one given name.
    if len(pieces) == 2 and all(map(is_syllable, pieces)):  # noqa: PLR2004 - a pair
        return ["".join(pieces)]
    return pieces


def _apart(part: str) -> tuple[str, ...]:
    if (known := HALVES.get(part)) is not None:
        return known
    around = _AROUND_ARTICLE.match(part) if len(part) > _SHORT_AROUND else None
    return (around[1], around[2]) if around else (part,)


def _join(parts: list[str]) -> list[str]:
    joined: list[str] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        start = STARTS.get(part)
        after = place + 1
        while start and after < len(parts) - 1 and parts[after] in ARTICLES:
            after += 1
        if start and after < len(parts) and parts[after] not in STARTS:
            joined.append(start + _completion(parts[after]))
            place = after + 1
            continue
        if place and (part in ENDS or (joined[-1], part) in BUILDS):
            _complete(joined, part)
        else:
            joined.append(part)
        place += 1
    return joined


def _complete(joined: list[str], part: str) -> None:
    """Join an ending with the last word, over an article that stands between them."""
    if (built := BUILDS.get((joined[-1], part))) is not None:
        joined[-1] = built
        return
    if joined[-1] in ARTICLES and len(joined) > 1:
        joined.pop()
    # Before another word the feminine ending is spoken as t: عزة الله, Ezzatollah.
    joined[-1] = re.sub("ة$", "ت", joined[-1]) + ENDS[part]


def _completion(word: str) -> str:
    if word.startswith("ال") and len(word) >= _MIN_WITH_ARTICLE and word != "الله":
        return word[2:]
    return ENDS.get(word, word)


def servant_of(token: str) -> str:
    """Return the name of God in a compound that means his servant (karim of abdkarim and cabdikarim), else nothing."""
    start = next((one for one in _SERVANTS if token.startswith(one)), "")
    rest = token[len(start) :] if start else ""
    rest = rest.removeprefix("ال") if start == "عبد" else _SERVANT_OF.sub("", rest)
    return rest if len(rest) >= _MIN_REST else ""


def halves(token: str) -> tuple[str, ...]:
    """Return the complement of a joined compound (rahman of abdrahman), so that split spellings meet."""
    if plain := servant_of(token):
        return (plain,)
    for start in _JOINED_STARTS:
        if token.startswith(start) and len(token) - len(start) >= _MIN_REST:
            rest = token[len(start) :]
            return (rest[2:] if rest[:2] in ("ul", "el", "al", "ال") and len(rest) >= _MIN_WITH_ARTICLE else rest,)
    return ()
