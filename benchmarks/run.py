"""Every benchmark that a person can wait for, in sequence, as markdown tables for README.md beside this.

    python benchmarks/run.py --all [--historical historical_50k.parquet] [--quick]

Accuracy on invented lists of 5,000 x 20,000 persons, peers on the same lists and the race against Splink, speed at
three sizes, families, FEBRL, and historical_50k where its file is named. `--quick` takes small lists, to see that
everything runs. Casework and imports (casework.py, imports.py) belong to the program around the engine and are run on
their own.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.speed import made

HERE = Path(__file__).resolve().parent
FULL, QUICK = (5_000, 20_000), (400, 1_600)  # sought and registered persons


def steps(historical: Path | None, *, quick: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each part and its command."""
    folder = str(made(*(QUICK if quick else FULL)))
    sizes = ["2000"] if quick else ["10000", "100000", "1000000"]
    yield "Accuracy", ["accuracy.py", folder]
    yield "Peers", ["peers/run.py", folder]
    yield "Engine and Splink in turn", ["peers/run.py", folder, "--race", "1" if quick else "3"]
    yield "Families", ["families.py", *(["--left", str(QUICK[0]), "--right", str(QUICK[1])] if quick else [])]
    yield "Speed", ["speed.py", "--right", *sizes]
    yield "FEBRL", ["febrl.py"]
    if historical:
        yield "historical_50k", ["historical_50k.py", str(historical), *(["--limit", "2000"] if quick else [])]


def main() -> int:
    """Run the parts one after the other; a part that fails is named at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", required=True, help="run every part")
    parser.add_argument("--historical", type=Path, help="path of historical_50k.parquet")
    parser.add_argument("--quick", action="store_true", help="small lists")
    asked = parser.parse_args()
    failed = []
    for title, (script, *arguments) in steps(asked.historical, quick=asked.quick):
        print(f"\n### {title}\n", flush=True)
        done = subprocess.run([sys.executable, str(HERE / script), *arguments], check=False)  # noqa: S603 - our scripts
        failed += [title] if done.returncode else []
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
