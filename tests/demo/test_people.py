"""The demo world is invented, varied, whole and always the same."""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from rfl.demo.crowd import DEMO_DAY
from rfl.demo.people import NEAR_MISSES, TRUE_MATCHES, build
from rfl.demo.sources import read_json
from rfl.domain.cases import HARM_QUESTIONS, REFUSALS, SEPARATION_CAUSES, RequestState, Risk, assess
from rfl.domain.consent import BASES, EVIDENCES, PURPOSES, Purpose
from rfl.domain.dates import birth_bounds, bounds, is_minor
from rfl.domain.intake import CHANNELS, MEANS, PRIORITIES
from rfl.domain.persons import RELATIONS, Identity
from rfl.domain.registrations import CONDITIONS, REGISTRATION_KINDS
from rfl.domain.roles import Role

ROOT = Path(__file__).resolve().parents[2]
WORLD = build()
SOUGHT = [sought for request in WORLD.requests for sought in request.sought]
RECORDS = {record.key: record for record in (*WORLD.requests, *WORLD.registered)}
CONSENTS = {request.enquirer.key: request.enquirer.consents for request in WORLD.requests}
CONSENTS |= {sought.key: sought.consents for sought in SOUGHT}
CONSENTS |= {person.key: person.consents for person in WORLD.registered}


def _scripts(identities):
    letters = "".join(name.text() for identity in identities for name in identity.names)
    return {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}


def _kind(key):
    return {"E": "enquirer", "S": "sought"}.get(key.split("-")[-1][0], "registered")


def _content():
    return sha256(repr(WORLD).encode()).hexdigest()


def test_the_world_has_the_size_of_a_small_network():
    assert (len(WORLD.societies), len(WORLD.requests), len(WORLD.registered)) == (3, 60, 300)


def test_a_request_has_one_to_four_sought_persons_and_there_are_about_130():
    assert {len(request.sought) for request in WORLD.requests} == {1, 2, 3, 4}
    assert 120 <= len(SOUGHT) <= 140


@pytest.mark.parametrize("society", ["VAL", "NOH", "SAH"])
def test_every_society_has_an_account_of_every_role(society):
    roles = {role for user in WORLD.users if user.society == society for role in user.roles}
    assert roles == {role.value for role in Role}


@pytest.mark.parametrize("society", ["VAL", "NOH", "SAH"])
def test_every_society_has_two_officers_for_matches_within_it(society):
    assert sum(user.society == society and Role.OFFICER in user.roles for user in WORLD.users) == 2


def test_sign_in_names_are_unique_and_say_role_and_society():
    names = [user.sign_in_name for user in WORLD.users]
    assert len(set(names)) == len(names)
    assert "officer.val" in names


def test_keys_are_unique_over_all_persons():
    persons = [key for request in WORLD.requests for key in (request.enquirer.key, *(s.key for s in request.sought))]
    assert len(WORLD.identities) == len(persons) + len(WORLD.registered)


@pytest.mark.parametrize("group", ["sought", "registered", "enquirer"])
def test_names_are_in_four_scripts(group):
    found = [identity for key, identity in WORLD.identities.items() if _kind(key) == group]
    assert _scripts(found) == {"LATIN", "ARABIC", "CYRILLIC", "ETHIOPIC"}


@pytest.mark.parametrize("calendar", ["gregorian", "solar_hijri", "hijri", "ethiopian"])
def test_births_are_told_in_every_calendar(calendar):
    assert (
        sum(identity.birth.calendar == calendar and bool(identity.birth) for identity in WORLD.identities.values()) >= 2
    )


def test_ages_estimates_and_exact_days_are_all_met():
    births = [identity.birth.edtf for identity in WORLD.identities.values()]
    assert sum(identity.age is not None for identity in WORLD.identities.values()) > 20
    assert sum("~" in edtf for edtf in births) > 20
    assert sum(bool(re.fullmatch(r"\d{4}-\d\d-\d\d", edtf)) for edtf in births) > 50


