"""Run the checks and the test suite, go on after a failure, and say at the end what ran.

With REQUIRE=all a test that was skipped counts as a failure.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports"
BIN = Path(sys.executable).parent
INITDB = ("usr/lib/postgresql/*/bin/initdb", "usr/bin/initdb")


@dataclass(frozen=True)
class Step:
    """One thing to run, and where its pytest report goes when it makes one."""

    title: str
    command: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    report: Path | None = None


def pytest(title: str, *arguments: str, database: str = "sqlite") -> Step:
    """A pytest run that leaves a report to count from."""
    report = REPORTS / f"{title.replace(' ', '-').lower()}.xml"
    command = (sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments)
    return Step(title, command, {"RFL_TEST_DATABASE": database}, report)


CHECKS = (
    Step("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    Step("lint", (str(BIN / "ruff"), "check", "--quiet", ".")),
    Step("types", (str(BIN / "mypy"),)),
    pytest("architecture", "tests/test_architecture.py"),
    Step("translations", (sys.executable, ".ci/translations.py", "check")),
)
SUITES = (
    pytest("suite on SQLite", "-m", "not postgresql"),
    pytest("suite on PostgreSQL", "-m", "not browser", database="postgresql"),
)


def run(step: Step) -> tuple[bool, str]:
    """Run one step; return whether it is good, and a line about it."""
    print(f"\n== {step.title}", flush=True)
    started = time.monotonic()
    done = subprocess.run(step.command, cwd=ROOT, env={**os.environ, **step.settings}, check=False)
    seconds = time.monotonic() - started
    good, counts = read_report(step.report) if step.report else (True, "")
    good = good and done.returncode == 0
    return good, f"{'ok' if good else 'FAILED':7}{step.title:22}{seconds:6.0f} s  {counts}".rstrip()


def read_report(report: Path) -> tuple[bool, str]:
    """Count a pytest report: passed, failed, skipped."""
    if not report.exists():
        return False, "no report was written"
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - written by our own pytest run
    total, failed, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    )
    bad = failed + errors
    line = f"{total - bad - skipped} passed, {bad} failed, {skipped} skipped"
    return bool(total) and not (skipped and os.environ.get("REQUIRE") == "all"), line


def has_postgresql() -> bool:
    """Is there a database server to start? Set-up has already tried to install one."""
    return any(any(Path("/").glob(pattern)) for pattern in INITDB)


def main() -> int:
    """Run what was asked for; the exit status is 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extent", choices=["check", "test"])
    steps = CHECKS if parser.parse_args().extent == "check" else CHECKS + SUITES
    REPORTS.mkdir(parents=True, exist_ok=True)
    for old in REPORTS.glob("*.xml"):
        old.unlink()
    results = []
    for step in steps:
        if step.settings.get("RFL_TEST_DATABASE") == "postgresql" and not has_postgresql():
            required = os.environ.get("REQUIRE") == "all"
            results.append((not required, f"{'LEFT OUT':9}{step.title}: no PostgreSQL on this machine"))
        else:
            results.append(run(step))
    print("\n== What ran\n" + "\n".join(line for _, line in results))
    return int(not all(good for good, _ in results))


if __name__ == "__main__":
    sys.exit(main())
