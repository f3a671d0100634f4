"""A step of set-up runs again only when what it depends on has changed."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".stamps"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)


class SetupFailed(Exception):
    """Set-up cannot go on; the message says what to do about it."""


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """Digest the contents of files and the given strings, in this order."""
    digest = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def step(title: str, *, inputs: Iterable[Path | str], makes: Sequence[Path], work: Callable[[], None]) -> None:
    """Do `work` unless the same inputs were worked on before and everything it `makes` is still there."""
    stamp = STAMPS / title.replace(" ", "-")
    wanted = fingerprint(inputs)
    made = all(path.exists() for path in makes)
    if made and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"set-up: {title} ...", flush=True)
    started = time.monotonic()
    work()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(wanted)
    print(f"set-up: {title} done in {time.monotonic() - started:.0f} s", flush=True)


def call(*command: str | Path, cwd: Path = ROOT, remedy: str = "") -> None:
    """Run a program; when it fails, stop set-up with its output and the `remedy`."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = (done.stdout + done.stderr).strip()[-3000:]
        raise SetupFailed(f"{tail}\n\nThis failed: {' '.join(map(str, command))}\n{remedy}".rstrip())


def is_root() -> bool:
    """Only root may install system packages."""
    return os.geteuid() == 0


def apt_install(*packages: str) -> None:
    """Install Debian packages; needs root and a Debian-like system."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call("apt-get", "update", "-qq")
    call("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def refuse_old_python() -> None:
    """Say which Python is needed before anything obscure happens."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        wanted = ".".join(map(str, OLDEST_PYTHON))
        raise SetupFailed(f"Python {wanted} or newer is needed; this is {found}. Try: make PYTHON=python{wanted} run")
