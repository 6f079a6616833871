"""The records of people's work, in storeys: foundation, people, units, evidence, assessment."""
