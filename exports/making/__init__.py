"""What the jobs do: make a report, make a pack, check it before it leaves the house."""
