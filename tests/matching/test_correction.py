"""A correction learned from judgements helps, never harms, says what it was learned for, and can be taken off."""

import json
import random
from dataclasses import replace

import pytest

import matching
from matching import Correction, CorrectionOfAnotherEngine, Evidence, Name, PersonRecord, UnreadableCorrection, weights
from matching.calibration import LEAST_OF_EACH, LEAST_SEEN, MOST_BITS, average_precision
from matching.correction import table_digest
from matching.engine import Comparison

PLAIN = {("mother", "same"): 3.0, ("birth", "far"): -9.0, ("last_place", "same"): 2.5, ("sex", "same"): 0.9}


def compared(name_bits: float, *findings: tuple[str, str]) -> Comparison:
    evidence = [Evidence("name", "same", name_bits), *(Evidence(*one, PLAIN.get(one, 0.0)) for one in findings)]
    total = sum(item.weight for item in evidence)
    return Comparison(weights.probability(total), total, tuple(evidence))


def judgements(count: int, *, seed: int = 1, telling: bool = True) -> tuple[list[Comparison], list[bool]]:
    """Half of the pairs are one person; `last_place same` then tells more than its bits say, or nothing at all."""
    chance = random.Random(seed)
    pairs, same = [], []
    for place in range(count):
        one = place % 2 == 0
        findings = [("sex", "same")] if chance.random() < 0.7 else []
        if chance.random() < ((0.8 if one else 0.05) if telling else 0.5):
            findings.append(("last_place", "same"))
        # One bit above the prior, and two below it.
        pairs.append(compared(chance.gauss((1.0 if one else -2.0) - weights.PRIOR_BITS, 2.5), *findings))
        same.append(one)
    return pairs, same


def answers_as_promised(pairs: list[Comparison], seed: int) -> list[bool]:
    """Of pairs scored .9 nine in ten are one person: there is nothing to learn."""
    chance = random.Random(seed)
    return [chance.random() < pair.score for pair in pairs]


def corrected_score(correction: Correction, pair: Comparison) -> float:
    return correction.probability(sum(item.weight for item in correction.put_on(pair.evidence)))


def loss(scores, same) -> float:
    return sum((score - one) ** 2 for score, one in zip(scores, same, strict=True)) / len(same)


def test_what_tells_more_than_its_bits_say_gains_bits():
    correction = matching.fit(*judgements(200))
    assert correction.bits["last_place", "same"] > 0.5


def test_a_correction_does_better_on_pairs_it_has_not_seen():
    correction = matching.fit(*judgements(200))
    pairs, same = judgements(400, seed=2)
    before, after = ([one.score for one in pairs], [corrected_score(correction, one) for one in pairs])
    assert loss(after, same) < loss(before, same)


def test_of_pairs_scored_nine_tenths_about_nine_in_ten_are_one_person():
    correction = matching.fit(*judgements(400))
    pairs, same = judgements(2_000, seed=3)
    high = [one for pair, one in zip(pairs, same, strict=True) if 0.85 <= corrected_score(correction, pair) < 0.95]
    assert len(high) > 50
    assert 0.82 <= sum(high) / len(high) <= 0.97


@pytest.mark.parametrize("seed", range(6))
def test_weights_that_are_right_already_are_as_good_as_left_alone(seed):
    pairs, _ = judgements(300, seed=seed, telling=False)
    same = answers_as_promised(pairs, seed)
    correction = matching.fit(pairs, same)
    fresh, _ = judgements(2_000, seed=100, telling=False)
    right = [corrected_score(correction, one) - one.score for one in fresh]
    assert sum(abs(one) for one in right) / len(right) < 0.06


def test_without_a_gain_on_unseen_pairs_nothing_changes():
    pairs = [compared(27.0 if place % 2 else 7.0, ("sex", "same")) for place in range(100)]
    learned = matching.learn(pairs, [place % 2 == 1 for place in range(100)])
    assert learned.after.loss <= learned.before.loss


@pytest.mark.parametrize(("same", "different"), [(0, 0), (LEAST_OF_EACH, LEAST_OF_EACH - 1), (LEAST_OF_EACH - 1, 500)])
def test_too_few_judgements_of_either_kind_are_refused_by_name(same, different):
    pairs = [compared(17.0)] * (same + different)
    with pytest.raises(matching.TooFewJudgements) as few:
        matching.learn(pairs, [True] * same + [False] * different)
    assert (few.value.same, few.value.different, few.value.needed) == (same, different, LEAST_OF_EACH)


def test_what_a_few_judgements_showed_is_not_learned():
    pairs, same = judgements(200)
    rare = [compared(15.0, ("birth", "far"))] * (LEAST_SEEN - 1)
    assert ("birth", "far") not in matching.fit([*pairs, *rare], [*same, *[True] * len(rare)]).bits


def test_no_level_is_moved_further_than_the_bound():
    pairs, _ = judgements(600)
    same = [any(item.kind == "last_place" for item in pair.evidence) for pair in pairs]
    assert max(map(abs, matching.fit(pairs, same).bits.values())) <= MOST_BITS


