"""The sample press as data: five small sites and the reports on them, all written for this project.

``data/sample/<source>/`` holds ``site.yml`` (hosts and routes), ``traps.yml`` (pages that are no reports),
``templates/`` and ``reports/*.md`` (YAML front matter, then paragraphs). ``<stem>.v2.md`` is the report
``<stem>.md`` after an update in place. ``pipeline.press`` serves it; ``reports`` tells tests the truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
import yaml

FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
T = TypeVar("T")
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


class Route(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page that is no report: a full-match regex on the path, and the template that makes it."""

    path: str
    template: str
    host: str | None = None  # else the site's first
    method: Literal["GET", "POST"] = "GET"


class Trap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A url that looks like a report and is none, or answers in some other unwelcome way."""

    url: str
    kind: str
    title: str
    published: datetime
    section: str
    status: int = 200
    template: str | None = None
    location: str | None = None
    headers: dict[str, str] = {}
    summary: str = ""
    listed: bool = True


class _Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    hosts: tuple[str, ...]
    routes: tuple[Route, ...]
    sections: dict[str, str]
    vars: dict[str, Any] = {}


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


@dataclass(frozen=True)
class Site:
    """One site of the press: its hosts, routes, traps, and each report's versions, oldest first."""

    id: str
    folder: Path
    name: str
    hosts: tuple[str, ...]
    routes: tuple[Route, ...]
    sections: Mapping[str, str]
    traps: tuple[Trap, ...]
    versions: Mapping[str, tuple[SampleReport, ...]]
    vars: Mapping[str, Any] = field(default_factory=dict)

    def absolute(self, url: str) -> str:
        """The url on the site's first host."""
        return urljoin(f"https://{self.hosts[0]}/", url)

    def report(self, url: str, as_of: datetime | None) -> SampleReport | None:
        """The newest version of the report at this url that is out by ``as_of``."""
        out = [v for v in self.versions.get(url, ()) if as_of is None or v.shown_from <= as_of]
        return out[-1] if out else None

    def trap(self, url: str, as_of: datetime | None) -> Trap | None:
        """The trap at this url, once the clock has reached it."""
        found = next((t for t in self.traps if self.absolute(t.url) == url), None)
        return found if found and (as_of is None or found.published <= as_of) else None

    def listed(self, as_of: datetime | None) -> list[SampleReport]:
        """All that the site lists by ``as_of``, listed traps among it, newest first."""
        reports = [r for url in self.versions if (r := self.report(url, as_of))]
        traps = [self._as_report(t) for t in self.traps if t.listed and self.trap(self.absolute(t.url), as_of)]
        return sorted((*reports, *traps), key=lambda r: (r.moment, r.url), reverse=True)

    def _as_report(self, trap: Trap) -> SampleReport:
        return SampleReport(
            source=self.id,
            url=self.absolute(trap.url),
            title=trap.title,
            paragraphs=(),
            published=_iso(trap.published),
            zone=None,
            section=trap.section,
            summary=trap.summary,
            moment=trap.published,
        )


def sites(folder: Path = FOLDER) -> Iterator[Site]:
    """The sites in the folder; raise SampleError for a file that cannot be used."""
    for path in sorted(folder.glob("*/site.yml")):
        yield _site(path.parent)


def reports(folder: Path = FOLDER) -> Iterator[SampleReport]:
    """Every version of every report, in the order of sources, then urls, then versions."""
    for site in sites(folder):
        for url in sorted(site.versions):
            yield from site.versions[url]


def _site(folder: Path) -> Site:
    site = _decode(folder / "site.yml", _Site)
    traps = folder / "traps.yml"
    versions: dict[str, tuple[SampleReport, ...]] = {}
    for path in sorted((folder / "reports").glob("*.md"), key=_stem_and_version):
        report = _report(path, folder.name, f"https://{site.hosts[0]}/")
        if (report.url in versions) != (report.version > 1):
            raise SampleError(f"{path}: url {report.url} is taken, or the first version is missing")
        versions[report.url] = (*versions.get(report.url, ()), report)
    return Site(
        id=folder.name,
        folder=folder,
        name=site.name,
        hosts=site.hosts,
        routes=site.routes,
        sections=site.sections,
        traps=_decode(traps, tuple[Trap, ...]) if traps.exists() else (),
        versions=versions,
        vars=site.vars,
    )


def _stem_and_version(path: Path) -> tuple[str, int]:
    stem, _, version = path.stem.partition(".v")
    return stem, int(version or 1)


def _report(path: Path, source: str, base: str) -> SampleReport:
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
        version=_stem_and_version(path)[1],
    )


def _time(value: object) -> tuple[str, str | None, datetime]:
    """A front matter time as (UTC or bare day, stated offset, moment); a bare day begins at 00:00 UTC."""
    if isinstance(value, datetime) and value.tzinfo:
        return _iso(value), value.isoformat()[-6:], value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat(), None, datetime.combine(value, time(), UTC)
    raise ValueError(f"{value!r} is neither a day nor a time with its offset")


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _decode(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        raise SampleError(f"{path}: {error}") from error
