"""Write invented lists of sought and registered persons, with the truth beside them.

    python benchmarks/generate_lists.py --left 5000 --right 20000 --seed 1 [--families] OUT_FOLDER

left.csv (sought) and right.csv (registered) hold the persons; truth.csv the pairs that are one person, by script pair,
culture and kinds of difference; negatives.csv relatives and namesakes who are not. A quarter of the sought persons is
on the right list. With --families requests seek two to four members of a household, registrations keep households
together, and a column says so (benchmarks/lists/families.py). The same seed gives the same files. Error rates are
judgement, not fitted to case files.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lists.families import FamilyWriter
from benchmarks.lists.files import TooFew, Writer, generate


def main() -> int:
    """Write the lists asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--left", type=int, default=5_000, help="sought persons")
    parser.add_argument("--right", type=int, default=20_000, help="registered persons")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", action="store_true", help="members of households are sought and found together")
    asked = parser.parse_args()
    try:
        generate(asked.folder, asked.left, asked.right, asked.seed, FamilyWriter if asked.families else Writer)
    except TooFew as failure:
        print(failure, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
