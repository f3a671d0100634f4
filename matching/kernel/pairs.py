"""Two tokens are compared by table and by spelling: symmetric, and bounded in time by the length of a token."""

from __future__ import annotations

import numpy as np

from matching.compiled import borrowing
from matching.equivalents import GIVEN_FROM, ROWS_OF_TRADITION, SERVANT_FROM
from matching.kernel.levels import CLOSE, DIFFERENT, EQUAL, INITIAL, LOOSE, NEAR, SAME, SHORT
from matching.kernel.name_clusters import FIRST_NUMBER as CLUSTERS_FROM
from matching.kernel.odds import Columns, best_chain
from matching.kernel.vocabulary import CUSTOM_AT, MODEL_OF, NO_MODEL, SINGLE, TokenArrays
from matching.paired_syllables import KOREAN_FROM as PAIRED_FROM

# Least (likeness in thousandths, log odds in hundredths) of each level, chosen by what true pairs and strangers of
# benchmarks/token_levels.py reach. Short names reach high likeness by chance, so the odds must speak too.
SAME_FROM, NEAR_FROM, CLOSE_FROM, LOOSE_FROM = (880, 800), (740, 600), (560, 450), (380, 200)
# Taken from the likeness of two words that are both tabled and share no name: brothers' names look alike, yet the
# tables are not complete.
TABLED_APART = 400
# By alphabets (Latin, Arabic, Cyrillic, Hebrew): 1 the left word is taken in its own script, 2 the right one, else
# in a-z. Of two scripts the one that hides vowels stays; where both do, both are taken in a-z.
OWN = np.array(((0, 2, 2, 2), (1, 3, 1, 0), (1, 2, 3, 2), (1, 0, 1, 3)), np.uint8)
NOTHING = -1000


@borrowing
def readings(a: TokenArrays, i: int, b: TokenArrays, j: int) -> tuple[int, int, int, int, int, int]:
    """Return (first form, end, alphabet) of the forms in which token i of `a` meets token j of `b`, then theirs."""
    ours, theirs = a.alphabet[i], b.alphabet[j]
    own = OWN[ours, theirs]
    f, f_end, g, g_end = a.form_at[i], a.form_at[i + 1], b.form_at[j], b.form_at[j + 1]
    if ours:
        f, f_end, ours = (f, f + 1, ours) if own & 1 else (f + 1, f_end, np.uint8(0))
    if theirs:
        g, g_end, theirs = (g, g + 1, theirs) if own & 2 else (g + 1, g_end, np.uint8(0))
    return f, f_end, ours, g, g_end, theirs


@borrowing
def chain_between(
    rows: Columns, a: TokenArrays, f: int, b: TokenArrays, g: int, model: int, most: int, least: int
) -> int:
    """Return the log probability of two forms of the rows and the columns of a model."""
    x, y = a.letters[a.letter_at[f] : a.letter_at[f + 1]], b.letters[b.letter_at[g] : b.letter_at[g + 1]]
    return best_chain(rows, x, y, a.odds[model], most, a.limits[model, 0], least)


