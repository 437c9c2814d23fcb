"""The pages of one site of the sample press at one moment: Jinja templates over its reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from pipeline.press.reports import LINK, SampleReport
from pipeline.press.site import Site, Trap

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
RELATED = 3  # links to older reports beside each report


@dataclass(frozen=True, slots=True)
class Made:
    """A page made by a route, and its media type."""

    body: str
    type: str


@dataclass(frozen=True)
class Pages:
    """Makes a site's pages as they stand at ``as_of`` (None: with everything out)."""

    site: Site
    as_of: datetime | None

    @property
    def newest(self) -> datetime | None:
        """When anything on the site last changed."""
        return max((r.shown_from for r in self.site.listed(self.as_of)), default=None)

    def report(self, report: SampleReport) -> str:
        """The page of a report; what stands beside it is older than it, so only an update changes it."""
        older = [r for r in self.site.listed(report.moment) if r.moment < report.moment][:RELATED]
        return self._render(f"article.{report.language}.html", report=report, related=older)

    def trap(self, trap: Trap) -> str:
        """The body a trap answers with."""
        return self._render(trap.template, trap=trap, url=self.site.absolute(trap.url)) if trap.template else ""

    def missing(self, url: str) -> str:
        """The site's honest 404."""
        return self._render("404.html", url=url)

    def route(self, host: str, method: str, path: str, query: dict[str, str]) -> Made | None:
        """The page of the first route that matches, given the path's named groups and the query; else None."""
        for route in self.site.routes:
            match = re.fullmatch(route.path, path)
            if match and route.method == method and (route.host or self.site.hosts[0]) == host:
                args = {**query, **match.groupdict()}
                body = self._render(route.template, args=args, reports=self.site.listed(self.as_of))
                return Made(body, TYPES[Path(route.template).suffix])
        return None

    def _render(self, template: str, **values: object) -> str:
        environment = _environment(self.site.folder / "templates")
        return environment.get_template(template).render(site=self.site, **values, **self.site.vars)


@cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html", "xml", "rss"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(at=at, rich=rich)
    return environment


def at(moment: datetime, form: str, zone: str | None = None) -> str:
    """A moment printed by strftime, in an IANA zone or the one it has; ``%-d`` style fields by hand."""
    local = moment.astimezone(ZoneInfo(zone)) if zone else moment
    hour = local.hour % 12 or 12
    return local.strftime(form.replace("{d}", str(local.day)).replace("{h}", str(hour)))


def rich(paragraph: str, tail: str = "") -> Markup:
    """A paragraph as HTML: its links as anchors, each with ``tail`` inside after its words."""
    parts: list[Markup] = []
    end = 0
    for link in LINK.finditer(paragraph):
        words, href = link.groups()
        parts.append(escape(paragraph[end : link.start()]))
        parts.append(Markup('<a href="{}" target="_blank">{}{}</a>').format(href, words, Markup(tail)))  # noqa: S704
        end = link.end()
    return Markup().join((*parts, escape(paragraph[end:])))
