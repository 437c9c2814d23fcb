"""The clean canonical url of a page, under which it is known in every run."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from courlan.clean import TRACKERS_RE

from pipeline.extract.document import Refused
from pipeline.extract.select import Document
from pipeline.records import Outcome

# What courlan's list does not know: the parameters of these outlets and of their share buttons.
_TRACKERS = re.compile(
    r"(?:utm|icid|ito|cmp|wt)_|(?:cmpid|taid|srnd|sref|leadsource|smid|smtyp|ocid|ncid|feedtype|feedname|rpc|spm|"
    r"embedded-checkout|outputtype|tpcc|guccounter|share|shared)$",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+")  # a name, also in other scripts, or an address


def clean_url(url: str) -> str | None:
    """The url without fragment, tracking parameters, default port and capitals in the host.

    None for anything but http and https, so that ``javascript:`` and ``data:`` never pass.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        if ":" in (parts.hostname or ""):
            IPv6Address(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(url) > 2000:
        return None
    if not _HOST.fullmatch(parts.hostname):
        return None
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.lower()
    netloc = host + (f":{port}" if port and port != default else "")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (_TRACKERS.match(name) or TRACKERS_RE.search(name.lower()))
    ]
    path = parts.path.rstrip() or "/"
    return urlunsplit((parts.scheme.lower(), netloc, path, urlencode(query, errors="replace"), ""))


def canonical_url(document: Document, url: str) -> str:
    """The url the page gives as its own if it lies on the same site and names a page, else the one fetched.

    Raises Refused where neither is an http url.
    """
    own = clean_url(url)
    for stated in (
        *[node.get("href", "") for node in document.tree.iter("link") if node.get("rel", "").lower() == "canonical"][
            :3
        ],
        *document.data.named(("og:url", "parsely-link")),
    ):
        try:
            clean = clean_url(urljoin(url, stated))
        except ValueError:
            continue
        if clean and own and _site(clean) == _site(own) and _names_a_page(clean, own):
            return clean
    if not own:
        raise Refused(Outcome.ERROR, f"not an http url: {url[:100]!r}")
    return own


def _site(url: str) -> str:
    labels = (urlsplit(url).hostname or "").split(".")
    short_second = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if short_second else labels[-2:])


def _names_a_page(stated: str, own: str) -> bool:
    """A canonical link to the front page is a template's mistake, unless the front page was fetched."""
    return len(urlsplit(stated).path) > 1 or len(urlsplit(own).path) <= 1