def test_every_date_told_can_be_reckoned():
    dates = [date for identity in WORLD.identities.values() for date in (identity.birth, identity.last_contact)]
    assert all(bounds(date.edtf) for date in dates if date)


def test_nobody_is_born_after_the_demo_day():
    found = [birth_bounds(identity.birth, identity.age) for identity in WORLD.identities.values()]
    assert all(bounds[0] <= DEMO_DAY for bounds in found if bounds)


def test_nobody_is_missed_before_birth():
    for key, identity in WORLD.identities.items():
        born, seen = birth_bounds(identity.birth, identity.age), bounds(identity.last_contact.edtf)
        assert not born or not seen or born[0] <= seen[1], key


def test_every_identity_survives_storing():
    assert all(Identity.from_dict(identity.to_dict()) == identity for identity in WORLD.identities.values())


def test_every_person_has_a_name():
    assert all(identity.display_name() for identity in WORLD.identities.values())


def test_the_same_world_is_built_by_every_process():
    script = "import test_people; print(test_people._content())"
    built = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert built.stdout.strip() == _content()


def test_there_are_a_dozen_true_matches_and_some_near_misses():
    assert len(TRUE_MATCHES) >= 12
    assert len(NEAR_MISSES) >= 6


@pytest.mark.parametrize("pair", [*TRUE_MATCHES, *NEAR_MISSES], ids="=".join)
def test_known_pairs_name_existing_persons_who_may_be_compared(pair):
    for key in pair:
        assert key in WORLD.identities
        assert any(one.purpose == Purpose.MATCHING and one.given for one in CONSENTS[key])


@pytest.mark.parametrize("pair", TRUE_MATCHES, ids="=".join)
def test_two_records_of_one_human_agree_on_sex_and_leave_a_day_of_birth_possible(pair):
    left, right = (WORLD.identities[key] for key in pair)
    ours, theirs = (birth_bounds(one.birth, one.age) for one in (left, right))
    assert left.sex == right.sex
    assert max(ours[0], theirs[0]) <= min(ours[1], theirs[1])


def test_true_matches_show_every_kind_of_pair():
    kinds = Counter(_kind(right) for _, right in TRUE_MATCHES)
    assert kinds["registered"] >= 10
    assert kinds["sought"] == 1
    assert kinds["enquirer"] == 2


def test_true_matches_cross_societies_and_one_lies_within():
    within = [pair for pair in TRUE_MATCHES if pair[0][:3] == pair[1][:3]]
    assert len(within) == 1


def test_true_matches_cross_from_each_other_script_to_latin():
    crossing = [
        _scripts([WORLD.identities[left]]) - _scripts([WORLD.identities[right]]) for left, right in TRUE_MATCHES
    ]
    assert {"ARABIC"} in crossing
    assert {"ETHIOPIC"} in crossing


def test_one_true_match_is_of_a_child():
    children = [
        pair
        for pair in TRUE_MATCHES
        if all(is_minor(WORLD.identities[key].birth, WORLD.identities[key].age, DEMO_DAY) for key in pair)
    ]
    assert children == [("NOH-R04-S1", "SAH-P004")]


def test_siblings_of_a_true_match_are_registered_beside_it():
    sites = {RECORDS[key].site for key in ("SAH-P005", "SAH-P006", "SAH-P007")}
    assert len(sites) == 1


def test_relatives_who_seek_each_other_are_in_accepted_requests():
    keys = {key.rpartition("-")[0] for pair in TRUE_MATCHES for key in pair if _kind(key) != "registered"}
    assert all(RECORDS[key].state == RequestState.ACCEPTED for key in keys)


def test_the_crowd_holds_no_further_record_of_a_chosen_person():
    chosen = {key for pair in (*TRUE_MATCHES, *NEAR_MISSES) for key in pair}
    names = {name.text().casefold() for key in chosen for name in WORLD.identities[key].names}
    others = [identity for key, identity in WORLD.identities.items() if key not in chosen]
    assert not [n.text() for one in others for n in one.names if n.text().casefold() in names and " " in n.text()]


