"""HTML: one file that a browser opens and a mail carries.

Mail programs differ in what they take (https://www.caniemail.com): what must hold stands in `style` attributes, and classes
only add what a browser can do besides: the dark colours, and print. Nothing is loaded from anywhere, and nothing runs.
"""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from aggregator.models import Digest
from aggregator.render.page import page

PADDING = 90  # pairs of invisible characters after the preheader, so that a mailbox doesn't go on with the page


def render(digest: Digest) -> str:
    """Lay the page out with templates/digest.html."""
    return _templates().get_template("digest.html").render(page=page(digest), padding=PADDING)


@cache
def _templates() -> Environment:
    """Give the templates, with everything escaped that a digest puts into them."""
    return Environment(
        loader=PackageLoader("aggregator.render"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
