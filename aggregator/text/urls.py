"""Addresses: one form for all the ways to write the same page, who publishes it, and how to show it.

`canonical` is for comparing, never for opening: it drops what a server may need (user, fragment, `www.`) and always says https.
Normalisation follows RFC 3986, 6.2.2 and 6.2.3, as far as it is safe; the rest are the habits of single sites.
"""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

MAX_CHARACTERS = 8192  # longer texts are no addresses: servers refuse them, and they are compared as they are

TRACKING = re.compile(
    r"""(?:utm_|at_|mc_|pk_|hsa_|_hs|vero_|ga_|mtm_|matomo_|stm_|__hs|__s$).*
    |fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|syclid|rdt_cid|epik
    |ref|ref_|ref_src|ref_url|ref_source|referrer|referer|reflink|sref|ncid|ocid|cvid|cmpid|cmp|icid|smid|smtyp|xtor|trk|trkinfo|trackingid|lipi
    |mkt_tok|mbid|spm|scm|emci|emdi|ceid|_ga|_gl|guccounter|guce_.*|__twitter_impression|__source|via|fromrss|from_rss|rss
    |share_id|sharetoken|share_token|unlocked_article_code|giftcopy|gift|publication_id|post_id|isfreemail|triedredirect|showwelcomeonshare
    |amp|outputtype|oly_.*|wt_mc|wickedid|s_cid|soc_src|soc_trk|feature|app|mibextid""",
    re.VERBOSE | re.IGNORECASE,
)
KEPT = {  # where a name that mostly tracks means the page itself
    "github.com": {"ref"},
    "gitlab.com": {"ref"},
    "play.google.com": {"id"},
    "apps.apple.com": {"app"},
}
DROPPED = {  # what only these sites add
    "substack.com": {"r", "s"},
    "news.google.com": {"oc", "hl", "gl", "ceid"},
    "open.spotify.com": {"si"},
    "medium.com": {"source", "sk"},
    "wsj.com": {"mod", "st"},
    "nytimes.com": {"searchresultposition", "partner", "emc"},
    "bbc.com": {"xtor", "at_medium"},
    "bbc.co.uk": {"xtor"},
    "linkedin.com": {"rcm"},
    "producthunt.com": {"app_id"},
}

TENANTS = frozenset({  # hosts whose every subdomain is somebody else
    "beehiiv.com", "bearblog.dev", "blogspot.com", "buttondown.email", "dreamwidth.org", "fly.dev", "ghost.io", "github.io",
    "gitlab.io", "hashnode.dev", "herokuapp.com", "hf.space", "home.blog", "homeip.net", "kit.com", "libsyn.com",
    "livejournal.com", "mataroa.blog", "medium.com", "micro.blog", "mirror.xyz", "neocities.org", "netlify.app", "notion.site",
    "omg.lol", "onrender.com", "pages.dev", "podbean.com", "posthaven.com", "readthedocs.io", "simplecast.com", "streamlit.app",
    "substack.com", "transistor.fm", "tumblr.com", "typepad.com", "vercel.app", "web.app", "wordpress.com", "workers.dev",
    "write.as",
})  # fmt: skip
PATH_TENANTS = frozenset({  # hosts whose first path segment, after a fixed word, is somebody else
    "bsky.app", "codeberg.org", "dev.to", "github.com", "gitlab.com", "hackernoon.com", "huggingface.co", "linkedin.com",
    "medium.com", "sites.google.com", "threads.net", "x.com", "youtube.com",
})  # fmt: skip
FIXED_WORDS = frozenset({"c", "channel", "company", "datasets", "in", "posts", "profile", "spaces", "u", "user", "view"})
NOBODY = frozenset({  # first segments that name no one
    "blog", "docs", "embed", "i", "live", "p", "papers", "playlist", "post", "pulse", "search", "shorts", "tag", "topics",
    "watch",
})  # fmt: skip
HOUSES = {  # other names of one publisher
    "twitter.com": "x.com",
    "youtu.be": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
    "redd.it": "reddit.com",
    "hf.co": "huggingface.co",
    "github.blog": "github.com",
    "githubusercontent.com": "github.com",
    "claude.com": "anthropic.com",
    "claude.ai": "anthropic.com",
    "chatgpt.com": "openai.com",
    "deepmind.com": "google.com",
    "withgoogle.com": "google.com",
    "googleblog.com": "google.com",
    "fb.com": "facebook.com",
    "bbc.co.uk": "bbc.com",
    "alphaxiv.org": "arxiv.org",
}
OWN_HOUSES = frozenset({"news.ycombinator.com", "news.google.com"})  # they show what others wrote, whoever owns them
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "edu", "gov", "or", "ne", "go", "gob", "gc"})

