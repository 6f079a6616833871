"""The audit log: who did what, chained, and the tables it lies in."""
