"""Web archives give their pages, each with its URL and place; what is broken costs itself alone."""

from __future__ import annotations

import gzip
import io
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import OLGA, TARIQ, numbered, wordpress

from comments.inputs import read_inputs
from comments.model import REJECT_REASONS, Page, Reject

CYRILLIC = "Привет, мост закрыт уже третий день подряд, и никто не говорит почему."


def http(body: bytes, kind: str = "text/html", status: str = "200 OK", **fields: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes, url: str = "https://a.example/x", kind: str = "response", field: str = "application/http"
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {field}\r\n"
    return head.encode() + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def page(number: int, text: str = OLGA) -> bytes:
    return record(http(wordpress([f"{text} {number}"]).encode()), f"https://a.example/{number}")


def read(path: Path, data: bytes) -> list[Page | Reject]:
    path.write_bytes(data)
    items = [item for item in read_inputs([str(path)]) if isinstance(item, Page | Reject)]
    assert {item.reason for item in items if isinstance(item, Reject)} <= set(REJECT_REASONS)
    return items


def urls(items: list[Page | Reject]) -> list[str | None]:
    return [item.url for item in items if isinstance(item, Page)]


def rejects(items: list[Page | Reject]) -> list[tuple[str, str]]:
    return [(item.place, item.reason) for item in items if isinstance(item, Reject)]


PACKERS = {
    "a.warc": b"".join,
    "a.warc.gz": lambda records: b"".join(map(gzip.compress, records)),
    "b.warc.gz": lambda records: gzip.compress(b"".join(records)),
    "a.warc.zst": lambda records: b"".join(map(zstandard.ZstdCompressor().compress, records)),
}


@pytest.mark.parametrize("name", PACKERS)
def test_every_page_of_an_archive_is_read_with_its_url(tmp_path: Path, name: str) -> None:
    items = read(tmp_path / name, PACKERS[name]([page(n) for n in range(5)]))
    assert urls(items) == [f"https://a.example/{n}" for n in range(5)]
    assert rejects(items) == []


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_page_is_named_by_the_offset_that_other_tools_give_its_record(tmp_path: Path, name: str) -> None:
    data = PACKERS[name]([page(n) for n in range(3)])
    offsets = [found.stream_pos for found in ArchiveIterator(io.BytesIO(data))]
    assert [item.source for item in read(tmp_path / name, data)] == [f"{name}:{offset}" for offset in offsets]


def test_the_servers_encoding_goes_before_the_pages_own(tmp_path: Path) -> None:
    body = wordpress([CYRILLIC]).encode("cp1251")
    items = read(tmp_path / "a.warc", record(http(body, "text/html; charset=windows-1251")))
    assert isinstance(items[0], Page)
    assert CYRILLIC in items[0].data.decode(items[0].encoding)


@pytest.mark.parametrize("field", ["text/html; charset=no-such", "text/html", 'text/html; charset="utf-8"'])
def test_an_encoding_that_nobody_knows_is_no_encoding(tmp_path: Path, field: str) -> None:
    items = read(tmp_path / "a.warc", record(http(wordpress([CYRILLIC]).encode(), field)))
    assert isinstance(items[0], Page)
    assert items[0].encoding == "utf-8"


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 300] for at in range(0, len(body), 300)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def brotli(body: bytes) -> bytes:
    out = io.BytesIO()
    writer = BrotliWriter(out)
    writer.write(body)
    writer.close()
    return out.getvalue()


def deflate(body: bytes) -> bytes:
    codec = zlib.compressobj(wbits=-15)
    return codec.compress(body) + codec.flush()


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": deflate,
    "br": brotli,
    "zstd": zstandard.ZstdCompressor().compress,
    "identity": bytes,
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_what_the_server_packed_is_unpacked(tmp_path: Path, coding: str, is_chunked: bool) -> None:
    plain = wordpress([OLGA, TARIQ]).encode()
    fields = {"Content_Encoding": coding} | ({"Transfer_Encoding": "chunked"} if is_chunked else {})
    body = CODINGS[coding](plain)
    items = read(tmp_path / "a.warc", record(http(chunked(body) if is_chunked else body, **fields)))
    assert [item.data for item in items if isinstance(item, Page)] == [plain]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_page_that_the_crawler_unpacked_is_taken_as_it_is(tmp_path: Path, coding: str) -> None:
    plain = wordpress([OLGA]).encode()
    fields = {"Content_Encoding": coding, "Transfer_Encoding": "chunked"}
    assert [item.data for item in read(tmp_path / "a.warc", record(http(plain, **fields)))] == [plain]


