"""Classes of common words by which the grammar of a marking point is told, whatever its trade."""

import re

_VERBS = """
accept achieve act adapt add address adjust advise agree align allow analyse analyze answer apply appraise approach
arrange ask assemble assess assist attach attend avoid book build calculate calibrate call carry categorise change
check choose clarify classify clean clear close collect communicate compare complete comply conduct confirm connect
consider consult contact contribute control cooperate correct count cover create decide define deliver demonstrate
describe design determine develop diagnose disconnect discuss dispose distinguish document draw encourage ensure enter
establish estimate evaluate examine explain fill find finish fit follow gain gather get give greet handle help
highlight hold identify implement improve include inform inspect install interpret introduce investigate involve
isolate justify keep know label leave lift link list listen load locate log look maintain make manage mark match
measure meet minimise mix monitor move name negotiate note notice notify observe obtain offer open operate order
organise organize outline pass perform place plan position predict prepare present prevent prioritise produce promote
propose protect provide put raise reach read recognise recognize recommend record rectify reduce refer refit reflect
refuse remove repair repeat replace reply report request research resolve respect respond rest restore return review
rinse say seal seek select send separate serve set share show sign sit solve speak stand state stay stop store suggest
summarise supervise support switch take tell test thank tidy treat turn understand undertake unload update use verify
wait warn wash watch wear weigh work write
"""
_REPORTING = """
analyse analyze define describe discuss evaluate explain identify justify know list name note outline recognise
recognize say show state summarise understand
"""
_OTHERWISE = """
answer book call change check clean clear close complete contact control correct cover design document dry fit help
hold label lift link list load locate lock look mark match measure monitor move name note notice offer open order pass
place plan position record repair repeat report request research respect rest return review seal separate set share
sign stand state stay stop store support switch test treat turn update wait warn wash watch wear weigh work
"""
_IRREGULAR = "made gave kept took wrote found chose did led set told held put sought built drew dealt sent met spoke"
_DETERMINERS = """
a all an any both each every five four her him his how it its no one own six some that the their them these this those
three two what when where whether which who why your
"""
_NOT_GERUNDS = "bedding building ceiling clothing during evening flooring housing lighting morning string"
NOT_GERUNDS = frozenset(_NOT_GERUNDS.split())
"""Words in -ing that are never what somebody does."""
VERBS = frozenset(_VERBS.split())
"""Verbs of every trade, in their base form."""
OTHERWISE = frozenset(_OTHERWISE.split())
"""Verbs that are as often adjectives or nouns."""
REPORTING = frozenset(_REPORTING.split())
"""Verbs by which a learner tells what they know."""


def third(verb: str) -> str:
    """The form of `verb` that says what one person does: `checks`."""
    stem = re.sub(r"(?<=[^aeiou])y\Z", "ie", verb)
    return stem + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


THIRD = frozenset(third(verb) for verb in VERBS) | {"does", "has", "is", "are"}
"""`VERBS`, of one person."""
THIRD_OTHERWISE = frozenset(third(verb) for verb in OTHERWISE)
"""Those of them that are as often the plural of a noun."""
PAST = frozenset(_IRREGULAR.split())
"""Past tenses that do not end in -ed."""
DETERMINERS = frozenset(_DETERMINERS.split())
"""Words that follow a verb, and hardly a noun: articles, pronouns, question words, small numbers."""

PREPOSITIONS = (
    r"about|above|away|across|against|along|among|around|at|before|after|behind|below|beneath|beside|between|beyond|by|"
    r"during|for|from|in|inside|into|near|of|off|on|onto|outside|over|through|throughout|to|towards?|under|until|up|"
    r"via|with|within|without"
)
QUESTIONS = r"what|when|where|who|whom|whose|which|why|how|whether"
PERSON = r"(?:(?:the|a|an|each|every) )?(?:learners?|candidates?|students?|trainees?|apprentices?)|they|you|he|she"
ADJECTIVE = re.compile(
    r"(?:(?!animal|material|metal|meal|signal|manual|hospital|journal|rental|total|client|patient|content|student|parent|"
    r"agent|event|accident|incident|plant|tenant|assistant|accountant|table|vegetable|cable|music|clinic|fabric|traffic|"
    r"topic|plastic|diary|salary|library|boundary|motive|detective)[\w-]{2,}(?:ful|ous|ive|able|ible|al|less|ant|(?<!m)ent|ary|ic|ised|ized|ated|fied|iate|urate)|"
    r"accurate|appropriate|bad|basic|brief|bright|calm|clean|clear|close|cold|common|complete|cooked|correct|damp|dark|"
    r"deep|dry|early|easy|empty|even|fair|fast|final|firm|flat|fresh|full|gentle|good|hard|healthy|heavy|high|honest|hot|"
    r"hygienic|initial|key|large|late|light|long|loose|low|main|major|mild|minor|narrow|neat|new|old|open|polite|prompt|"
    r"quick|quiet|raw|ready|right|rough|safe|secure|sharp|short|simple|slow|small|smart|smooth|separate|soft|sound|steady|strong|"
    r"sufficient|tidy|tight|timely|useful|varied|warm|weak|wet|whole|wide|written|wrong|"
    r"internal|external|formal|informal|verbal|visual|short-term|long-term|single|shared|severe|broken|worn)",
    re.IGNORECASE,
)  # fmt: skip
PAIRS = re.compile(
    r"\b(?:health and safety|safe and well|policies and procedures|policy and procedures?|terms and conditions|"
    r"moving and handling|lifting and handling|loading and unloading|wear and tear|pros and cons|"
    r"roles and responsibilities|rights and responsibilities|strengths and weaknesses|cause and effect|"
    r"food and drink|eating and drinking|supply and demand|research and development|equality and diversity|"
    r"diversity and inclusion|time and again|first and last|rules and regulations|by and large|tools and equipment|"
    r"more and more|trial and error|question and answer|questions and answers|back and forth|"
    r"(?P<way>before|after|in|on|up|inside|to|left|over|above) and "
    r"(?:before|after|during|out|off|down|outside|fro|right|under|below)|"
    r"\w{3,}ly and \w{3,}ly)\b",
    re.IGNORECASE,
)
"""What is said in two words and is one thing."""


def is_plural(word: str) -> bool:
    """Whether `word` looks like the plural of a noun."""
    return len(word) > 3 and word.endswith("s") and word[-2] not in "'’" and not word.endswith(("ss", "us", "is"))


def is_gerund(word: str) -> bool:
    """Whether `word` looks like what somebody does, in -ing."""
    return len(word) > 4 and word.endswith("ing") and word not in NOT_GERUNDS
