"""Keys are made once and stay sealed; a partner's keys count only after two people, of whom one heard the digits."""

import pytest
from exchange_world import confirmed_partner, drafted, elsewhere, with_keys
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.exchange.rounds.identity import PublicIdentity, fingerprint
from rfl.exchange.rounds.refusals import IdentityUnusable
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.models.exchange import ExchangePartner
from rfl.services import exchange_parties as parties
from rfl.services.exchange_agreement_views import read_agreement
from rfl.services.unit import SYSTEM, Chore, Look


def received(staff, who=None) -> str:
    return parties.receive_partner(staff.administrator, (who or elsewhere()).public.to_bytes())


def pinned(staff) -> set[str]:
    with Look(staff.officer) as look:
        return {public.code for public in parties.pinned(look.session, staff.id)}


def write_confirmation(partner_id: str, user_id: str) -> None:
    """What somebody at a database console would do."""
    with Chore(SYSTEM) as chore:
        row = chore.session.get_one(ExchangePartner, partner_id)
        row.confirmed_by, row.confirmed_at = user_id, chore.at


def events() -> list[str]:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)))


def test_keys_are_made_once(north):
    with_keys(north)
    with pytest.raises(parties.IdentityExists):
        parties.make_identity(north.administrator)


def test_the_private_keys_lie_sealed_in_the_database(north):
    keys = with_keys(north)
    with db.engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM exchange_identity")).one()
    stored = repr(tuple(row)).encode() + row.private
    secrets = [keys.signing, keys.recipient, keys.pairing]
    assert not any(secret in stored or repr(secret).encode() in stored for secret in secrets)
    assert b"private" not in row.private


def test_the_file_for_partners_holds_the_public_half_only(north):
    keys = with_keys(north)
    assert PublicIdentity.from_bytes(parties.identity_file(north.officer)) == keys.public
    assert parties.read_own(north.officer).fingerprint == fingerprint(keys.public)


def test_a_society_without_keys_has_no_file(north):
    assert parties.read_own(north.officer) is None
    with pytest.raises(parties.NoIdentity):
        parties.identity_file(north.officer)


def test_a_partner_counts_only_after_a_second_person_typed_its_fingerprint(north):
    partner_id = received(north)
    assert "FAR" not in pinned(north)
    parties.confirm_partner(north.officer, partner_id, heard="telephone", typed=fingerprint(elsewhere().public))
    assert "FAR" in pinned(north)


def test_whoever_loaded_the_file_cannot_confirm_it(north):
    partner_id = received(north)
    with pytest.raises(parties.SecondPersonNeeded):
        parties.confirm_partner(
            north.administrator, partner_id, heard="telephone", typed=fingerprint(elsewhere().public)
        )
    assert "FAR" not in pinned(north)


def test_the_schema_itself_wants_two_people(north):
    partner_id = received(north)
    with pytest.raises(IntegrityError):
        write_confirmation(partner_id, north.administrator.id)


def test_a_member_of_another_society_is_no_second_person_for_the_schema(north, south):
    partner_id = received(north)
    with pytest.raises(IntegrityError):
        write_confirmation(partner_id, south.officer.id)


def test_another_fingerprint_confirms_nothing_and_stays_in_the_trace(north):
    partner_id = received(north)
    with pytest.raises(FieldError, match="not the fingerprint"):
        parties.confirm_partner(
            north.officer, partner_id, heard="telephone", typed=fingerprint(elsewhere("OTHER").public)
        )
    assert "FAR" not in pinned(north)
    assert events()[-1] == "exchange:partner_differs"


@pytest.mark.parametrize("typed", ["", "12345", "x"])
def test_a_part_of_a_fingerprint_confirms_nothing(north, typed):
    with pytest.raises(FieldError):
        parties.confirm_partner(north.officer, received(north), heard="telephone", typed=typed)


def test_digits_may_be_typed_without_spaces_and_in_another_script(north):
    arabic = fingerprint(elsewhere().public).translate(str.maketrans("0123456789 ", "٠١٢٣٤٥٦٧٨٩-"))
    parties.confirm_partner(north.officer, received(north), heard="in_person", typed=arabic)
    assert "FAR" in pinned(north)


def test_e_mail_is_no_way_to_hear_a_fingerprint(north):
    with pytest.raises(FieldError, match="how you heard"):
        parties.confirm_partner(north.officer, received(north), heard="e-mail", typed=fingerprint(elsewhere().public))


def test_nobody_reads_the_fingerprint_here_before_it_was_heard(north):
    partner_id = received(north)
    assert parties.read_partner(north.officer, partner_id).fingerprint == ""
    parties.confirm_partner(north.officer, partner_id, heard="video", typed=fingerprint(elsewhere().public))
    assert parties.read_partner(north.officer, partner_id).fingerprint == fingerprint(elsewhere().public)


def test_ended_keys_count_no_more_until_two_people_confirm_them_again(north):
    partner_id = confirmed_partner(north, elsewhere())
    parties.end_partner(north.protection, partner_id)
    assert "FAR" not in pinned(north)
    assert received(north) == partner_id
    assert "FAR" not in pinned(north)


def test_a_confirmed_partner_is_not_confirmed_again(north):
    partner_id = confirmed_partner(north, elsewhere())
    with pytest.raises(parties.NotWaiting):
        parties.confirm_partner(north.second_officer, partner_id, heard="video", typed=fingerprint(elsewhere().public))


def test_the_same_file_twice_and_the_own_file_are_refused(north):
    keys = with_keys(north)
    received(north)
    with pytest.raises(parties.AlreadyReceived):
        received(north)
    with pytest.raises(parties.OwnFile):
        received(north, keys)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"\xff" * 50, elsewhere().public.to_bytes().replace(b"FAR", b"FA\\u202e")]
)
def test_what_is_no_identity_is_refused(north, data):
    with pytest.raises(IdentityUnusable):
        parties.receive_partner(north.administrator, data)


def test_a_line_end_after_the_file_is_harmless(north):
    assert parties.receive_partner(north.administrator, elsewhere().public.to_bytes() + b"\r\n")


def test_another_societys_partner_is_like_a_missing_one(north, south):
    partner_id = received(north)
    assert parties.list_partners(south.officer) == []
    for act in (parties.read_partner, parties.end_partner):
        with pytest.raises(NotFound):
            act(south.officer, partner_id)


@pytest.mark.parametrize("key", ["caseworker", "volunteer"])
def test_others_are_refused(north, key):
    with pytest.raises(NotAllowed):
        parties.list_partners(getattr(north, key))
    with pytest.raises(NotAllowed):
        parties.receive_partner(getattr(north, key), elsewhere().public.to_bytes())


def test_only_an_administrator_makes_keys(north):
    with pytest.raises(NotAllowed):
        parties.make_identity(north.officer)


def test_an_agreement_shows_no_fingerprint_that_a_second_person_still_has_to_hear(north):
    agreement_id = drafted(north)
    partner_id = next(one.id for one in parties.list_partners(north.officer) if one.code == "FAR")
    parties.end_partner(north.officer, partner_id)
    parties.receive_partner(north.administrator, elsewhere("FAR").public.to_bytes())
    shown = {one.code: one.fingerprint for one in read_agreement(north.officer, agreement_id).parties}
    assert shown["FAR"] == ""
    assert shown["HUB"] == fingerprint(elsewhere("HUB").public)
