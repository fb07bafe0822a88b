"""Single page files: what they are, and the page they hold."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from comments.inputs.charset import guess_encoding, wide_encoding
from comments.inputs.packed import PACKED_ERRORS, PAGE_ALLOWANCE, ExpansionError, check_ratio, open_packed
from comments.model import Page, Reject

if TYPE_CHECKING:
    from pathlib import Path

PAGE_LIMIT = 256 * 1024 * 1024
HEAD = 256 * 1024
_HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml"}
_TEXT_SUFFIXES = {".txt", ".text"}
# Files that are neither pages nor broken pages: a folder of pages often holds some.
_BINARY_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x7fELF", b"PAR1", b"\x1f\x8b")
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|article|p|ol|ul|meta|script)\b", re.IGNORECASE)
_LINK = re.compile(rb"<link\b[^<>]{0,2000}>|<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^<>]{0,500}>([^<]{1,2000})", re.IGNORECASE)
_CANONICAL = re.compile(r"rel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_OG_URL = re.compile(r"property\s*=\s*[\"']?og:url\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:href|content)\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s>]+))", re.IGNORECASE)


def read_page(path: Path, address: str) -> Page | Reject:
    """Read a file that holds one page, HTML or plain text, packed with gzip or Zstandard or not.

    Args:
        path: the file.
        address: what identifies the page where it names no URL itself.

    Returns:
        The page, or why it is none.
    """
    source = address
    try:
        with open_packed(path) as file:
            data = file.read(PAGE_LIMIT + 1)
            check_ratio(len(data), path.stat().st_size, PAGE_ALLOWANCE)
    except OSError as error:
        return Reject(source, "", "unreadable file", error.strerror or str(error))
    except ExpansionError as error:
        return Reject(source, "", "archive expands too far", str(error))
    except PACKED_ERRORS as error:
        return Reject(source, "", "broken archive", str(error))
    if len(data) > PAGE_LIMIT:
        return Reject(source, "", "unreadable file", f"larger than {PAGE_LIMIT >> 20} MB")
    name = PurePosixPath(re.sub(r"\.(?:gz|zst)$", "", address, flags=re.IGNORECASE))
    return page_from_bytes(data, source=source, address=address, suffix=name.suffix.lower())


def page_from_bytes(
    data: bytes, *, source: str, address: str, suffix: str = "", declared: str | None = None
) -> Page | Reject:
    """Make a page of bytes whose kind is told by their suffix, or else by a look at them.

    Args:
        data: the page.
        source: where it was read, for people.
        address: what identifies it where it names no URL itself.
        suffix: of the file's name, with its dot, in lower case.
        declared: codec that the server named, if one did.
    """
    if not data.strip():
        return Reject(source, "", "empty file")
    wide = wide_encoding(data)
    if wide:
        # No byte of it is ASCII, so it is recoded; offsets then count in the recoded page.
        data = data.decode(wide, "replace").encode("utf-8", "replace")
    # A page may hold stray NULs, so a file that calls itself HTML is one where there is a tag.
    called = suffix in _HTML_SUFFIXES and _TAG.search(data[:HEAD])
    if data.startswith(_BINARY_STARTS) or (not called and data[:8192].count(b"\0") > 8):
        return Reject(source, "", "binary file", f"begins with {data[:8]!r}")
    if suffix in _HTML_SUFFIXES or (suffix not in _TEXT_SUFFIXES and _TAG.search(data[:4096])):
        return _html_page(data, source, address, "utf-8" if wide else None, declared)
    if suffix not in _TEXT_SUFFIXES and not _is_text(data):
        return Reject(source, "", "not a page format", f"suffix {suffix or 'none'}; neither HTML nor UTF-8 text")
    return Page(source, address, "text", data, _text_encoding(data, "utf-8" if wide else declared))


def _text_encoding(data: bytes, declared: str | None) -> str:
    if declared is None:
        return guess_encoding([data])
    from comments.split.decode import detect_encoding

    return detect_encoding(data, declared)


def _is_text(data: bytes) -> bool:
    try:
        data[:HEAD].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > HEAD - 8  # a character cut by the limit
    return True


def _html_page(data: bytes, source: str, address: str, encoding: str | None, declared: str | None) -> Page:
    if encoding is None:
        from comments.split.decode import detect_encoding

        encoding = detect_encoding(data, declared)
    title = _TITLE.search(data[:HEAD])
    url = canonical_url(data, encoding)
    return Page(
        source=source,
        address=url or address,
        kind="html",
        data=data,
        encoding=encoding,
        url=url,
        title=" ".join(html.unescape(title[1].decode(encoding, "replace")).split()) if title else None,
    )


def canonical_url(data: bytes, encoding: str) -> str | None:
    """Return the address that an HTML page gives itself, or None.

    A canonical link to a site's front page is passed over: some sites put it on every page.
    """
    found: dict[str, str] = {}
    for match in _LINK.finditer(data[:HEAD]):
        tag = match[0].decode(encoding, "replace")
        name = "canonical" if _CANONICAL.search(tag) else "og" if _OG_URL.search(tag) else None
        value = _ADDRESS.search(tag)
        if name and value:
            url = html.unescape(next(g for g in value.groups() if g)).strip()
            if _is_page_url(url):
                found.setdefault(name, url)
    return found.get("canonical") or found.get("og")


def _is_page_url(url: str) -> bool:
    """Whether it is a whole web address of something below a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets, or characters that no host name holds
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc and (parts.path.strip("/") or parts.query))
