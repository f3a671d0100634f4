"""What two societies and a hub have agreed on; without their three signatures no round takes place.

An agreement never changes: another threshold, another period of keys or another contact is a new version, signed anew.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.identity import CODE, NAME, Identity, PublicIdentity, named
from rfl.exchange.rounds.refusals import (
    AgreementExpired,
    AgreementMalformed,
    AgreementNotYetValid,
    AgreementOutOfBounds,
    NotAParty,
    SignatureInvalid,
    SignatureMissing,
    UnknownParty,
)

FORMAT = "rfl-agreement"
FORMAT_VERSION = 1
MAX_BYTES = 16_384  # three texts take up to 4 kB each in two-byte letters; everything else is short
SIGNED = b"rfl agreement 1\0"  # a signature for an agreement is no signature for anything else

NUMBER = re.compile(r"[A-Z0-9][A-Z0-9/.-]{0,39}")
PROFILE = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
# No control characters but line ends and tab, and none that turn text around unseen: all must read the same before they
# sign. The marks U+200E and U+200F stay, since Arabic beside figures needs them.
TEXT = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]{1,2000}")

# The least and the most that any agreement may hold, whoever signs it.
BOUNDS = {
    "version": (1, 10_000),
    "false_pairs": (1, 1_000),  # one for each case: more is noise that nobody would review
    "cap": (50, 20_000),  # cases a round; with 64 tokens each, 20,000 are 41 MB
    "minimum": (50, 20_000),  # cases before padding; a list of three is an announcement
    "repeats": (1, 3),  # more say nothing and show who belongs together
    "rounds_a_month": (1, 31),
    "retention_days": (1, 365),  # of proposals that nobody opened
    "epoch": (1, 10_000),
}
PLAIN_FIELDS = ("number", "purpose", "profile", "profile_hash", "contact", *BOUNDS)
FIELDS = frozenset({"format", "format_version", "parties", "valid_from", "valid_until", *PLAIN_FIELDS})
# What may be agreed besides. A clause that is not agreed is not written, so that older agreements keep their bytes and
# their signatures, and say no.
CLAUSES = ("clear_lists",)
PARTY_FIELDS = frozenset({"role", "code", "name", "digest"})


class Role(StrEnum):
    """The three places at the table; first and second are fixed by the agreement, not by who sends first."""

    FIRST = "first"
    SECOND = "second"
    HUB = "hub"


ROLES = tuple(Role)


@dataclass(frozen=True)
class Party:
    """One of the three, named by the digest of its public identity."""

    role: Role
    code: str
    name: str
    digest: str  # `PublicIdentity.digest`, hex

    @classmethod
    def of(cls, role: Role, public: PublicIdentity) -> Self:
        """The party that these keys are."""
        return cls(role=role, code=public.code, name=public.name, digest=public.digest)


@dataclass(frozen=True)
class Agreement:
    """The fields in the order in which they are printed. Raises AgreementOutOfBounds, naming the field."""

    number: str  # the same over all versions
    version: int
    parties: tuple[Party, Party, Party]  # first, second, hub
    purpose: str
    profile: str  # the rules of encoding, by name
    profile_hash: str  # and by SHA-256, hex
    false_pairs: int  # where the threshold stands: expected false pairs for every 1,000 cases of a side
    cap: int  # most cases of a side in one round
    minimum: int  # fewest cases of a side in one round, before padding
    repeats: int  # in how many cases of one list a token may stand; what a hub sees goes with it
    rounds_a_month: int
    retention_days: int
    epoch: int  # the period of the pair secret; a restored backup or a departed key holder makes a new one
    valid_from: datetime
    valid_until: datetime  # the first moment at which it no longer holds
    contact: str
    clear_lists: str = ""  # legal basis on which both societies pass lists in clear; empty: they do not

    def __post_init__(self) -> None:
        for name, (least, most) in BOUNDS.items():
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= most:
                raise AgreementOutOfBounds(field=name)
        for name, shape in (
            ("number", NUMBER),
            ("purpose", TEXT),
            ("profile", PROFILE),
            ("profile_hash", fields.HEX_256),
            ("contact", TEXT),
        ):
            if not shape.fullmatch(getattr(self, name)):
                raise AgreementOutOfBounds(field=name)
        if self.clear_lists and not TEXT.fullmatch(self.clear_lists):
            raise AgreementOutOfBounds(field="clear_lists")
        if self.minimum > self.cap:
            raise AgreementOutOfBounds(field="minimum")
        if None in {self.valid_from.tzinfo, self.valid_until.tzinfo} or self.valid_from >= self.valid_until:
            raise AgreementOutOfBounds(field="valid_until")
        if not _three_parties(self.parties):
            raise AgreementOutOfBounds(field="parties")

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote, to the byte; raises AgreementMalformed or AgreementOutOfBounds."""
        try:
            value = decode(data, limit=MAX_BYTES)
            clauses: dict[str, Any] = {name: fields.text(value, name, TEXT) for name in CLAUSES if name in value}
            fields.only(value, FIELDS | clauses.keys())
            fields.number(value, "format_version", least=FORMAT_VERSION, most=FORMAT_VERSION)
            if value["format"] != FORMAT:
                raise ValueError("format")  # noqa: TRY301 - one way out for everything that does not fit
            first, second, hub = (_read_party(party) for party in value["parties"])
            plain = {name: value[name] for name in PLAIN_FIELDS}
            if not all(isinstance(plain[name], str) for name in PLAIN_FIELDS if name not in BOUNDS):
                raise ValueError("text")  # noqa: TRY301
            agreement = cls(
                **plain,
                **clauses,
                parties=(first, second, hub),
                valid_from=fields.moment(value, "valid_from"),
                valid_until=fields.moment(value, "valid_until"),
            )
        except (NotCanonical, ValueError, TypeError, KeyError):
            raise AgreementMalformed from None
        if agreement.to_bytes() != data:
            raise AgreementMalformed
        return agreement

    def to_bytes(self) -> bytes:
        """Canonical JSON: what is signed, hashed and sent."""
        return encode(
            {
                "format": FORMAT,
                "format_version": FORMAT_VERSION,
                "parties": [
                    {"role": party.role.value, "code": party.code, "name": party.name, "digest": party.digest}
                    for party in self.parties
                ],
                "valid_from": fields.write_moment(self.valid_from),
                "valid_until": fields.write_moment(self.valid_until),
                **{name: getattr(self, name) for name in PLAIN_FIELDS},
                **{name: text for name in CLAUSES if (text := getattr(self, name))},
            }
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes, hex: the name of this version in every package."""
        return sha256(self.to_bytes()).hexdigest()

    def party(self, role: Role) -> Party:
        """Who has that role."""
        return self.parties[ROLES.index(role)]

    def role_of(self, digest: str) -> Role:
        """The role of the identity with that digest; raises NotAParty."""
        for party in self.parties:
            if party.digest == digest:
                return party.role
        raise NotAParty

    def partner_of(self, digest: str) -> Party:
        """The other society, for one of the two; raises NotAParty for the hub and for strangers."""
        role = self.role_of(digest)
        if role is Role.HUB:
            raise NotAParty
        return self.party(Role.SECOND if role is Role.FIRST else Role.FIRST)


def sign(agreement: Agreement, identity: Identity) -> bytes:
    """The detached signature of one party, 64 bytes; raises NotAParty."""
    agreement.role_of(identity.public.digest)
    return identity.sign(SIGNED + agreement.to_bytes())


def check(
    agreement: Agreement, signatures: Mapping[str, bytes], now: datetime, *, pinned: Collection[PublicIdentity]
) -> None:
    """Refuse a round unless the agreement is in force and all three have signed it with keys confirmed here.

    `signatures` maps the digest of a party to its signature; `pinned` are identities whose fingerprints two people have
    compared, one's own among them. Raises UnknownParty, SignatureMissing, SignatureInvalid, AgreementNotYetValid or
    AgreementExpired, in this order.
    """
    known = {public.digest: public for public in pinned}
    for party in agreement.parties:
        if party.digest not in known:
            raise UnknownParty(society=party.name)
        if party.digest not in signatures:
            raise SignatureMissing(society=party.name)
        if not known[party.digest].verify(signatures[party.digest], SIGNED + agreement.to_bytes()):
            raise SignatureInvalid(society=party.name)
    if now < agreement.valid_from:
        raise AgreementNotYetValid
    if now >= agreement.valid_until:
        raise AgreementExpired


def _three_parties(parties: tuple[Party, ...]) -> bool:
    """First, second and hub, three different identities, each with a name that can be shown."""
    return (
        tuple(party.role for party in parties) == ROLES
        and len({party.digest for party in parties}) == len(ROLES)
        and all(fields.HEX_256.fullmatch(party.digest) and named(party.code, party.name) for party in parties)
    )


def _read_party(value: Mapping[str, Any]) -> Party:
    fields.only(value, PARTY_FIELDS)
    return Party(
        role=Role(fields.text(value, "role", re.compile("|".join(ROLES)))),
        code=fields.text(value, "code", CODE),
        name=fields.text(value, "name", NAME),
        digest=fields.text(value, "digest", fields.HEX_256),
    )
