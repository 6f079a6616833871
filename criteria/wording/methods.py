"""Recognises in the wording of a marking point the methods of producing evidence that it names."""

import re
from functools import lru_cache

from criteria.unit import Method

_OWN = (
    r"(?:(?:a|an|the|their|your|either|both|one|direct|live|short|signed|simulated|"
    r"authentic|assessed|workplace|at|least|two|three|more|than|some|any|suitable|relevant|of) ){0,4}"
)
_STRONG = (
    (Method.ROLE_PLAY, r"role[- –]?play(?:s|ing|ed)?(?: (?:exercises?|assessments?|scenarios?|activit(?:y|ies)))?"),
    (Method.ROLE_PLAY, r"simulations?|simulated (?:activit(?:y|ies)|scenarios?|interactions?|exercises?)"),
    (Method.DISCUSSION, r"(?:professional|guided|recorded professional) discussions?|oral questioning|viva(?: voce)?"),
    (
        Method.ACCOUNT,
        (
            r"(?:written|reflective|personal|self-?reflective) (?:or (?:oral|verbal) )?"
            r"(?:responses?|scenarios?|accounts?|statements?|assignments?|answers?|reports?|reflections?|tasks?|logs?|"
            r"journals?|diar(?:y|ies)|case stud(?:y|ies)|narratives?|essays?|evidence|work|pieces?)"
        ),
    ),
    (Method.TESTIMONY, r"(?:expert )?witness (?:testimon(?:y|ies)|statements?)|testimon(?:y|ies)"),
    (Method.TESTIMONY, r"(?:(?<=\bby )|(?<=\bby a )|(?<=\bby the )|(?<=\bby an expert ))witness(?:es)?"),
    (
        Method.TESTIMONY,
        r"(?:supervisor|manager|line manager|colleague|employer)(?:['’]?s)?['’]? (?:statements?|testimon(?:y|ies))",
    ),
    (Method.OBSERVATION, r"(?:assessor |workplace )?observation(?: records?| reports?)?s?(?! of\b)|observed practice"),
    (Method.OBSERVATION, r"observation of (?:performance|practice|the learner|the candidate|work)"),
    (
        Method.RECORDING,
        (
            r"(?:(?:audio|video|call|voice|screen|audio-visual)(?: and video| or video)?[- ])recordings?|"
            r"recorded (?:interactions?|calls?|conversations?|evidence)|"
            r"recordings? of (?:calls?|interactions?|conversations?)"
        ),
    ),
    (Method.ACCOUNT, r"written (?:questions?(?: and answers)?|questioning|tests?)"),
    (Method.OBSERVATION, r"(?<=\ban )observation of \w+"),
    (
        Method.WORK_PRODUCT,
        r"product evidence|completed (?:\w+ ){0,2}?(?:cards?|forms?|sheets?|records?|logs?|checklists?|plans?)",
    ),
    (Method.WORK_PRODUCT, r"work(?:place)? products?|products? of work|work(?:place)? documents?"),
)
_WEAK = (
    (Method.DISCUSSION, r"discussions?|questioning|question and answer(?: sessions?)?|interviews?"),
    (Method.ACCOUNT, r"reflections?|assignments?|essays?|case stud(?:y|ies)"),
    (Method.TESTIMONY, r"(?:written )?(?:customer|client|guest|patient|passenger)s?['’]?s?['’]? feedback"),
    (Method.RECORDING, r"recordings?|video|audio"),
    (
        Method.WORK_PRODUCT,
        (
            r"e-?mails?|(?:complaint|call|incident) (?:logs?|records?)|logs?|records|documents?|documentation|"
            r"letters?|photos?|photographs?|screenshots?|reports?"
        ),
    ),
)
_PHRASES = tuple((method, True, body) for method, body in _STRONG) + tuple(
    (method, False, body) for method, body in _WEAK
)
_PHRASE = re.compile(
    r"(?<![\w-])"
    + _OWN
    + "(?:"
    + "|".join(f"(?P<m{i}>{body})" for i, (_, _, body) in enumerate(_PHRASES))
    + r")(?![\w-])",
    re.IGNORECASE,
)
_JOINER = re.compile(r"[\s,;]*(?:and/or|or|and|,|/)?[\s,]*(?:by|through|via|in)?\s*", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:in|through|via|by|using|during|within|from|by means(?: of)?|in the form(?: of)?|as part of|either|with|as|"
    r"provide|present|submit|produce|includes?|contains?|use|use of|keep|write|accept|or|for example|for)\s*\Z",
    re.IGNORECASE,
)
_WEAK_CUE = re.compile(
    r"\b(?:evidenced|assessed|demonstrated|supported|shown|proven|confirmed|tested|submitted|presented|evidence) "
    r"(?:directly |mainly )?(?:through|by|via|in|using|with|as|from)\s*\Z|,\s+(?:through|via)\s*\Z|"
    r"\b(?:by means(?: of)?|in the form(?: of)?|"
    r"(?:should|must|may|might|could|can) (?:\w+ly )?(?:include|contain))\s*\Z",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s+(?:should|must|may|can|could|might|is|are)\b", re.IGNORECASE)
_NO_METHOD = re.compile(
    r"\b(?:handl|explain|describ|analys|analyz|evaluat|discuss|review|collect|tak|record)\w* \Z", re.IGNORECASE
)
_REACH = 1_000


def methods(text: str) -> tuple[Method, ...]:
    """The methods that `text` names as ways of proving it, in their order there, each once; empty means any.

    A method counts where the words before it say so (“in role-play”, “through professional discussion”), or where it
    opens the text (“Witness testimony may …”), and with it those joined to it by “or”, “and” or a comma. Words that
    may be the matter itself (“e-mails”, “records”) count only after “evidenced by” and the like, or beside a plain
    method. “written or verbal communication” names none.
    """
    text = text[:_REACH]
    found: list[Method] = []
    for run in _runs(text):
        if _is_named(text, run):
            found += [_method(match) for match in run]
    return tuple(dict.fromkeys(found))


def spans(text: str) -> list[tuple[int, int]]:
    """Where in `text` the phrases stand that name methods, as (start, end) in characters."""
    text = text[:_REACH]
    return [(run[0].start(), run[-1].end()) for run in _runs(text) if _is_named(text, run)]


@lru_cache(maxsize=64)
def _runs(text: str) -> list[list[re.Match[str]]]:
    """The method phrases of `text`; those with nothing but “or”, “and”, a comma between them are together."""
    runs: list[list[re.Match[str]]] = []
    for match in _PHRASE.finditer(text):
        if runs and _JOINER.fullmatch(text, runs[-1][-1].end(), match.start()):
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _is_named(text: str, run: list[re.Match[str]]) -> bool:
    before, after = text[max(0, run[0].start() - 40) : run[0].start()], text[run[-1].end() :]
    if not any(_is_strong(match) for match in run):
        return _WEAK_CUE.search(before) is not None
    if not before.strip():
        return len(run) > 1 or _SUBJECT.match(after) is not None
    return _NO_METHOD.search(before) is None and _CUE.search(before) is not None


def _method(match: re.Match[str]) -> Method:
    return _PHRASES[int(str(match.lastgroup)[1:])][0]


def _is_strong(match: re.Match[str]) -> bool:
    return _PHRASES[int(str(match.lastgroup)[1:])][1]
