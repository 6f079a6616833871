"""What the tests of the verifier share: a whole pack, the least pack, and what is said of one."""

import io

from exports import verify
from exports.pack import bag
from exports.pack.bag import stream, written
from tests.exports.samples.log import canonical, chained
from tests.exports.samples.pack import packed
from tests.exports.samples.signature import sign

WHOLE = packed(sign=sign)
DEEDS = [{"at": "2026-03-04T09:30:00.000000Z", "actor": "Ada", "role": "learner", "deed": deed, "subject": "evidence 1",
          "facts": {}} for deed in ("write", "claim", "hand in", "judge", "award")]  # fmt: skip
CHAIN = chained(DEEDS)


def checked(content: bytes) -> verify.Result:
    result = verify.Result("pack.zip")
    try:
        verify.judge(io.BytesIO(content), len(content), result, frozenset())
    except verify.Malformed as unreadable:
        result.faults.append(unreadable.fault)
    return result


def said(content: bytes) -> str:
    return "\n".join(f"{fault.where}: {fault.what}" for fault in checked(content).faults)


def small(lines: list[bytes] | None = None, head: object = None, **more: bytes) -> bytes:
    """The least pack that has everything a check looks for, with hashes made right for whatever it holds."""
    log = b"".join(line + b"\n" for line in (lines if lines is not None else [canonical(line) for line in CHAIN]))
    files = {
        "data/log/events.jsonl": log,
        "data/log/head.json": canonical(head or {"centre": "51234", "seq": len(CHAIN), "hash": CHAIN[-1]["hash"]}),
        "data/evidence/ada-1/1/account-v1.txt": "Ŵe wept ☕.".encode(),
        "data/annotations/ada-1.jsonld": canonical({"items": [annotation("wept", 3, 7)]}),
    }
    for name in ("learners", "files", "evidence", "rounds", "events"):
        files[f"data/records/{name}.json"] = canonical([])
    files |= {pathed(name): content for name, content in more.items()}
    return zipped(files)


def pathed(name: str) -> str:
    path = name.replace("__", "/")
    return path if "." in path else f"{path}.json"


def zipped(files: dict[str, bytes]) -> bytes:
    members = bag.bag((written(path, content) for path, content in files.items()), "p", info={})
    return b"".join(stream(members))


def annotation(quote: str, start: int, end: int) -> dict[str, object]:
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    selector = [{"type": "TextQuoteSelector", "exact": quote}, position]
    return {"id": "#claim-1", "target": {"source": "../evidence/ada-1/1/account-v1.txt", "selector": selector}}