ARXIV_HOSTS = frozenset(
    {"arxiv.org", "export.arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org", "browse.arxiv.org"}
)
ARXIV_ID = re.compile(
    r"/(?:abs|pdf|html|format|overview|papers|e-print|10\.48550/arxiv\.)/?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?![\d])",
    re.IGNORECASE,
)
X_HOSTS = frozenset({"x.com", "twitter.com", "xcancel.com", "vxtwitter.com", "fxtwitter.com", "fixupx.com", "fixvx.com"})
X_STATUS = re.compile(r"/status(?:es)?/(\d+)")
YOUTUBE_HOSTS = frozenset({"youtube.com", "music.youtube.com", "youtube-nocookie.com", "gaming.youtube.com"})
YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v|e)/([\w-]{11})(?![\w-])")
YOUTUBE_ID = re.compile(r"[\w-]{11}")
REDDIT_THREAD = re.compile(r"(?:/(?:r|user|u)/[\w.-]+)?/comments/([a-z0-9]{2,12})(?![a-z0-9])", re.IGNORECASE)
GITHUB_ROOT = re.compile(r"(/[^/]+/[^/]+?)(?:\.git)?(?:/(?:tree|blob)/(?:main|master)(?:/readme(?:\.\w+)?)?)?", re.IGNORECASE)
HUGGING_FACE_ROOT = re.compile(r"(/(?:(?:datasets|spaces)/)?[^/]+/[^/]+)/(?:tree/main|blob/main/README\.md)")
REDIRECTS = frozenset({("l.facebook.com", "/l.php"), ("out.reddit.com", "")})
GOOGLE_AMP = re.compile(r"/amp/s/(.+)")
AMP_CACHE = re.compile(r"/[cv]/(?:s/)?(.+)")
ARCHIVED = re.compile(r"https?://web\.archive\.org/web/[\w*]+/(https?:/.*)", re.IGNORECASE)
IN_TEXT = re.compile(r"https?://[^\s<>\"'`\\^{|}\x00-\x20]+", re.IGNORECASE)
HOST = re.compile(r"[\w.%-]+|[0-9a-fA-F:.]+(?:%\w+)?")  # a name, or an IPv6 address whose brackets are gone
HEX = re.compile(r"%[0-9a-fA-F]{2}")
PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))


def canonical(url: str) -> str:
    """Give the one form of an address that all its variants share; what is no web address comes back trimmed.

    Never raises, and a canonical address is its own canonical form.
    """
    text = url.strip()
    while (inner := _unwrapped(text)) is not None:
        text = inner
    parts = _split(text)
    if parts is None:
        return text
    host = _host(parts)
    path = _path(parts.path)
    for known in _SITES:
        if (same := known(host, path, parts.query)) is not None:
            return same
    return f"https://{host}{_port(parts)}{path}{_query(host, parts.query)}{_route(parts.fragment)}"


def site(url: str) -> str:
    """Give the publisher behind an address: the registrable domain, or the tenant of a shared host; empty if there is none."""
    parts = _split(url.strip())
    if parts is None:
        return ""
    host = _host(parts)
    if host in OWN_HOUSES:
        return host
    if host.endswith(".google"):
        return "google.com"
    if host in X_HOSTS or host.startswith("nitter."):
        host = "x.com"
    domain = HOUSES.get(registrable(host), registrable(host))
    shared = host if host in PATH_TENANTS else domain
    if shared in PATH_TENANTS and host in {shared, domain, "x.com"} and (tenant := _tenant(parts.path)):
        return f"{shared}/{tenant}"
    return domain


