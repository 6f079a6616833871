"""The sample centre: the people, work and verdicts that a first visitor meets."""
