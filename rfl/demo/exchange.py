"""One society of the demo alone in an instance, as it takes part in encoded exchange with the others."""

from collections.abc import Iterable
from dataclasses import replace

from rfl.demo.loading import Say, load_world
from rfl.demo.people import build
from rfl.demo.values import DemoConsent, DemoWorld
from rfl.domain.consent import Purpose
from rfl.security.passwords import Passwords


def load_alone(code: str, passwords: Passwords, say: Say, *, cases: bool) -> list[str]:
    """Load one society into an empty instance, with its cases or as a hub without; returns one line per account.

    Whoever agreed to be compared has agreed to encoded exchange too. Raises NotEmpty.
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
    known = tuple(consents)
    return known + tuple(
        replace(one, purpose=Purpose.SHARE_ENCODED) for one in known if one.purpose == Purpose.MATCHING
    )
