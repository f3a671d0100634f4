"""A written name becomes an ordered bag of tokens: compounds joined, titles and particles left out."""

from __future__ import annotations

from functools import lru_cache

from matching.normalize import words

# More parts than this are not one name; the limit bounds the time of one comparison.
MAX_TOKENS = 8
# The shortest words in which a joined article, or what a compound completes, is looked for.
_MIN_WITH_ARTICLE, _MIN_REST = 5, 3
ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "as",
        "ash",
        "ar",
        "an",
        "at",
        "az",
        "ad",
        "ed",
        "en",
        "es",
        "et",
        "er",
        "ud",
        "ol",
        "il",
        "ال",
        "эль",
        "аль",
        "ель",
    ]
)
TITLES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "prof",
        "eng",
        "sir",
        "madame",
        "monsieur",
        "mme",
        "haji",
        "hajji",
        "hadji",
        "hajj",
        "alhaj",
        "alhaji",
        "sheikh",
        "shaikh",
        "cheikh",
        "ato",
        "woizero",
        "weyzero",
        "wzro",
        "mawlawi",
        "mullah",
        "qari",
        "ustad",
        "ustaz",
        "الحاج",
        "حاج",
        "حاجی",
        "حاجي",
        "الشيخ",
        "شيخ",
        "شیخ",
        "دكتور",
        "دکتر",
        "الدكتور",
        "الاستاذ",
        "ملا",
        "قاری",
        "استاد",
        "пан",
        "пані",
        "господин",
        "госпожа",
        "አቶ",
        "ወይዘሮ",
        "ወሮ",
    ]
)
PARTICLES = frozenset(
    [
        "bin",
        "ibn",
        "ben",
        "bint",
        "binti",
        "binte",
        "bent",
        "ould",
        "wuld",
        "walad",
        "oulad",
        "ap",
        "de",
        "la",
        "del",
        "della",
        "da",
        "dos",
        "do",
        "du",
        "des",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "y",
        "بن",
        "ابن",
        "بنت",
        "إبن",
        "бин",
        "ибн",
        "оглы",
        "кызы",
        "огли",
    ]
)
# The first word is no name by itself: what follows completes it. Value: the joined beginning.
PREFIXES = (
    dict.fromkeys(("abd", "abdul", "abdel", "abdal", "abdol", "abdou", "abdu", "abdur", "abder"), "abd")
    | dict.fromkeys(("عبد", "عبدال", "عبدل"), "عبد")
    | dict.fromkeys(("абд", "абдул", "абдель", "абдуль", "абду"), "абд")
    | dict.fromkeys(("gebre", "gabra", "gebra"), "gebre")
    | dict.fromkeys(("haile", "hayle", "hailu"), "haile")
    | dict.fromkeys(("wolde", "welde", "walda"), "wolde")
    | dict.fromkeys(("tekle", "takla"), "tekle")
    | {"ገብረ": "ገብረ", "ኃይለ": "ኃይለ", "ሃይለ": "ሃይለ", "ወልደ": "ወልደ", "ተክለ": "ተክለ"}
    | dict.fromkeys(("gholam", "ghulam", "qolam"), "gholam")
    | {"غلام": "غلام", "ابو": "ابو", "أبو": "ابو", "ام": "ام", "أم": "ام"}
    | dict.fromkeys(("abu", "abou", "aboo"), "abu")
    | dict.fromkeys(("um", "umm", "oum", "om"), "um")
)
# The last word is no name by itself: it completes what stands before. Value: the joined ending.
SUFFIXES = (
    dict.fromkeys(("din", "deen", "dine", "uddin", "eddin", "eddine", "aldin", "addin", "uddeen", "udin"), "din")
    | dict.fromkeys(("allah", "ullah", "ollah", "ulla", "oullah"), "ulah")
    | dict.fromkeys(("الدين", "الدین", "دين", "دین"), "دین")
    | dict.fromkeys(("الله", "اله"), "الله")
)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """Return the name tokens of `text` in the order written, at most MAX_TOKENS; () when there is none."""
    found = [part for word in words(text) for part in _parts(word)]
    kept = [part for part in found if part not in TITLES and part not in PARTICLES]
    joined = _join(kept or found)
    bare = [part for part in joined if part not in ARTICLES]
    return tuple((bare or joined)[:MAX_TOKENS])


def _parts(word: str) -> list[str]:
    """Split at hyphens, but keep a clitic article or apostrophe inside its word."""
    pieces = [piece for piece in word.split("-") if piece]
    return [piece.replace("'", "") or piece for piece in pieces]


def _join(parts: list[str]) -> list[str]:
    joined: list[str] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        after = place + 1
        while after < len(parts) - 1 and parts[after] in ARTICLES and PREFIXES.get(part):
            after += 1
        if PREFIXES.get(part) and after < len(parts):
            joined.append(PREFIXES[part] + _without_article(parts[after]))
            place = after + 1
            continue
        if SUFFIXES.get(part) and joined and place > 0:
            if joined[-1] in ARTICLES and len(joined) > 1:
                joined.pop()
            joined[-1] += SUFFIXES[part]
        else:
            joined.append(part)
        place += 1
    return joined


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) >= _MIN_WITH_ARTICLE and word != "الله" else word


def halves(token: str) -> tuple[str, ...]:
    """Return the complement of a joined compound (rahman of abdrahman), so that split spellings meet."""
    for start in _JOINED_STARTS:
        if token.startswith(start) and len(token) - len(start) >= _MIN_REST:
            rest = token[len(start) :]
            return (rest[2:] if rest[:2] in ("ul", "el", "al", "ال") and len(rest) >= _MIN_WITH_ARTICLE else rest,)
    return ()


_JOINED_STARTS = (
    "abd",
    "عبد",
    "абд",
    "gebre",
    "haile",
    "wolde",
    "tekle",
    "gholam",
    "غلام",
    "abu",
    "ابو",
    "ገብረ",
    "ኃይለ",
    "ወልደ",
    "ተክለ",
)
