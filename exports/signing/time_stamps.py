"""Time stamps (RFC 3161) from the authority that the house is set to: asked for within bounds, and checked."""

import asyncio
import base64
import http.client
import time
import urllib.request
from collections.abc import Sequence
from functools import cache

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from exports import verify
from portfolio.foundation.settings import Settings

TIMEOUT = 10
"""Seconds in which the authority must answer."""
LARGEST = 1 << 18
"""Bytes of the largest answer that is read; a token with its certificates has some 5,000."""
WAITS = (1.0, 3.0)
"""Seconds to wait before the second and the third try."""
REST = 60.0
"""Seconds in which an authority that failed three times is not asked again, so that a pack does not wait for each."""
REPLY = "application/timestamp-reply"


class Unstamped(OSError):
    """The authority gave no time stamp; the message says why."""


class Authority(TimeStamper):
    """A time-stamp authority over HTTP (RFC 3161 §3.4), with a name and a password where it wants them."""

    def __init__(self, url: str, *, user: str = "", password: str = "", waits: Sequence[float] = WAITS) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url, self._waits, self._asleep_until = url, waits, 0.0
        self._headers = {"Content-Type": "application/timestamp-query", "Accept": REPLY}
        if user:
            self._headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    @property
    def rests(self) -> bool:
        """Whether it failed a moment ago and is not asked now."""
        return time.monotonic() < self._asleep_until

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token over a digest, written in the one way that `verify` takes.

        Raises `Unstamped` where the authority does not answer, answers otherwise, or failed a moment ago.
        """
        if self.rests:
            raise Unstamped("The authority failed a moment ago.")
        reason = ""
        for wait in (0.0, *self._waits):
            await asyncio.sleep(wait)
            try:
                return _one_way(await super().async_timestamp(message_digest, md_algorithm))
            except (OSError, http.client.HTTPException, ValueError, TypeError, KeyError, AttributeError) as failure:
                reason = str(failure) or type(failure).__name__
        self._asleep_until = time.monotonic() + REST
        raise Unstamped(f"The time-stamp authority gave no time stamp: {reason}")

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer. Raises `OSError` where it does not answer as it should."""
        return tsp.TimeStampResp.load(await asyncio.to_thread(self._asked, req.dump()), strict=True)

    def token(self, sha256: bytes) -> bytes:
        """A token over a SHA-256, in DER: CMS SignedData around a TSTInfo. Raises `Unstamped` where none is given."""
        return bytes(asyncio.run(self.async_timestamp(sha256, "sha256")).dump())

    def _asked(self, query: bytes) -> bytes:
        asked = urllib.request.Request(self._url, query, self._headers)  # noqa: S310 (settings take http and https only)
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
            content: bytes = answer.read(LARGEST)
            if answer.headers.get_content_type() != REPLY:
                raise TimestampRequestError(f"it answered with {answer.headers.get_content_type()}")
        return content


def authority(settings: Settings) -> Authority | None:
    """The authority that the house is set to, one for the whole process; None where there is none."""
    if not settings.timestamps:
        return None
    return _kept(settings.timestamps, settings.timestamps_user, settings.timestamps_password)


def rests(stamper: TimeStamper) -> bool:
    """Whether an authority failed a moment ago and is not asked now."""
    return isinstance(stamper, Authority) and stamper.rests


@cache
def _kept(url: str, user: str, password: str) -> Authority:
    return Authority(url, user=user, password=password)


def _one_way(token: cms.ContentInfo) -> cms.ContentInfo:
    """The token with its algorithm named in the one way that `verify` knows; it stands outside what the token signs.

    RSA may be named alone or with the digest (RFC 3370 §3.2), and one changed byte leads from one to the other.
    """
    (signer,) = token["content"]["signer_infos"]
    if signer["signature_algorithm"]["algorithm"].native in ("sha256_rsa", "sha384_rsa", "sha512_rsa"):
        signer["signature_algorithm"] = {"algorithm": "rsassa_pkcs1v15"}
        token = cms.ContentInfo.load(token.dump(force=True))
    verify.one_way(token.dump())
    return token
