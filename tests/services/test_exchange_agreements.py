"""No round outside an agreement: all three must have signed it with confirmed keys, and nobody may have ended it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from exchange_world import confirmed_partner, countersigned, draft_of, drafted, elsewhere, in_force, with_partners

from rfl.domain.clock import now
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.exchange import agreement_files
from rfl.exchange.rounds.agreement import sign
from rfl.exchange.rounds.refusals import (
    AgreementExpired,
    AgreementMalformed,
    AgreementNotYetValid,
    NotAParty,
    SignatureInvalid,
    SignatureMissing,
    UnknownParty,
)
from rfl.models.exchange import ExchangeAgreement
from rfl.services import exchange_agreement_views as views
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_parties as parties
from rfl.services.unit import Look


def allowed(staff, agreement_id: str, at=None):
    """The agreement, if a round may take place under it."""
    with Look(staff.officer) as look:
        return agreements.in_force(look.session, look.session.get_one(ExchangeAgreement, agreement_id), at or look.at)


def state(staff, agreement_id: str) -> str:
    return views.read_agreement(staff.officer, agreement_id).state


def test_three_signatures_put_it_in_force(north):
    agreement_id = drafted(north)
    assert state(north, agreement_id) == "draft"
    agreements.sign(north.administrator, agreement_id)
    assert state(north, agreement_id) == "unsigned"
    countersigned(north, agreement_id, "FAR")
    assert state(north, agreement_id) == "unsigned"
    countersigned(north, agreement_id, "HUB")
    assert state(north, agreement_id) == "in_force"
    assert allowed(north, agreement_id).partner_of(parties_digest(north)).code == "FAR"


def parties_digest(staff) -> str:
    with Look(staff.officer) as look:
        return parties.own_identity(look.session, staff.id).public.digest


def test_a_round_is_refused_while_one_signature_is_missing(north):
    agreement_id = drafted(north)
    agreements.sign(north.administrator, agreement_id)
    countersigned(north, agreement_id, "HUB")
    with pytest.raises(SignatureMissing, match="Society FAR"):
        allowed(north, agreement_id)


@pytest.mark.parametrize(("days", "refusal"), [(-1, AgreementNotYetValid), (366, AgreementExpired)])
def test_a_round_is_refused_before_the_first_and_after_the_last_day(north, days, refusal):
    agreement_id = in_force(north)
    with pytest.raises(refusal):
        allowed(north, agreement_id, now() + timedelta(days=days))


def test_the_last_day_counts(north):
    agreement_id = in_force(north, last_day=now().date() + timedelta(days=1))
    assert allowed(north, agreement_id, now() + timedelta(days=1))


@pytest.mark.parametrize("key", ["administrator", "protection"])
def test_a_revoked_agreement_allows_no_round_and_is_not_signed_again(north, key):
    agreement_id = in_force(north)
    agreements.revoke(getattr(north, key), agreement_id)
    assert state(north, agreement_id) == "revoked"
    with pytest.raises(agreements.AgreementEnded):
        allowed(north, agreement_id)
    with pytest.raises(agreements.AgreementEnded):
        agreements.sign(north.administrator, agreement_id)


def test_a_newer_version_replaces_the_older_one_when_all_have_signed_it(north):
    first = in_force(north)
    partner, hub = (one.id for one in parties.list_partners(north.officer))
    second = agreements.draft(north.administrator, draft_of(partner, hub, false_pairs=5))
    agreements.sign(north.administrator, second)
    assert allowed(north, first).epoch == 1
    countersigned(north, second, "FAR", "HUB")
    assert state(north, first) == "replaced"
    with pytest.raises(agreements.AgreementEnded):
        allowed(north, first)
    assert allowed(north, second).epoch == 2


def test_a_newer_version_leaves_the_older_one_in_force_until_its_first_day(north, monkeypatch):
    first = in_force(north)
    partner, hub = (one.id for one in parties.list_partners(north.officer))
    begins = now().date() + timedelta(days=10)
    second = agreements.draft(north.administrator, draft_of(partner, hub, first_day=begins))
    agreements.sign(north.administrator, second)
    countersigned(north, second, "FAR", "HUB")
    assert (state(north, first), state(north, second)) == ("in_force", "early")
    assert allowed(north, first).epoch == 1
    later = now() + timedelta(days=10)
    monkeypatch.setattr("rfl.services.unit.now", lambda: later)
    assert (state(north, first), state(north, second)) == ("replaced", "in_force")


def test_keys_that_are_no_longer_trusted_stop_every_round(north):
    agreement_id = in_force(north)
    far = next(one for one in parties.list_partners(north.officer) if one.code == "FAR")
    parties.end_partner(north.officer, far.id)
    with pytest.raises(UnknownParty):
        allowed(north, agreement_id)


def test_an_agreement_drafted_elsewhere_is_taken_in_and_signed(north):
    with_partners(north)
    theirs = their_draft(north)
    far = elsewhere("FAR")
    data = agreement_files.write(theirs, {far.public.digest: sign(theirs, far)})
    agreement_id = agreements.receive(north.administrator, data)
    agreements.sign(north.administrator, agreement_id)
    countersigned(north, agreement_id, "HUB")
    assert state(north, agreement_id) == "in_force"


def their_draft(staff):
    """The same text with the two societies in the other order, as the partner would draft it."""
    partner, hub = (one.id for one in parties.list_partners(staff.officer))
    mine = agreements.draft(staff.administrator, draft_of(partner, hub, number="OWN/9"))
    agreement, _ = agreement_files.read(agreements.give(staff.administrator, mine))
    first, second, third = agreement.parties
    swapped = (replace(second, role=first.role), replace(first, role=second.role), third)
    return replace(agreement, parties=swapped, number="FAR/7")


def test_a_signature_for_another_text_is_refused_with_the_whole_file(north):
    agreement_id = drafted(north)
    agreement, _ = agreement_files.read(agreements.give(north.administrator, agreement_id))
    far = elsewhere("FAR")
    wrong = agreement_files.write(agreement, {far.public.digest: sign(replace(agreement, cap=300), far)})
    with pytest.raises(SignatureInvalid):
        agreements.receive(north.administrator, wrong)
    assert [one.signed for one in views.read_agreement(north.officer, agreement_id).parties] == [False] * 3


def test_the_own_signature_is_never_taken_from_a_file(north):
    agreement_id = drafted(north)
    agreement, _ = agreement_files.read(agreements.give(north.administrator, agreement_id))
    with Look(north.officer) as look:
        own = parties.own_identity(look.session, north.id)
    agreements.receive(north.administrator, agreement_files.write(agreement, {own.public.digest: sign(agreement, own)}))
    assert state(north, agreement_id) == "draft"


def test_an_agreement_of_others_or_with_strangers_is_refused(north):
    with_partners(north)
    theirs = their_draft(north)
    stranger = replace(
        theirs, parties=(theirs.parties[0], replace(theirs.parties[1], digest="ab" * 32), *theirs.parties[2:])
    )
    with pytest.raises(NotAParty):
        agreements.receive(north.administrator, agreement_files.write(stranger, {}))
    unknown = replace(theirs, parties=(replace(theirs.parties[0], digest="ab" * 32), *theirs.parties[1:]))
    with pytest.raises(UnknownParty):
        agreements.receive(north.administrator, agreement_files.write(unknown, {}))


def test_another_text_under_the_same_number_and_version_is_refused(north):
    agreement_id = drafted(north)
    agreement, _ = agreement_files.read(agreements.give(north.administrator, agreement_id))
    with pytest.raises(agreements.NumberTaken):
        agreements.receive(north.administrator, agreement_files.write(replace(agreement, cap=300), {}))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 9000, b'{"format":"rfl-signed-agreement"}'])
def test_what_is_no_agreement_is_refused(north, data):
    with pytest.raises(AgreementMalformed):
        agreements.receive(north.administrator, data)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cap": 10**6}, "cap"),
        ({"minimum": 3}, "minimum"),
        ({"number": "lower"}, "number"),
        ({"purpose": ""}, "purpose"),
        ({"last_day": now().date()}, "last_day"),
        ({"partner_id": "nobody"}, "partner_id"),
    ],
)
def test_a_draft_outside_the_bounds_is_refused_on_its_field(north, change, field):
    with pytest.raises(FieldError) as wrong:
        drafted(north, **change)
    assert wrong.value.field == field


def test_the_hub_is_a_third_society_and_keys_must_be_confirmed(north):
    partner, _ = with_partners(north)
    with pytest.raises(FieldError, match="third society"):
        agreements.draft(north.administrator, draft_of(partner, partner))
    unconfirmed = parties.receive_partner(north.officer, elsewhere("NEW").public.to_bytes())
    with pytest.raises(FieldError, match="confirmed"):
        agreements.draft(north.administrator, draft_of(partner, unconfirmed))


def test_another_profile_is_not_signed_and_allows_no_round(north, monkeypatch):
    agreement_id = in_force(north)
    monkeypatch.setattr(agreements, "profile", lambda: ("names-9", "cd" * 32))
    with pytest.raises(agreements.OtherRules):
        allowed(north, agreement_id)


def test_a_society_signs_once(north):
    agreement_id = in_force(north)
    with pytest.raises(agreements.AlreadySigned):
        agreements.sign(north.administrator, agreement_id)


def test_only_administrators_draft_sign_and_take_in(north):
    agreement_id = drafted(north)
    data = agreements.give(north.officer, agreement_id)
    for act in (
        lambda: agreements.sign(north.officer, agreement_id),
        lambda: agreements.receive(north.protection, data),
        lambda: agreements.revoke(north.officer, agreement_id),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_societys_agreement_is_like_a_missing_one(north, south):
    agreement_id = drafted(north)
    assert views.list_agreements(south.officer) == []
    for act, actor in (
        (views.read_agreement, south.officer),
        (agreements.give, south.officer),
        (agreements.sign, south.administrator),
        (agreements.revoke, south.administrator),
    ):
        with pytest.raises(NotFound):
            act(actor, agreement_id)


def test_two_societies_of_one_instance_can_be_parties_of_one_agreement(north, south):
    agreement_id = drafted(north)
    confirmed_partner(south, elsewhere("HUB"))
    with pytest.raises(parties.NoIdentity):
        agreements.receive(south.administrator, agreements.give(north.administrator, agreement_id))
