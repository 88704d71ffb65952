"""The door to the parsers: importing it loads none of them, calling it loads them in the process that is to parse."""

from aggregator.sources.parsed import Page, ParsedFeed


def read_body(body: bytes, source: str, url: str, content_type: str) -> ParsedFeed | Page:
    """Read what came from `url`: a feed, or a page that may name one. Raises ParseError where it is neither."""
    from aggregator.sources.parse import read  # noqa: PLC0415  # only workers need it, and it takes a tenth of a second

    return read(body, source=source, url=url, content_type=content_type)
