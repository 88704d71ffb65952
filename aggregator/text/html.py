"""HTML as anyone may send it: made safe when it is shown, made plain text for everything else.

Nothing here trusts its input: `sanitise` and `to_text` take any string, never raise, and bound their work.
"""

import re

import nh3
from selectolax.lexbor import LexborHTMLParser

from aggregator.text.line import shown
from aggregator.text.links import resolve

MAX_HTML = 500_000  # characters that are looked at; feeds' contents are cut long before
MAX_OPEN = 3_000  # tags left open: parsers take quadratic time for what is nested deeper, and nothing honest is

_TAGS = {
    *("a", "abbr", "b", "bdi", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "details", "dfn"),
    *("div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li"),
    *("mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody"),
    *("td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_DROPPED = ("script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "math", "textarea", "select")
_CLEANED = {*_DROPPED, "noembed", "noframes", "xmp", "plaintext"} - {"head"}

_BREAKING = (
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|header|hgroup|hr|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_BREAK = re.compile(rf"</?(?:{_BREAKING})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_PRE = re.compile(r"(<pre(?=[\s>]).*?(?:</pre\s*>|\Z))", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>?")
_SPACE = re.compile(r"\s+")
_AROUND_BREAK = re.compile(r"[^\S\n]*\n\s*")
_BLANK = re.compile(r"[^\S\n]+")
_HIDDEN = "[hidden],[style*='display:none' i],[style*='display: none' i],[style*='visibility:hidden' i]"
_RELATIVE = re.compile(
    r"""(<[a-z][^<>]{0,2000}?\s(?:href|src)\s*=\s*)(["'])(?![a-z][a-z0-9+.-]*:|\#)([^"'<>]*)\2""", re.IGNORECASE
)


def sanitise(html: str, base: str = "", *, images: bool = False) -> str:
    """Give HTML that is safe to show: a few harmless tags, links to http, https and mailto only, no style, no script.

    Relative links are resolved against `base`; those that can't be are dropped. Images stay out unless asked for: they tell
    their server who reads.
    """
    return nh3.clean(
        _bounded(html),
        tags=_TAGS | {"img"} if images else _TAGS,
        clean_content_tags=_CLEANED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative=lambda link: resolve(base, link) or None,
        link_rel="noopener noreferrer nofollow",
    )


def to_text(html: str, limit: int = MAX_HTML) -> str:
    """Give the plain text of HTML, at most `limit` characters: entities decoded, a line break for each block tag.

    Scripts, styles and what is hidden from a reader are left out.
    """
    html = _bounded(html)
    text = _parsed(_broken(html)) if "<" in html or "&" in html else _SPACE.sub(" ", html)
    return _tidy(shown(text))[:limit].rstrip()


def absolute(html: str, base: str) -> str:
    """Give the same HTML with its relative links and image addresses resolved against `base`, and nothing else touched."""
    return _RELATIVE.sub(lambda found: f"{found[1]}{found[2]}{resolve(base, found[3]) or found[3]}{found[2]}", html)


def _bounded(html: str) -> str:
    """Give what is looked at of the HTML; of what is nested without end, only the words between its tags."""
    html = shown(html[:MAX_HTML])
    open_tags = html.count("<") - 2 * html.count("</") - html.count("<br") - html.count("<img")
    return _TAG.sub(" ", html) if open_tags > MAX_OPEN else html


def _broken(html: str) -> str:
    """Give the same HTML with line breaks where a block begins or ends, and nowhere else but in <pre>."""
    pieces = _PRE.split(html)
    flowing = [_SPACE.sub(" ", piece) if index % 2 == 0 else piece for index, piece in enumerate(pieces)]
    return _CELL.sub(r" \g<0>", _BREAK.sub(r"\n\g<0>\n", "".join(flowing)))


def _parsed(html: str) -> str:
    tree = LexborHTMLParser(html)
    tree.strip_tags(list(_DROPPED))
    if "hidden" in html or "display" in html:
        for node in tree.css(_HIDDEN):
            if node.tag not in {"html", "body"}:
                node.decompose()
    root = tree.body or tree.root
    return root.text() if root else ""


def _tidy(text: str) -> str:
    return _AROUND_BREAK.sub("\n", _BLANK.sub(" ", text)).strip()
