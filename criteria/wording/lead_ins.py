"""Recognises the opening words of a marking point that address the assessor, and whether they oblige or permit."""

import re

_REACH = 240
"""How many characters from the start may matter."""

_MODAL = (
    r"(?:should|must|may|might|could|can|will|shall|ought to|needs? to|need not|has to|have to|"
    r"(?:is|are|do|does)(?: not)? (?:expected|required|encouraged|permitted|allowed|asked|free|advised|have|need) to)"
)
_ADVERB = r"(?:(?:also|not|always|only|either|normally|clearly|instead|\w{2,20}ly) )?"
_CREDIT = r"(?:credit|marks?|recognition|points)"
_PASSIVE = (
    r"be (?:assessed|evidenced|demonstrated|shown|tested|judged|covered|met|supported|confirmed|proven|achieved|"
    r"established|inferred|used|accepted|presented|provided|submitted|included|credited|rewarded|sought|"
    r"looked for|able)"
    r"(?: (?:through|by|via|using|in|with|from|for|as|where|when|if|that|of|to))?"
)
_PROVIDING = (
    rf"{_PASSIVE}|take place(?: through| by| in| via)?|provide|show|demonstrate|include|present|produce|submit|supply|"
    r"contain|give|offer|evidence|reflect|indicate|make clear|cover|refer to"
)
"""What somebody does to prove a point."""
_FINDING = (
    r"look(?: out)? for|see|expect(?: to see)?|accept|credit|reward|seek|find|hear|observe|check(?: that| for)?|"
    r"confirm(?: that)?|ensure(?: that)?|satisfy themselves that"
)
"""What an assessor does; of a learner it would be the work itself."""
_OF = r"(?: evidence (?:of|that))?"
_ONLY = r" (?:also|not|only|always|optionally)(?= )"
_VERB = rf"(?:{_PROVIDING}|{_FINDING}){_OF}"
_PERSON = (
    r"(?:(?:the|a|an|all|each|every|any|your|both) )?(?:(?:internal|external|lead|qualified|strong|good) )?"
    r"(?:assessors?|examiners?|markers?|moderators?|candidates?|learners?|students?|trainees?|apprentices?|they|you)"
)
_WHO = _PERSON.replace("assessors?|examiners?|markers?|moderators?|", "")
"""Whose work it is."""
_SHOWING = r"(?:show|demonstrate|evidence|provide evidence)(?: evidence)?(?: (?:of|that))?"
_STATED = r"(?:explain|describ|identif|evaluat|analys|knows?\b|show|demonstrat|outlin|state)\w*\b"
_ASKED = r"(?:how|what|why|which|that|who|whether|when|where)\b"
_NAMED = rf"(?!{_STATED})(?:(?!{_ASKED})[\w’'/&-]{{1,30}} ){{1,10}}?"
_GIVING = (
    r"(?:do not |only )?(?:award|give|allow|grant|assign|offer)"
    r"(?: (?:up to|full|partial|additional|extra|further|some|the|a|an|one|two|three|[0-9]{1,2}))*"
    rf"(?: {_CREDIT})(?: to (?:candidates|learners|students))? (?:only )?(?:for|where|when|if|to|that)"
)
_GIVEN = (
    rf"(?:(?:the|full|partial|additional|extra|further|some) )*{_CREDIT} (?:{_MODAL}|is|are) {_ADVERB}(?:be )?"
    r"(?:given|awarded|allowed|available|granted|earned|gained|due)(?: (?:only )?(?:for|where|when|if|to))?"
)
_ASIDE = r"(?:, (?:though|but|although) (?:it is )?not (?:essential|required|necessary|needed|obligatory),?)?"
_FORMS = (
    _GIVING,
    _GIVEN,
    rf"{_WHO} (?:can|(?:is|are) able to)(?: {_ADVERB}{_SHOWING}\b|{_ONLY})?",
    rf"{_WHO} {_MODAL}(?: {_ADVERB}(?:{_PROVIDING}){_OF}\b|{_ONLY})?",
    rf"{_PERSON} {_MODAL}(?: {_ADVERB}{_VERB}\b|{_ONLY})?",
    rf"there {_MODAL} {_ADVERB}be (?:clear |sufficient |some )?evidence (?:of|that)",
    rf"{_NAMED}{_MODAL} {_ADVERB}{_VERB}\b",
    r"(?:expect|seek|require)(?: to see)? (?:clear |some )?evidence (?:of|that)",
    r"(?:look(?: out)? for|expect(?: to see)?|watch for|listen for|check for|accept|reward)",
    r"(?:check|confirm|ensure|make sure) that(?= (?:the |all |each )?(?:learner|candidate|student|trainee|evidence))",
    r"credit(?: only)?(?= (?!(?:card|note|control|limit|check|terms|rating|agreement|account)s?\b))",
    r"(?:clear |sufficient |documented |written )?evidence (?:of|that|to show|showing)",
    r"(?:it is )?(?:acceptable|desirable|permissible|optional) (?:to|for|that)",
    rf"it is (?:helpful|useful|good practice|desirable|acceptable|optional){_ASIDE} (?:to|for|that|if|when|where)",
    r"(?:must|should|may|might|could|can)(?: also| optionally)? (?:be able to|show|demonstrate|include|provide|give)",
    r"(?:must|should|may|might|could|can)(?: also| optionally)?",
    r"(?:optionally|where possible|if possible|ideally)(?=,? )",
    r"(?:optional|desirable|mandatory|required|essential)(?=\s?[:–—-] )",
)
_LEAD_IN = re.compile(rf"(?:{'|'.join(f'(?:{form})' for form in _FORMS)})(?=[\s:,.;–—]|\Z)", re.IGNORECASE)
_PERMITS = re.compile(
    r"\b(?:may|might|could|optional(?:ly)?|encouraged|permitted|allowed|free to|advised|acceptable|desirable|"
    r"helpful|useful|good practice|not (?:essential|necessary|obligatory)|permissible|where possible|if possible|"
    r"ideally|need not|(?:not|n[’']t) (?:required|need|have|expected) to)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"(?:(?:award|give|allow) .{{0,30}}?\b{_CREDIT} |{_CREDIT} (?:should|must|may|can|will|could|is|are) |"
    r"credit [a-z]|expect evidence |look for |evidence (?:must|should|may|could|of) |"
    rf"{_PERSON} (?:should|must|may|could|can|might) )",
    re.IGNORECASE,
)


def lead_in(text: str) -> str:
    """The lead-in that opens `text`, exactly as written (“Award credit for”); empty where there is none.

    It ends before the words that say what is to be proved: “Candidates should provide”, but only “Candidates must”
    where “explain how …” follows, and “Credit” where “evidence of …” or “accurate identification …” follows.
    """
    match = _LEAD_IN.match(text[:_REACH])
    return match[0].rstrip(" :,") if match else ""


def obliges(lead: str) -> bool:
    """Whether a point with this lead-in must be met; False where it permits (“Learners may”, “could”, “optionally”).

    “can” obliges: “the learner can …” is how criteria are commonly put.
    """
    return _PERMITS.search(lead) is None


def addresses_assessor(text: str) -> bool:
    """Whether `text` begins so plainly like a marking point that it is one even without a bullet."""
    return _ADDRESS.match(text[:_REACH]) is not None
