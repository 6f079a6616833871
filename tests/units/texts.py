"""Texts of units for tests, in our own words."""

LEFT_LUGGAGE = """Topic Synopsis
Looking after what travellers leave at the desk, and giving it back to the right person.

Key Concepts & Core Principles
• Proof of ownership: what shows that a bag belongs to whoever asks for it.

Exam Tips & Revision Strategies
• Say what you checked before you handed anything over.

Common Misconceptions & Mistakes to Avoid
• Believing that a ticket alone proves ownership.

Examiner Marking Points
• Award credit for explaining how the weight, contents and label of a bag are recorded.
• Credit may be given for a role-play that shows a polite refusal.
• Look for evidence of a unit of lost property being returned.
"""

BY_WORD = "Examiner Marking Points\r\n- Award credit for a “fragile” label – and £5 for each bag’s insurance.\r\n"
"""Saved by Word as plain text, it is Windows-1252."""
SOME = "Marking points\n- Look for at least two of the following: a label, a tag, a lock, a receipt.\n"
"""A point that asks for some of its parts."""
LONGER = LEFT_LUGGAGE + "• Award credit for describing how an unclaimed bag is passed on.\n"
UNMARKED = "Topic Synopsis\nLooking after bags.\n"
NOTED = """Title: Left luggage
Code: LL-1
Level: 2

Marking points
1. Award credit for weighing and labelling a bag, in a role-play or a written account.
   - Parts: none
2. Look for a polite refusal.
   - Methods: role-play, observation, account
   - Lead-in: none
3. Records the weight, contents and label.
   a) contents
   b) weight
4. The learner may show a receipt.
   - Obliges: yes
   - Methods: any
"""
"""With notes, and methods in an order of its own."""
