"""Pairs written by hand from knowledge of naming customs: which of two records are likely one person, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching import Interval, Name, PersonRecord, Relative

LIKELY, UNLIKELY = "likely", "unlikely"


@dataclass(frozen=True)
class Person:
    """The fields a table row needs; the rest of a record stays empty."""

    full: str = ""
    given: str = ""
    father: str = ""
    family: str = ""
    born: str = ""
    sex: str = ""
    mother: str = ""
    place: str = ""
    nickname: str = ""
    relatives: tuple[tuple[str, str], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def record(self, role: str) -> PersonRecord:
        names = [Name("original", given=self.given, father=self.father, family=self.family, full=self.full)]
        names += [Name("nickname", full=self.nickname)] if self.nickname else []
        return PersonRecord(
            id=role,
            role=role,
            names=tuple(names),
            sex=self.sex,
            birth=interval(self.born) if self.born else None,
            mother=self.mother,
            birth_place=self.place,
            relatives=tuple(Relative(relation, name) for relation, name in self.relatives),
            **self.more,
        )


def interval(text: str) -> Interval:
    """`1990`, `1990-04-12` or `1988/1992`."""
    first, _, last = text.partition("/")
    start = date.fromisoformat(first if "-" in first else f"{first}-01-01")
    last = last or first
    return Interval(start, date.fromisoformat(last if "-" in last else f"{last}-12-31"))


@dataclass(frozen=True)
class Pair:
    """Two records, the verdict of a careful reader, and the reason."""

    left: Person
    right: Person
    verdict: str
    why: str


_AHMAD = Person("Ahmed Khalil Al-Masri", born="1990", mother="Samira Haddad", sex="male")
_OLENA = Person("Олена Іванівна Коваленко", born="1985-03-07", sex="female")

PAIRS = (
    Pair(_AHMAD, Person("أحمد خليل المصري", born="1990", mother="سميرة حداد", sex="male"), LIKELY, "Arabic and Latin"),
    Pair(
        Person("Abdul Rahman Qasim Noori", born="1994/1996", place="Ghazni"),
        Person("عبدالرحمن قاسم نوری", born="1995", place="غزنی"),
        LIKELY,
        "a compound joined and split, Dari and Latin",
    ),
    Pair(
        Person("Hussein Ali Jafari", born="1998-05-04", mother="Zahra"),
        Person("حسین علی جعفری", born="1998", mother="زهرا"),
        LIKELY,
        "Persian letters",
    ),
    Pair(_OLENA, Person("Olena Ivanivna Kovalenko", born="1985-03-07", sex="female"), LIKELY, "Ukrainian and Latin"),
    Pair(_OLENA, Person("Елена Ивановна Коваленко", born="1985-03-07", sex="female"), LIKELY, "Ukrainian and Russian"),
    Pair(
        Person("Шевченко Тарас Петрович", born="1971-11-02"),
        Person("Taras Schewtschenko", born="1971-11-02"),
        LIKELY,
        "German spelling, family name first, patronymic missing",
    ),
    Pair(
        Person("ተስፋዬ ገብረመድህን በርሄ", born="1989/1991", mother="ለተብርሃን"),
        Person("Tesfaye Gebremedhin Berhe", born="1990", mother="Letebrhan"),
        LIKELY,
        "Ge'ez and Latin",
    ),
    Pair(
        Person("Gebre Medhin Haile Tekle", born="1990", place="Mekelle"),
        Person("Gebremedhin Haile-Tekle", born="1990", place="Mekele"),
        LIKELY,
        "Ethiopian compounds joined and split",
    ),
    Pair(
        Person("Cabdiraxmaan Xuseen Warsame", born="1987/1989", place="Kismaayo"),
        Person("Abdirahman Hussein Warsame", born="1988", place="Kismayo"),
        LIKELY,
        "Somali and English habits",
    ),
    Pair(
        Person("Kabongo Jean-Pierre Tshimanga", born="1979-02-10"),
        Person("Jean Pierre Tshimanga Kabongo", born="1979-02-10"),
        LIKELY,
        "parts in another order",
    ),
    Pair(
        Person("Yusuf Karim Barzani", born="2001-04-09", mother="Nasrin Barzani"),
        Person("Yousef Barzani", born="2001-04-09", mother="Nasrin"),
        LIKELY,
        "father's name missing on one side",
    ),
    Pair(
        Person("Mariam Saleh Othman", born="1992-03-11", place="Raqqa"),
        Person("Maryam Salih Osman", born="1992-11-03", place="Raqqa"),
        LIKELY,
        "day and month swapped",
    ),
    Pair(
        Person("Farhad Nazari Rahimi", born="1988", mother="Gulsum", place="Herat"),
        Person("فرهاد نظری رحیمی", born="1367", mother="گلثوم", place="هرات"),
        LIKELY,
        "a Solar Hijri year written as Gregorian",
    ),
    Pair(
        Person("Oleksandr Bondarenko", born="1990-08-08", place="Kherson", nickname="Sasha"),
        Person("Саша Бондаренко", born="1990-08-08", place="Херсон"),
        LIKELY,
        "a diminutive across scripts",
    ),
    Pair(
        _AHMAD,
        Person("Samir Khalil Al-Masri", born="1990", mother="Samira Haddad", sex="male"),
        UNLIKELY,
        "brothers share father, family, mother",
    ),
    Pair(
        Person(given="احمد", father="خليل", family="المصري", born="1990", mother="سميرة", sex="male"),
        Person(given="Samir", father="Khalil", family="Al-Masri", born="1991", mother="Samira", sex="male"),
        UNLIKELY,
        "brothers across scripts",
    ),
    Pair(
        _OLENA,
        Person("Iryna Ivanivna Kovalenko", born="1987-09-01", sex="female"),
        UNLIKELY,
        "sisters",
    ),
    Pair(
        Person("Mohammed Ahmed Ali", born="1990", mother="Fatima Omar", sex="male"),
        Person("Mohammed Ahmed Ali", born="1978", mother="Khadija Hassan", sex="male"),
        UNLIKELY,
        "namesakes with common names, other mother, other age",
    ),
    Pair(
        Person("Mohammed Ahmed", sex="male"),
        Person("Muhammad Ahmad", sex="male"),
        UNLIKELY,
        "two common names alone prove nothing",
    ),
    Pair(
        Person(given="Ahmed", father="Ali", family="Hassan", born="1965", sex="male"),
        Person(given="Omar", father="Ahmed", family="Ali", born="1992", sex="male"),
        UNLIKELY,
        "father and son share the chain of names",
    ),
    Pair(
        Person("Hasan Karimi", born="1999", place="Kabul"),
        Person("Husayn Karimi", born="1999", place="Kabul"),
        UNLIKELY,
        "Hasan is not Husayn",
    ),
    Pair(
        Person("Tesfaye Gebremedhin Berhe", born="1990", sex="male"),
        Person("Almaz Gebremedhin Berhe", born="1993", sex="female"),
        UNLIKELY,
        "brother and sister",
    ),
    Pair(
        Person("Samer Khoury", born="1980-01-05", relatives=(("brother", "Amjad Khoury"),)),
        Person("Amjad Khoury", born="1980-02-07", relatives=(("brother", "Samer Khoury"),)),
        UNLIKELY,
        "each is named as the other's brother",
    ),
)
