"""Who opened somebody else's work, and who took originals away: on record once a day for each person and thing."""
