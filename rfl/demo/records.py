"""What one record holds of one person: identity, safe contact and consents, all invented."""

from collections.abc import Sequence
from datetime import date
from random import Random

from rfl.demo.births import remember
from rfl.demo.households import Household, Member, relation
from rfl.demo.sources import details, read_json, texts
from rfl.demo.spelling import Clerk, Script, spell
from rfl.demo.values import DemoConsent
from rfl.domain.ages import ADULT_AGE
from rfl.domain.consent import Basis, Evidence, Purpose
from rfl.domain.dates import read_date
from rfl.domain.intake import Contact
from rfl.domain.persons import Identity, Place, Relative, UncertainDate

# Numbers 07700 900000 to 900999 are set aside by the United Kingdom regulator Ofcom for drama and never given out.
PHONE_PREFIX = "+44 7700 900"
# example.org is reserved for documentation (RFC 2606).
MAIL_HOST = "example.org"
_NAMED_RELATIVES = 3
_SITE_KINDS = {"Hospital": "hospital", "Camp": "camp", "Transit": "alive"}
_OPTIONAL_PURPOSES = (Purpose.SHARE_SOCIETIES, Purpose.SHARE_NETWORK, Purpose.STATISTICS, Purpose.FEEDBACK)
_EVIDENCES = (Evidence.SIGNED, Evidence.SIGNED, Evidence.WITNESSED, Evidence.INTERPRETER)


def place_of(household: Household, *, own_script: bool) -> Place:
    """Return the home town of a household as a record holds it."""
    town = household.town
    return Place(town.original if own_script else town.romanised, town.country, town.region)


def _relatives(
    member: Member, household: Household, clerk: Clerk, *, own_script: bool, missing: Sequence[Member]
) -> tuple[Relative, ...]:
    others = [other for other in household.members if other is not member]
    chosen = clerk.rng.sample(others, min(len(others), clerk.rng.randint(0, _NAMED_RELATIVES)))
    return tuple(
        Relative(
            relation(member, other),
            clerk.write(other.parts["given"], own_script=own_script),
            missing_too=any(other is one for one in missing),
        )
        for other in chosen
    )


def _mother(member: Member, household: Household, clerk: Clerk, *, own_script: bool) -> str:
    if member.seat != "child" or clerk.rng.random() < 1 / 3:
        return ""
    return clerk.write(household.members[1].parts["given"], own_script=own_script)


def identify(
    member: Member,
    household: Household,
    script: Script,
    clerk: Clerk,
    *,
    on: date,
    last_year: int = 0,
    missing: Sequence[Member] = (),
) -> Identity:
    """Return what a record made on the day `on` says of a member.

    `last_year` is that of the last contact, 0 for who is not missing; `missing` are the members sought together.
    """
    rng, own_script = clerk.rng, script in (Script.ORIGINAL, Script.BOTH)
    birth, age = remember(member.year, household.tradition, rng, on=on)
    adult = on.year - member.year >= ADULT_AGE
    home = place_of(household, own_script=own_script)
    return Identity(
        names=spell(household.tradition, member.parts, script, clerk),
        sex=member.sex,
        birth=birth,
        age=age,
        mother_name=_mother(member, household, clerk, own_script=own_script),
        birth_place=home if rng.random() < 4 / 5 else Place(country=household.town.country),
        nationalities=(household.town.country,),
        last_place=home if last_year else Place(),
        last_contact=read_date(str(last_year)) if last_year else UncertainDate(),
        relatives=_relatives(member, household, clerk, own_script=own_script, missing=missing),
        occupation=rng.choice(texts("occupations")) if adult and rng.random() < 1 / 2 else "",
        marks=rng.choice(texts("marks")) if rng.random() < 1 / 5 else "",
    )


def society_facts(code: str) -> dict[str, list[str]]:
    """Return the towns, streets and sites of a society."""
    return next(entry for entry in read_json("societies.json") if entry["code"] == code)


def site_kind(site: str) -> str:
    """Return the kind of registration at a site, told by the word it begins with."""
    return _SITE_KINDS.get(site.partition(" ")[0], "reception")


def condition_at(site: str) -> str:
    """Return how people registered at a site are: in a hospital injured, elsewhere well."""
    return "injured" if site_kind(site) == "hospital" else "well"


def phone(rng: Random) -> str:
    """Return a telephone number that belongs to nobody."""
    return f"{PHONE_PREFIX}{rng.randint(0, 999):03}"


def enquirer_contact(code: str, language: str, rng: Random) -> Contact:
    """Return how an enquirer in the country of a society can be reached."""
    facts = society_facts(code)
    street, town = rng.choice(facts["streets"]), rng.choice(facts["towns"])
    return Contact(
        address=f"{street} {rng.randint(1, 120)}, {town}",
        phones=phone(rng),
        email=f"family.{rng.randint(1000, 9999)}@{MAIL_HOST}" if rng.random() < 1 / 2 else "",
        safe_way=rng.choice(texts("safe_ways")),
        safe_time=rng.choice(texts("safe_times")),
        third_contact=f"A friend, {phone(rng)}" if rng.random() < 1 / 4 else "",
        languages=details("language_names")[language],
    )


def registered_contact(site: str, language: str, rng: Random, *, minor: bool) -> Contact:
    """Return how a registered person can be reached: through the site, a child through its caregiver."""
    return Contact(
        address=site,
        phones="" if minor or rng.random() < 1 / 2 else phone(rng),
        safe_way="Through the caregiver of the site" if minor else rng.choice(texts("safe_ways")),
        languages=details("language_names")[language],
        guardian=f"Caregiver on duty, {site}" if minor else "",
    )


def own_consents(language: str, rng: Random, *, matching: bool) -> tuple[DemoConsent, ...]:
    """Return the answers of somebody who was asked: registering yes, comparing as given, others by chance."""
    evidence = rng.choice(_EVIDENCES)
    answers = {Purpose.REGISTER: True, Purpose.MATCHING: matching}
    answers |= {purpose: rng.random() < 1 / 2 for purpose in _OPTIONAL_PURPOSES}
    return tuple(DemoConsent(purpose, given, Basis.CONSENT, evidence, language) for purpose, given in answers.items())


def sought_consents(language: str) -> tuple[DemoConsent, ...]:
    """Return the basis on which data of an absent person are used: nobody could ask them."""
    return tuple(
        DemoConsent(purpose, given=True, basis=Basis.PUBLIC_INTEREST, evidence="", language=language)
        for purpose in (Purpose.REGISTER, Purpose.MATCHING)
    )


def language_of(tradition: str) -> str:
    """Return the language in which people of a tradition are interviewed."""
    return str(details("languages")[tradition])
