"""The environment of the peers, apart from the program's: build/peers, made from the locked requirements."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "build" / "peers"


class NoPeers(Exception):
    """The packages of the peers could not be installed."""


def peers_python() -> Path:
    """Return the Python of the peers; installs their packages when these are missing or others are locked now."""
    python, stamp, locked = FOLDER / "bin" / "python", FOLDER / "locked", HERE / "requirements.txt"
    wanted = hashlib.sha256(locked.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"installing the peers into {FOLDER} ...", file=sys.stderr, flush=True)
    venv.create(FOLDER, with_pip=True, clear=True)
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        locked,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - pip, named here
    if done.returncode:
        raise NoPeers(f"The peers could not be installed:\n{done.stderr[-2000:]}")
    stamp.write_text(wanted)
    return python
