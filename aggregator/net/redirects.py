"""The way of one request through its redirects, hop by hop (RFC 9110, 15.4)."""

import httpx

from aggregator.errors import FetchError
from aggregator.net import urls

PERMANENT = frozenset({301, 308})
FOLLOWED = PERMANENT | {302, 303, 307}


class Trail:
    """Where a request is, where it began, and where it has been moved to for good."""

    def __init__(self, start: httpx.URL, max_redirects: int) -> None:
        self.start = self.current = start
        self.moved_to: httpx.URL | None = None
        self._seen = {str(start)}
        self._only_permanent = True
        self._max_redirects = max_redirects

    @property
    def at_home(self) -> bool:
        """Whether the current address has the origin of the first: only there do the source's headers belong."""
        return urls.origin(self.current) == urls.origin(self.start)

    def follow(self, status: int, location: str | None) -> None:
        """Go where a redirect points. Raises FetchError for none, a circle or too many, RefusedAddressError as `urls.parse`."""
        if not location:
            raise FetchError(
                f"{urls.shown(self.current)} redirects ({status}) without saying where to", todo=urls.CHECK_IT, status=status
            )
        target = urls.join(self.current, location)
        self._only_permanent = self._only_permanent and status in PERMANENT
        if self._only_permanent:
            self.moved_to = target
        if str(target) in self._seen:
            raise FetchError(f"{urls.shown(target)} redirects in a circle", todo=urls.CHECK_IT, status=status)
        if len(self._seen) > self._max_redirects:
            raise FetchError(f"more than {self._max_redirects} redirects in a row", todo=urls.CHECK_IT, status=status)
        self._seen.add(str(target))
        self.current = target
