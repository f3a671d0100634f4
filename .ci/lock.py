"""Resolve the requirements again and write the exact versions with their hashes.

Changed versions are a change like any other: read the diff, run the tests, commit.
"""

import sys

import front_end
from stamps import VENV, VENV_PYTHON, SetupFailed, call

COMPILE = ("pip", "compile", "--quiet", "--upgrade", "--python-version", "3.11", "--generate-hashes")
# The tools never move a version that the application is locked to.
LOCKS = (
    ("requirements.in", "-o", "requirements.txt"),
    ("-c", "requirements.txt", "tests/requirements.in", "-o", "tests/requirements.txt"),
    # Peers live in an environment of their own and may need other versions.
    ("benchmarks/peers/requirements.in", "-o", "benchmarks/peers/requirements.txt"),
)
UV = "uv==0.13.9"


def main() -> int:
    """Write the lock files."""
    uv = VENV / "bin" / "uv"
    try:
        if not uv.exists():
            call(VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
        for arguments in LOCKS:
            call(uv, *COMPILE, "--no-emit-index-url", *arguments)
        front_end.write_lock()
    except SetupFailed as failure:
        print(f"lock stopped: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
