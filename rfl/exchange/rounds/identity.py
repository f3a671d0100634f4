"""A society's keys, and the public half that partners pin after reading its fingerprint to each other.

Three pairs, one for each use: Ed25519 signs; X25519 joined with ML-KEM-768 receives packages, so that packages recorded
today stay closed to a quantum computer; a second X25519 pair makes the secret of two partners. All from `cryptography`.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.refusals import IdentityUnusable

VERSION = 1
PUBLIC_FORMAT = "rfl-identity"
PRIVATE_FORMAT = "rfl-identity-private"
MAX_BYTES = 4096  # the keys are 1.7 kB in base64; the longest name adds half a kilobyte

KEY = 32  # Ed25519 and X25519 keys, RFC 8032 and RFC 7748
KEM_PUBLIC = 1184  # ML-KEM-768, FIPS 203 table 3
KEM_SEED = 64  # the private form of FIPS 203 section 7.1

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,15}")
NAME = re.compile(r"\S(?:.{0,118}\S)?")
# Control characters, line ends, and the marks that turn text around: a name must not look like another one.
UNSHOWN = {"Cc", "Cs", "Zl", "Zp"}
TURNING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PUBLIC_FIELDS = frozenset({"format", "version", "code", "name", "signing", "recipient", "pairing"})

GROUPS = 8  # 40 digits are 132 bits: nobody makes a second identity with the same ones, and reading them takes a minute
GROUP_DIGITS = 5


@dataclass(frozen=True)
class PublicIdentity:
    """What a partner may know and must pin: code, name and three public keys, as raw bytes.

    Raises IdentityUnusable when a name, a code or the length of a key is not what it must be.
    """

    code: str
    name: str
    signing: bytes
    recipient: bytes  # ML-KEM-768 then X25519
    pairing: bytes

    def __post_init__(self) -> None:
        sizes = (len(self.signing), len(self.recipient), len(self.pairing))
        if sizes != (KEY, KEM_PUBLIC + KEY, KEY) or not named(self.code, self.name):
            raise IdentityUnusable

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote, to the byte; raises IdentityUnusable."""
        try:
            return cls(**_read(data, PUBLIC_FORMAT, recipient=KEM_PUBLIC + KEY))
        except (NotCanonical, ValueError):
            raise IdentityUnusable from None

    def to_bytes(self) -> bytes:
        """Canonical JSON, fit for a file; the digest and the fingerprint are taken of it."""
        return _write(PUBLIC_FORMAT, self.code, self.name, self.signing, self.recipient, self.pairing)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all of it, in hex: the name of this society in headers and agreements."""
        return sha256(self.to_bytes()).hexdigest()

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Did the owner of these keys sign `data`?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True

    def recipient_key(self) -> MLKEM768X25519PublicKey:
        """The key that packages are sealed for; raises IdentityUnusable when it is none."""
        try:
            return MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.recipient[:KEM_PUBLIC]),
                X25519PublicKey.from_public_bytes(self.recipient[KEM_PUBLIC:]),
            )
        except ValueError:
            raise IdentityUnusable from None


@dataclass(frozen=True)
class Identity:
    """The private half: raw seeds of three key pairs. Never shown, never sent; the app stores `to_bytes` sealed."""

    code: str
    name: str
    signing: bytes = field(repr=False)
    recipient: bytes = field(repr=False)  # ML-KEM-768 seed then X25519
    pairing: bytes = field(repr=False)

    @classmethod
    def generate(cls, code: str, name: str) -> Self:
        """New keys for a society, drawn by `cryptography`; raises IdentityUnusable for a name that cannot be one."""
        if not named(code, name):
            raise IdentityUnusable
        recipient = MLKEM768PrivateKey.generate().private_bytes_raw() + X25519PrivateKey.generate().private_bytes_raw()
        return cls(
            code=code,
            name=name,
            signing=Ed25519PrivateKey.generate().private_bytes_raw(),
            recipient=recipient,
            pairing=X25519PrivateKey.generate().private_bytes_raw(),
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; raises IdentityUnusable."""
        try:
            return cls(**_read(data, PRIVATE_FORMAT, recipient=KEM_SEED + KEY))
        except (NotCanonical, ValueError):
            raise IdentityUnusable from None

    def to_bytes(self) -> bytes:
        """The private keys in clear: for sealing at once, and for nothing else."""
        return _write(PRIVATE_FORMAT, self.code, self.name, self.signing, self.recipient, self.pairing)

    @cached_property
    def public(self) -> PublicIdentity:
        """The half that partners get."""
        kem = MLKEM768PrivateKey.from_seed_bytes(self.recipient[:KEM_SEED]).public_key().public_bytes_raw()
        exchange = X25519PrivateKey.from_private_bytes(self.recipient[KEM_SEED:]).public_key().public_bytes_raw()
        return PublicIdentity(
            code=self.code,
            name=self.name,
            signing=Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw(),
            recipient=kem + exchange,
            pairing=X25519PrivateKey.from_private_bytes(self.pairing).public_key().public_bytes_raw(),
        )

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes; the same data always gives the same one."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(data)

    def recipient_key(self) -> MLKEM768X25519PrivateKey:
        """The key that opens packages sealed for this society."""
        return MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(self.recipient[:KEM_SEED]),
            X25519PrivateKey.from_private_bytes(self.recipient[KEM_SEED:]),
        )


