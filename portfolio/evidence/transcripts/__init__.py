"""The words of recordings with their times: captions of a person, or a draft by a machine that a person confirms."""
