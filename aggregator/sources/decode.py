"""Bytes of a feed to text, whatever they say of themselves.

Declared encodings are often wrong. What is certain comes first: a byte order mark, then bytes that are valid UTF-8 (which is
practically never chance), then what HTTP and the XML declaration say (RFC 7303, section 3). Labels mean what browsers take
them for (https://encoding.spec.whatwg.org/#names-and-labels): ISO-8859-1 is windows-1252.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
_OPENINGS = (  # `<` and the character after it, as the encodings without a mark write them
    (re.compile(rb"\x00\x00\x00[<{\[]"), "utf-32-be"),
    (re.compile(rb"[<{\[]\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00[<{\[]\x00[\x01-\x7f]"), "utf-16-be"),
    (re.compile(rb"[<{\[]\x00[\x01-\x7f]\x00"), "utf-16-le"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})\s*["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_KNOWN = re.compile(
    r"utf-?8|iso-?8859|windows|cp\d|koi8|gb|big5|euc|shift|sjis|x-sjis|iso-2022-jp|mac|ibm|tis|latin|l\d|csiso|ebcdic|x-"
)
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "windows-1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11"), "cp874"),
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}
_DEFAULTS = {"iso-8859-1", "us-ascii"}  # what servers add to anything: weaker than what the document says


def decode(body: bytes, content_type: str = "") -> str:
    """Give the text of a feed. Every body has one: what is wrong in it is read as windows-1252 or replaced."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "windows-1252-instead" if encoding == "utf-8" else "replace")
    for opening, encoding in _OPENINGS:
        if opening.match(body):
            return body.decode(encoding, "replace")
    declared = _DECLARED.match(body[:1000])
    inside = declared[1].decode("ascii").lower() if declared else ""
    charset = _CHARSET.search(content_type)
    outside = charset[1].lower() if charset else ""
    first = ["utf-8"] if not body.isascii() else []
    labels = [inside, outside] if outside in _DEFAULTS else [outside, inside]
    for label in [*first, *labels]:
        text = _strictly(body, label)
        if text is not None:
            return text
    return body.decode("utf-8", "windows-1252-instead")


def _strictly(body: bytes, label: str) -> str | None:
    encoding = _MEANT.get(label, label)
    if not _KNOWN.match(encoding):
        return None
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _instead(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as windows-1252: what word processors paste into everything."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("windows-1252", "replace"), error.end


codecs.register_error("windows-1252-instead", _instead)
