"""The measures of the benchmarks, on examples small enough to work out by hand."""

import pytest

from benchmarks import measures
from benchmarks.labels import read_labels
from benchmarks.report import accuracy, part

TRUTH = {("a", "1"), ("b", "2"), ("c", "3"), ("c", "4")}
SCORES = {
    ("a", "1"): 0.95,
    ("a", "9"): 0.4,
    ("b", "8"): 0.8,
    ("b", "2"): 0.8,  # a tie: the true one counts as second
    ("c", "3"): 0.6,
    ("c", "7"): 0.55,
    ("c", "4"): 0.5,
}


@pytest.fixture
def points():
    return measures.curve(SCORES, TRUTH)


def test_pairs_of_one_score_count_together(points):
    assert [(one.shown, one.true) for one in points] == [(1, 1), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)]


def test_average_precision_weighs_each_gain_of_recall_by_its_precision(points):
    assert measures.average_precision(points, 4) == pytest.approx((1 / 1 + 2 / 3 + 3 / 4 + 4 / 6) / 4)


def test_true_pairs_that_are_never_shown_count_as_missed(points):
    assert measures.average_precision(points, 8) == pytest.approx((1 / 1 + 2 / 3 + 3 / 4 + 4 / 6) / 8)


def test_best_f1_is_that_of_the_best_threshold(points):
    score, point = measures.best_f1(points, 4)
    assert (score, point.threshold) == (pytest.approx(0.8), 0.5)


def test_at_a_threshold_nothing_below_it_is_shown(points):
    assert (measures.at(points, 0.6).shown, measures.at(points, 0.6).true) == (4, 3)
    assert measures.at(points, 0.99).shown == 0


def test_a_tie_with_a_stranger_counts_against_the_true_one():
    places = measures.ranks(SCORES, TRUTH)
    assert places == {("a", "1"): 1, ("b", "2"): 2, ("c", "3"): 1, ("c", "4"): 2}


def test_recall_counts_persons_not_pairs():
    places = measures.ranks(SCORES, TRUTH)
    assert measures.recall_at(places, TRUTH, 1) == pytest.approx(2 / 3)
    assert measures.recall_at(places, TRUTH, 5) == 1.0


def test_calibration_compares_mean_score_and_share_true_in_ten_bins():
    bins = measures.calibration({("a", "1"): 1.0, ("a", "2"): 0.9, ("a", "3"): 0.2}, {("a", "1")})
    assert [(one.lowest, one.count, one.mean, one.true) for one in bins] == [(0.2, 1, 0.2, 0.0), (0.9, 2, 0.95, 0.5)]
    assert measures.calibration_error(bins) == pytest.approx((0.2 + 2 * 0.45) / 3)


def test_small_slices_are_left_out():
    places = measures.ranks(SCORES, TRUTH)
    found = measures.slices(places, {"large": TRUTH, "small": {("a", "1")}}, least=4)
    assert found == {"large": (4, 0.5, 1.0)}


def test_the_higher_score_of_a_repeated_pair_holds():
    assert measures.best_scores([("a", "1", 0.2), ("a", "1", 0.7), ("a", "1", 0.3)]) == {("a", "1"): 0.7}


def test_labels_are_read_by_script_culture_and_kind(tmp_path):
    (tmp_path / "truth.csv").write_text("left_id,right_id,script_pair,culture\na,1,Latn-Arab,arab\nb,2,Latn-Latn,som\n")
    (tmp_path / "negatives.csv").write_text("left_id,right_id,kind\na,2,sibling\na,1,namesake\n")
    labels = read_labels(tmp_path)
    assert labels.cross("Latn", "Arab") == {("a", "1")}
    assert labels.negatives == {"sibling": {("a", "2")}}
    assert read_labels(tmp_path, {"b"}).truth == {("b", "2")}


def test_the_report_names_every_measure(tmp_path):
    (tmp_path / "truth.csv").write_text("left_id,right_id\na,1\nb,2\n")
    text = accuracy({("a", "1"): 0.95, ("b", "3"): 0.92}, read_labels(tmp_path), [("key recall", 0.5)])
    for line in ("average precision | .500", "recall@5 of persons who have a match | .500 / .500", "key recall | .500"):
        assert line in text
    assert "calibration error | 2" in text


@pytest.mark.parametrize(("value", "shown"), [(0.9124, ".912"), (1.0, "1.000"), (0.0, ".000")])
def test_shares_are_shown_with_three_digits(value, shown):
    assert part(value) == shown