def test_no_value_is_unknown_to_the_program():
    for request in WORLD.requests:
        assert request.cause in SEPARATION_CAUSES
        assert request.channel in CHANNELS
        assert request.priority in PRIORITIES
        assert request.news.means in MEANS
        assert (request.refusal in REFUSALS) == (request.state == RequestState.NOT_ACCEPTED)
        assert set(request.harm) == set(HARM_QUESTIONS)
    assert {sought.relation for sought in SOUGHT} <= set(RELATIONS)


def test_registrations_are_of_kinds_and_conditions_the_program_knows():
    assert {person.kind for person in WORLD.registered} == {"alive", "camp", "hospital", "reception"}
    assert {person.kind for person in WORLD.registered} <= set(REGISTRATION_KINDS)
    assert {person.condition for person in WORLD.registered} <= set(CONDITIONS)


def test_relatives_are_related_in_ways_the_program_knows():
    found = {relative.relation for identity in WORLD.identities.values() for relative in identity.relatives}
    assert found <= set(RELATIONS)


def test_consents_are_of_purposes_and_bases_the_program_knows():
    for consents in CONSENTS.values():
        assert {one.purpose for one in consents} <= set(PURPOSES)
        assert {one.basis for one in consents} <= set(BASES)
        assert {one.evidence for one in consents} <= {*EVIDENCES, ""}


def test_some_people_do_not_want_to_be_compared():
    refused = [
        key for key, found in CONSENTS.items() if any(c.purpose == Purpose.MATCHING and not c.given for c in found)
    ]
    assert refused


def test_no_request_waits_for_a_supervisor():
    assert {assess(dict(request.harm)) for request in WORLD.requests} == {Risk.GREEN, Risk.AMBER}


def test_every_state_of_a_new_request_is_met():
    assert {request.state for request in WORLD.requests} == {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.INFORMATION_NEEDED,
        RequestState.ACCEPTED,
        RequestState.NOT_ACCEPTED,
    }


def test_children_have_somebody_who_speaks_for_them():
    minors = [p for p in WORLD.registered if is_minor(p.identity.birth, p.identity.age, p.registered_on)]
    assert minors
    assert all(person.contact.guardian for person in minors)


def test_nothing_happened_after_the_demo_day():
    days = [r.opened_on for r in WORLD.requests] + [p.registered_on for p in WORLD.registered]
    assert max(days) <= DEMO_DAY
    assert min(days) >= date(2024, 1, 1)


def test_telephone_numbers_are_of_the_range_kept_for_drama():
    contacts = [r.enquirer.contact for r in WORLD.requests] + [p.contact for p in WORLD.registered]
    told = " ".join(f"{contact.phones} {contact.third_contact}" for contact in contacts)
    assert re.findall(r"\+44 7700 900\d{3}\b", told)
    assert not re.search(r"\d{4,}", re.sub(r"\+44 7700 900\d{3}\b", "", told))


def test_mail_addresses_lead_nowhere():
    mails = [r.enquirer.contact.email for r in WORLD.requests if r.enquirer.contact.email]
    assert mails
    assert all(mail.endswith("@example.org") for mail in mails)


def test_no_number_of_a_telephone_or_paper_stands_in_the_texts():
    texts = [r.story for r in WORLD.requests] + [repr(one) for one in WORLD.identities.values()]
    assert not [text for text in texts if re.search(r"\d{5,}|\+\d", text)]


def test_societies_and_countries_are_invented_and_say_so():
    assert all("(demo)" in society.name for society in WORLD.societies)
    assert {society.country[0] for society in WORLD.societies} == {"X"}


def test_every_written_pair_has_its_reason():
    written = {entry["key"] for name in ("chosen_requests.json", "chosen_registered.json") for entry in read_json(name)}
    named = {re.sub(r"-(S\d|E)$", "", key) for pair in (*TRUE_MATCHES, *NEAR_MISSES) for key in pair}
    assert written == named
