"""The wording of a point says to whom it speaks, whether it obliges, what belongs to it, and how it is proved."""

import pytest

from criteria.unit import Method
from criteria.wording.lead_ins import lead_in, obliges
from criteria.wording.methods import methods
from criteria.wording.parts import needed, parts


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Award credit for a tidy shelf.", "Award credit for"),
        ("Award up to 3 marks for a tidy shelf.", "Award up to 3 marks for"),
        ("Credit a tidy shelf.", "Credit"),
        ("Credit evidence of tidying.", "Credit"),
        ("Credit should be given for tidying.", "Credit should be given for"),
        ("Expect evidence of tidying.", "Expect evidence of"),
        ("Evidence must show the learner tidying.", "Evidence must show"),
        ("Evidence of tidying.", "Evidence of"),
        ("Assessors should look for tidiness.", "Assessors should look for"),
        ("Assessor should see a tidy shelf.", "Assessor should see"),
        ("LOOK FOR a tidy shelf.", "LOOK FOR"),
        ("Candidates should provide photographs of shelves.", "Candidates should provide"),
        ("Stock criteria should be assessed through a conversation.", "Stock criteria should be assessed through"),
        ("The learner must be able to tidy a shelf.", "The learner must be able to"),
        ("Learners must explain why shelves are tidied.", "Learners must"),
        ("There must be evidence of tidying.", "There must be evidence of"),
        ("Must show a tidy shelf.", "Must show"),
        ("Clear explanation of tidying.", ""),
        ("Explains how customers may react to untidy shelves.", ""),
        ("Credit card slips are filed.", ""),
    ],
)
def test_the_lead_in_is_recognised_as_written(text, lead):
    assert lead_in(text) == lead
    assert obliges(lead)


@pytest.mark.parametrize(
    "text",
    [
        "Learners may bring a photograph.",
        "Candidates could optionally include a plan.",
        "Credit may be given for a plan.",
        "Optionally, a plan is drawn.",
        "Learners are encouraged to draw a plan.",
        "Learners are not required to draw a plan.",
        "A drawing may be used to show the plan.",
    ],
)
def test_wording_that_permits_does_not_oblige(text):
    assert lead_in(text)
    assert not obliges(lead_in(text))


def test_a_learner_who_can_is_a_learner_who_must():
    assert obliges(lead_in("The learner can tidy a shelf."))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Award credit for choosing by price, speed and fairness.", ("price", "speed", "fairness")),
        ("Credit a choice against criteria such as price, speed, and fairness.", ("price", "speed", "fairness")),
        ("Look for a plan, with reasons and a date.", ("plan", "reasons", "date")),
        (
            "Award credit for logging the call, ringing back and closing it.",
            ("logging the call", "ringing back", "closing it"),
        ),
        ("Clear stages (e.g., greeting, asking, parting).", ("greeting", "asking", "parting")),
        ("Award credit for patience and tact when a queue forms.", ("patience", "tact")),
        ("Award credit for a voucher or a refund.", ()),
        ("Award credit for a remedy, e.g. voucher, refund or repair.", ()),
        ("Award credit for a known tool (e.g., checklist, tally).", ()),
        ("Award credit for telling the difference between price and value.", ()),
        ("Award credit for a tidy shelf.", ()),
        ("Lifts a box with help, stopping when it slips.", ("Lifts a box with help", "stopping when it slips")),
        ("Checks the date and the seal, confirmed by a witness.", ("date", "seal")),
        ("Asks what, when and how to pack.", ("what", "when", "how to pack")),
        ("Reads the rota and the moving and handling plan.", ("rota", "moving and handling plan")),
        ("Fold and stack or roll and tie.", ()),
        ("Counts pens and pads and clips.", ()),
        ("Check parcels, weigh them and record damage.", ("Check parcels", "weigh them", "record damage")),
        ("Check parcels, record losses and report damage.", ()),
        ("Wears what is needed, such as gloves, goggles and a vest.", ()),
        ("Names two kinds of sign (for stairs, lifts or doors) and reads each.",
         ("Names two kinds of sign (for stairs, lifts or doors)", "reads each")),
    ],
)  # fmt: skip
def test_parts_are_what_a_verdict_could_name_as_missing(text, named):
    assert parts(text) == named


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Show at least three of the following: tact, speed, care, humour.", 3),
        ("Give two reasons from: cost, time, risk.", 2),
        ("Show all of the following: tact, speed, care.", 0),
        ("Show three of the following: tact, speed, care.", 0),
    ],
)
def test_a_point_may_ask_for_some_of_its_parts_only(text, number):
    assert needed(text, len(parts(text))) == number


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Award credit for tact in role-play or written response.", (Method.ROLE_PLAY, Method.ACCOUNT)),
        ("Assessed through professional discussion or reflective statements.", (Method.DISCUSSION, Method.ACCOUNT)),
        (
            "Competence must be shown by direct observation or witness testimony.",
            (Method.OBSERVATION, Method.TESTIMONY),
        ),
        ("Tact is demonstrated in a recorded call.", (Method.RECORDING,)),
        ("Evidenced by e-mails or call recordings.", (Method.WORK_PRODUCT, Method.RECORDING)),
        ("A tyre is changed safely, shown by product evidence.", (Method.WORK_PRODUCT,)),
        ("Checks a brake, confirmed by a completed record card.", (Method.WORK_PRODUCT,)),
        ("Knows the torque, tested through written questions.", (Method.ACCOUNT,)),
        ("Lifts a person, through an observation of one transfer.", (Method.OBSERVATION,)),
        ("Adapts by observation of customers.", ()),
        ("Reads a completed form to the customer.", ()),
        ("Award credit for tact in written or verbal communication.", ()),
        ("Award credit for active listening.", ()),
        ("Handles e-mails and letters promptly.", ()),
        ("Observation of customers guides the approach.", ()),
        ("Keeps accurate records and documentation.", ()),
    ],
)
def test_methods_are_ways_of_proving_and_not_the_matter_itself(text, named):
    assert methods(text) == named
