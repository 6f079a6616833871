"""Counts failed sign-ins for each account and each address; beyond the limits of `rules` one has to wait."""

import hashlib
import hmac
import ipaddress
import time
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from portfolio.foundation.errors import Unavailable
from portfolio.people.entering.rules import FAILURES_OF_ACCOUNT, FAILURES_OF_ADDRESS

SILENT = "Sign-in is not open just now: what counts the tries does not answer. Try again in a minute."


class Counter:
    """Tries to sign in. The counts are kept where `uri` says, which all web processes may share; `secret` hides names.
    What is counted `of` something else is counted for itself.

    Every call raises `Unavailable` where the counts cannot be read.
    """

    def __init__(self, uri: str, secret: str, *, of: str = "") -> None:
        self._strategy = MovingWindowRateLimiter(storage_from_string(uri, wrap_exceptions=True))
        self._secret = secret.encode()
        self._sort = of

    def wait(self, address: str, account: str = "") -> int:
        """Seconds to wait before a try at `account` from `address`; 0 lets it be made, and counts it at the account.

        It is counted before it is known whether it fails, so that many at once are no more than the limit.
        """
        with _answering():
            tiers = [(one, self._at(address)) for one in parse_many(FAILURES_OF_ADDRESS)]
            own = [(one, self._of(account)) for one in parse_many(FAILURES_OF_ACCOUNT) if account]
            full = [one for one in tiers + own if not self._strategy.test(one[0], *one[1])]
            full = full or [one for one in own if not self._strategy.hit(one[0], *one[1])]
            return self._until(*full[-1]) if full else 0

    def spent(self, most: str, name: str) -> int:
        """Count something that is done with what `name` names; seconds to wait where it is beyond `most`, else 0."""
        with _answering():
            limit, key = parse_many(most)[0], ("spent", name)
            return 0 if self._strategy.hit(limit, *key) else self._until(limit, key)

    def failed(self, address: str) -> None:
        """The try was a failure: count it at the address, too."""
        with _answering():
            for one in parse_many(FAILURES_OF_ADDRESS):
                self._strategy.hit(one, *self._at(address))

    def succeeded(self, account: str) -> None:
        """The try was none: its account's count begins anew. The address's stays, or one account would free it."""
        with _answering():
            for one in parse_many(FAILURES_OF_ACCOUNT):
                self._strategy.clear(one, *self._of(account))

    def _at(self, address: str) -> tuple[str, str]:
        return f"{self._sort}address", line_of(address)

    def _of(self, account: str) -> tuple[str, str]:
        name = account.strip().lower().encode()
        return f"{self._sort}account", hmac.new(self._secret, name, hashlib.sha256).hexdigest()

    def _until(self, limit: RateLimitItem, key: tuple[str, str]) -> int:
        """Seconds until one more is let through."""
        return max(1, round(self._strategy.get_window_stats(limit, *key).reset_time - time.time()))


def line_of(address: str) -> str:
    """Whom an address belongs to, as one line to the network: of IPv6 its first 64 bits; `unknown` for none."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False).network_address)
    return str(known)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except StorageError as fault:
        raise Unavailable(SILENT) from fault
