"""Addresses: one spelling for each page, so that the same page is one report."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_\w+|spm|isappinstalled|jsessionid|phpsessid", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SAFE = "/%:=&?~#+!$,;'@()*[]"
_NAMING = {"mp.weixin.qq.com": frozenset({"__biz", "mid", "idx", "sn"})}


def canonical(address: str, *, base: str = "") -> str:
    """The address without what changes between visits: case of the host, default port, fragment, trackers, session.

    ValueError when it is no http or https address.
    """
    parts = urlsplit(urljoin(base, address.strip()))
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".").lower()
    if scheme not in ("http", "https") or not host:
        raise ValueError(f"{address!r} is no http or https address")
    name = f"[{host}]" if ":" in host else host.encode("idna").decode()
    place = name if parts.port in (None, 80 if scheme == "http" else 443) else f"{name}:{parts.port}"
    path = quote(_SESSION.sub("", parts.path) or "/", safe=_SAFE)
    return urlunsplit((scheme, place, path, quote(_query(host, parts.query), safe=_SAFE), ""))


def _query(host: str, query: str) -> str:
    """The query's parts that name the page, as they are spelt: older sites escape GBK bytes, which must survive."""
    naming = _NAMING.get(host)
    kept = []
    for part in query.split("&"):
        key = part.partition("=")[0]
        if part and not _TRACKING.fullmatch(key) and (naming is None or key in naming or not naming & _keys(query)):
            kept.append(part)
    return "&".join(kept)


def _keys(query: str) -> frozenset[str]:
    return frozenset(part.partition("=")[0] for part in query.split("&"))


def host_of(address: str) -> str:
    """The host, with its port where that is not the default one: what politeness counts by."""
    return urlsplit(address).netloc.rpartition("@")[2].lower()


def file_name_of(address: str) -> str:
    """The last part of the address, readable: a hint at what the document is."""
    path = unquote(urlsplit(address).path)
    return path.rstrip("/").rpartition("/")[2] or host_of(address)