def test_the_order_of_the_judgements_does_not_matter():
    pairs, same = judgements(200)
    groups = [str(place // 2) for place in range(200)]
    mixed = random.Random(7).sample(range(200), 200)
    shuffled = [[values[place] for place in mixed] for values in (pairs, same, groups)]
    assert matching.fit(*shuffled[:2], groups=shuffled[2]) == matching.fit(pairs, same, groups=groups)


def test_the_report_counts_the_judgements_and_every_pair_in_one_band():
    learned = matching.learn(*judgements(200))
    assert (learned.same, learned.different) == (100, 100)
    assert [sum(band.pairs for band in side.bands) for side in (learned.before, learned.after)] == [200, 200]
    assert learned.seen["last_place", "same"] >= LEAST_SEEN


def test_missing_stays_neutral_whatever_was_learned():
    correction = Correction({("mother", "missing"): 2.0, ("marks", "shown"): 2.0, ("mother", "same"): 1.0})
    assert [correction.added(*one) for one in (("mother", "missing"), ("marks", "shown"), ("mother", "same"))] == [
        0,
        0,
        1,
    ]
    assert correction.array().sum() == 1.0


def test_what_is_put_on_can_be_taken_off():
    correction = Correction({("mother", "same"): 1.25})
    plain, corrected = (
        matching.compare(*people(mother="Huda", sex="male"), correction=one).evidence for one in (None, correction)
    )
    assert corrected != plain
    assert nearly(correction.take_off(corrected)) == nearly(plain)
    assert nearly(correction.put_on(plain)) == nearly(corrected)


def nearly(evidence):
    """What was found, with bits to five places: each is rounded to six where it is found."""
    return [(one.kind, one.level, round(one.weight, 5)) for one in evidence]


def test_a_correction_does_not_outweigh_what_tells_a_sibling_apart():
    """What was learned where siblings are few is weighed against a sibling like the table itself."""
    left, right = (
        matching.profile(
            PersonRecord(
                role, role, (Name("original", given=given, father="Hussein", family="Barakat"),),
                mother="Huda Mansour", birth_place="Deir Hafir", sex="male",
            )
        )
        for role, given in (("sought", "Karim"), ("registered", "Munir"))
    )  # fmt: skip
    plain = matching.compare(left, right)
    generous = Correction({("mother", "same"): 3.0, ("birth_place", "same"): 3.0, ("household", "sibling_fits"): 3.0})
    found = matching.compare(left, right, correction=generous)
    line, before = ({one.kind: one for one in pair.evidence}["household"] for pair in (found, plain))
    assert line.level == "sibling_fits"
    assert line.weight < before.weight - 5.8
    assert found.weight == pytest.approx(plain.weight, abs=0.2)
    assert nearly(generous.take_off(found.evidence)) == nearly(plain.evidence)


def people(**known):
    return [
        matching.profile(PersonRecord(role, role, (Name("original", full="Karim Salem Barakat"),), **known))
        for role in ("sought", "registered")
    ]


def test_a_comparison_carries_the_correction_in_its_lines_and_its_score():
    left, right = people(mother="Huda Nasser", sex="male")
    correction = Correction({("mother", "same"): 2.0}, slope=0.8, offset=-1.0)
    plain, found = matching.compare(left, right), matching.compare(left, right, correction=correction)
    assert found.weight == pytest.approx(sum(one.weight for one in correction.put_on(plain.evidence)))
    assert found.weight == pytest.approx(sum(item.weight for item in found.evidence))
    assert found.score == correction.probability(found.weight)


def test_an_empty_correction_changes_nothing():
    left, right = people(mother="Huda Nasser", sex="male")
    assert matching.compare(left, right, correction=Correction()) == matching.compare(left, right)


def test_a_correction_leaves_what_was_found_alone_so_that_no_decision_is_asked_again():
    left, right = people(mother="Huda Nasser")
    correction = Correction({("mother", "same"): -2.0})
    assert matching.compare(left, right, correction=correction).digest() == matching.compare(left, right).digest()


def test_rank_keeps_what_the_corrected_score_proposes():
    left, right = people(mother="Huda Nasser", sex="male")
    hopeless = Correction(offset=-40.0)
    assert matching.rank(left, [right])
    assert not matching.rank(left, [right], correction=hopeless)


def test_more_bits_never_mean_a_lower_score():
    correction = matching.fit(*judgements(200))
    scores = [correction.probability(total) for total in range(-60, 80)]
    assert scores == sorted(scores)


def test_json_returns_the_same_correction():
    correction = matching.fit(*judgements(200))
    assert Correction.from_json(correction.to_json()) == correction


@pytest.mark.parametrize("change", [{"engine": "0.9"}, {"table": "of another table"}])
def test_a_correction_for_another_engine_or_table_is_refused_by_name(change):
    text = json.dumps({**json.loads(Correction().to_json()), **change})
    with pytest.raises(CorrectionOfAnotherEngine):
        Correction.from_json(text)


def test_the_digest_of_the_table_follows_its_weights(monkeypatch):
    before = table_digest()
    monkeypatch.setattr(weights, "TABLE", weights.TABLE[1:])
    assert table_digest() != before


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": 1}', json.dumps({**json.loads(Correction().to_json()), "slope": -1.0})]
    + [json.dumps({**json.loads(Correction().to_json()), "bits": bits}) for bits in ([], {"a": 1}, {"a": {"b": "x"}})]
    + [Correction().to_json().replace('"offset": 0.0', '"offset": NaN')],
)
def test_a_damaged_correction_is_refused_by_name(text):
    with pytest.raises(UnreadableCorrection):
        Correction.from_json(text)


def test_average_precision_counts_ties_together():
    import numpy as np  # noqa: PLC0415 - one test

    tied, sorted_out = np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.5, 0.0])
    same = np.array([1.0, 0.0, 1.0])
    assert average_precision(tied, same) == pytest.approx((0.5 + 2 / 3) / 2)
    assert average_precision(sorted_out, same) == pytest.approx((1.0 + 2 / 3) / 2)


def test_what_is_learned_among_many_persons_promises_what_it_was_shown():
    pairs, same = judgements(400)
    among_many = [replace(one, weight=one.weight + 4.0) for one in pairs]
    assert matching.fit(among_many, same, persons=16 * weights.PRIOR_LIST) == matching.fit(pairs, same)