def fingerprint(public: PublicIdentity) -> str:
    """Eight groups of five digits, to be read aloud before a partner's keys are pinned."""
    return fingerprint_of(public.digest)


def fingerprint_of(digest: str) -> str:
    """The same, of a digest as headers and agreements hold it."""
    digits = f"{int(digest, 16) % 10 ** (GROUPS * GROUP_DIGITS):0{GROUPS * GROUP_DIGITS}d}"
    return " ".join(digits[start : start + GROUP_DIGITS] for start in range(0, len(digits), GROUP_DIGITS))


def pair_secret(own: Identity, partner: PublicIdentity, *, agreement: str, epoch: int) -> bytes:
    """The 32 bytes that only these two societies can make, for one agreement number and period.

    Both make the same one. It keys the hashing of tokens, so that nobody else, the hub included, can even start to
    guess one. Raises IdentityUnusable when the partner's key is no point that can be used.
    """
    try:
        shared = X25519PrivateKey.from_private_bytes(own.pairing).exchange(
            X25519PublicKey.from_public_bytes(partner.pairing)
        )
    except ValueError:  # a point of small order
        raise IdentityUnusable from None
    first, second = sorted((own.public.digest, partner.digest))
    bound = encode({"agreement": agreement, "epoch": epoch, "first": first, "second": second})
    return HKDF(SHA256(), KEY, salt=None, info=b"rfl pair secret 1\0" + bound).derive(shared)


def named(code: str, name: str) -> bool:
    """Are these a code and a name that fit into an identity and read the same everywhere?"""
    if not CODE.fullmatch(code) or not NAME.fullmatch(name) or unicodedata.normalize("NFC", name) != name:
        return False
    return not any(unicodedata.category(letter) in UNSHOWN or letter in TURNING for letter in name)


def _read(data: bytes, form: str, *, recipient: int) -> dict[str, Any]:
    """Return what `_write` wrote in `form`, the recipient key of so many bytes; raises NotCanonical or ValueError."""
    value = decode(data, limit=MAX_BYTES)
    fields.only(value, PUBLIC_FIELDS)
    fields.number(value, "version", least=VERSION, most=VERSION)
    words = {"code": fields.text(value, "code", CODE), "name": fields.text(value, "name", NAME)}
    if value["format"] != form or not named(**words):
        raise ValueError(form)
    sizes = {"signing": KEY, "recipient": recipient, "pairing": KEY}
    return words | {name: fields.octets(value, name, size=size) for name, size in sizes.items()}


def _write(form: str, code: str, name: str, *keys: bytes) -> bytes:
    names = ("signing", "recipient", "pairing")
    written = {name: fields.write_octets(key) for name, key in zip(names, keys, strict=True)}
    return encode({"format": form, "version": VERSION, "code": code, "name": name, **written})
