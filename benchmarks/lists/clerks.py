"""How clerks write names down: script, spelling, order, what they leave out, and slips of pen and scanner."""

import random
from dataclasses import dataclass, field

from benchmarks.lists.people import Person
from benchmarks.lists.traditions import Term

# Shares by judgement.
FROM_PAPERS, TYPO, SCAN, CAPITALS, FAMILY_FIRST, HONORIFIC = 0.4, 0.035, 0.01, 0.12, 0.12, 0.02
PLAINEST = 0.5  # of clerks write the plainest spelling, the others any
SHORTEST_SLIP = 4
SOFT = "еаиь"  # stems after which a patronymic begins with е
FOREIGN = "Latn*"  # written in Latin letters by someone of another tradition
LOOK_ALIKE = (("rn", "m"), ("m", "rn"), ("l", "i"), ("h", "b"), ("u", "v"), ("е", "с"), ("и", "н"), ("п", "л"))
HONORIFICS = {
    "arab": ("Haj", "Sheikh"),
    "ben": ("Mr", "Hafez"),
    "mya": ("U", "Ko"),
    "som": ("Sheikh",),
    "eri": ("Ato",),
}
# By script and sex: endings of Ukrainian, then of Russian.
PATRONYMICS = {
    ("Cyrl", "male"): (("ович",), ("ович",)),
    ("Cyrl", "female"): (("івна",), ("овна",)),
    ("Latn", "male"): (("ovych", "ovich", "owytsch"), ("ovich", "ovitch", "owitsch")),
    ("Latn", "female"): (("ivna", "iwna"), ("ovna", "owna")),
}


@dataclass(slots=True)
class Clerk:
    """The habits under which one record is written, and what they did to it (`kinds`)."""

    chance: random.Random
    script: str
    language: int
    from_papers: bool
    capitals: bool
    kinds: set[str] = field(default_factory=set)

    @classmethod
    def drawn(cls, person: Person, chance: random.Random) -> "Clerk":
        """Return a clerk who may meet `person`."""
        native = chance.random() < person.tradition.native
        script = person.tradition.script if native else FOREIGN
        capitals = chance.random() < CAPITALS and script in ("Latn", "Cyrl", FOREIGN)
        return cls(chance, script, chance.randrange(2), chance.random() < FROM_PAPERS, capitals)

    def word(self, term: Term, person: Person) -> str:
        """Return `term` as this clerk writes it for `person`; `FOREIGN` is Latin as strangers spell it."""
        if self.script != FOREIGN:
            text = term.native[self.language % len(term.native)]
        elif self.from_papers:
            text = term.latin[person.papers % len(term.latin)]
        else:
            text = term.latin[0] if self.chance.random() < PLAINEST else self.chance.choice(term.latin)
            self.kinds.add("spelling_variant")
        return self._slip(text.split("/")[-1 if person.sex == "female" else 0])

    def patronymic(self, term: Term, person: Person) -> str:
        """Return the patronymic made of the father's name, the name itself where none is made of it."""
        if not term.stems:
            return self.word(term, person)
        native, latin = term.stems[self.language % len(term.stems)]
        script = "Latn" if self.script == FOREIGN else self.script
        ending = self.chance.choice(PATRONYMICS[script, person.sex][self.language])
        return self._slip(join_patronymic(native if script == "Cyrl" else latin, ending, soft=native[-1] in SOFT))

    def in_case(self, text: str) -> str:
        """Return `text` in capitals where the form asks for them."""
        return text.upper() if self.capitals else text

    def _slip(self, text: str) -> str:
        """Exchange, leave out, double or mistake a letter now and then."""
        drawn = self.chance.random()
        if len(text) < SHORTEST_SLIP or drawn > TYPO + SCAN:
            return text
        if drawn > TYPO:
            return self._misread(text)
        self.kinds.add("typo")
        place = self.chance.randrange(1, len(text) - 1)
        before, one, after = text[:place], text[place], text[place + 1 :]
        return self.chance.choice((before + after, before + one + one + after, before + after[:1] + one + after[1:]))

    def _misread(self, text: str) -> str:
        for seen, read in self.chance.sample(LOOK_ALIKE, len(LOOK_ALIKE)):
            if seen in text[1:]:
                self.kinds.add("ocr")
                return text[0] + text[1:].replace(seen, read, 1)
        return text


def join_patronymic(stem: str, ending: str, *, soft: bool) -> str:
    """Return stem and ending as grammar joins them: Андре + ович is Андреевич, Андрій + івна is Андріївна."""
    if soft and ending[0] in "оo":
        return stem + ("е" if ending[0] == "о" else "e") + ending[1:]
    if stem[-1] in "йi" and ending[0] in "іi":
        return stem[:-1] + ("ї" if ending[0] == "і" else "i") + ending[1:]
    return stem + ending


def parts_of(person: Person, clerk: Clerk) -> dict[str, str]:
    """Return the parts of the name by the letters of the tradition's form, all of them."""
    form, words = person.tradition.form, {}
    words["g"] = " ".join(clerk.word(term, person) for term in person.given)
    for letter, term in zip("fG", person.fathers, strict=False):
        if letter in form:
            words[letter] = clerk.word(term, person)
    if "p" in form:
        words["p"] = clerk.patronymic(person.fathers[0], person)
    for letter, term in zip("nm", person.family, strict=False):
        if letter in form:
            words[letter] = clerk.word(term, person)
    return words


def full_name(person: Person, words: dict[str, str], clerk: Clerk) -> str:
    """Return the whole name in the order of the tradition, or the family name first."""
    ordered = [words[letter] for letter in person.tradition.form if words.get(letter)]
    if clerk.script == "Hani":
        return "".join(ordered)
    if len(ordered) > 1 and clerk.chance.random() < FAMILY_FIRST:
        clerk.kinds.add("swapped_order")
        ordered = [*ordered[1:], ordered[0]] if person.tradition.form[0] == "n" else [ordered[-1], *ordered[:-1]]
        ordered[0] += clerk.chance.choice(("", ",")) if clerk.script.startswith("Latn") else ""
    title = HONORIFICS.get(person.tradition.code)
    if title and clerk.script == FOREIGN and clerk.chance.random() < HONORIFIC:
        clerk.kinds.add("honorific")
        ordered.insert(0, clerk.chance.choice(title))
    return " ".join(ordered)
