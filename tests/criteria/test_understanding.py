"""Points whose wording asks what somebody understands are told from those that ask what they do."""

import pytest

from criteria.wording.understanding import asks_for_understanding


@pytest.mark.parametrize(
    "text",
    [
        "Explains why the isolating valve is closed before the tap is taken apart.",
        "The learner must be able to explain how yeast reacts to salt.",
        "Describe the signs of heat stress in cattle.",
        "Knows which fire extinguisher is used on burning fat.",
        "Understands the limits of their own role.",
        "Clear explanation of how a torque wrench is set.",
        "Award credit for knowledge of the two kinds of sling.",
        "Candidates should demonstrate understanding of why hair is sectioned.",
        "Fits the hinge flush with the frame and explains the choice of screws.",
        "Evidence of awareness of what pollen does to a patient’s breathing.",
        "Learners must briefly describe what a risk assessment is for.",
        "Gives reasons for the order in which the beds are planted.",
        "States why the load is strapped before the lorry moves.",
    ],
)
def test_it_asks_what_somebody_understands(text: str) -> None:
    assert asks_for_understanding(text)


@pytest.mark.parametrize(
    "text",
    [
        "Closes the isolating valve before the tap is taken apart.",
        "Greets each guest within a minute of their arrival.",
        "Explains the menu to the guest.",
        "Describes the treatment clearly to each client before it begins.",
        "Lets the householder know when the water is off.",
        "Straps the load before the lorry moves.",
        "Uses the explanation sheet at the counter.",
        "Knocks before a resident’s room is entered.",
        "Keeps the knowledge base up to date.",
        "A tidy bench at the end of the shift.",
        "Photographs of the finished joint.",
        "",
    ],
)
def test_it_asks_what_somebody_does(text: str) -> None:
    assert not asks_for_understanding(text)
