"""What the wording of a marking point tells: its lead-in, whether it obliges, its parts, the methods it permits."""
