"""The records of people's work, in storeys: foundation, people, units, evidence, assessment."""

VERSION = "0.2.0"
"""Version of the product, as pages and documents name it."""
