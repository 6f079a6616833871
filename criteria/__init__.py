"""What work is marked against: units and the rules of reading them. Pure Python; no web, no database."""
