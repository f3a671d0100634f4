"""What a round remembers can be read by nobody after its end: not in the database, its log, or a backup made before."""

import base64
import shutil
from pathlib import Path

import pytest
from exchange_world import finished_round, in_force
from sqlalchemy import text

from rfl.models import db
from rfl.models.exchange_rounds import ExchangeRound
from rfl.models.sealed import keyring
from rfl.security.keys import KeyMissing, Keyring
from rfl.services import exchange_rounds as rounds
from rfl.services import exchange_secrets as secrets
from rfl.services.unit import SYSTEM, Chore, Look

SCALAR = b"\x07scalar of one round\xff" + bytes(range(32))


@pytest.fixture
def round_id(north):
    round_id = finished_round(north, in_force(north))
    with Chore(SYSTEM) as chore:
        secrets.keep(chore.session.get_one(ExchangeRound, round_id), {"scalar": SCALAR, "persons": ["p1"]})
    return round_id


def remembered(round_id: str):
    with Look(SYSTEM) as look:
        return secrets.recall(look.session.get_one(ExchangeRound, round_id))


def end(round_id: str) -> None:
    with Chore(SYSTEM) as chore:
        secrets.drop(chore.session.get_one(ExchangeRound, round_id))
    secrets.burn(round_id)


def test_a_round_remembers_until_its_end(round_id):
    assert remembered(round_id) == {"scalar": SCALAR, "persons": ["p1"]}


def test_after_its_end_nothing_is_left(round_id):
    end(round_id)
    with pytest.raises(secrets.RoundOver):
        remembered(round_id)
    assert not list(keyring().folder.glob(f"round-{round_id}-*"))


def test_another_process_opens_nothing_once_the_round_has_ended(round_id):
    other = Keyring(keyring().folder, {})
    with db.engine.connect() as connection:
        sealed = connection.execute(text("SELECT secret FROM exchange_round")).scalar_one()
    place = f"exchange_round/{round_id}/secret"
    assert other.open(sealed, bound_to=place)
    end(round_id)
    with pytest.raises(KeyMissing):
        other.open(sealed, bound_to=place)
    with pytest.raises(KeyMissing):
        other.seal(f"{secrets.PREFIX}{round_id}", b"x", bound_to=place)


def test_no_process_holds_the_key_of_a_round_between_two_uses(round_id):
    remembered(round_id)
    key = next(keyring().folder.glob(f"round-{round_id}-*.key")).read_text().strip()
    held = [base64.b64encode(one).decode() for one in vars(keyring())["_keys"].values()]
    assert key not in held


def test_a_backup_of_the_database_made_before_the_end_opens_no_more(round_id):
    with db.engine.connect() as connection:
        backup = connection.execute(text("SELECT secret FROM exchange_round")).scalar_one()
    end(round_id)
    with pytest.raises(KeyMissing):
        keyring().open(backup, bound_to=f"exchange_round/{round_id}/secret")
    with pytest.raises(KeyMissing):
        Keyring(keyring().folder, {}).open(backup, bound_to=f"exchange_round/{round_id}/secret")


def test_a_key_that_a_crash_left_behind_is_deleted_by_the_sweep_and_a_living_one_is_kept(round_id):
    assert rounds.void_overdue() == 0
    assert remembered(round_id)
    with Chore(SYSTEM) as chore:
        secrets.drop(chore.session.get_one(ExchangeRound, round_id))  # and here the machine stops
    rounds.void_overdue()
    assert not list(keyring().folder.glob(f"round-{round_id}-*"))


@pytest.mark.sqlite
def test_neither_the_database_nor_its_log_ever_held_the_secret_readable(round_id, tmp_path):
    end(round_id)
    files = [path for path in tmp_path.rglob("*.sqlite*") if path.is_file()]
    assert files
    assert not any(SCALAR[1:16] in path.read_bytes() for path in files)


def test_a_society_whose_name_begins_alike_keeps_its_keys(round_id, tmp_path):
    ring = Keyring(tmp_path / "other", {})
    for owner in ("round-a", "round-a-1", "round-ab"):
        ring.add_society(owner)
    ring.forget("round-a")
    assert sorted(path.stem for path in Path(tmp_path / "other").glob("*.key")) == ["round-a-1-1", "round-ab-1"]
    shutil.rmtree(tmp_path / "other")
