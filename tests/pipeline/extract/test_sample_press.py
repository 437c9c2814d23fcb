"""Every page of the sample press, read: each field as the report it was made from has it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.extract import read_page
from pipeline.press.pages import Pages
from pipeline.press.reports import SampleReport
from pipeline.press.site import Site, Trap, sites
from pipeline.records import Article, Outcome, Page, Skipped

REASONS = {
    "bot_wall": {Outcome.BLOCKED},
    "paywall": {Outcome.PAYWALL},
    "soft_404": {Outcome.SOFT_404},
    "dead_link": {Outcome.GONE},
}
REPORTS = [(site, report) for site in sites() for versions in site.versions.values() for report in versions]
TRAPS = [(site, trap) for site in sites() for trap in site.traps if trap.kind in REASONS and trap.template]


def page(source: str, url: str, markup: str, status: int = 200, fetched: SampleReport | None = None) -> Page:
    when = (fetched.shown_from if fetched else REPORTS[0][1].moment) + timedelta(hours=1)
    return Page(url, url, status, (("Content-Type", "text/html; charset=utf-8"),), markup.encode(), when, source)


@pytest.mark.parametrize(("site", "report"), REPORTS, ids=lambda part: getattr(part, "title", "")[:40])
def test_report(site: Site, report: SampleReport) -> None:
    found = read_page(page(site.id, report.url, Pages(site, None).report(report), fetched=report))
    assert isinstance(found, Article), found
    head = f"\n\n{found.text}".removesuffix(f"\n\n{report.text}").strip()
    assert found.text.endswith(report.text)
    assert not head or (site.id == "wipo" and head.startswith("Geneva, "))
    assert (found.title, found.published, found.zone) == (report.title, report.published, report.zone)
    assert (found.language, found.agency) == (report.language, report.credit)
    assert found.byline == tuple(name for name in report.byline if name not in ("Global Times", "GT staff reporters"))
    assert found.url == report.url


@pytest.mark.parametrize(("site", "trap"), TRAPS, ids=lambda part: getattr(part, "kind", ""))
def test_trap(site: Site, trap: Trap) -> None:
    found = read_page(page(site.id, site.absolute(trap.url), Pages(site, None).trap(trap), trap.status))
    assert isinstance(found, Skipped)
    assert found.outcome in REASONS[trap.kind], found
