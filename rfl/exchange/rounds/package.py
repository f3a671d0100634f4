"""One package: a label, and under the seal a signed header and a body of bytes.

    magic, 8 bytes | length of the label, 2 bytes | label | HPKE of (length of the header, 2 bytes | header |
    signature, 64 bytes | body | filling)

The sender signs header and SHA-256 of the body with Ed25519; HPKE (RFC 9180, base mode) then seals all of it for the
recipient, bound to the label. The filling rounds the length up, so that a letter about one pair looks like a letter
about ten. Lengths are big-endian.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from rfl.exchange.rounds import voids
from rfl.exchange.rounds.channels import Channel, Mark
from rfl.exchange.rounds.headers import MAX_HEAD, Header, Label
from rfl.exchange.rounds.identity import Identity, PublicIdentity
from rfl.exchange.rounds.refusals import (
    Altered,
    Malformed,
    Oversized,
    Stale,
    UnknownSender,
    WrongAgreement,
    WrongEpoch,
    WrongProfile,
    WrongRecipient,
)

MAGIC = b"RFLPKG\r\n"  # the line end shows a file that went through a text mode
LENGTH = 2
SIGNATURE = 64
SIGNED = b"rfl package 1\0"
SEALED = b"rfl package 1\0"
# X-Wing: X25519 and ML-KEM-768 together, open only to who breaks both; see docs/adr/0015.
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

MAX_PACKAGE = 256 * 1024 * 1024  # 100,000 cases with 64 values of 32 bytes are 205 MB; no agreement reaches that
LEAST_FILLED = 16 * 1024  # every letter about a few pairs has this length
CLOCK_SKEW = timedelta(minutes=10)  # computers without a time server; more than that is a wrong clock


@dataclass(frozen=True)
class Terms:
    """What both ends of a channel hold to be agreed; whatever says otherwise is refused."""

    partner: PublicIdentity  # pinned
    agreement: str  # hash, hex
    profile: str  # hash, hex
    epoch: int


@dataclass(frozen=True)
class Letter:
    """What somebody wants to send: a kind, a round, and a body of `count` values."""

    kind: str
    round: str
    count: int
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Sealed:
    """A file to hand over, and the channel as it must be stored together with it."""

    data: bytes = field(repr=False)
    channel: Channel


@dataclass(frozen=True)
class Opened:
    """A letter of the pinned partner, in its order, and the channel as it must be stored with the letter's effect."""

    letter: Letter
    header: Header
    digest: str
    channel: Channel


@dataclass(frozen=True)
class Inspected:
    """What the outside of a file says, unproved: only opening proves it."""

    label: Label
    size: int  # bytes of the file


def seal(
    letter: Letter, *, identity: Identity, terms: Terms, channel: Channel, created: datetime, expires: datetime
) -> Sealed:
    """Sign a letter and seal it for the partner.

    The same letter, channel and moments give the same signed content and digest; only the seal differs, because HPKE
    draws a fresh key for each. Store the result before handing it over. Raises Oversized, or Malformed for a letter
    that no recipient would take.
    """
    label = Label(
        sender=identity.public.digest,
        recipient=terms.partner.digest,
        agreement=terms.agreement,
        sequence=channel.sent.sequence + 1,
        created=created,
        expires=expires,
    )
    header = Header(
        label=label,
        kind=letter.kind,
        round=letter.round,
        profile=terms.profile,
        epoch=terms.epoch,
        previous=channel.sent.digest,
        seen=channel.received,
        count=letter.count,
        size=len(letter.body),
    ).to_bytes()
    Header.from_bytes(header)
    signed = SIGNED + header + sha256(letter.body).digest()
    content = len(header).to_bytes(LENGTH) + header + identity.sign(signed) + letter.body
    outside = label.to_bytes()
    filled = content + bytes(filled_length(len(content)) - len(content))
    data = MAGIC + len(outside).to_bytes(LENGTH) + outside
    data += SUITE.encrypt(filled, terms.partner.recipient_key(), SEALED + outside)
    if len(data) > MAX_PACKAGE:
        raise Oversized(limit=MAX_PACKAGE)
    return Sealed(data, channel.after_sending(sha256(signed).hexdigest()))


