"""First bytes of photos and recordings that `filetype` does not know, and of recordings that cannot be played here."""

import re

_SYNC = 0x47
_PACKETS = ((188, 0), (192, 4), (204, 0))
"""Bytes of one packet, and of what stands before its sync byte (ITU-T H.222.0 §2.4.3.2; Blu-ray and AVCHD: 192)."""
_SHOWN = (
    (rb"caff\x00\x01", "audio/x-caf"),  # Apple Core Audio Format Specification 1.0
    (rb"#!AMR-WB(?:_MC1\.0)?\n", "audio/amr-wb"),  # RFC 4867 §5.1
    (rb"#!AMR(?:_MC1\.0)?\n", "audio/amr"),
    (rb"FLV\x01", "video/x-flv"),  # Adobe Flash Video File Format Specification 10.1, annex E
    (
        rb"\x00.{3}(?:moov|wide|free|skip|pnot)|[\x00-\x1f].{3}mdat",
        "video/quicktime",
    ),  # QuickTime File Format, before there was `ftyp`
    (rb".{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", "image/heic"),  # ISO/IEC 23008-12 §10, annex B
    (rb".{4}ftyp", "video/mp4"),  # ISO/IEC 14496-12 §4.3, of a brand that nobody knows
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-wmv"),  # Advanced Systems Format 1.2, §10.1
    (rb"\x00\x00\x01\xba", "video/mpeg"),  # ISO/IEC 11172-1, 13818-1: a program stream
    (rb"\x00\x00\x01\xb3", "video/mpv"),  # ISO/IEC 13818-2: pictures alone
    (rb"\x1f\x07\x00[\x3f\xbf]", "video/dv"),  # IEC 61834-2: header of the first block
    (rb"MAC .\x0f", "audio/x-ape"),
    (rb"wvpk", "audio/x-wavpack"),
    (rb"TTA[12]", "audio/x-tta"),
    (rb"\.snd", "audio/basic"),
    (rb"RF64.{4}WAVE", "audio/wav"),  # ITU-R BS.2088
    (rb"\xff[\xe2\xe3\xf2-\xf7\xfa-\xfd]", "audio/mpeg"),  # ISO/IEC 11172-3, 13818-3: any layer
)
_UNPLAYED = (
    (rb"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02", "application/mxf", "MXF"),  # SMPTE ST 377-1
    (rb"\.RMF|\.ra\xfd", "application/vnd.rn-realmedia", "RealMedia"),
    (rb"\x02dss|\x03ds2|\x03dss|\x06ds2", "audio/x-dss", "dictation, DSS"),
    (rb"MThd", "audio/midi", "MIDI"),
    (rb"Creative Voice File", "audio/x-voc", "Creative Voice"),
    (rb"\xb7\xd8\x00\x20\x37\x49\xda\x11", "video/x-wtv", "Windows TV"),
    (rb"\x0b\x77", "audio/ac3", "AC-3"),
    (rb"\x7f\xfe\x80\x01", "audio/vnd.dts", "DTS"),
)

_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
_OF_MESSAGES = frozenset((
    b"from", b"to", b"date", b"subject", b"message-id", b"received", b"return-path", b"delivered-to", b"mime-version",
))  # fmt: skip
"""Headers by which an e-mail is known (RFC 5322 §3.6); three of them are enough."""


def shown(head: bytes) -> str:
    """Media type of a photo or recording by its first bytes; empty where they are of none that can be shown."""
    return "video/mp2t" if _is_transport(head) else _first(_SHOWN, head)


def unplayed(head: bytes) -> tuple[str, str]:
    """Media type and common name of a recording that is known and not played here; empty for anything else."""
    media_type = _first([row[:2] for row in _UNPLAYED], head)
    return media_type, next((name for _, known, name in _UNPLAYED if known == media_type), "")


def is_negative(head: bytes) -> bool:
    """Whether it is what a camera saw, unprocessed, in a file that is built like a film (Canon’s CR3)."""
    return head[4:12] == b"ftypcrx "


def is_message(head: bytes) -> bool:
    """Whether a text begins with the headers of an e-mail; `head` may end within them."""
    lines = head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    lines = lines[1:] if lines[0].startswith(b"From ") else lines
    names = set[bytes]()
    for number, line in enumerate(lines):
        found = _FIELD.match(line)
        if found:
            names.add(found[1].lower())
        elif not line or number == len(lines) - 1:
            break
        elif not (names and line[:1] in (b" ", b"\t")):
            return False
    return b"from" in names and len(names & _OF_MESSAGES) >= 3


def _first(table: "tuple[tuple[bytes, str], ...] | list[tuple[bytes, str]]", head: bytes) -> str:
    return next((media_type for begins, media_type in table if re.match(begins, head, re.DOTALL)), "")


def _is_transport(head: bytes) -> bool:
    """Whether a sync byte stands at the beginning of four packets."""
    return any(
        len(head) > 3 * size + before and all(head[size * number + before] == _SYNC for number in range(4))
        for size, before in _PACKETS
    )
