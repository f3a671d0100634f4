"""The words people write in dates, in the languages of the routes, folded past spelling habits.

Data: words stand apart by spaces, and an underscore stands for a space inside a phrase. Month names follow
the Unicode CLDR names of each language, with the forms of Afghanistan and the Levant added.
"""

import unicodedata

from rfl.domain.calendars import ETHIOPIAN, GREGORIAN, HIJRI, SOLAR_HIJRI

# Letters that Persian and Arabic keyboards write differently for the same word.
_SAME_LETTERS = str.maketrans(
    {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ـ": None, "'": None, "’": None, "ʼ": None}
)


def clean(text: str) -> str:
    """Return `text` without control and direction marks, with runs of white space made one space."""
    spaced = "".join(" " if ch in "\t\r\n" else ch for ch in text)
    kept = "".join(ch for ch in spaced if unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return " ".join(kept.split())


def fold(text: str) -> str:
    """Return `text` for comparing: digits as 0-9, no accents or vowel marks, small letters, plain dashes."""
    out = []
    for ch in unicodedata.normalize("NFKD", clean(text)):
        if unicodedata.category(ch) == "Mn":
            continue
        digit = unicodedata.decimal(ch, None)
        out.append("-" if unicodedata.category(ch) == "Pd" or ch == "−" else ch if digit is None else str(digit))
    return "".join(out).casefold().translate(_SAME_LETTERS)


MONTHS: dict[str, tuple[str, ...]] = {
    GREGORIAN: (
        "january jan janvier janv enero ene января январь янв січня січень يناير جانفي ژانویه كانون_الثاني",
        "february feb février févr febrero февраля февраль фев лютого лютий فبراير شباط فيفري فوریه",
        "march mar mars marzo марта март березня березень مارس آذار",
        "april apr avril avr abril апреля апрель апр квітня квітень أبريل إبريل نيسان أفريل آوریل",
        "may mai mayo мая май травня травень مايو ماي أيار مه",
        "june jun juin junio июня июнь червня червень يونيو يونية حزيران جوان ژوئن",
        "july jul juillet juil julio июля июль липня липень يوليو يولية تموز جويلية ژوئیه",
        "august aug août agosto ago августа август авг серпня серпень أغسطس آب أوت اوت",
        "september sep sept septembre septiembre сентября сентябрь сен вересня вересень سبتمبر أيلول سپتامبر",
        "october oct octobre octubre октября октябрь окт жовтня жовтень أكتوبر تشرين_الأول اکتبر",
        "november nov novembre noviembre ноября ноябрь ноя листопада листопад نوفمبر تشرين_الثاني نوامبر",
        "december dec ديسمبر décembre déc diciembre dic декабря декабрь грудня грудень كانون_الأول دسامبر",
    ),
    SOLAR_HIJRI: (
        "farvardin hamal فروردین حمل وری",
        "ordibehesht sawr اردیبهشت ثور غویی",
        "khordad jawza خرداد جوزا غبرګولی",
        "tir saratan تیر سرطان چنګاښ",
        "mordad asad مرداد امرداد اسد زمری",
        "shahrivar sonbola شهریور سنبله وږی",
        "mehr mizan مهر میزان تله",
        "aban aqrab آبان عقرب لړم",
        "azar qaws آذر قوس لیندۍ",
        "dey jadi دی جدی مرغومی",
        "bahman dalw بهمن دلو سلواغه",
        "esfand hut اسفند حوت کب",
    ),
    HIJRI: (
        "muharram محرم",
        "safar صفر",
        "rabi_i rabi_al-awwal ربيع_الأول ربیع‌الاول",
        "rabi_ii rabi_al-thani ربيع_الثاني ربيع_الآخر",
        "jumada_i jumada_al-ula جمادى_الأولى جمادي_الاول",
        "jumada_ii jumada_al-thani jumada_al-akhira جمادى_الآخرة جمادى_الثانية جمادي_الثاني",
        "rajab رجب",
        "shaban شعبان",
        "ramadan ramadhan ramazan رمضان",
        "shawwal شوال",
        "dhu_al-qadah dhul_qadah dhu_al-qida ذو_القعدة ذي_القعدة ذوالقعدة",
        "dhu_al-hijjah dhul_hijjah dhu_al-hijja ذو_الحجة ذي_الحجة ذوالحجة",
    ),
    ETHIOPIAN: (
        "meskerem መስከረም",
        "tikimt tiqimt ጥቅምት",
        "hidar hedar ኅዳር ህዳር ሕዳር",
        "tahsas ታኅሣሥ ታህሳስ",
        "tir ጥር",
        "yekatit የካቲት",
        "megabit መጋቢት",
        "miyazya ሚያዝያ",
        "ginbot genbot ግንቦት",
        "sene ሰኔ",
        "hamle ሐምሌ ሀምሌ",
        "nehase ነሐሴ ነሀሴ",
        "pagume pagumen ጳጉሜ ጳጉሜን",
    ),
}

ABOUT = (
    "about around approximately approx. approx circa ca. ca c. vers environ hacia alrededor_de "
    "около примерно приблизно близько حوالي_سنة حوالي_عام حوالي تقريبا نحو در_حدود حدود حدودا ገደማ"
)
BEFORE = "before avant_de avant antes_de до قبل_از قبل پیش_از"
AFTER = "after après después_de desde después после після بعد_از بعد پس_از"
SINCE = "since depuis from с з منذ از"
BETWEEN = "between from entre de между от між від с з من بين ما_بين از بین"
TO = "to and until et à y a до и і по إلى حتى لغاية و تا"
# Arabic writes "and" as one letter joined to the word it brings in: "1990 و1994".
JOINED_TO = "و"
NOISE = (
    "the in of year on en le du de del el año ano annee an calendar born b. née né nacido nacida "
    "в году год года г. г року рік р. р "
    "سنة السنة سنتي عام العام عامي في خلال مواليد ولد ولدت سال التقويم بالتقويم تقويم አቆጣጠር በ st nd rd th er"
)
# Words that name the calendar of the year beside them; a word may stand in two rows.
CALENDAR_WORDS: dict[str, str] = {
    GREGORIAN: "ad ce gregorian میلادی ميلادي الميلادي ميلادية الميلادية م እ.ኤ.አ",
    SOLAR_HIJRI: ("ah a.h. sh a.p. هـ هجري هجرية الهجري الهجرية للهجرة ش هـ.ش شمسي شمسية الشمسي khorshidi شمسی هجری"),
    HIJRI: "ah a.h. هـ هجري هجرية الهجري الهجرية للهجرة ق هـ.ق قمري قمرية القمري قمری هجری hijri",
    ETHIOPIAN: (
        "e.c. ec ethiopian ethiopic eritrean ዓ.ም ዓ/ም በኢትዮጵያ የኢትዮጵያ "
        "إثيوبي الإثيوبي إثيوبية الإثيوبية حبشي الحبشي إريتري الإريتري"
    ),
}


def entries(row: str) -> list[str]:
    """Return the folded words and phrases of one row, longest first: a phrase wins over its first word."""
    found = {fold(entry.replace("_", " ")) for entry in row.split()}
    return sorted(found, key=lambda entry: (-len(entry), entry))


def month_table(calendar: str) -> dict[str, int]:
    """Return folded month name -> month number (from 1) for a key of MONTHS."""
    return {name: number for number, row in enumerate(MONTHS[calendar], start=1) for name in entries(row)}
