"""Small feeds for tests: a test writes the items that it is about."""

from xml.sax.saxutils import escape


def rss(*items: str, title: str = "Acme", link: str = "https://acme.example/", more: str = "") -> bytes:
    """Give an RSS 2.0 document of these items."""
    head = f"<title>{escape(title)}</title><link>{link}</link>{more}"
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>".encode()


def item(title: str = "", link: str = "", guid: str = "", date: str = "", text: str = "", more: str = "") -> str:
    """Give an RSS item; what is empty is left out, and `text` is HTML."""
    parts = {"title": title, "link": link, "guid": guid, "pubDate": date, "description": text}
    return f"<item>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in parts.items() if value)}{more}</item>"


def atom(*entries: str, base: str = "", more: str = "") -> bytes:
    """Give an Atom 1.0 document of these entries."""
    attribute = f' xml:base="{base}"' if base else ""
    head = f'<title>Acme</title><link href="https://acme.example/"/>{more}'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{attribute}>{head}{"".join(entries)}</feed>'.encode()
