"""Pages go into the archive and come out the same, whatever happens to the file in between."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import warcio
from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.archive import ArchiveWriter, archives, find_pages, forget, holdings, read_pages, recover, verify
from pipeline.records import Hint, Outcome, Page, Skipped

AT = datetime(2024, 7, 9, 15, 11, 0, tzinfo=UTC)


def page(n: int = 1, body: bytes = b"<p>Rules take effect on Tuesday.</p>", **more: object) -> Page:
    url = f"https://www.globaltimes.cn/page/202407/{n}.shtml"
    fields = {
        "url": url,
        "final_url": url,
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Link", "<a>; rel=x"), ("Link", "<b>; rel=y")),
        "body": body,
        "fetched_at": AT,
        "source": "global_times",
        "hint": Hint(title="Rules", published="2024-07-09T15:11:00Z", keywords=("rules", "AI")),
    }
    return Page(**{**fields, **more})  # type: ignore[arg-type]


def write(folder: Path, *pages: Page, run: str = "run1") -> Path:
    with ArchiveWriter(folder, run) as archive:
        for p in pages:
            archive.write(p, [("User-Agent", "Dateline")])
    return folder / f"{run}.warc.gz"


def test_a_page_comes_back_as_it_went_in(tmp_path: Path) -> None:
    [back] = read_pages([write(tmp_path, page())])
    assert isinstance(back, Page)
    lengthless = tuple((k, v) for k, v in back.headers if k != "Content-Length")
    assert (back.url, back.body, back.hint, back.fetched_at, back.source, lengthless) == (
        page().url, page().body, page().hint, AT, "global_times", page().headers,
    )  # fmt: skip


def test_a_redirected_page_keeps_both_urls(tmp_path: Path) -> None:
    moved = page(final_url="https://www.globaltimes.cn/page/202407/2.shtml")
    [back] = read_pages([write(tmp_path, moved)])
    assert isinstance(back, Page)
    assert (back.url, back.final_url) == (moved.url, moved.final_url)


def test_a_headline_known_from_a_feed_comes_back_with_status_0(tmp_path: Path) -> None:
    headline = page(status=0, body=b"", headers=())
    assert list(read_pages([write(tmp_path, headline)])) == [headline]


def test_any_warc_tool_reads_it(tmp_path: Path) -> None:
    path = write(tmp_path, page(1), page(2))
    kinds = [str(r.record_type) for r in ArchiveIterator(str(path), verify_digests=True)]
    assert kinds == ["warcinfo", *["request", "response", "metadata"] * 2]
    plain = gzip.decompress(path.read_bytes())  # a reader that knows nothing of WARC
    assert plain.count(b"WARC/1.1\r\n") == 7
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response):
        assert record.reader.read() == page().body
    with path.open("rb") as file:
        read = [
            (r.rec_type, r.raw_stream.read(), r.digest_checker.passed)
            for r in warcio.ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, _, _ in read] == kinds
    assert all(passed for _, _, passed in read)


def test_secrets_stay_out(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "run1") as archive:
        archive.write(page(headers=(("Set-Cookie", "id=canary"),)), [("Cookie", "canary"), ("Authorization", "canary")])
    assert b"canary" not in gzip.decompress((tmp_path / "run1.warc.gz").read_bytes())


def test_a_header_cannot_inject_another(tmp_path: Path) -> None:
    path = write(tmp_path, page(headers=(("X-A", "1\r\nX-Injected: 2"),)))
    [back] = read_pages([path])
    assert isinstance(back, Page)
    assert "X-Injected" not in dict(back.headers)


def test_a_truncated_file_gives_its_whole_records_and_names_the_torn_one(tmp_path: Path) -> None:
    path = write(tmp_path, page(1), page(2), page(3))
    path.write_bytes(path.read_bytes()[:-900])
    *whole, torn = read_pages([path])
    assert [p.url[-7] for p in whole if isinstance(p, Page)] == ["1", "2"]
    assert isinstance(torn, Skipped)
    assert torn.outcome is Outcome.TORN


def test_after_a_damaged_record_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, *(page(n, body=b"text %d" % n * 50) for n in range(1, 6)))
    damaged = bytearray(path.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 40] = b"\0" * 40
    path.write_bytes(damaged)
    found = list(read_pages([path]))
    assert sum(isinstance(p, Page) for p in found) == 4
    assert [s.outcome for s in found if isinstance(s, Skipped)] == [Outcome.TORN]


def test_a_record_shorter_than_its_length_is_torn(tmp_path: Path) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-07-09T00:00:00Z\r\nContent-Length: %d\r\n" \
        b"WARC-Target-URI: %s\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n\r\n"  # fmt: skip
    http = b"HTTP/1.1 200 OK\r\n\r\nbody"
    ours = b"https://www.reuters.com/world/a-2024-07-09/"
    path = tmp_path / "CC-NEWS.warc.gz"
    records = [head % (5000, ours) + http, head % (len(http), ours) + http, head % (5000, b"https://a.example/") + http]
    path.write_bytes(b"".join(gzip.compress(r + b"\r\n\r\n") for r in records))
    torn, whole = read_pages([path])  # the torn one of another site is not our concern
    assert isinstance(torn, Skipped)
    assert (torn.outcome, torn.source, torn.reason) == (Outcome.TORN, "reuters", "27 of 5000 bytes")
    assert isinstance(whole, Page)
    assert (whole.body, whole.source, whole.status) == (b"body", "reuters", 200)


def cc_news(path: Path, *urls: str) -> Path:
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-07-09T00:00:00Z\r\nContent-Length: {}\r\n" \
        "WARC-Target-URI: {}\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n\r\n"  # fmt: skip
    http = "HTTP/1.1 200 OK\r\n\r\nbody"
    path.write_bytes(b"".join(gzip.compress((head.format(len(http), u) + http + "\r\n\r\n").encode()) for u in urls))
    return path


def test_of_cc_news_only_reports_of_our_sources_are_pages(tmp_path: Path) -> None:
    report = "https://www.reuters.com/world/a-2024-07-09/"
    section, other = "https://www.reuters.com/world/", "https://news.example/world/a-2024-07-09/"
    page, skipped = read_pages([cc_news(tmp_path / "CC-NEWS.warc.gz", other, report, section)])
    assert isinstance(page, Page)
    assert (page.url, page.source, page.body) == (report, "reuters", b"body")
    assert isinstance(skipped, Skipped)
    assert (skipped.url, skipped.outcome) == (section, Outcome.NOT_NEWS)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(b"WARC/1.0\r\nContent-Length: 9\r\n\r\n") + b"".join(
        packer.compress(b"\0" * 2**20) for _ in range(50)
    )
    path = write(tmp_path, page(7))
    path.write_bytes(bomb + packer.flush() + path.read_bytes())
    skipped, back = read_pages([path])
    assert isinstance(skipped, Skipped)
    assert skipped.outcome is Outcome.TOO_BIG
    assert isinstance(back, Page)


def test_what_a_killed_run_left_is_read_and_then_recovered(tmp_path: Path) -> None:
    killed = ArchiveWriter(tmp_path, "run1")
    killed.write(page(1))
    killed.write(page(2))
    killed.sync()
    part = tmp_path / "run1.warc.gz.part"
    part.write_bytes(part.read_bytes() + b"\x1f\x8b\x08torn")
    assert sum(isinstance(p, Page) for p in read_pages(archives(tmp_path))) == 2
    write(tmp_path, page(3), run="run2")  # the next run
    assert [p.name for p in archives(tmp_path)] == ["run1.warc.gz", "run2.warc.gz"]
    assert [type(p) for p in read_pages(archives(tmp_path))] == [Page] * 3


def test_a_part_without_a_whole_record_goes(tmp_path: Path) -> None:
    (tmp_path / "run1.warc.gz.part").write_bytes(b"\x1f\x8b")
    assert recover(tmp_path) == []
    assert archives(tmp_path) == []


def test_an_empty_run_leaves_no_file(tmp_path: Path) -> None:
    assert ArchiveWriter(tmp_path, "run1").close() == ()
    assert archives(tmp_path) == []


@pytest.mark.parametrize(
    "more",
    [
        {"body": b'<head><META name="robots" content="noodp, NOARCHIVE"></head><p>read me once'},
        {"headers": (("X-Robots-Tag", "noarchive"),)},
    ],
)
def test_noarchive_pages_are_read_once_and_forgotten(tmp_path: Path, more: dict[str, object]) -> None:
    with ArchiveWriter(tmp_path, "run1") as archive:
        assert archive.write(page(1)) == "run1.warc.gz"
        assert archive.write(page(2, **more)) == "run1.noarchive.warc.gz"
    assert sum(isinstance(p, Page) for p in read_pages(archives(tmp_path))) == 2
    assert forget(tmp_path) == 1
    [kept] = read_pages(archives(tmp_path))
    assert isinstance(kept, Page)
    assert kept.url == page(1).url


def test_the_archive_says_what_it_holds_and_whether_it_is_whole(tmp_path: Path) -> None:
    file = write(tmp_path, page(1), page(2))
    [held] = holdings([file])
    assert (held.file, held.pages, held.skipped) == ("run1.warc.gz", {"global_times": 2}, 0)
    assert [p.url for p in find_pages([file], page(2).url)] == [page(2).url]
    assert (verify([file]).records, verify([file]).faults) == (7, ())  # warcinfo, and three a page


def test_damage_is_found_in_the_packing_and_behind_it(tmp_path: Path) -> None:
    file = write(tmp_path, page())
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    file.write_bytes(damaged)
    assert len(verify([file]).faults) == 1
    forged = gzip.decompress(whole).replace(b"on Tuesday", b"on Wednesday"[:10])
    file.write_bytes(b"".join(gzip.compress(b"WARC/1.1" + record) for record in forged.split(b"WARC/1.1")[1:]))
    assert [f.reason for f in verify([file]).faults] == ["its digest differs"]
