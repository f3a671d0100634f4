"""Three systems that only share files: each may die between storing and sending, be restored, or get a file twice."""

from dataclasses import dataclass, field, replace

import pytest
from exchange_lists import SECRET, SOCIETIES, Table, equal_values, plan
from exchange_parties import LATER, NOW, first, hub, second, terms

from rfl.exchange.rounds import steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.channels import Channel
from rfl.exchange.rounds.hub import Delivered, join
from rfl.exchange.rounds.package import open_, seal
from rfl.exchange.rounds.refusals import BrokenChain, Replayed
from rfl.exchange.rounds.states import from_bytes, to_bytes

IDENTITIES = {Role.FIRST: first, Role.SECOND: second, Role.HUB: hub}


@dataclass
class System:
    """What one party has stored; a step happens in memory and counts once it is stored here."""

    role: Role
    stored: bytes = b""
    channels: dict = field(default_factory=dict)
    outbox: list = field(default_factory=list)

    def send(self, outgoing) -> None:
        """Seal letters into the outbox, with the channels moved on: one transaction."""
        for out in outgoing:
            sealed = seal(
                out.letter,
                identity=IDENTITIES[self.role](),
                terms=terms(IDENTITIES[out.to]()),
                channel=self.channels.get(out.to, Channel()),
                created=NOW,
                expires=LATER,
            )
            self.channels[out.to] = sealed.channel
            self.outbox.append((out.to, sealed.data))

    def take(self, data: bytes, sender: Role):
        """Open a file that arrived, and move the channel on."""
        opened = open_(
            data,
            identity=IDENTITIES[self.role](),
            terms=terms(IDENTITIES[sender]()),
            channel=self.channels.get(sender, Channel()),
            now=NOW,
        )
        self.channels[sender] = opened.channel
        return opened.letter

    def step(self, work) -> None:
        """A first run dies before anything is stored; the second one is stored."""
        died, letters = work(from_bytes(self.stored))
        state, again = work(from_bytes(self.stored))
        assert to_bytes(died) == to_bytes(state)
        assert list(letters) == list(again)
        self.stored = to_bytes(state)
        self.send(again)

    def backup(self) -> "System":
        """Everything as it is stored now."""
        return replace(self, channels=dict(self.channels), outbox=list(self.outbox))


def blinded() -> dict[Role, System]:
    """Both societies after their first step, and a hub."""
    systems = {role: System(role) for role in Role}
    for number, role in enumerate(SOCIETIES):
        prepared = steps.prepare(plan(), role, Table().lists[role], seed=bytes([number]) * 32)
        systems[role].stored = to_bytes(prepared)
        systems[role].step(lambda state: steps.blind(state, secret=SECRET))
    return systems


def files(system: System, to: Role) -> list[bytes]:
    return [data for recipient, data in system.outbox if recipient is to]


def raised() -> dict[Role, System]:
    """The same after the second step."""
    systems = blinded()
    for role, partner in zip(SOCIETIES, SOCIETIES[::-1], strict=True):
        letter = systems[role].take(files(systems[partner], role)[0], partner)
        systems[role].step(lambda state, letter=letter: steps.raise_list(state, letter))
    return systems


def test_a_round_over_files_with_a_death_at_every_step_finds_each_pair_once():
    systems = raised()
    delivered = {}
    for role in SOCIETIES:
        letters = [systems[Role.HUB].take(data, role) for data in files(systems[role], Role.HUB)]
        delivered[role] = Delivered(*letters)
    answers = join(plan(), delivered, compare=equal_values)
    assert answers == join(plan(), delivered, compare=equal_values)
    systems[Role.HUB].send(answers)
    for role in SOCIETIES:
        letter = systems[role].take(files(systems[Role.HUB], role)[0], Role.HUB)
        systems[role].step(lambda state, letter=letter: steps.take_pairs(state, letter))
        assert sorted(pair.case for pair in from_bytes(systems[role].stored).pairs) == [
            f"{role.value}-{number}" for number in range(3)
        ]


def test_a_file_that_comes_twice_is_taken_once():
    systems = raised()
    before = systems[Role.FIRST].backup()
    with pytest.raises(Replayed):
        systems[Role.FIRST].take(files(systems[Role.SECOND], Role.FIRST)[0], Role.SECOND)
    assert systems[Role.FIRST] == before


def test_a_society_restored_to_before_its_list_cannot_send_another_one():
    systems = {role: System(role) for role in Role}
    restored = systems[Role.FIRST].backup()
    for system, seed in ((systems[Role.FIRST], 1), (restored, 2)):
        system.stored = to_bytes(steps.prepare(plan(), Role.FIRST, Table().lists[Role.FIRST], seed=bytes([seed]) * 32))
        system.step(lambda state: steps.blind(state, secret=SECRET))
    systems[Role.SECOND].take(files(systems[Role.FIRST], Role.SECOND)[0], Role.FIRST)
    with pytest.raises(BrokenChain):
        systems[Role.SECOND].take(files(restored, Role.SECOND)[0], Role.FIRST)


def test_no_file_shows_a_token_a_reference_or_a_secret():
    systems = raised()
    everything = b"".join(data for system in systems.values() for _, data in system.outbox)
    for listed in Table().lists.values():
        for value in [token.tobytes() for token in listed.token] + [case.encode() for case in listed.cases]:
            assert value not in everything
            assert value.hex().encode() not in everything
