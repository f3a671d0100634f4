"""What lists write in their cells for sex, relation, calendar and "not known", in the languages of the routes."""

from functools import lru_cache

from matching.lists.folding import fold_words


def _table(words: dict[str, str]) -> dict[str, str]:
    return {fold_words(word): key for key, row in words.items() for word in (*row.split("|"), key) if fold_words(word)}


# "f" and "m" mean the same in all these languages; "h" (homme, hombre) and "w" (weiblich) in one family each.
SEX_WORDS = _table(
    {
        "female": (
            "f|fem|woman|girl|lady|femme|fille|féminin|mujer|niña|femenino|feminino|mulher|w|weiblich|frau|kadın|"
            "أنثى|انثي|امرأة|بنت|مؤنث|زن|مؤنث|женский|жен|ж|женщина|жіноча|жін|жінка|ሴት|dumar|dhedig|naag|mke|"
            "kobieta|k|femmina|女|মহিলা|নারী"
        ),
        "male": (
            "m|man|boy|homme|h|garçon|masculin|hombre|niño|varón|masculino|homem|männlich|mann|erkek|ذكر|رجل|ولد|"
            "مذكر|مرد|мужской|муж|м|мужчина|чоловіча|чол|ч|чоловік|ወንድ|lab|rag|nin|mume|mężczyzna|maschio|男|পুরুষ"
        ),
        "other": "o|x|non binary|diverse|divers|d|autre|otro|outro|другое|інше|آخر|أخرى|diğer",
    }
)  # fmt: skip

RELATION_WORDS = _table(
    {
        "father": "dad|père|padre|pai|أب|الأب|والد|отец|батько|vater|baba|پدر|አባት|aabe|aabbe",
        "mother": "mum|mom|mère|madre|mãe|أم|الأم|والدة|мать|мати|mutter|anne|مادر|እናት|hooyo|mama",
        "husband": "mari|époux|esposo|marido|زوج|الزوج|муж|чоловік|ehemann|koca|شوهر|ባል|sey|mume",
        "wife": "femme|épouse|esposa|mujer|زوجة|الزوجة|жена|дружина|ehefrau|karı|eş|زن|همسر|ሚስት|xaas|mke",
        "son": "fils|hijo|filho|ابن|الابن|сын|син|sohn|oğul|پسر|ወንድ ልጅ|wiil",
        "daughter": "fille|hija|filha|ابنة|بنت|الابنة|дочь|дочка|донька|tochter|kız|دختر|ሴት ልጅ|gabadh",
        "brother": "frère|hermano|irmão|أخ|الأخ|اخ|брат|bruder|erkek kardeş|برادر|ወንድም|walaal|kaka",
        "sister": "soeur|sœur|hermana|irmã|أخت|الأخت|сестра|schwester|kız kardeş|خواهر|እህት|walaasha|dada",
        "grandfather": (
            "grand-père|grand père|abuelo|avô|جد|الجد|дед|дедушка|дід|grossvater|großvater|dede|پدربزرگ|አያት|awoowe"
        ),
        "grandmother": (
            "grand-mère|grand mère|abuela|avó|جدة|الجدة|бабушка|бабуся|grossmutter|großmutter|nine|büyükanne|"
            "مادربزرگ|ayeeyo"
        ),
        "grandchild": (
            "grandson|granddaughter|petit-fils|petite-fille|nieto|nieta|neto|neta|حفيد|حفيدة|внук|внучка|онук|"
            "онука|enkel|enkelin|torun|نوه"
        ),
        "uncle": "oncle|tío|tio|عم|خال|العم|дядя|дядько|onkel|amca|dayı|عمو|کاکا|አጎት|adeer|abti",
        "aunt": "tante|tía|tia|عمة|خالة|тётя|тетя|тітка|hala|teyze|عمه|خاله|አክስት|eeddo|habaryar",
        "nephew": "neveu|sobrino|sobrinho|ابن الأخ|ابن الأخت|племянник|племінник|neffe|yeğen|برادرزاده|خواهرزاده",
        "niece": "nièce|sobrina|sobrinha|ابنة الأخ|ابنة الأخت|племянница|племінниця|nichte",
        "cousin": (
            "cousine|primo|prima|ابن العم|ابنة العم|ابن الخال|двоюродный брат|двоюродная сестра|двоюрідний брат|"
            "vetter|kuzen|پسرعمو"
        ),
        "guardian": "tuteur|tutrice|tutor|tutora|caregiver|وصي|الوصي|ولي الأمر|опекун|опікун|vormund|vasi|سرپرست",
        "other": (
            "friend|neighbour|neighbor|spouse|sibling|child|parent|relative|in-law|stepfather|stepmother|stepson|"
            "stepdaughter|fiancé|fiancée|partner|conjoint|enfant|ami|amie|hijastro|amigo|amiga|صديق|قريب|آخر|друг|"
            "родственник|родич|другой|freund|verwandter|arkadaş|akraba"
        ),
    }
)  # fmt: skip

CALENDAR_WORDS = _table(
    {
        "gregorian": "g|greg|ad|ce|western|grégorien|gregoriano|ميلادي|میلادی|григорианский|gregorianisch|miladi",
        "solar_hijri": "solar hijri|sh|shamsi|jalali|persian|afghan|solaire|شمسي|هجري شمسي|هجری شمسی|شمسی|خورشیدی",
        "hijri": "h|ah|islamic|lunar hijri|hijri qamari|hégirien|هجري|هجري قمري|هجری قمری|قمری|хиджра",
        "ethiopian": "e|ec|ge'ez|geez|ethiopic|eritrean|éthiopien|ኢትዮጵያ|የኢትዮጵያ",
    }
)  # fmt: skip

# Written where nothing is known. A bare "na" is not here: it is a surname and the code of Namibia.
_NOTHING = (
    "unknown|not known|n/a|not available|not recorded|not applicable|inconnu|inconnue|pas connu|non renseigné|"
    "desconocido|desconocida|no sabe|desconhecido|غير معروف|مجهول|لا يوجد|غير متوفر|неизвестно|неизвестен|"
    "неизвестна|нет данных|невідомо|невідомий|невідома|немає даних|unbekannt|keine angabe|k a|bilinmiyor|نامعلوم|"
    "نامشخص|አይታወቅም|lama yaqaan|haijulikani"
)
NOTHING_WORDS = frozenset(fold_words(word) for word in _NOTHING.split("|"))
_BEGINNINGS = frozenset(word[0] for word in NOTHING_WORDS) | {""}
_LONGEST_NOTHING = 2 * max(len(word) for word in NOTHING_WORDS)  # with room for punctuation
_STATELESS = (
    "stateless|apatride|apátrida|apatrida|عديم الجنسية|بدون|лицо без гражданства|без гражданства|"
    "особа без громадянства|staatenlos|vatansız|بی تابعیت|xxa"
)
STATELESS_WORDS = frozenset(fold_words(word) for word in _STATELESS.split("|"))


@lru_cache(maxsize=8_192)
def _may_begin(letter: str) -> bool:
    return fold_words(letter)[:1] in _BEGINNINGS


def says_nothing(text: str) -> bool:
    """An empty cell, a dash, a question mark or a word for "not known" records nothing."""
    if len(text) > _LONGEST_NOTHING:
        return False
    if text[:1].isalnum() and not _may_begin(text[0]):  # nearly every cell that says something
        return False
    words = fold_words(text)
    return not words or words in NOTHING_WORDS
