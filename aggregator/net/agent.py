"""How this program introduces itself to servers (RFC 9110, 10.1.5): its name, its version, and where to find who made it."""

from aggregator import __version__

PROJECT = "https://aggregator.example"  # a reserved name (RFC 2606): whoever runs this puts an address of theirs in its place


def user_agent(contact: str | None = None) -> str:
    """Give the User-Agent with an address, or `mailto:` one, where the owner of a site can complain."""
    return f"aggregator/{__version__} (+{contact or PROJECT})"


USER_AGENT = user_agent()