def registrable(host: str) -> str:
    """Give the part of a host name that somebody registered: the last two labels, or three under co.uk and shared hosts."""
    labels = host.split(".")
    if host.replace(".", "").isdigit():  # an IPv4 address has no parts to take off
        return host
    two = ".".join(labels[-2:])
    under_country = len(labels[-1]) == len("uk") and labels[-2:-1] and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:]) if two in TENANTS or under_country else two


def is_web(url: str) -> bool:
    """Say whether this is an absolute http(s) address with a host."""
    return _split(url.strip()) is not None


def display(url: str, width: int = 60) -> str:
    """Give host and path for people to read: no user, password, query or control characters, at most `width` characters."""
    parts = _split(url.strip())
    if parts is None:
        return ""
    shown = "".join(c for c in _host(parts) + parts.path.rstrip("/") if c.isprintable())
    return shown if len(shown) <= width else shown[: max(width - 1, 0)] + "…"


def links(text: str) -> tuple[str, ...]:
    """Give the web addresses that stand in plain text, in their order, each once, without the sentence's punctuation."""
    found: dict[str, None] = {}
    for match in IN_TEXT.finditer(text):
        address = match.group().rstrip(".,;:!?…*_")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?")
        address = address.rstrip("]")
        if is_web(address):
            found[address] = None
    return tuple(found)


def _split(text: str) -> SplitResult | None:
    if not text[:8].lower().startswith(("http://", "https://")) or len(text) > MAX_CHARACTERS:
        return None
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname and HOST.fullmatch(parts.hostname) and parts.hostname.strip(".")) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return None
    return parts if named else None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").strip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            host = _escaped(host).lower()
    while (bare := re.sub(r"^(?:www\d?|m|mobile|amp|touch)\.(?=[^.]+\.)", "", host)) != host:
        host = bare
    host = host.replace(".m.wikipedia.org", ".wikipedia.org")
    return f"[{host}]" if ":" in host else host


def _port(parts: SplitResult) -> str:
    return "" if parts.port in {None, 80, 443} else f":{parts.port}"


def _path(path: str) -> str:
    path = _escaped(path)
    path = re.sub(r"/index\.html?$", "", path)
    while (bare := re.sub(r"(?<=.)(?:/amp|\.amp)$", "", path.rstrip("/"))) != path:
        path = bare
    return path


def _escaped(text: str) -> str:
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return HEX.sub(lambda found: found.group().upper(), quote(whole, safe=PRINTABLE))


def _query(host: str, query: str) -> str:
    kept = KEPT.get(host, set[str]())
    dropped = DROPPED.get(host, DROPPED.get(registrable(host), set[str]()))
    if registrable(host).endswith(".substack.com"):
        dropped = DROPPED["substack.com"]
    parameters: list[str] = []
    for pair in _escaped(query).split("&"):
        name, _, value = pair.partition("=")
        tracks = (TRACKING.fullmatch(name) and name.lower() not in kept) or name.lower() in dropped
        if (
            pair
            and not tracks
            and not (name.lower() == "source" and value.lower().startswith(("rss", "twitter", "hn", "email")))
        ):
            parameters.append(pair)
    return "?" + "&".join(sorted(set(parameters))) if parameters else ""


def _route(fragment: str) -> str:
    return "#" + _escaped(fragment) if fragment.startswith(("/", "!/")) and len(fragment) > 2 else ""  # noqa: PLR2004  # "!/" alone