def inspect(data: bytes, *, limit: int = MAX_PACKAGE) -> Inspected:
    """What may be seen without a key; raises Oversized, Malformed or UnknownVersion."""
    label, _ = _split(data, limit)
    return Inspected(label=label, size=len(data))


def open_(
    data: bytes, *, identity: Identity, terms: Terms, channel: Channel, now: datetime, limit: int = MAX_PACKAGE
) -> Opened:
    """The letter in a package, if every sign of it is right.

    Raises, in this order: Oversized, Malformed, UnknownVersion, WrongRecipient, UnknownSender, WrongAgreement and Stale
    from the outside; then Altered, Malformed, WrongProfile, WrongEpoch and what `Channel.after_taking` raises.
    """
    label, start = _split(data, limit)
    _check_label(label, identity, terms, now)
    try:
        content = SUITE.decrypt(memoryview(data)[start:], identity.recipient_key(), SEALED + label.to_bytes())
    except (InvalidTag, ValueError):
        raise Altered from None
    header, body, digest = _verified(content, terms.partner)
    if header.label != label:
        raise Altered
    if header.profile != terms.profile:
        raise WrongProfile
    if header.epoch != terms.epoch:
        raise WrongEpoch
    stands_for = voids.Void.from_bytes(body).digest if header.kind == voids.KIND else digest
    after = channel.after_taking(Mark(label.sequence, stands_for), previous=header.previous, seen=header.seen)
    return Opened(Letter(header.kind, header.round, header.count, body), header, digest, after)


def read(file: BinaryIO, *, limit: int) -> bytes:
    """All bytes of a file, unless there are more than `limit`; raises Oversized without reading on."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Oversized(limit=limit)
    return data


def filled_length(length: int) -> int:
    """The length to fill up to: at least 16 kB, then at most 12 % more and only few different lengths.

    This is Padme of Nikitin and others, "Reducing metadata leakage from encrypted files", PETS 2019, section 4.
    """
    if length <= LEAST_FILLED:
        return LEAST_FILLED
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    return (length + (1 << free) - 1) >> free << free


def _split(data: bytes, limit: int) -> tuple[Label, int]:
    """The label, and where the sealed part starts."""
    if len(data) > limit:
        raise Oversized(limit=limit)
    start = len(MAGIC) + LENGTH
    if len(data) < start or data[: len(MAGIC)] != MAGIC:
        raise Malformed
    end = start + int.from_bytes(data[len(MAGIC) : start])
    if end - start > MAX_HEAD or end > len(data):
        raise Malformed
    return Label.from_bytes(data[start:end]), end


def _check_label(label: Label, identity: Identity, terms: Terms, now: datetime) -> None:
    if label.recipient != identity.public.digest:
        raise WrongRecipient
    if label.sender != terms.partner.digest:
        raise UnknownSender
    if label.agreement != terms.agreement:
        raise WrongAgreement
    if label.created > now + CLOCK_SKEW or label.expires <= now:
        raise Stale


def _verified(content: bytes, sender: PublicIdentity) -> tuple[Header, bytes, str]:
    """Header, body and digest of what was under the seal, once the signature is found right."""
    start = LENGTH + int.from_bytes(content[:LENGTH])
    if len(content) < start + SIGNATURE:
        raise Malformed
    header = Header.from_bytes(content[LENGTH:start])
    signature, rest = content[start : start + SIGNATURE], memoryview(content)[start + SIGNATURE :]
    if header.size > len(rest):
        raise Malformed
    body = bytes(rest[: header.size])
    signed = SIGNED + content[LENGTH:start] + sha256(body).digest()
    if not sender.verify(signature, signed):
        raise Altered
    if len(content) != filled_length(start + SIGNATURE + header.size) or bytes(rest[header.size :]).strip(b"\0"):
        raise Malformed
    return header, body, sha256(signed).hexdigest()
