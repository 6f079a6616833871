"""What Leila Haddad, her witness and her assessor wrote: the words of the sample facts."""

PHOTO_ALT = "Whiteboard with four rows of tally strokes: eleven, seven, five and two."

WARDROBE = """## What happened

Mrs Okoro rang on Wednesday at ten to nine. Her wardrobe had come the evening before, **without the bag of screws**, and her
husband had spent three hours building what would not stand. She was angry, and she had every reason to be.

I let her finish before I said anything, and wrote down the three things that had gone wrong. Then I read them back to her:
the missing bag, the evening lost, and the number on the leaflet that nobody answered. *“Yes,”* she said, *“that is exactly it.”*

## What I did

First I said sorry for the wasted evening, not only for the screws. It is easy to apologise for a part; the evening was what
had hurt. After that I told her that I would stay her contact until the wardrobe stood.

I saw two ways and told her both:

1. Send the missing bag by parcel.
2. Send a fitter, who brings the bag and builds it.

Replacing the pack costs us £6 and two days; sending a fitter costs £45 but is done tomorrow. With a baby due, tomorrow
mattered more to her than the money did to us, so I asked Gwen for the fitter and had her yes within ten minutes.

“I thought I would have to fight for this,” Mrs Okoro said. I wrote that down too, because it tells us something.

## What I would do differently

| Step | This time | Next time |
|---|---|---|
| Listen | to the end | to the end |
| Fix | asked Gwen by phone | use the fitter budget I am allowed |
| Follow up | Friday, by phone | the same |

I did not know then that I may book a fitter up to £50 on my own. That would have saved her ten minutes of waiting.
"""

CALL_NOTES = """The customer, Mr Danjuma, waited at home all day for a cot that was still in our depot. I handle the call alone.
The notes beside the times say *why* I did each step: I wanted him to feel heard before I asked for a number.
"""

WHITEBOARD_NOTES = """Every complaint of March got one stroke. From the top: parts missing, delivered late, damaged, billed wrongly.

From it I proposed to **weigh every flat-pack box before it leaves, and refuse it if it is more than 50 g light**. The lightest bag
of screws weighs 80 g, so no bag can be missing without the scales saying so. We agreed to count again at the end of May.
"""

TESTIMONY = """I am Leila’s shift manager and was at the next desk on both days.

On 4 March a customer was shouting so loudly that I could hear her through the headset. Leila stayed calm and let the customer speak.
She then repeated the problem in her own words, and the shouting stopped.

She rang the customer back on the Friday, without being reminded: I saw the note in her diary and heard the call.
"""

TABLE = """## The case as it reached me

Mr Whitlock’s oak table was delivered with a scratch of forty centimetres. The shop had already promised a refund it could not give:
the table was paid for through the carrier’s insurance, and only they can release the money.

## What I did with it

I read the whole file first. I rang him the same morning and told him who I was, what I had read and what I did not know yet. He was surprised that he
did not have to start again.

Then I looked for what could be proved:

- the photo from the depot shows the scratch before loading, so it did not happen in his hallway;
- the driver’s sheet has no signature;
- the shop’s note of the promise gives neither name nor date.

I may agree up to £100 myself; above that Gwen decides. The table cost £780, so I wrote the case up on one page, with the photo, and
handed it to her at noon. I told Mr Whitlock that I had done so, and that he would hear by four o’clock. He did.
"""

DISCUSSION = """**Ben:** Why did you not settle it yourself?

**Leila:** Two reasons: the amount was above my limit, and the carrier disputed the photo. If I had promised anything I would have made the
same mistake as the shop.

**Ben:** And how did you know it was time to let go?

**Leila:** When I had nothing left to find out. I had read, asked and looked. What was missing was a decision, and that was not mine.
"""

DECLARATION = (
    "I declare that the evidence I hand in is my own work, that sources, help and the use of AI tools are named, and that I "
    "understand that a false declaration can cost me the unit."
)
AUTHENTICITY = (
    "I heard the call again with Leila on 19 April and asked why she said what she said; the shift log has her name."
)
REFERRAL = (
    "Two points short of the unit. Both need one more paragraph, not one more case: you have what it takes in the log."
)
AWARD = "All five points are met. Your writing has become precise: places, times, sums. Well done, Leila."

POINTS: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "CS-301": [
        ("Listens to a complaint to its end and checks that it was understood", (), ("account", "recording")),
        ("Apologises in a way that names what the fault cost the customer", (), ()),
        ("Weighs ways of putting it right by cost, time and impact on the customer",
         ("cost", "time", "impact on the customer"), ()),
        ("Agrees what happens next, and keeps to it", ("agrees", "keeps to it"), ()),
        ("Sees a trend in repeated complaints and proposes a change that can be measured",
         ("trend", "measurable proposal"), ("work product", "account")),
    ],
    "CS-303": [
        ("Finds out what was tried and promised before the complaint was referred", (), ()),
        ("Makes contact soon and spares the customer a second telling", ("soon", "no second telling"), ()),
        ("Gathers what can be proved from all who took part", ("own record", "the other party’s record"), ()),
        ("Knows the limits of their own authority and passes on what lies beyond", (), ("account", "professional discussion")),
        ("Keeps the customer informed while the case is open", (), ()),
        ("Explains the ways that stay open to a customer who is not content", (), ()),
        ("Records the case so that a colleague could take it over", (), ()),
    ],
}  # fmt: skip

TALLY = "Week 11: nine complaints, five of them about missing screws.\nWeek 12: eleven complaints, seven about screws."
"""What a machine reads on the second page of the complaints log."""
