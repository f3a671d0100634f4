"""Han characters to their Mandarin readings; traditional forms fold to the simplified ones that names use."""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii

from matching.scripts import latin
from matching.scripts.script import Script, pairs

# Pairs traditional-simplified of characters frequent in names. Origin: the general table of simplified characters.
_PAIRS = """
        張张劉刘陳陈楊杨黃黄趙赵吳吴孫孙馬马鄭郑謝谢許许韓韩馮冯蔣蒋蕭萧葉叶蘇苏盧卢賈贾鍾钟鐘钟譚谭陸陆範范龍龙萬万錢钱湯汤

嚴严喬乔賴赖龔龚齊齐龐庞顏颜鄧邓羅罗歐欧陽阳諸诸偉伟華华國国麗丽軍军強强紅红輝辉蘭兰鳳凤雲云瑋玮瑩莹慶庆潔洁靜静傑杰寶宝貴贵興兴榮荣

愛爱蓮莲艷艳豔艳綺绮緯纬維维學学義义東东飛飞鵬鹏濤涛曉晓勝胜順顺豐丰進进遠远運运達达錦锦銘铭鋼钢鐵铁鈺钰寧宁實实賢贤財财鴻鸿莊庄藝艺

蘊蕴衛卫見见觀观詩诗詠咏誠诚譽誉讓让聖圣聰聪聯联肅肃臨临舉举萊莱葦苇廣广開开關关閔闵雙双韋韦頌颂顯显風风駿骏驍骁魯鲁鮑鲍麥麦黨党純纯

紹绍經经綠绿緒绪繼继續续絢绚絲丝纖纤環环瓊琼瑤瑶璽玺畫画發发眾众禮礼穎颖競竞節节簡简樂乐樹树橋桥權权歡欢歲岁漢汉澤泽潤润瀾澜無无煒炜

爾尔獻献書书會会業业樺桦憲宪應应懷怀戰战戀恋恆恒從从彌弥彥彦嶺岭峯峰嵐岚師师帥帅嬋婵嫻娴將将專专尋寻嘯啸圓圆堅坚壽寿夢梦奮奋

僑侨倫伦億亿優优儀仪傳传劍剑勵励勳勋勲勋單单嘉嘉啟启啓启喚唤堯尧塵尘夏夏婭娅嬌娇孟孟寬宽屆届巖岩帆帆幫帮庭庭弘弘徵征思思慧慧憶忆

捷捷揚扬擁拥攜携斌斌於于昇升晉晋暉晖曄晔楓枫棟栋榆榆槍枪樑梁檸柠毅毅沖冲淨净淵渊溫温滿满漁渔潘潘瑾瑾璐璐盈盈祥祥禎祯秋秋競竞笙笙箏筝

納纳紀纪紋纹紓纾練练綸纶緣缘縱纵羽羽聞闻膽胆茂茂蒼苍薩萨虞虞賀贺賓宾贇赟趣趣輪轮農农邁迈鄒邹酈郦釗钊鈞钧鈴铃銀银鋒锋錫锡鎮镇鑒鉴閆闫閻阎隨随隱隐
霞霞靈灵頓顿顧顾飄飘馨馨騰腾驊骅鶴鹤鷹鹰鸞鸾麒麒黎黎"""
_JOINED = "".join(_PAIRS.split())
FOLD = str.maketrans(dict(zip(_JOINED[::2], _JOINED[1::2], strict=True)))
# Read so in names, whatever the character's commonest reading is. Origin: general knowledge of Chinese surnames.
SURNAME_READINGS = pairs(
    """
    单:shan 曾:zeng 仇:qiu 解:xie 查:zha 任:ren 区:ou 盖:ge 朴:piao 翟:zhai 乐:yue 冼:xian 缪:miao 逄:pang
    尹:yin 覃:qin 郗:xi 宓:fu 晁:chao 臧:zang 谌:chen 员:yun 召:shao 种:chong 秘:bi 黑:he 折:she 繁:po
    车:che 柏:bai 洗:xian 石:shi
    """
)
GIVEN_READINGS = pairs(
    """
    曾:zeng 乐:le 行:xing 朝:chao 重:chong 茜:qian 莎:sha 娜:na
    """
)


def fold(word: str) -> str:
    """Return the characters in their simplified forms."""
    return word.translate(FOLD)


@lru_cache(maxsize=8_192)
def _reading(char: str) -> str:
    return GIVEN_READINGS.get(char) or anyascii(char).lower()


@lru_cache(maxsize=1_024)
def latin_of(folded: str) -> tuple[str, ...]:
    """Return the Pinyin of a token; a single character is read as a surname first."""
    plain = latin.fold("".join(map(_reading, folded)))
    surname = SURNAME_READINGS.get(folded)
    return tuple(dict.fromkeys((surname, plain))) if surname else (plain,)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the sounds of the Pinyin."""
    return tuple(dict.fromkeys(form for spelled in latin_of(folded) for form in latin.sounds(spelled)[:1]))


SCRIPTS = (Script("Hani", ("CJK", "IDEOGRAPHIC"), fold, sounds, latin_of, syllabic=True, exact=True),)