def _unwrapped(text: str) -> str | None:
    """Give the address inside a redirect or a copy, if this is one; always shorter than what holds it."""
    if archived := ARCHIVED.match(text):
        return re.sub(r"^(https?):/+", r"\1://", archived.group(1), flags=re.IGNORECASE)
    parts = _split(text)
    if parts is None:
        return None
    host, path = _host(parts), parts.path
    inner = None
    if (host.startswith("google.") and path == "/url") or (host, path.rstrip("/")) in REDIRECTS:
        inner = next((value for name in ("q", "url", "u") if (value := _parameter(parts.query, name))), None)
    elif amp := GOOGLE_AMP.match(path) if host.startswith("google.") else AMP_CACHE.match(path) if _is_cache(host) else None:
        inner = "https://" + amp.group(1)
    if inner is None or len(inner) >= len(text) or not inner.lower().startswith(("http://", "https://")):
        return None
    return inner.strip()


def _is_cache(host: str) -> bool:
    return host.endswith(".cdn.ampproject.org")


def _parameter(query: str, name: str) -> str | None:
    return next((value for key, value in parse_qsl(query, errors="replace") if key == name), None)


def _tenant(path: str) -> str:
    segments = [unquote(s).lower() for s in path.split("/") if s]
    while segments and segments[0] in FIXED_WORDS:
        segments = segments[1:]
    return segments[0] if segments and segments[0] not in NOBODY and len(segments[0]) <= 80 else ""  # noqa: PLR2004  # names are short


# --- the habits of single sites -------------------------------------------------------------------------------------------


def _arxiv(host: str, path: str, _: str) -> str | None:
    papers = host in ARXIV_HOSTS or host == "doi.org" or (host in {"huggingface.co", "hf.co"} and path.startswith("/papers/"))
    found = ARXIV_ID.match(path) if papers else None
    return f"https://arxiv.org/abs/{found.group(1).lower()}" if found else None


def _youtube(host: str, path: str, query: str) -> str | None:
    video = None
    if host == "youtu.be":
        video = path[1:12]
    elif host in YOUTUBE_HOSTS:
        shown = YOUTUBE_PATH.match(path)
        video = shown.group(1) if shown else _parameter(query, "v")
    return f"https://youtube.com/watch?v={video}" if video and YOUTUBE_ID.fullmatch(video, 0) and video.isascii() else None


def _hacker_news(host: str, path: str, query: str) -> str | None:
    number = _parameter(query, "id") if (host, path) == ("news.ycombinator.com", "/item") else None
    return f"https://news.ycombinator.com/item?id={number}" if number and number.isascii() and number.isdigit() else None


def _reddit(host: str, path: str, _: str) -> str | None:
    thread = None
    if host == "redd.it" and re.fullmatch(r"/[a-z0-9]{2,12}", path, re.IGNORECASE):
        thread = path[1:]
    elif registrable(host) == "reddit.com" and (found := REDDIT_THREAD.match(path)):
        thread = found.group(1)
    return f"https://reddit.com/comments/{thread.lower()}" if thread else None


def _x(host: str, path: str, _: str) -> str | None:
    if host not in X_HOSTS and not host.startswith("nitter."):
        return None
    found = X_STATUS.search(path)
    return f"https://x.com/i/status/{found.group(1)}" if found and found.group(1).isascii() else f"https://x.com{path}"


def _github(host: str, path: str, _: str) -> str | None:
    if host != "github.com":
        return None
    if root := GITHUB_ROOT.fullmatch(path):
        return f"https://github.com{root.group(1).lower()}"
    return None


def _hugging_face(host: str, path: str, _: str) -> str | None:
    if host not in {"huggingface.co", "hf.co"}:
        return None
    root = HUGGING_FACE_ROOT.fullmatch(path)
    return f"https://huggingface.co{root.group(1) if root else path}"


def _substack(host: str, path: str, _: str) -> str | None:
    shared = re.match(r"/pub/([a-z0-9-]+)(/p/[^/]+)", path) if host == "open.substack.com" else None
    return f"https://{shared.group(1)}.substack.com{shared.group(2)}" if shared else None


_SITES: tuple[Callable[[str, str, str], str | None], ...] = (
    _arxiv, _youtube, _hacker_news, _reddit, _x, _github, _hugging_face, _substack,
)  # fmt: skip
