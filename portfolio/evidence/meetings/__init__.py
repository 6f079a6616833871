"""Meetings of assessor and learner: observations and professional discussions, from the plan to both signatures."""
