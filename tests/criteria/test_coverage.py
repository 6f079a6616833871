"""A learner sees at any time which points have a claim, which evidence is idle, and which kind does not fit."""

from hypothesis import given
from hypothesis import strategies as st

from criteria.coverage import Claim, matrix, method_warnings
from criteria.unit import Method

POINTS = [("CS-301", "1"), ("CS-301", "2"), ("CS-302", "1")]
CLAIMS = [Claim(7, "CS-301", "1"), Claim(7, "CS-301", "1"), Claim(9, "CS-302", "1"), Claim(9, "CS-999", "1")]


def test_the_matrix_counts_the_claims_of_each_item_for_each_point():
    seen = matrix(POINTS, CLAIMS, evidence=[5, 7])
    assert seen.evidence == (5, 7, 9)
    assert [row.counts for row in seen.rows] == [(0, 2, 0), (0, 0, 0), (0, 0, 1)]
    assert [row.total for row in seen.rows] == [2, 0, 1]


def test_points_without_a_claim_and_evidence_without_a_point_are_named():
    seen = matrix(POINTS, CLAIMS, evidence=[5, 7])
    assert seen.without_claim == (("CS-301", "2"),)
    assert seen.covered == 2
    assert seen.unused == (5,)


def test_a_claim_for_an_unknown_point_is_shown_and_not_lost():
    assert matrix(POINTS, CLAIMS).strays == (Claim(9, "CS-999", "1"),)


def test_an_empty_portfolio_covers_nothing():
    assert matrix(POINTS, []).without_claim == tuple(POINTS)


def test_evidence_of_another_kind_than_permitted_is_warned_of():
    permitted = {("CS-301", "1"): (Method.ROLE_PLAY, Method.ACCOUNT), ("CS-302", "1"): ()}
    (warned,) = method_warnings(CLAIMS[1:], {7: Method.OBSERVATION, 9: Method.RECORDING}, permitted)
    assert warned.claim == CLAIMS[1]
    assert warned.sentence == "Point 1 asks for role-play or account; this is an observation. Ask your assessor."


def test_evidence_of_a_permitted_kind_is_not_warned_of():
    assert method_warnings(CLAIMS[:1], {7: Method.ACCOUNT}, {("CS-301", "1"): (Method.ACCOUNT,)}) == ()


@given(st.lists(st.builds(Claim, st.integers(1, 4), st.sampled_from(["A", "B"]), st.sampled_from("123"))))
def test_every_claim_is_counted_once(claims):
    seen = matrix([("A", "1"), ("A", "2"), ("B", "1")], claims)
    assert sum(row.total for row in seen.rows) + len(seen.strays) == len(claims)
    assert seen.covered + len(seen.without_claim) == len(seen.rows)
