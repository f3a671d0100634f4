"""Encoded exchange at the terminal: every command acts in somebody's name, with that person's rights."""

import pytest
from exchange_world import elsewhere, with_partners

from rfl import cli
from rfl.exchange.rounds.identity import PublicIdentity, fingerprint


@pytest.fixture
def rfl(app):
    cli.init_app(app)

    def call(*words: str):
        return app.test_cli_runner().invoke(args=["rfl", "exchange", *map(str, words)])

    return call


def test_keys_are_made_shown_and_written_to_a_file(rfl, north, tmp_path):
    made = rfl("identity", "make", "--as", "administrator.nor")
    out = tmp_path / "identity.json"
    shown = rfl("identity", "show", "--as", "officer.nor", "--out", out)
    public = PublicIdentity.from_bytes(out.read_bytes())
    assert made.output == shown.output == f"NOR\t{fingerprint(public)}\n"


def test_a_partner_is_added_by_one_person_and_confirmed_by_another(rfl, north, tmp_path):
    file = tmp_path / "far.json"
    file.write_bytes(elsewhere().public.to_bytes())
    partner_id = rfl("partner", "add", "--as", "administrator.nor", file).output.strip()
    words = "--heard", "telephone", partner_id, fingerprint(elsewhere().public)
    refused = rfl("partner", "confirm", "--as", "administrator.nor", *words)
    assert (refused.exit_code, "second person" in refused.output) == (1, True)
    assert rfl("partner", "confirm", "--as", "officer.nor", *words).exit_code == 0
    assert rfl("partner", "list", "--as", "officer.nor").output.endswith("\tFAR\tSociety FAR\tKeys confirmed\n")
    assert rfl("partner", "end", "--as", "officer.nor", partner_id).exit_code == 0


@pytest.mark.parametrize(("name", "said"), [("nobody.nor", "Nobody with this"), ("caseworker.nor", "Your role")])
def test_commands_do_not_go_round_the_rights_of_people(rfl, north, name, said):
    refused = rfl("identity", "make", "--as", name)
    assert (refused.exit_code, said in refused.output) == (1, True)


def test_an_agreement_is_drafted_signed_and_written_to_a_file(rfl, north, tmp_path):
    partner, hub = with_partners(north)
    words = "--number", "N/1", "--partner", partner, "--hub", hub, "--purpose", "families", "--contact", "me"
    agreement_id = rfl("agreement", "draft", "--as", "administrator.nor", *words).output.strip()
    assert rfl("agreement", "sign", "--as", "administrator.nor", agreement_id).output == "Signed.\n"
    out = tmp_path / "agreement.json"
    assert rfl("agreement", "give", "--as", "officer.nor", agreement_id, "--out", out).exit_code == 0
    assert rfl("agreement", "add", "--as", "administrator.nor", out).output.strip() == agreement_id
    assert rfl("agreement", "list", "--as", "officer.nor").output == (
        f"{agreement_id}\tN/1\tversion 1\tFAR, HUB\tSignatures of others are missing\n"
    )
    assert rfl("agreement", "revoke", "--as", "protection.nor", agreement_id).output == "Revoked.\n"
