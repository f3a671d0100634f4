"""The benchmark of casework takes off what scoring takes: it must watch functions that are there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# In a process of its own: modules beside the benchmark have the names of some beside the tests.
ASK = "from casework import SCORERS; assert all(callable(getattr(module, name)) for module, name in SCORERS)"


def test_what_scores_is_watched():
    subprocess.run([sys.executable, "-c", ASK], cwd=ROOT / "benchmarks", check=True)
