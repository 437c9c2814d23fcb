"""Articles from JSON lines, one a line: ``{id, source, url, published, title, text}``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.dateline import find_dateline
from pipeline.records import Article

FIRST_YEAR, LAST_YEAR = 1900, 2100
KEYS = ("id", "published", "title", "text")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no article: where, and what to mend."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}"


def read_articles(path: Path) -> Iterator[Article | BadLine]:
    """Every line of the file, in order; empty lines are passed over. Raises OSError where there is no such file."""
    with path.open("rb") as lines:
        yield from parse_lines(lines, str(path))


def parse_lines(lines: Iterable[str | bytes], name: str) -> Iterator[Article | BadLine]:
    """Lines of JSON as articles, or what is wrong with them."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield to_article(json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line))
            except UnicodeDecodeError as error:
                yield BadLine(
                    name, number, f"not UTF-8: byte {error.start + 1} of the line is {error.object[error.start]:#04x}"
                )
            except ValueError as error:
                reason = "not JSON: " + error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                yield BadLine(name, number, reason)


def to_article(row: object) -> Article:
    """One decoded line. Raises ValueError saying which key is missing, empty or unreadable."""
    if not isinstance(row, dict):
        raise ValueError("not an object with the keys id, source, url, published, title, text")  # noqa: TRY004
    for key in KEYS:
        if key not in row:
            raise ValueError(f"the key {key!r} is missing")
        if not isinstance(row[key], str | int) or not str(row[key]).strip():
            raise ValueError(f"{key!r} is empty or not text")
    published, zone = read_time(str(row["published"]))
    text = str(row["text"])
    return Article(
        id=str(row["id"]),
        url=str(row.get("url") or ""),
        source=str(row.get("source") or ""),
        title=str(row["title"]),
        text=text,
        published=published,
        zone=zone,
        fetched_at=published,
        dateline=find_dateline(text),
    )


def read_time(stated: str) -> tuple[str, str | None]:
    """A stated ISO 8601 day or moment -> (as records keep it, its zone). Raises ValueError where it is neither."""
    is_day = len(stated) == len("2024-07-09")
    try:
        moment = datetime.fromisoformat(date.fromisoformat(stated).isoformat() if is_day else stated)
    except ValueError:
        raise ValueError(f"the date {stated!r} is not ISO 8601 (2024-07-09 or 2024-07-09T08:42:00+08:00)") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"the date {stated!r} is that of no report: {FIRST_YEAR} to {LAST_YEAR}")
    if is_day:
        return moment.date().isoformat(), None
    zone = moment.strftime("%z")
    utc = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ"), f"{zone[:3]}:{zone[3:5]}" if zone else None
