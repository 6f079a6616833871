"""Names the content of an edition by its hash, so that a published unit can be shown to be unchanged."""

import hashlib

from criteria.canonical import canonical
from criteria.unit import Method, Unit, in_order
from criteria.writer import as_json


def content_hash(unit: Unit) -> str:
    """SHA-256 (64 hexadecimal digits) of what an edition of `unit` says.

    Over canonical JSON: `as_json` without `unread` and `needed` (it follows from the words), keys sorted, no white
    space between, UTF-8 unescaped. A word, a part, a method or the order of the points changes it; where the text came
    from, how it was laid out and in which order it names methods does not.
    """
    said = as_json(unit)
    del said["unread"]
    for point in said["points"]:
        del point["needed"]
        point["methods"] = [method.value for method in in_order(map(Method, point["methods"]))]
    said["concepts"] = [[term.name, term.text] for term in unit.concepts]
    return hashlib.sha256(canonical(said).encode()).hexdigest()