@pytest.mark.parametrize(
    ("address", "stated", "taken"),
    [
        ("https://a.example/x?replytocom=7", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/x", "https://www.a.example/x/", "https://www.a.example/x/"),
        ("https://a.example/x", "https://b.example/x", "https://a.example/x"),
        ("<https://a.example/x>", None, "https://a.example/x"),
    ],
)
def test_a_page_is_known_by_its_own_url_only_on_the_host_it_came_from(
    tmp_path: Path, address: str, stated: str | None, taken: str
) -> None:
    items = read(tmp_path / "a.warc", record(http(wordpress([OLGA], url=stated).encode()), address))
    assert [item.address for item in items if isinstance(item, Page)] == [taken]


def test_a_wet_file_gives_plain_text(tmp_path: Path) -> None:
    text = numbered([OLGA, TARIQ]).encode()
    data = record(b"made by", kind="warcinfo") + record(text, kind="conversion", field="text/plain")
    items = read(tmp_path / "CC-MAIN.warc.wet.gz", gzip.compress(data))
    assert [(item.kind, item.data) for item in items if isinstance(item, Page)] == [("text", text)]


def test_records_without_a_page_are_counted_by_kind(tmp_path: Path) -> None:
    data = [
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"x", kind="warcinfo"),
        record(http(b"", status="301 Moved"), "https://a.example/moved"),
        record(http(b"\x89PNG", "image/png"), "https://a.example/1.png"),
        record(http(b"\x89PNG", "image/png"), "https://a.example/2.png"),
        record(b"{}", kind="resource", field="application/json"),
        page(1),
    ]
    items = read(tmp_path / "a.warc", b"".join(data))
    assert urls(items) == ["https://a.example/1"]
    (last,) = [item for item in items if isinstance(item, Reject)]
    assert (last.place, last.reason) == ("", "records without a page")
    assert last.detail == ("6 of 7: 2 image/png, 1 answer with status 301, 1 application/json, 1 request, 1 warcinfo")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("broken", [b"\xff\x00what is this", http(b"x")[:20], http(b"", Content_Encoding="gzip")])
def test_an_answer_that_is_none_costs_itself_alone(tmp_path: Path, name: str, broken: bytes) -> None:
    items = read(tmp_path / name, PACKERS[name]([page(1), record(broken), page(2)]))
    assert urls(items) == ["https://a.example/1", "https://a.example/2"]
    assert len(rejects(items)) == 1


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    packed = [gzip.compress(page(n)) for n in range(4)]
    packed[1] = packed[1][:60] + bytes(40) + packed[1][100:]
    items = read(tmp_path / "a.warc.gz", b"".join(packed))
    assert urls(items) == ["https://a.example/0", "https://a.example/2", "https://a.example/3"]
    assert rejects(items) == [(f"byte {len(packed[0])}", "broken archive")]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"WARC/1.0", b"WRAC/1.0"),
        lambda data: data.replace(b"\r\n\r\nHTTP", b"0\r\n\r\nHTTP"),  # ten times as long as it is
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: x"),
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: -"),
    ],
)
def test_a_damaged_record_of_a_plain_archive_costs_itself_alone(tmp_path: Path, change: object) -> None:
    data = [page(n) for n in range(4)]
    items = read(tmp_path / "a.warc", data[0] + change(data[1]) + data[2] + data[3])  # type: ignore[operator]
    assert urls(items) == ["https://a.example/0", "https://a.example/2", "https://a.example/3"]
    assert rejects(items) == [(f"byte {len(data[0])}", "broken archive")]


@pytest.mark.parametrize("name", PACKERS)
def test_a_cut_archive_gives_its_whole_records_and_a_reject(tmp_path: Path, name: str) -> None:
    items = read(tmp_path / name, PACKERS[name]([page(n) for n in range(9)])[:-30])
    assert urls(items) == [f"https://a.example/{n}" for n in range(len(urls(items)))]
    assert rejects(items)[-1][1] == "broken archive"
    assert name == "b.warc.gz" or len(urls(items)) == 8


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.warc", b"", "empty file"),
        ("a.warc", b"\r\n\r\n", "empty file"),
        ("a.warc", b"garbage" * 99, "broken archive"),
        ("a.warc.gz", b"garbage" * 99, "broken archive"),
        ("a.warc.gz", gzip.compress(b"garbage"), "broken archive"),
        ("a.warc", b"WARC/1.0\r\n" + b"a: b\r\n" * 99_999, "broken archive"),
        ("a.warc", b"WARC/1.0\r\n" + b"a" * 999_999, "broken archive"),
    ],
)
def test_a_file_that_is_no_archive_is_one_reject(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert [found for _, found in rejects(read(tmp_path / name, data))] == [reason]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc.zst"])
def test_a_bomb_is_left_after_a_hundred_times_its_size(tmp_path: Path, name: str) -> None:
    pack = gzip.compress if name.endswith("gz") else zstandard.ZstdCompressor().compress
    bomb = pack(record(http(bytes(80_000_000)), "https://b.example"))
    items = read(tmp_path / name, pack(page(1)) + bomb + pack(page(2)))
    assert urls(items) == ["https://a.example/1"]
    assert [reason for _, reason in rejects(items)] == ["archive expands too far"]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_an_answer_that_is_a_bomb_is_a_reject(tmp_path: Path, coding: str) -> None:
    body = CODINGS[coding](bytes(3_000_000))
    items = read(tmp_path / "a.warc", record(http(body, Content_Encoding=coding)) + page(1))
    assert rejects(items) == [("byte 0", "malformed record")]
    assert urls(items) == ["https://a.example/1"]


def test_a_file_of_heads_without_records_is_given_up(tmp_path: Path) -> None:
    items = read(tmp_path / "a.warc", b"\nWARC/1.0\r\nContent-Length: 99999999\r\n\r\n" * 300)
    assert len(items) == 101
    assert isinstance(items[-1], Reject)
    assert items[-1].detail == "given up after 100 broken records"


MEMBERS = [gzip.compress(page(n)) for n in range(6)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_an_archive_its_pages_are_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(b"".join(MEMBERS))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=3)):
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    file = tmp_path_factory.mktemp("fuzz") / "a.warc.gz"
    items = read(file, bytes(whole[:cut]))
    found = [int(url.rpartition("/")[2]) for url in urls(items) if url and url[-1].isdigit()]
    assert all(a < b for a, b in pairwise(found))
    borders = {sum(map(len, MEMBERS[:n])) for n in range(7)}
    assert len(urls(items)) == 6 or rejects(items) or cut in borders
