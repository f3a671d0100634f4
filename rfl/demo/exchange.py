"""One society of the demo alone in an instance, as it takes part in encoded exchange with the others."""

from collections.abc import Iterable
from dataclasses import replace

from rfl.demo.loading import Say, load_world
from rfl.demo.people import build
from rfl.demo.values import DemoConsent, DemoWorld
from rfl.domain.consent import Purpose
from rfl.security.passwords import Passwords

# What the found pairs of a demonstration need to be opened and shown step by step.
EXCHANGED = (Purpose.SHARE_ENCODED, Purpose.SHARE_SOCIETIES)


def load_alone(code: str, passwords: Passwords, say: Say, *, cases: bool) -> list[str]:
    """Load one society into an empty instance, with its cases or as a hub without; returns one line per account.

    Whoever agreed to be compared has agreed to encoded exchange and to being passed on too. Raises NotEmpty.
    """
    return load_world(part_of(build(), code, cases=cases), passwords, say)


def part_of(world: DemoWorld, code: str, *, cases: bool) -> DemoWorld:
    """Return what belongs to one society."""
    registered = [replace(one, consents=_also_encoded(one.consents)) for one in world.registered if one.society == code]
    requests = [
        replace(
            one,
            enquirer=replace(one.enquirer, consents=_also_encoded(one.enquirer.consents)),
            sought=tuple(replace(sought, consents=_also_encoded(sought.consents)) for sought in one.sought),
        )
        for one in world.requests
        if one.society == code
    ]
    return replace(
        world,
        societies=tuple(one for one in world.societies if one.code == code),
        users=tuple(one for one in world.users if one.society == code),
        registered=tuple(registered) if cases else (),
        requests=tuple(requests) if cases else (),
    )


def _also_encoded(consents: Iterable[DemoConsent]) -> tuple[DemoConsent, ...]:
    known = tuple(one for one in consents if one.purpose not in EXCHANGED)
    compared = [one for one in known if one.purpose == Purpose.MATCHING]
    return known + tuple(replace(one, purpose=purpose) for one in compared for purpose in EXCHANGED)
