"""Whether a unit's words call for a diagram of causes."""

import re

_CAUSES = re.compile(
    r"\b(?:fish-?bone|ishikawa|(?:5|five) whys?|cause[- ]and[- ]effect|root[- ]cause analysis)\b", re.IGNORECASE
)


def calls_for_causes(text: str) -> bool:
    """Whether `text` names a fishbone, the 5 Whys, or another drawing that leads from a problem to its causes."""
    return _CAUSES.search(text) is not None
