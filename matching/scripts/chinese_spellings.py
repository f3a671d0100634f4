"""Chinese names spelled by Wade-Giles or Cantonese habit, brought to Hanyu Pinyin syllable by syllable."""

from __future__ import annotations

import re
from functools import cache

from anyascii import anyascii

# Wade-Giles as passports write it, without apostrophes; only syllables that Pinyin does not know.
# Origin: the Wade-Giles table of general reference works.
WADE_GILES = """hsi:xi hsia:xia hsiang:xiang hsiao:xiao hsieh:xie hsien:xian hsin:xin hsing:xing hsiu:xiu
        hsiung:xiong
hsu:xu hsuan:xuan hsueh:xue hsun:xun chia:jia chiang:jiang chiao:jiao chieh:jie chien:jian chih:zhi chin:jin
ching:jing
chiu:qiu chiung:qiong chueh:jue chun:jun chung:zhong chuang:zhuang tien:tian lien:lian mien:mian nien:nian pien:bian
tieh:tie lieh:lie nieh:nie yeh:ye yen:yan jen:ren jung:rong jih:ri jo:ruo juan:ruan tsai:cai tsao:cao tseng:zeng
tso:zuo tsou:zou tsui:cui tsun:cun tsung:zong tzu:zi szu:si ssu:si tung:dong kung:gong sung:song lung:long nung:nong
kuo:guo kuang:guang kuei:gui kuan:guan kueh:que kao:gao kang:kang ken:gen tuan:duan teng:deng teh:de erh:er shih:shi
yung:yong yueh:yue yuan:yuan huo:huo hung:hong feng:feng hsiu:xiu to:duo lo:luo ho:he ko:ke cheh:zhe
cho:zhuo mou:mou
pai:bai pao:bao pei:bei peng:peng ping:ping po:bo pu:bu tai:dai tan:tan ta:da te:de ti:di ting:ting tou:dou tu:du"""
# Cantonese as Hong Kong and Macau registers write it. Origin: general knowledge of Hong Kong government spelling.
CANTONESE = """siu:xiao kwok:guo keung:qiang wah:hua fai:hui kam:jin yuk:yu sau:xiu kwan:jun wai:wei tsz:zi
        sze:si suet:xue
cheuk:zhuo lok:le hei:xi yee:yi pui:pei kit:jie tak:de shing:sheng hoi:hai kei:qi yuen:yuan fong:fang
wing:yong hing:xing
chung:zhong kin:jian ching:zheng yiu:yao kwong:guang hon:han yat:yi kuen:quan ngai:yi ngan:yan oi:ai
choi:cai cheung:zhang
leung:liang wong:wang tsang:zeng tse:xie ng:wu tsui:xu chow:zhou chau:zhou kwan:guan lau:liu lui:lei mak:mai
yip:ye yeung:yang
yau:you ing:ying chiu:zhao chui:xu fung:feng ho:he hui:xu ip:ye kwai:gui lai:li lam:lin law:luo lee:li
man:wen mok:mo poon:pan siu:xiao
szeto:situ tam:tan tong:tang tsoi:cai yu:yu"""
_LONGEST = 6
_MOST_SYLLABLES = 3
_SYLLABIC = re.compile("[a-z]{2,18}$")


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


@cache
def pinyin_syllables() -> frozenset[str]:
    """Return the toneless syllables of Pinyin, as the common Han characters are read."""
    found = (anyascii(chr(place)).lower() for place in range(0x4E00, 0x9FA6))
    return frozenset(syllable for syllable in found if syllable.isalpha())


@cache
def _only_elsewhere() -> tuple[dict[str, str], dict[str, str]]:
    """Return the two tables; a syllable that is Pinyin too says nothing by itself."""
    return _table(WADE_GILES), _table(CANTONESE)


def as_pinyin(word: str) -> list[str]:
    """Return the Pinyin of a word made of Wade-Giles or Cantonese syllables; [] where it is plain Pinyin or none."""
    if not _SYLLABIC.match(word):
        return []
    made = []
    for table in _only_elsewhere():
        split = _split(word, table)
        if split and any(part in table and part not in pinyin_syllables() for part in split):
            made.append("".join(table.get(part, part) for part in split))
    return list(dict.fromkeys(made))


def _split(word: str, table: dict[str, str], most: int = _MOST_SYLLABLES) -> tuple[str, ...]:
    if not word:
        return ()
    for size in range(min(_LONGEST, len(word)), 0, -1):
        head, rest = word[:size], word[size:]
        if head not in table and head not in pinyin_syllables():
            continue
        if not rest:
            return (head,)
        if most > 1 and (tail := _split(rest, table, most - 1)):
            return (head, *tail)
    return ()


@cache
def east_asian_syllables() -> frozenset[str]:
    """Return every syllable that a Chinese given name is spelled with, in any of the three habits."""
    wade_giles, cantonese = _only_elsewhere()
    return pinyin_syllables() | frozenset(wade_giles) | frozenset(cantonese)
