"""On which places a verdict rests: as its form says it, and as its judgement keeps it."""
