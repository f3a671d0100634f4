"""Everything a fresh machine needs before `make run`, `make check` or `make test`.

Needs nothing but Python 3.11; doing it twice changes nothing and takes under a second.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import front_end
from stamps import (
    ROOT,
    VENV,
    VENV_PYTHON,
    SetupFailed,
    apt_install,
    call,
    is_root,
    refuse_old_python,
    step,
)

PIP = (VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
# What only tests need of the machine: Debian package -> where its program is found.
TEST_MACHINE = {
    "chromium": ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
    "postgresql": ["/usr/lib/postgresql/*/bin/initdb", "/usr/bin/initdb"],
}


def make_venv() -> None:
    """Make .venv, unless one that works is there."""
    step("virtual environment", inputs=[sys.version], makes=[VENV_PYTHON], work=build_venv)


def build_venv() -> None:
    """Make .venv with the Python that runs this script; as root, Debian's missing part is installed first."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if VENV_PYTHON.exists() and not subprocess.run([VENV_PYTHON, "-c", probe], check=False).returncode:
        return
    has_venv = not subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False
    ).returncode
    if not has_venv and is_root() and shutil.which("apt-get"):
        apt_install("python3-venv")
    remedy = "Python's venv module is missing: install the package python3-venv, then try again."
    call(sys.executable, "-m", "venv", "--clear", VENV, remedy="" if has_venv else remedy)


def install_packages(lock: Path) -> None:
    """Install exactly the packages of a hashed requirements file, wheels only."""

    def work() -> None:
        call(*PIP, "--only-binary", ":all:", "--require-hashes", "-r", lock)

    title = f"packages of {lock.relative_to(ROOT)}".replace("/", "-")
    step(title, inputs=[lock, sys.version], makes=[VENV_PYTHON], work=work)


def compile_translations() -> None:
    """Compile every catalogue that changed."""
    sources = sorted(ROOT.glob("translations/*/LC_MESSAGES/*.po"))
    if sources:
        script = ROOT / ".ci" / "translations.py"
        makes = [source.with_suffix(".mo") for source in sources]
        step("translations", inputs=sources, makes=makes, work=lambda: call(VENV_PYTHON, script, "compile"))


def compile_matching() -> None:
    """Compile the inner loops of the matching library, which would otherwise keep the first user waiting."""
    sources = sorted(path for path in (ROOT / "matching").rglob("*") if path.suffix in {".py", ".npz", ".csv"})
    work = [VENV_PYTHON, "-m", "matching", "prepare"]
    step("matching library", inputs=[*sources, sys.version], makes=[], work=lambda: call(*work))


def prepare_test_machine() -> None:
    """See to a browser and a database server; without root, say which tests will be left out."""
    missing = [name for name, places in TEST_MACHINE.items() if not any(map(found, places))]
    if missing and is_root() and shutil.which("apt-get"):
        print(f"set-up: installing {' and '.join(missing)} ...", flush=True)
        apt_install(*missing)
        missing = [name for name in missing if not any(map(found, TEST_MACHINE[name]))]
    if missing:
        text = f"Not on this machine: {', '.join(missing)}. As root: apt-get install {' '.join(missing)}"
        if os.environ.get("REQUIRE") == "all":
            raise SetupFailed(text)
        print(f"set-up: {text}\nset-up: the tests that need them will be left out.", flush=True)


def found(pattern: str) -> bool:
    """Is there a program at this absolute path, in which the version may be a star?"""
    return any(Path("/").glob(pattern.lstrip("/")))


def main() -> int:
    """Do what the named purpose needs; the exit status is 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=["run", "check", "test", "library"])
    purpose = parser.parse_args().purpose
    try:
        refuse_old_python()
        if purpose == "library":  # by the suite, beside the checks, which need none of it
            compile_matching()
            return 0
        make_venv()
        install_packages(ROOT / ("requirements.txt" if purpose == "run" else "tests/requirements.txt"))
        compile_translations()
        if purpose != "check":
            front_end.install()
        if purpose == "run":
            compile_matching()
        if purpose == "test":
            prepare_test_machine()
    except SetupFailed as failure:
        print(f"\nset-up stopped: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
