"""Chinese names: family name first and unspaced in characters, given names in one word, two words or with a hyphen."""

from __future__ import annotations

from matching.scripts.chinese_spellings import east_asian_syllables
from matching.scripts.han import FOLD
from matching.traditions.tradition import Tradition, spellings

# Origin: published ranks of surnames of the People's Republic and Taiwan, general reference; most frequent first.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
    "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮"
    "柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂"
    "全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井"
)
DOUBLE_SURNAMES = spellings(
    "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 东方 南宫 端木 百里 申屠 长孙 宇文 轩辕 钟离"
)
# So frequent that a name may be taken to end with it when it doesn't begin with any; and so plain as surnames
# that two characters beginning with one are a full name.
_FREQUENT, _PLAIN = SURNAMES[:25], SURNAMES[:75]
_GIVEN_TOO = frozenset("高金石夏方白江文龙史林田安成明雷")
# Latin spellings by which a word is known as a Chinese or Korean family name.
LATIN_SURNAMES = spellings(
    """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo gao zheng liang xie song
        tang han feng deng cao peng
    zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei lu ding ren shen yao cui zhong tan fan jin
    shi liao jia xia fu fang bai
    zou meng xiong qin qiu yin xue yan duan lei hou long tao hao gong shao qian wan dai mo kong xiang chang
    wen kang ouyang situ
    wong chan cheung leung lau lam ng ho kwok chow chau tse tsang yeung yip mak lui fung hui choi tsui cheng
    poon szeto
    chou hsu tsai kuo hsieh tseng chiang chu lo kao yeh hsiao tu chiu chang liang
    kim lee park choi jung jeong kang cho yoon yun jang lim im shin kwon hwang ahn ryu yoo hong moon yang
    bae baek"""
)
KOREAN_SYLLABLES = spellings(
    """ji jee min soo su hyun hyeon young yeong joon jun jin woo hee hui kyung gyeong sung seong seung jung
        jeong chul cheol
    eun hye mi mee sook suk ok sun soon seon ae ah a yeon yun yoon won sang dong jae hwa hyo hyung kyu gyu
    ki gi kwang gwang
    myung myeong bo sol bin hoon hun ho tae tai byung chan yong il in ja kun geun nam wook uk seok sik shik
    ran rim im joo ju
    da do ha ra ri na yu yoo yeo sae se so cho jong chang kook guk bong hak han"""
)
_LEAST, _FULL_NAMES, _MOST = 2, 3, 4
TRADITION = Tradition("chinese", titles=spellings("先生 女士 小姐 太太 老师"))


def split_han(word: str) -> list[str]:
    """Return family and given name of an unspaced name, whichever is written first; else the word alone."""
    plain = word.translate(FOLD)
    if not _LEAST <= len(word) <= _MOST:
        return [word]
    if plain[:2] in DOUBLE_SURNAMES and len(word) > _LEAST:
        return [word[:2], word[2:]]
    if len(word) == _FULL_NAMES and plain[0] in SURNAMES:
        return [word[:1], word[1:]]
    if len(word) == _LEAST and plain[0] in _PLAIN and plain[0] not in _GIVEN_TOO:
        return [word[:1], word[1:]]
    if len(word) <= _FULL_NAMES and plain[-1] in _FREQUENT and plain[-1] not in _GIVEN_TOO:
        return [word[:-1], word[-1:]]
    return [word]


def is_syllable(part: str) -> bool:
    """Tell whether a Latin part can be one syllable of a Chinese or Korean given name."""
    return part in KOREAN_SYLLABLES or part in east_asian_syllables()


def join_given(parts: list[str]) -> list[str]:
    """Return three syllables with the two of the given name in one word where the third is a known family name."""
    if len(parts) != _FULL_NAMES or not all(map(is_syllable, parts)):
        return parts
    if parts[0] in LATIN_SURNAMES:
        return [parts[0], parts[1] + parts[2]]
    if parts[2] in LATIN_SURNAMES:
        return [parts[0] + parts[1], parts[2]]
    return parts
