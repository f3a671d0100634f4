"""Run the checks and the test suite, go on after a failure, and say at the end what ran.

With REQUIRE=all a test that was skipped counts as a failure.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
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


def slug(title: str) -> str:
    """The name of the files of a step."""
    return title.replace(",", "").replace(" ", "-").lower()


def pytest(title: str, *arguments: str, database: str = "sqlite") -> Step:
    """A pytest run that leaves a report to count from."""
    report = REPORTS / f"{slug(title)}.xml"
    command = (sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments)
    return Step(title, command, {"RFL_TEST_DATABASE": database}, report)


def files(*patterns: str) -> tuple[str, ...]:
    """The tests whose paths match."""
    return tuple(sorted(str(path.relative_to(ROOT)) for one in patterns for path in ROOT.glob(one)))


def but(*paths: str) -> tuple[str, ...]:
    """Everything else in the folders named before."""
    return tuple(f"--ignore={path}" for path in paths)


ARCHITECTURE = "tests/test_architecture.py"
CHECKS = (
    Step("types", (str(BIN / "mypy"),)),
    pytest("architecture", ARCHITECTURE),
    Step("translations", (sys.executable, ".ci/translations.py", "check")),
    Step("lint", (str(BIN / "ruff"), "check", "--quiet", ".")),
    Step("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
)
# These compare nobody: they run while the loops that compare are compiled.
WITHOUT_MATCHING = ("tests/domain", "tests/exchange")
BEFORE = (ARCHITECTURE, *WITHOUT_MATCHING)
LIBRARY = Step("matching library", (sys.executable, ".ci/setup.py", "library"))
EARLY = pytest("SQLite, dates and files", *WITHOUT_MATCHING, "-m", "not postgresql")
CORES = max(2, os.cpu_count() or 2)
# One for each core at a time, the longest first, so that every core has something to do until the end. Each part names
# a folder or what is left of one: a test that is added belongs to exactly one part for each database.
SERVICES, PAGES, BROWSER = "tests/services", "tests/web", "tests/browser"
EXCHANGE = files(f"{SERVICES}/test_exchange_*.py", f"{SERVICES}/test_clear_*.py")
LONG_WAYS = files(f"{BROWSER}/test_journey.py", f"{BROWSER}/test_exchange*.py")
SUITES = (
    pytest("browser, every screen", BROWSER, *but(*LONG_WAYS)),
    pytest("browser, long ways", *LONG_WAYS),
    pytest("PostgreSQL, the rest", "tests", *but(*EXCHANGE, PAGES, BROWSER), database="postgresql"),
    pytest("SQLite, services", SERVICES, "-m", "not postgresql"),
    pytest("SQLite, pages", PAGES, "-m", "not postgresql"),
    pytest("SQLite, the rest", "tests", *but(SERVICES, PAGES, BROWSER, *BEFORE), "-m", "not postgresql"),
    pytest("PostgreSQL, exchange", *EXCHANGE, database="postgresql"),
    pytest("PostgreSQL, pages", PAGES, database="postgresql"),
)


def run(*steps: Step) -> list[tuple[bool, str]]:
    """Run steps, as many side by side as there are cores; return for each whether it is good, and a line about it.

    What they say is shown when all have ended.
    """
    logs = [REPORTS / f"{slug(step.title)}.log" for step in steps]
    with ThreadPoolExecutor(CORES) as pool:
        ends = list(pool.map(watch, steps, logs))
    for step, log in zip(steps, logs, strict=True):
        print(f"\n== {step.title}\n{log.read_text(errors='replace')}", flush=True)
    return [judge(step, *end) for step, end in zip(steps, ends, strict=True)]


def watch(step: Step, log: Path) -> tuple[int, float]:
    """Run one step, its words going to `log`, and say when it has ended; return its exit status and the seconds."""
    started = time.monotonic()
    settings = {**os.environ, **step.settings}
    with log.open("w") as words:
        done = subprocess.run(step.command, cwd=ROOT, env=settings, check=False, stdout=words, stderr=subprocess.STDOUT)
    seconds = time.monotonic() - started
    print(f"suite: {step.title} ended after {seconds:.0f} s", flush=True)
    return done.returncode, seconds


def judge(step: Step, status: int, seconds: float) -> tuple[bool, str]:
    """Say whether a step is good, and a line about it."""
    good, counts = read_report(step.report) if step.report else (True, "")
    good = good and status == 0
    return good, f"{'ok' if good else 'FAILED':7}{step.title:28}{seconds:6.0f} s  {counts}".rstrip()


def read_report(report: Path) -> tuple[bool, str]:
    """Count a pytest report: passed, failed, skipped."""
    if not report.exists():
        return False, "no report was written"
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - written by our own pytest run
    total, failed, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
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
    extent = parser.parse_args().extent
    REPORTS.mkdir(parents=True, exist_ok=True)
    for old in REPORTS.glob("*.*"):
        old.unlink()
    results = run(*CHECKS) if extent == "check" else run(LIBRARY, EARLY, *CHECKS)
    if extent == "test":
        suites = [step for step in SUITES if has_postgresql() or step.settings["RFL_TEST_DATABASE"] == "sqlite"]
        if len(suites) < len(SUITES):
            required = os.environ.get("REQUIRE") == "all"
            results.append((not required, "LEFT OUT the suite on PostgreSQL: no PostgreSQL on this machine"))
        results += run(*suites)
    print("\n== What ran\n" + "\n".join(line for _, line in results))
    return int(not all(good for good, _ in results))


if __name__ == "__main__":
    sys.exit(main())
