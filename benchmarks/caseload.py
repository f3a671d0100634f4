"""Invented persons of several naming traditions, any number of them, always the same for the same seed.

Names are put together from common given names and made-up family names, with the frequencies of real lists: a few
names are borne by many, most by few. `misheard` writes a person down as somebody else would: another spelling, a
missing part, a guessed year.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rfl.domain.persons import Identity, PersonName, Place, Relative, UncertainDate

FIRST_BIRTH, DAYS_OF_BIRTH = date(1940, 1, 1), 30_000
MOTHER_KNOWN, COMMON_GIVEN, FAMILY_LOST = 0.5, 0.8, 0.15  # shares, by judgement of lists from the field
DAY_KEPT, MOTHER_KEPT, RELATIVE_KEPT = 0.4, 0.7, 0.6  # shares of what a second record repeats
DAY_TOLD, YEAR_TOLD = 0.5, 0.8  # half know the day of birth, three in ten the year, the others about the year
SLIPS, SHORTEST_SLIP = 0.33, 4  # words misspelt; shorter ones are not
SKEW = 1.1  # exponent of the frequencies: near 1 in lists of given names


@dataclass(frozen=True)
class Tradition:
    """How one region names people: given names by sex, sounds of family names, form of the full name."""

    country: str
    female: Sequence[str]
    male: Sequence[str]
    syllables: Sequence[str]
    form: str  # letters of g(iven) f(ather) G(randfather) n(family name)


TRADITIONS = (
    Tradition(
        "SY",
        [
            "Maryam",
            "Fatima",
            "Aisha",
            "Zaynab",
            "Salma",
            "Hanan",
            "Rania",
            "Layla",
            "Nour",
            "Amina",
            "Huda",
            "Samira",
            "Khadija",
            "Rasha",
            "Dalal",
        ],
        [
            "Muhammad",
            "Ahmad",
            "Ali",
            "Mahmud",
            "Hasan",
            "Husayn",
            "Khalid",
            "Omar",
            "Yusuf",
            "Ibrahim",
            "Mustafa",
            "Tariq",
            "Bilal",
            "Samir",
            "Anas",
        ],
        ["had", "dad", "kha", "lil", "sha", "ban", "qas", "sim", "mas", "ri", "zei", "tun", "bar", "az", "jub", "ran"],
        "gfn",
    ),
    Tradition(
        "IQ",
        ["زينب", "فاطمة", "مريم", "عائشة", "سلمى", "هدى", "نور", "أمينة", "ليلى", "سميرة", "خديجة", "حنان"],
        ["محمد", "أحمد", "علي", "محمود", "حسن", "حسين", "خالد", "عمر", "يوسف", "إبراهيم", "مصطفى", "طارق"],
        ["حد", "اد", "خل", "يل", "شع", "بان", "قا", "سم", "مص", "ري", "زي", "تون", "بر", "جب"],
        "gfGn",
    ),
    Tradition(
        "UA",
        ["Олена", "Наталія", "Ірина", "Тетяна", "Оксана", "Марія", "Ганна", "Юлія", "Світлана", "Катерина"],
        ["Олександр", "Андрій", "Сергій", "Володимир", "Микола", "Іван", "Петро", "Василь", "Дмитро", "Юрій"],
        ["шев", "чен", "ко", "бон", "дар", "мель", "ник", "ткач", "гри", "коз", "лов", "мор", "оз", "сав", "чук"],
        "gn",
    ),
    Tradition(
        "ER",
        ["Selam", "Abeba", "Tirhas", "Almaz", "Hiwet", "Saba", "Mebrat", "Letebrhan", "Rahwa", "Feven"],
        ["Tesfay", "Yohannes", "Berhane", "Haile", "Kidane", "Mehari", "Solomon", "Dawit", "Abraham", "Samuel"],
        ["ge", "bre", "tek", "le", "wol", "de", "mi", "ka", "el", "ha", "bte", "ab", "ra"],
        "gfG",
    ),
    Tradition(
        "HN",
        ["María", "Ana", "Rosa", "Carmen", "Luz", "Elena", "Sofía", "Gabriela", "Karla", "Yolanda"],
        ["José", "Luis", "Carlos", "Juan", "Miguel", "Ángel", "Francisco", "Jorge", "Mario", "Óscar"],
        [
            "ro",
            "dri",
            "guez",
            "fer",
            "nan",
            "dez",
            "lo",
            "pez",
            "mar",
            "ti",
            "nez",
            "pe",
            "re",
            "flo",
            "res",
            "cas",
            "tro",
        ],
        "ggnn",
    ),
    Tradition(
        "SS",
        ["Nyandeng", "Achol", "Adut", "Akuol", "Nyabol", "Ayen", "Mary", "Rebecca"],
        ["Deng", "Garang", "Majok", "Akol", "Bol", "Chol", "Kuol", "Mabior", "John", "Peter"],
        ["ma", "dut", "gar", "ang", "lu", "al", "ku", "ot", "nya", "kir", "aj", "ak"],
        "gfn",
    ),
)
PLACE_SOUNDS = [
    "al",
    "ben",
    "tor",
    "mar",
    "kan",
    "dur",
    "hal",
    "qar",
    "sel",
    "bor",
    "tan",
    "dim",
    "raj",
    "ost",
    "vel",
    "kor",
]


class Caseload:
    """An endless, repeatable source of identities."""

    def __init__(self, seed: int = 1) -> None:
        """Start the sequence of `seed`."""
        self.random = random.Random(seed)
        self.places = ["".join(self.random.sample(PLACE_SOUNDS, 2)).title() for _ in range(240)]

    def person(self) -> Identity:
        """Return the next invented person."""
        chance, tradition = self.random, self.random.choice(TRADITIONS)
        sex = chance.choice(("female", "male"))
        family = self._family(tradition)
        name = self._name(tradition, sex, family)
        birth = FIRST_BIRTH + timedelta(days=chance.randrange(DAYS_OF_BIRTH))
        mother = self._given(tradition.female) if chance.random() < MOTHER_KNOWN else ""
        return Identity(
            names=(name,),
            sex=sex,
            birth=self._told(birth),
            mother_name=mother,
            birth_place=Place(text=self._common(self.places), country=tradition.country),
            nationalities=(tradition.country,),
            last_place=Place(text=self._common(self.places), country=tradition.country),
            relatives=tuple(self._relatives(tradition, family)),
        )

    def people(self, count: int) -> Iterator[Identity]:
        """Yield `count` persons."""
        return (self.person() for _ in range(count))

    def misheard(self, told: Identity) -> Identity:
        """Return the same person as somebody else wrote them down."""
        chance, name = self.random, told.names[0]
        parts = {slot: self._slip(getattr(name, slot)) for slot in ("given", "father", "grandfather", "family")}
        if parts["family"] and chance.random() < FAMILY_LOST:
            parts["family"] = ""
        year = told.birth.edtf[:4]
        birth = told.birth if chance.random() < DAY_KEPT else UncertainDate(f"{year}~", year)
        mother = told.mother_name if chance.random() < MOTHER_KEPT else ""
        relatives = tuple(one for one in told.relatives if chance.random() < RELATIVE_KEPT)
        return replace(
            told, names=(PersonName("document", **parts),), birth=birth, mother_name=mother, relatives=relatives
        )

    def _common(self, values: Sequence[str]) -> str:
        """Return one value; the first are far more frequent than the last."""
        weights = [1 / (rank + 1) ** SKEW for rank in range(len(values))]
        return self.random.choices(values, weights)[0]

    def _given(self, names: Sequence[str]) -> str:
        if self.random.random() < COMMON_GIVEN:
            return self._common(names)
        # The long tail: rarer names, made of two common ones.
        first, second = self.random.sample(list(names), 2)
        return first[: len(first) // 2 + 1] + second[len(second) // 2 :].lower()

    def _family(self, tradition: Tradition) -> str:
        count = self.random.choice((2, 3, 3))
        return "".join(self._common(tradition.syllables) for _ in range(count)).capitalize()

    def _name(self, tradition: Tradition, sex: str, family: str) -> PersonName:
        own = tradition.female if sex == "female" else tradition.male
        given = " ".join(self._given(own) for _ in range(tradition.form.count("g")))
        father = self._given(tradition.male) if "f" in tradition.form else ""
        grandfather = self._given(tradition.male) if "G" in tradition.form else ""
        names = " ".join([family] + [self._family(tradition)] * (tradition.form.count("n") - 1))
        return PersonName("original", given, father, grandfather, names if "n" in tradition.form else "")

    def _told(self, birth: date) -> UncertainDate:
        kind = self.random.random()
        edtf = birth.isoformat() if kind < DAY_TOLD else str(birth.year) if kind < YEAR_TOLD else f"{birth.year}~"
        return UncertainDate(edtf, edtf)

    def _relatives(self, tradition: Tradition, family: str) -> Iterator[Relative]:
        for _ in range(self.random.choice((0, 0, 1, 2))):
            relation, names = self.random.choice((("brother", tradition.male), ("sister", tradition.female)))
            yield Relative(relation, f"{self._given(names)} {family}")

    def _slip(self, text: str) -> str:
        """Leave out, double or exchange one letter in a third of all words."""
        if len(text) < SHORTEST_SLIP or self.random.random() > SLIPS:
            return text
        place = self.random.randrange(1, len(text) - 2)
        changed = self.random.choice(
            (text[place + 1] + text[place], text[place] * 2 + text[place + 1], text[place + 1])
        )
        return text[:place] + changed + text[place + 2 :]
