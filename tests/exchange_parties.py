"""Two societies and a hub with keys made once, their agreement, and the letters between them; shared by these tests."""

from datetime import UTC, datetime, timedelta
from functools import cache

from rfl.exchange.rounds.agreement import Agreement, Party, Role
from rfl.exchange.rounds.identity import Identity
from rfl.exchange.rounds.package import Letter, Terms

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=14)
ROUND = "0123456789abcdef" * 2


@cache
def society(code: str) -> Identity:
    """The same keys for the same code, within one run of the tests."""
    return Identity.generate(code, f"Society {code}")


def first() -> Identity:
    return society("AA")


def second() -> Identity:
    return society("BB")


def hub() -> Identity:
    return society("HUB")


def agreement(**changed) -> Agreement:
    """An agreement that holds on NOW, with some fields changed."""
    values = {
        "number": "AA-BB/1",
        "version": 1,
        "parties": tuple(
            Party.of(role, identity.public) for role, identity in zip(Role, (first(), second(), hub()), strict=True)
        ),
        "purpose": "Restoring family links after the floods.",
        "profile": "names-1",
        "profile_hash": "ab" * 32,
        "false_pairs": 10,
        "cap": 2_000,
        "minimum": 50,
        "repeats": 3,
        "rounds_a_month": 2,
        "retention_days": 30,
        "epoch": 1,
        "valid_from": NOW - timedelta(days=30),
        "valid_until": NOW + timedelta(days=335),
        "contact": "tracing@aa.example, tracing@bb.example",
    }
    return Agreement(**(values | changed))


def terms(partner: Identity, **changed) -> Terms:
    """What is agreed with one partner."""
    agreed = agreement()
    values = {
        "partner": partner.public,
        "agreement": agreed.hash,
        "profile": agreed.profile_hash,
        "epoch": agreed.epoch,
    }
    return Terms(**(values | changed))


def letter(body: bytes = b"body", **changed) -> Letter:
    return Letter(**({"kind": "blinded", "round": ROUND, "count": 1, "body": body} | changed))
