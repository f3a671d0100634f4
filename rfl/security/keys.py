"""The keys of an instance: one per society for identity fields, one each for match index, audit chain and cookies.

Keys live outside the database: one file per key in the key folder, or `RFL_KEY_<NAME>` in the environment
(base64). A sealed value names its key, so that old and new keys live side by side during a rotation.
"""

import base64
import hmac
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_

KEY_BYTES = 32  # AES-256
NONCE_BYTES = 12  # NIST SP 800-38D: 96-bit nonces for GCM
SEAL_VERSION = 1
FLEETING = "round-"  # keys of this name are read at each use: when the file is gone, no process opens anything with it
INSTANCE_KEYS = ("index", "audit", "cookie")
NAME = re.compile(r"[a-z0-9-]{1,60}")


class KeyMissing(RuleBroken):
    """A key that stored data needs is not in the key folder."""

    message = N_(
        "The key %(name)s is missing. Put its file back into the key folder; other societies are not affected."
    )
    status = 503


class KeyUnusable(RuleBroken):
    """A key file or variable does not hold a key."""

    message = N_("The key %(name)s does not hold 32 bytes in base64. Restore it from the key backup.")
    status = 503


class SealBroken(RuleBroken):
    """A stored value was changed, or moved from another row."""

    message = N_("A stored value cannot be opened: it was damaged or moved. Tell your data-protection officer.")
    status = 500


class Keyring:
    """All keys of one instance, read once; new society keys are written when a society is created."""

    def __init__(self, folder: Path, environ: Mapping[str, str] = os.environ) -> None:
        """Read every `*.key` file of `folder` and every `RFL_KEY_*` variable; raises KeyUnusable."""
        self.folder = folder
        self._keys: dict[str, bytes] = {}
        for path in sorted(folder.glob("*.key")) if folder.is_dir() else ():
            if path.stem.startswith(FLEETING):
                continue
            self._keys[path.stem] = _decode(path.stem, path.read_text("ascii"))
        for variable, value in environ.items():
            if variable.startswith("RFL_KEY_"):
                name = variable.removeprefix("RFL_KEY_").lower().replace("_", "-")
                self._keys[name] = _decode(name, value)

    def ensure(self, name: str) -> None:
        """Make the key `name` if there is none; the file is readable by its owner only."""
        if not NAME.fullmatch(name):
            raise ValueError(name)
        if name in self._keys or (name.startswith(FLEETING) and self._path(name).is_file()):
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(name)
        key = os.urandom(KEY_BYTES)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(key).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        if not name.startswith(FLEETING):
            self._keys[name] = key

    def ensure_instance(self) -> None:
        """Make the keys that every instance needs."""
        for name in INSTANCE_KEYS:
            self.ensure(name)

    def add_society(self, society_id: str) -> None:
        """Make the first key of a society."""
        self.ensure(f"{society_id}-1")

    def rotate_society(self, society_id: str) -> str:
        """Make the next key of a society and return its name; old values keep opening with the old key."""
        number = int(self.current(society_id).rpartition("-")[2]) + 1
        self.ensure(f"{society_id}-{number}")
        return f"{society_id}-{number}"

    def owners(self, prefix: str) -> set[str]:
        """Return whose keys lie in the key folder under a name with this beginning, without their numbers."""
        return {path.stem.rpartition("-")[0] for path in self.folder.glob(f"{prefix}*.key")}

    def forget(self, owner: str) -> None:
        """Delete every key of a society or a round: what they sealed opens no more, here or in any backup.

        Other processes of this instance hold no copy of the key of a round; that of a society they drop when they end.
        """
        for path in self.folder.glob(f"{owner}-*.key"):
            if path.stem.rpartition("-")[0] == owner:
                path.unlink(missing_ok=True)
        for name in [one for one in self._keys if one.rpartition("-")[0] == owner]:
            del self._keys[name]
        _cipher.cache_clear()

    def current(self, society_id: str) -> str:
        """Return the name of the newest key of a society; raises KeyMissing."""
        lying = (path.stem for path in self.folder.glob(f"{FLEETING}*.key")) if society_id.startswith(FLEETING) else ()
        names = [*self._keys, *lying]
        numbers = [int(n.rpartition("-")[2]) for n in names if n.rpartition("-")[0] == society_id]
        if not numbers:
            raise KeyMissing(name=f"{society_id}-1")
        return f"{society_id}-{max(numbers)}"

    def raw(self, name: str) -> bytes:
        """Return the bytes of key `name`; raises KeyMissing."""
        if name.startswith(FLEETING):
            return self._read(name)
        try:
            return self._keys[name]
        except KeyError:
            # Another process of this instance may have created the society since start.
            self._keys[name] = self._read(name)
            return self._keys[name]

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def _read(self, name: str) -> bytes:
        if not NAME.fullmatch(name):
            raise KeyMissing(name=name)
        try:
            return _decode(name, self._path(name).read_text("ascii"))
        except FileNotFoundError:
            raise KeyMissing(name=name) from None

    def _cipher(self, name: str) -> AESGCM:
        return AESGCM(self.raw(name)) if name.startswith(FLEETING) else _cipher(self.raw(name))

    def seal(self, society_id: str, plain: bytes, *, bound_to: str) -> bytes:
        """Encrypt for one society with AES-GCM; the value opens only at the place `bound_to` names."""
        try:
            name = self.current(society_id)
        except KeyMissing:
            self.raw(f"{society_id}-1")
            name = self.current(society_id)
        label = name.encode()
        nonce = os.urandom(NONCE_BYTES)
        header = bytes([SEAL_VERSION, len(label)]) + label
        return header + nonce + self._cipher(name).encrypt(nonce, plain, header + bound_to.encode())

    def open(self, sealed: bytes, *, bound_to: str) -> bytes:
        """Decrypt a value made by `seal` for the same place; raises KeyMissing or SealBroken."""
        end = 2 + sealed[1]
        header, nonce, body = sealed[:end], sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
        try:
            return self._cipher(header[2:].decode()).decrypt(nonce, body, header + bound_to.encode())
        except InvalidTag:
            raise SealBroken from None

    def index_hash(self, value: str) -> int:
        """Return the keyed 64-bit hash of a candidate key, signed as both databases store it."""
        digest = blake2b(value.encode(), key=self.raw("index"), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)

    def fingerprint(self, value: bytes) -> str:
        """Return a keyed fingerprint for "the same thing again" questions; says nothing without the key."""
        return blake2b(value, key=self.raw("index"), digest_size=16, person=b"fingerprint").hexdigest()

    def chain_hash(self, value: bytes) -> str:
        """Return the keyed hash of an audit entry: without the key nobody can rebuild the chain."""
        return hmac.new(self.raw("audit"), value, sha256).hexdigest()


@lru_cache(maxsize=256)
def _cipher(key: bytes) -> AESGCM:
    """Prepare a key once: the candidates of one save are some hundred values under a few keys."""
    return AESGCM(key)


def _decode(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnusable(name=name)
    return key
