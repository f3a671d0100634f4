"""The benchmark of casework takes off what scoring takes: it must watch functions that are there."""

from benchmarks.casework import SCORERS


def test_what_scores_is_watched():
    assert all(callable(getattr(module, name)) for module, name in SCORERS)
