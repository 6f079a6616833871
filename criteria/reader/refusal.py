"""Says why a text cannot be read as a unit."""


class Refusal(Exception):
    """Raised when a text is not a unit; `str()` is one sentence or two that a person can act on."""

    def __init__(self, line: int | None, reason: str) -> None:
        """Refuse because of `reason`, at `line` (1-based), or None where the whole text is meant."""
        super().__init__(f"Line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason
