"""The sites of the sample press: hosts, routes, traps, and every report's versions.

``data/sample/<source>/`` holds ``site.yml`` (hosts and routes), ``traps.yml`` (pages that are no reports),
``templates/`` and ``reports/*.md``. ``<stem>.v2.md`` is the report ``<stem>.md`` after an update in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urljoin

import msgspec

from pipeline.press.reports import SampleError, SampleReport, read_report, stem_and_version, utc

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "sample"

T = TypeVar("T")


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
            published=utc(trap.published),
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
    for path in sorted((folder / "reports").glob("*.md"), key=stem_and_version):
        report = read_report(path, folder.name, f"https://{site.hosts[0]}/")
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


def _decode(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        raise SampleError(f"{path}: {error}") from error
