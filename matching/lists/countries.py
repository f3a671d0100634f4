"""Countries as lists write them: two or three letter codes, names in many languages, and words for nationals.

Every answer is an ISO 3166-1 alpha-2 code. Names come from the Unicode CLDR through Babel; what people write beside
those names is in the tables below.
"""

import re
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from matching.lists.folding import fold_words

# The languages of the routes and of the societies that answer.
_LANGUAGES = (
    "en", "fr", "es", "pt", "ar", "ru", "uk", "de", "it", "tr", "fa", "ps", "ur", "bn", "my", "am", "ti", "so",
    "om", "sw", "ha", "zh", "zh_Hant", "vi", "hi", "pl", "ro", "nl", "sv", "nb", "da", "fi", "el", "hu", "cs", "bg",
)  # fmt: skip
# Codes of CLDR that are regions or tests, no countries.
_NO_COUNTRIES = frozenset({"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})

# Short and former names, spellings without "the", and words for nationals, mostly of the countries people flee from.
_ALSO = {
    "AF": "afghan|afghanisch|afghane|afgano|أفغاني|أفغانية|афганец|афганистан|افغان",
    "AL": "albanian",
    "AM": "armenian",
    "AO": "angolan",
    "AZ": "azerbaijani",
    "BA": "bosnia|bosnian",
    "BD": "bangladeshi|bengali",
    "BF": "burkinabe|burkinabé|burkina",
    "BI": "burundian|burundais|burundaise",
    "BJ": "beninese",
    "BY": "belarusian|byelorussia",
    "CD": (
        "drc|d r c|dr congo|d r congo|rdc|rd congo|congo kinshasa|congo drc|zaire|democratic republic of congo|"
        "democratic republic of the congo|république démocratique du congo|republica democratica del congo"
    ),
    "CF": "car|rca|central african",
    "CG": "congo brazzaville|republic of congo|republic of the congo|république du congo",
    "CI": "ivory coast|ivorian|ivoirien|ivoirienne|cote d ivoire",
    "CM": "cameroonian|camerounais|camerounaise",
    "CN": "chinese|prc",
    "CO": "colombian|colombiano|colombiana|colombien",
    "CU": "cuban|cubano|cubana",
    "CZ": "czech republic",
    "DZ": "algerian|algérien|algérienne|جزائري|جزائرية",
    "EC": "ecuadorian|ecuatoriano|ecuatoriana",
    "EG": "egyptian|égyptien|مصري|مصرية",
    "ER": "eritrean|érythréen|erythréenne|إريتري|إريترية|ኤርትራዊ",
    "ET": "ethiopian|éthiopien|éthiopienne|إثيوبي|إثيوبية|ኢትዮጵያዊ",
    "GB": "uk|u k|great britain|britain|british|england",
    "GE": "georgian",
    "GH": "ghanaian",
    "GM": "gambian|the gambia",
    "GN": "guinean|guinéen|guinéenne|guinea conakry",
    "GT": "guatemalan|guatemalteco|guatemalteca",
    "HN": "honduran|hondureño|hondureña",
    "HT": "haitian|haïtien|haïtienne",
    "IN": "indian",
    "IQ": "iraqi|irakien|irakienne|iraquí|عراقي|عراقية|иракец",
    "IR": "iranian|iranien|iranienne|persian|إيراني|إيرانية|islamic republic of iran",
    "JO": "jordanian|أردني|أردنية",
    "KE": "kenyan",
    "KP": "north korea|dprk",
    "KR": "south korea|korea",
    "LA": "laos",
    "LB": "lebanese|libanais|libanaise|لبناني|لبنانية",
    "LK": "sri lankan",
    "LR": "liberian",
    "LY": "libyan|libyen|ليبي|ليبية",
    "MA": "moroccan|marocain|marocaine|مغربي|مغربية",
    "MD": "moldovan|republic of moldova|moldavia",
    "MK": "macedonia|macedonian",
    "ML": "malian|malien|malienne",
    "MM": "burma|burmese|birmanie|birman|myanmar|rakhine",
    "MR": "mauritanian|mauritanien",
    "MX": "mexican|mexicano|mexicana",
    "MZ": "mozambican",
    "NE": "nigerien|nigérien|nigérienne",
    "NG": "nigerian|nigérian|nigériane",
    "NI": "nicaraguan|nicaragüense",
    "NP": "nepalese|nepali",
    "PE": "peruvian|peruano|peruana",
    "PH": "filipino|filipina",
    "PK": "pakistani|pakistanais|باكستاني|پاکستانی",
    "PS": (
        "palestine|palestinian|palestinien|palestinienne|state of palestine|gaza|west bank|فلسطيني|فلسطينية|"
        "палестина"
    ),
    "RU": "russian|russe|russian federation|русский|русская|россиянин|россиянка",
    "RW": "rwandan|rwandais|rwandaise",
    "SD": "sudanese|soudanais|soudanaise|سوداني|سودانية",
    "SL": "sierra leonean",
    "SN": "senegalese|sénégalais|sénégalaise",
    "SO": "somali|somalian|somalien|somalienne|صومالي|صومالية|soomaali|сомалиец",
    "SS": "south sudanese|sud soudanais",
    "SV": "salvadoran|salvadoreño|salvadoreña",
    "SY": (
        "syrian|syrien|syrienne|sirio|siria|syrer|syrerin|سوري|سورية|сириец|сирийка|syrian arab republic|suriyeli"
    ),
    "TD": "chadian|tchadien|tchadienne",
    "TG": "togolese|togolais",
    "TJ": "tajik",
    "TN": "tunisian|tunisien|tunisienne|تونسي|تونسية",
    "TR": "turkish|turc|turque|turkey|turk",
    "TZ": "tanzanian|united republic of tanzania",
    "UA": (
        "ukrainian|ukrainien|ukrainienne|ucraniano|ucraniana|ukrainer|ukrainerin|украинец|украинка|українець|"
        "українка|أوكراني"
    ),
    "UG": "ugandan|ougandais",
    "US": "usa|u s a|u s|american|united states of america|etats unis d amerique",
    "UZ": "uzbek",
    "VE": "venezuelan|venezolano|venezolana|bolivarian republic of venezuela",
    "VN": "vietnamese|viet nam",
    "XK": "kosovar",
    "YE": "yemeni|yéménite|يمني|يمنية",
}  # fmt: skip
# One name of two countries: guessing would send a request to the wrong society.
_IN_BRACKETS = re.compile(r"[()（）]")
_AMBIGUOUS = frozenset({"congo"})


@lru_cache(maxsize=1)
def _official_codes() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == len("AF") and code.isalpha()) - _NO_COUNTRIES


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return folded name -> alpha-2 code; a name that two languages give to two countries is left out."""
    found: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in _official_codes():
                for part in (name, *_IN_BRACKETS.split(name)):  # "Myanmar (Burma)" is three names
                    found.setdefault(fold_words(part), set()).add(code)
    names = {name: next(iter(codes)) for name, codes in found.items() if name and len(codes) == 1}
    names.update({fold_words(word): code for code, row in _ALSO.items() for word in row.split("|")})
    return {name: code for name, code in names.items() if name not in _AMBIGUOUS}


@lru_cache(maxsize=1)
def _three_letters() -> dict[str, str]:
    """Return alpha-3 (and former alpha-3) code -> alpha-2, where one country took the place of the code."""
    aliases = get_global("territory_aliases")
    return {
        alias: codes[0]
        for alias, codes in aliases.items()
        if len(alias) == len("AFG") and alias.isalpha() and len(codes) == 1 and codes[0] in _official_codes()
    }


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country or nationality in words or code, None when it is not known.

    Three-letter codes come from CLDR's territory aliases, names from CLDR's territory names in _LANGUAGES.
    """
    words = fold_words(text)
    if re.fullmatch(r"\w( \w)+", words):  # "U.S.A.", "R.D.C."
        words = words.replace(" ", "")
    code = words.upper()
    if code in _official_codes():
        return code
    return _three_letters().get(code) or country_names().get(words)
