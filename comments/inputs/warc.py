"""Pages out of web archives: WARC as crawlers write it, WET as Common Crawl makes it of WARC."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from comments.inputs.pages import page_from_bytes
from comments.inputs.warc_records import BODY_LIMIT, WITH_PAGES, Broken, read_records
from comments.inputs.web_message import charset, media_type, parse_message
from comments.model import Page, Reject, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comments.inputs.warc_records import Record
    from comments.model import RejectReason

_KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


def read_warc(path: Path, address: str) -> Iterator[Page | Reject]:
    """Read the pages of a web archive in one pass, a record at a time.

    A page is what a server answered with status 200 as HTML or plain text, a ``resource`` of one of
    these kinds, or a ``conversion`` to plain text (WET). The encoding that the server named goes before
    the one that the page states. A page is known by the URL that it was fetched from, or by the
    canonical one that it states if that is on the same host, so that the many addresses of one page
    (``?replytocom=...``) are one.

    Args:
        path: the archive.
        address: its name, for people.

    Yields:
        Pages; a reject for every broken record, and one that counts the records that hold no page.
    """
    passed: Counter[str] = Counter()
    records = broken = 0
    try:
        for item in read_records(path):
            if isinstance(item, Broken):
                broken += 1
                reason: RejectReason = "archive expands too far" if item.is_bomb else "broken archive"
                yield Reject(address, f"byte {item.offset}", reason, item.detail)
                continue
            records += 1
            taken = _from_record(item, address)
            if isinstance(taken, str):
                passed[taken] += 1
            else:
                yield taken
    except OSError as error:
        yield Reject(address, "", "unreadable file", error.strerror or str(error))
        return
    if passed:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(passed.items(), key=lambda kv: (-kv[1], kv[0])))
        yield Reject(address, "", "records without a page", f"{passed.total()} of {records}: {kinds[:1000]}")
    elif not records and not broken:
        yield Reject(address, "", "empty file")


def _from_record(record: Record, archive: str) -> Page | Reject | str:
    """The page of a record, why it cannot be taken, or what kind of record without page it is."""
    if record.kind not in WITH_PAGES:
        return sound(record.kind[:40]) or "of no kind"
    source = f"{archive}:{record.offset}"
    place = f"byte {record.offset}"
    if record.body is None:
        return Reject(archive, place, "unreadable file", f"larger than {BODY_LIMIT >> 20} MB")
    field, body = record.headers.get("content-type", ""), record.body
    if record.kind == "response":
        if not media_type(field).startswith("application/http"):
            return f"answer that is not of the web ({sound(media_type(field))[:40]})"
        try:
            message = parse_message(body)
        except ValueError as error:
            return Reject(archive, place, "malformed record", str(error)[:200])
        if message.status != 200:
            return f"answer with status {message.status}"
        field, body = message.fields.get("content-type", ""), message.body
    kind = media_type(field)
    if kind and kind not in _KINDS:
        return sound(kind[:60])
    url = _url(record)
    page = page_from_bytes(
        body, source=source, address=url or source, suffix=_KINDS.get(kind, ""), declared=charset(field)
    )
    if isinstance(page, Reject):
        return Reject(archive, place, page.reason, f"{url or ''} {page.detail}".strip())
    if url is None or _host(page.address) == _host(url):
        return replace(page, url=page.url or url)
    return replace(page, url=url, address=url)


def _url(record: Record) -> str | None:
    """Where it was fetched from; old tools put it in angle brackets."""
    return sound(record.headers.get("warc-target-uri", "").strip("<>")) or None


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
