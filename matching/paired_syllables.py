"""Korean and Chinese given names of two syllables, told from those of brothers and sisters who share one syllable."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import product

from matching.scripts import read
from matching.scripts.chinese_spellings import pinyin_syllables
from matching.scripts.script import pairs

# Syllables of given names and what passports write for them. Origin: general knowledge of Korean names 2026-11.
_KOREAN = """
    가:ga,ka 강:kang,gang 건:geon,kun,gun,keon 겸:kyum,gyeom 경:kyung,kyeong,gyeong,kyong 관:kwan,gwan
    광:kwang,gwang 교:kyo,gyo 국:kuk,guk,kook,gook 권:kwon,gwon 규:kyu,gyu,kyoo,gyoo 균:kyun,gyun,kyoon
    근:keun,geun,kun 금:keum,geum,kum 기:ki,gi,kee,gee 길:gil,kil 나:na 남:nam 대:dae,tae,dai
    덕:deok,duk,dok,tok 도:do,to 동:dong,tong 두:doo,du,tu 라:ra,la 란:ran,lan,nan 람:ram,lam
    련:ryun,ryeon,lyun,ryon 례:rye,lye,rae 린:rin,lin,rhin 림:rim,lim 만:man 명:myung,myeong,myong
    무:moo,mu 문:moon,mun 미:mi,mee 민:min 범:beom,bum,bom,pom 별:byul,byeol 병:byung,byeong,pyong,byong
    복:bok,pok 봉:bong,pong 빈:bin,been 상:sang 서:seo,suh,so 석:seok,suk,sok,seock 선:sun,seon,son
    설:seol,sul,sol 성:sung,seong,song 세:se,seh 소:so 솔:sol 송:song 수:su,soo 숙:sook,suk 순:soon,sun
    승:seung,sung 시:si,shi 식:sik,shik 신:shin,sin 아:ah,a 안:ahn,an 애:ae,ai 양:yang 언:eon,un
    연:yeon,yun,youn,yon 열:yeol,yul,yol 영:young,yeong,yong 예:ye,yea 오:oh,o 옥:ok,oak 완:wan
    용:yong,young 우:woo,wu,u 욱:wook,uk,ook 운:woon,un 원:won,weon 유:yu,yoo 윤:yoon,yun,youn 율:yul,yool
    은:eun,un 의:eui,ui 이:yi,ee,i 인:in 일:il 임:im 자:ja,cha 재:jae,jai,jay,chae 전:jeon,jun,chon
    정:jung,jeong,joung,chong,jong,chung 제:je,jae 종:jong,chong 주:ju,joo,chu 준:jun,joon,june,chun
    중:jung,joong,chung 지:ji,jee,chi 진:jin,chin 찬:chan 창:chang 채:chae 천:chun,cheon,chon
    철:chul,cheol,chol,chull 청:cheong,chung 초:cho 춘:chun,choon 출:chul,chool 충:choong,chung 치:chi
    탁:tak,taek 태:tae,tai 택:taek,taeg,tak 평:pyung,pyeong 필:pil,phil 하:ha 학:hak,hag 한:han 해:hae,hai
    향:hyang 헌:heon,hun,hon 혁:hyuk,hyeok,hyok 현:hyun,hyeon,hyon 형:hyung,hyeong,hyong 혜:hye,hae 호:ho
    홍:hong 화:hwa 환:hwan 효:hyo 훈:hoon,hun 휘:hwi,hui 희:hee,hui,hi 흥:heung,hung
"""
# Syllables of Chinese given names. Origin: general knowledge of Chinese names 2026-11.
_CHINESE = """
    ai an ang bai ban bao bei bin bing bo cai chang chao chen cheng chun cong cui da dan de di dong
    fan fang fei feng fu gang ge gen gui guo guang hai han hang hao he heng hong hua huan huang hui
    huan ji jia jian jiang jiao jie jin jing jiu ju juan jun kai kang ke kun lan lei li lian liang
    lin ling liu long lu luo mei meng mi miao min ming mu na nan ning pei peng ping qi qian qiang
    qiao qin qing qiong qiu quan rong rou ru rui run san shan shang shao shen sheng shi shou shu
    shuang shui shun si song su tai tao ting tong wan wei wen wu xi xia xian xiang xiao xin xing
    xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yong you yu yuan yue yun ze zeng zhan
    zhang zhao zhen zheng zhi zhong zhou zhu zhuo zi zong zuo
"""
# Numbers of these names stand between those of the rows of given names (matching.equivalents) and of the clusters.
KOREAN_FROM, _CHINESE_FROM = 300_000, 500_000
_MOST_SYLLABLES = 256
# Shorter words of two such syllables are names elsewhere too: Mina, Suha, Jana, Sana, Rina.
_SHORTEST = 5
_TWO = 2
# Wade-Giles writes these for other syllables too (Chun for Jun, Pei for Bei); Pinyin alone begins as the pattern says.
_WADE_GILES_TOO = frozenset(
    ["chang", "chao", "chen", "cheng", "chun", "kang", "pei", "peng", "ping", "tai", "tao", "ting"]
)
_PINYIN = re.compile("[bdgjqrxz]|c(?!h)")


@cache
def _korean() -> tuple[dict[str, int], dict[str, frozenset[int]]]:
    table = pairs(_KOREAN)
    numbers = {syllable: number for number, syllable in enumerate(table)}
    spelled: dict[str, set[int]] = defaultdict(set)
    for syllable, spellings in table.items():
        for spelling in spellings.split(","):
            spelled[spelling].add(numbers[syllable])
    return numbers, {spelling: frozenset(found) for spelling, found in spelled.items()}


@cache
def _chinese() -> dict[str, frozenset[int]]:
    return {syllable: frozenset((number,)) for number, syllable in enumerate(dict.fromkeys(_CHINESE.split()))}


def paired_names(folded: str) -> tuple[int, ...]:
    """Return a number for each Korean or Chinese name of two syllables that a folded word may be, ascending.

    Spellings of one name share a number; names that differ in a syllable share none.
    """
    if folded.isascii():
        return _of_latin(folded) if len(folded) >= _SHORTEST else ()
    hangul = _korean()[0]
    if len(folded) != _TWO:
        return ()
    if folded[0] in hangul and folded[1] in hangul:
        return (KOREAN_FROM + hangul[folded[0]] * _MOST_SYLLABLES + hangul[folded[1]],)
    reading = read(folded)
    if reading.script != "Hani":
        return ()
    return tuple(sorted(_spelled(reading.latin[0], _chinese(), _CHINESE_FROM)))


def _of_latin(word: str) -> tuple[int, ...]:
    found = set(_spelled(word, _korean()[1], KOREAN_FROM))
    # Jiang is one syllable.
    if word not in pinyin_syllables() and not _may_be_wade_giles(word):
        found |= _spelled(word, _chinese(), _CHINESE_FROM)
    return tuple(sorted(found))


def _may_be_wade_giles(word: str) -> bool:
    parts = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
    return any(
        not _WADE_GILES_TOO.isdisjoint(pair) and not any(map(_PINYIN.match, pair))
        for pair in parts
        if pair[0] in _chinese() and pair[1] in _chinese()
    )


def _spelled(word: str, syllables: dict[str, frozenset[int]], start: int) -> frozenset[int]:
    found = {
        start + first * _MOST_SYLLABLES + second
        for cut in range(1, len(word))
        for first, second in product(syllables.get(word[:cut], ()), syllables.get(word[cut:], ()))
    }
    return frozenset(found)
