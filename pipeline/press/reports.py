"""One report of the sample press: YAML front matter, a blank line between paragraphs, the page it must make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec
import yaml

LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")


class SampleError(ValueError):
    """A file of the sample press cannot be used; the message names file and fault."""


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One version of one report, as its page must read.

    ``published`` and ``updated`` are as in ``Article``: UTC, or a bare day; ``zone`` is the offset the outlet
    states times in (None for a bare day). ``paragraphs`` may hold ``[text](url)`` links; ``text`` has none.
    """

    source: str
    url: str
    title: str
    paragraphs: tuple[str, ...]
    published: str
    zone: str | None
    section: str
    summary: str
    moment: datetime
    byline: tuple[str, ...] = ()
    updated: str | None = None
    changed: datetime | None = None
    keywords: tuple[str, ...] = ()
    access: Literal["full", "metered"] = "full"
    language: str = "en"
    credit: str | None = None  # the agency whose text is reprinted
    photo: str | None = None
    version: int = 1

    @property
    def text(self) -> str:
        """The report's own text, paragraphs parted by a blank line, links reduced to their words."""
        return "\n\n".join(LINK.sub(r"\1", paragraph) for paragraph in self.paragraphs)

    @property
    def path(self) -> str:
        """Path and query of the url."""
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def day(self) -> str:
        """The day where the outlet states it."""
        return self.moment.strftime("%Y-%m-%d")

    @property
    def month(self) -> str:
        """``2024-7``: year and month without a zero."""
        return f"{self.moment.year}-{self.moment.month}"

    @property
    def shown_from(self) -> datetime:
        """When this version appears on the site."""
        return self.changed or self.moment


class _Front(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    url: str
    title: str
    published: Any
    section: str
    summary: str
    byline: tuple[str, ...] = ()
    updated: Any = None
    keywords: tuple[str, ...] = ()
    access: Literal["full", "metered"] = "full"
    language: str = "en"
    credit: str | None = None
    photo: str | None = None


def stem_and_version(path: Path) -> tuple[str, int]:
    """``("a", 2)`` for ``a.v2.md``: what a report's file is, and the order to read the files in."""
    stem, _, version = path.stem.partition(".v")
    return stem, int(version or 1)


def read_report(path: Path, source: str, base: str) -> SampleReport:
    """One report's file; ``base`` is the site's first host as a url. Raise SampleError for a fault."""
    _, front_text, body = (*path.read_text(encoding="utf-8").split("---\n", 2), "", "")[:3]
    try:
        front = msgspec.convert(yaml.safe_load(front_text), _Front)
        published, zone, moment = _time(front.published)
        updated = _time(front.updated) if front.updated else None
    except (yaml.YAMLError, msgspec.ValidationError, ValueError) as error:
        raise SampleError(f"{path}: {error}") from error
    return SampleReport(
        source=source,
        url=urljoin(base, front.url),
        title=front.title,
        paragraphs=tuple(" ".join(p.split()) for p in re.split(r"\n\s*\n", body.strip())),
        published=published,
        zone=zone,
        section=front.section,
        summary=front.summary,
        moment=moment,
        byline=front.byline,
        updated=updated[0] if updated else None,
        changed=updated[2] if updated else None,
        keywords=front.keywords,
        access=front.access,
        language=front.language,
        credit=front.credit,
        photo=front.photo,
        version=stem_and_version(path)[1],
    )


def _time(value: object) -> tuple[str, str | None, datetime]:
    """A front matter time as (UTC or bare day, stated offset, moment); a bare day begins at 00:00 UTC."""
    if isinstance(value, datetime) and value.tzinfo:
        return utc(value), value.isoformat()[-6:], value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat(), None, datetime.combine(value, time(), UTC)
    raise ValueError(f"{value!r} is neither a day nor a time with its offset")


def utc(moment: datetime) -> str:
    """``2024-06-25T08:42:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
