"""Hangul to sounds: each syllable is taken apart by its code point into initial, vowel and final."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product

from matching.scripts import latin
from matching.scripts.script import Script, pairs

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
# Revised Romanisation, in the order of Unicode.
INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
MEDIALS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
FINALS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
# What passports write instead: Young, Sung, Jin, Woo, Chul; the second form of a reading.
PASSPORT = {"eo": "u", "yeo": "you", "u": "oo", "eu": "u", "ui": "ee", "ae": "ae", "i": "i", "yu": "yoo"}
# Surnames as their bearers write them. Origin: general knowledge of Korean passports.
SURNAMES = pairs(
    """
    김:kim 이:lee 박:park 최:choi 정:jung 강:kang 조:cho 윤:yoon 장:jang 임:lim 한:han 오:oh 서:seo 신:shin
    권:kwon 황:hwang 안:ahn 송:song 류:ryu 유:yoo 전:jeon 홍:hong 고:ko 문:moon 양:yang 손:son 배:bae
    백:baek 허:heo 남:nam 심:shim 노:noh 하:ha 곽:kwak 성:sung 차:cha 주:joo 우:woo 구:koo 민:min 나:na
    진:jin 지:ji 엄:um 채:chae 원:won 천:chun 방:bang 공:kong 현:hyun 함:ham 변:byun 염:yeom 여:yeo 추:choo
    도:do 소:so 석:seok 선:sun 설:seol 마:ma 길:gil 연:yeon 위:wi 표:pyo 명:myung 기:ki 반:ban 왕:wang
    금:keum 옥:ok 육:yook 인:in 맹:maeng 남궁:namgung 황보:hwangbo 제갈:jegal 선우:sunwoo 독고:dokgo
    사공:sagong
    """
)


# What a syllable is spelled with by official and passport habit. The Arabic articles among them are left out.
_ONSETS = "g k n d t r l m b p s sh j ch h kk y w"
_NUCLEI = "a ae ah ya eo u yeo you yu yoo o oh wa oe yo oo woo wo wi eu ui ee e ye i"
_CLOSES = "k g n l m p ng t b"
_ARTICLES = frozenset(["al", "el", "ul", "ol", "il", "an", "at", "en", "et", "in", "am"])


@cache
def latin_syllables() -> frozenset[str]:
    """Return every a-z spelling of one Korean syllable, for telling the syllables of a given name."""
    parts = (["", *_ONSETS.split()], _NUCLEI.split(), ["", *_CLOSES.split()])
    made = ("".join(syllable) for syllable in product(*parts))
    return frozenset(syllable for syllable in made if len(syllable) > 1) - _ARTICLES


def fold(word: str) -> str:
    """Return the syllables of the block and nothing else."""
    return "".join(char for char in word if _FIRST <= ord(char) <= _LAST)


def _parts(char: str) -> tuple[int, int, int]:
    place = ord(char) - _FIRST
    return place // (_VOWELS * _FINALS), place // _FINALS % _VOWELS, place % _FINALS


def _official(folded: str) -> str:
    return "".join(INITIALS[a] + MEDIALS[b] + FINALS[c] for a, b, c in map(_parts, folded))


def _passport(folded: str) -> str:
    made = ""
    for first, vowel, final in map(_parts, folded):
        medial = MEDIALS[vowel]
        made += INITIALS[first] + (PASSPORT.get(medial, medial) if final or medial != "eo" else "uh") + FINALS[final]
    return made


@lru_cache(maxsize=1_024)
def latin_of(folded: str) -> tuple[str, ...]:
    """Return the spelling of a surname's bearers, the official one, and that of passports."""
    forms = (SURNAMES.get(folded, ""), _official(folded), _passport(folded))
    return tuple(dict.fromkeys(filter(None, forms))) or ("",)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the sounds of each spelling."""
    return tuple(dict.fromkeys(latin.sounds(form)[0] for form in latin_of(folded)))


SCRIPTS = (Script("Hang", ("HANGUL",), fold, sounds, latin_of, syllabic=True, exact=True),)