@borrowing
def likeness(a: TokenArrays, i: int, b: TokenArrays, j: int, rows: Columns, least: int = NOTHING) -> tuple[int, int]:
    """Return (likeness in thousandths, log odds in hundredths) of the most alike readings of two tokens.

    Log odds say how much likelier the two spellings are for one name than by chance: log(P(x,y) / P(x)P(y)), P(x,y)
    of the best chain. Likeness is log odds in shares of what words of these letters reach on average beside their
    own name in that script: near 1000 for one name, 0 or less for chance, whatever the length and the scripts.
    Both are only good for saying so where likeness is below `least`. `rows` is a `chain_room`.
    """
    f, f_end, ours, g, g_end, theirs = readings(a, i, b, j)
    model = MODEL_OF[ours, theirs]
    share, odds = NOTHING, NOTHING
    if model == NO_MODEL:
        return share, odds
    for p in range(f, f_end):
        for q in range(g, g_end):
            by_chance = a.alone[p, theirs] + b.alone[q, ours]
            typical = max(1, a.typical[p, theirs] + b.typical[q, ours])
            floor = by_chance + (least * typical) // 2000
            if model & 1:
                joint = chain_between(rows, b, q, a, p, model >> 1, b.most[q, ours], floor)
            else:
                joint = chain_between(rows, a, p, b, q, model >> 1, a.most[p, theirs], floor)
            shared = joint - by_chance
            odds, share = max(odds, shared), max(share, (2000 * shared) // typical)
    return share, odds


@borrowing
def traditions_of(a: TokenArrays, i: int) -> tuple[np.uint64, bool]:
    """Return a bit for each tradition in which token i is a tabled given name, and whether other tables hold it."""
    bits, elsewhere = np.uint64(0), False
    for place in range(a.name_at[i], a.name_at[i + 1]):
        number = a.names[place] >> 1
        if GIVEN_FROM <= number < CLUSTERS_FROM:
            # Servants of God are of the tradition of their complement; names of two syllables are one of their own,
            # after those with rows.
            number -= SERVANT_FROM - GIVEN_FROM if number >= SERVANT_FROM else 0
            bits |= np.uint64(1) << np.uint64((min(number, PAIRED_FROM) - GIVEN_FROM) // ROWS_OF_TRADITION)
        else:
            elsewhere = True
    return bits, elsewhere


@borrowing
def tabled_level(a: TokenArrays, i: int, b: TokenArrays, j: int, exact: bool) -> tuple[int, bool]:
    """Return what the tables say, and whether both are tabled given names of one tradition.

    They say SAME, SHORT, DIFFERENT where they hold both and share no name, or -1. Of given names of one tradition the
    clusters, which are learned from public lists, are not heard; of given names of two the rows are no proof. Neither
    are the clusters heard of words that are `exact`ly apart: they hold bare spellings.
    """
    p, last = a.name_at[i], a.name_at[i + 1]
    q, end = b.name_at[j], b.name_at[j + 1]
    if p == last or q == end:
        return -1, False
    ours, held = traditions_of(a, i)
    theirs, also_held = traditions_of(b, j)
    given, best = exact or ours & theirs != 0, DIFFERENT
    while p < last and q < end:
        one, other = a.names[p], b.names[q]
        if one >> 1 == other >> 1 and not (given and one >> 1 >= CLUSTERS_FROM):
            best = min(best, SHORT if (one | other) & 1 else SAME)
        if one <= other:
            p += 1
        if other <= one:
            q += 1
    if best == DIFFERENT and not (given or (held and also_held)):
        return -1, False
    return best, given


@borrowing
def _exactly_apart(one: np.uint64, other: np.uint64) -> bool:
    """Tell whether two words of a custom in which a name has one spelling sound apart (영수 and 영호, Hương and Hồng).

    They may still be one name by the project's own table, not by spellings learned from lists without marks.
    """
    return bool(one > 0 and one >> CUSTOM_AT == other >> CUSTOM_AT and one != other)


@borrowing
def level_of(a: TokenArrays, i: int, b: TokenArrays, j: int, rows: Columns) -> int:
    """Return the level (matching.kernel.levels) of token i of `a` and token j of `b`; `rows` is a `chain_room`."""
    if a.identity[i] == 0 or b.identity[j] == 0:
        return DIFFERENT
    if a.identity[i] == b.identity[j]:
        return EQUAL
    if (a.traits[i] | b.traits[j]) & SINGLE:
        return INITIAL if a.first[i] == b.first[j] else DIFFERENT
    exact = _exactly_apart(a.exact[i], b.exact[j])
    known, given = tabled_level(a, i, b, j, exact)
    if known == SAME:
        return SAME
    if exact:
        return SHORT if known == SHORT else DIFFERENT
    apart = TABLED_APART if known == DIFFERENT else 0
    share, odds = likeness(a, i, b, j, rows, LOOSE_FROM[0] + apart)
    found = level_by_spelling(share - apart, odds)
    best, worst = LOOSE if known == DIFFERENT and given else EQUAL, SHORT if known == SHORT else DIFFERENT
    return min(max(found, best), worst)


@borrowing
def level_by_spelling(share: int, odds: int) -> int:
    """Return the level of a likeness and its log odds; LOOSE is the worst short of DIFFERENT."""
    if share >= SAME_FROM[0] and odds >= SAME_FROM[1]:
        return SAME
    if share >= NEAR_FROM[0] and odds >= NEAR_FROM[1]:
        return NEAR
    if share >= CLOSE_FROM[0] and odds >= CLOSE_FROM[1]:
        return CLOSE
    return LOOSE if share >= LOOSE_FROM[0] and odds >= LOOSE_FROM[1] else DIFFERENT
