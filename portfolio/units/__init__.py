"""Published editions of units and who is enrolled on them."""
